"""How many heads are missing, line by line of some ground, by the numbers of the coverage page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.domain.legal.tables import NotKnown
from server.domain.partial import days_between
from server.domain.steering.entitled import lapsed_since
from server.domain.steering.heads import Heads
from server.store.coverage.ground import Ground
from server.store.coverage.standing import coverage
from server.store.db import db
from server.store.duties import Duty, duties_on
from server.store.legal import legal_tables
from server.store.steering.standing import VillageStanding, standings


@dataclass(frozen=True, slots=True)
class Line:
    """One place: its area as the API names it, its target as the API gives it, who answers."""

    area: Mapping[str, Any]
    heads: Heads
    target: Mapping[str, Any] | None
    duties: Sequence[Duty]


@dataclass(frozen=True, slots=True)
class Board:
    """`counted`: False where so many people live that nobody is counted by kind. `gap_days`: within
    how many days a lapsed card is followed by the next at once; `lacks`: that the law does not say
    it, so that nobody is counted as lapsed lately."""

    lines: list[Line]
    total: Line
    completeness: Mapping[str, Any]
    counted: bool
    gap_days: int | None
    lacks: NotKnown | None


def heads_board(ground: Ground, day: str) -> Board:
    """How many heads each line of the ground misses at the end of the day, and who can be won."""
    answer = coverage(ground, day)
    standing = standings(day, list(db.session.scalars(ground.villages)))
    kinds = None if standing is None else _by_line(standing, ground.line_of)
    whole = None if kinds is None else sum(kinds.values(), Counter())
    ids = [row["area"]["id"] for row in [*answer["rows"], answer["total"]] if row["area"]["id"]]
    duties = duties_on(day, ids)
    lapsed = lapsed_since(legal_tables(), day)

    def line(row: Mapping[str, Any], counted: Mapping[str, int] | None) -> Line:
        area = row["area"]
        return Line(area, _heads(row, counted), row["target"], duties.get(area["id"], ()))

    return Board(
        [line(row, None if kinds is None else kinds[row["area"]["id"]]) for row in answer["rows"]],
        line(answer["total"], whole),
        answer["completeness"],
        kinds is not None,
        None if isinstance(lapsed, NotKnown) else days_between(lapsed, day),
        lapsed if isinstance(lapsed, NotKnown) else None,
    )


def _by_line(
    standing: Mapping[str, VillageStanding], line_of: Mapping[str, str]
) -> dict[str, Counter[str]]:
    kinds: dict[str, Counter[str]] = {line: Counter() for line in line_of.values()}
    for village, one in standing.items():
        kinds[line_of[village]].update(one.kinds)
    return kinds


def _heads(row: Mapping[str, Any], kinds: Mapping[str, int] | None) -> Heads:
    counts, target = row["counts"], row["target"] or {}
    return Heads(
        covered=counts["covered"],
        people=counts["people"],
        uninsured=counts["uninsured"],
        unconfirmed=counts["unconfirmed"],
        not_asked=counts["not_asked"],
        missing=target.get("heads_missing"),
        goal_rate=target.get("computed_percent") or target.get("goal_percent"),
        population=target.get("population"),
        deadline=target.get("deadline"),
        year=target.get("year"),
        kinds=kinds,
    )
