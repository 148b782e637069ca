"""The numbers of a report: what the coverage page says of a day, and what leads there from the
report before. All that a paper prints is in them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import func, select

from schemas.kinds import AreaLevel, Status
from server.domain.counting import Tally, summed
from server.domain.steering.heads import Heads
from server.store.coverage.ground import Ground, ground_within
from server.store.coverage.standing import coverage
from server.store.db import db
from server.store.duties import duties_on
from server.store.knowledge import known_at, stands_on
from server.store.places import Area
from server.store.records import Member
from server.store.reports import Report
from server.store.status_sql import people_on
from server.store.steering.differences import Differences, differences, sums, tallied
from server.store.steering.heads import heads_board

UNINSURED = (Status.EXPIRED, Status.NONE)


def figures_of(ground: Ground, day: str, previous: Report | None) -> dict[str, Any]:
    """All numbers of a report of the ground at the end of the day. Persons in charge stand with
    name, post and phone; nobody else is named."""
    told = coverage(ground, day)
    return {
        "coverage": told,
        "annexes": [coverage(ground_within(line), day) for line in _communes(ground)],
        "in_charge": _in_charge(ground, day),
        "heads": _heads(ground, day),
        "reasons": _reasons(ground, day),
        "changes": _changes(ground, day, previous) if previous else None,
    }


def _communes(ground: Ground) -> list[Area]:
    return [line for line in ground.lines if line.level == AreaLevel.COMMUNE]


def _in_charge(ground: Ground, day: str) -> dict[str, list[dict[str, str | None]]]:
    found = duties_on(day, [ground.id, *(line.id for line in ground.lines)])
    return {
        area: [
            {"kind": one.kind, "name": one.full_name, "post": one.post, "phone": one.phone}
            for one in duties
        ]
        for area, duties in found.items()
    }


def _heads(ground: Ground, day: str) -> dict[str, Any]:
    """How many heads each line misses and who can be won: `Heads` by area."""
    board = heads_board(ground, day)
    return {
        "gap_days": board.gap_days,
        "lines": {line.area["id"]: _frozen(line.heads) for line in [*board.lines, board.total]},
    }


def _frozen(heads: Heads) -> dict[str, Any]:
    return asdict(replace(heads, kinds=None if heads.kinds is None else dict(heads.kinds)))


def _reasons(ground: Ground, day: str) -> dict[str, int]:
    """Why the uninsured say they have no card; the empty reason: nobody asked them why."""
    people = people_on(day, ground.villages, UNINSURED)
    reason = func.coalesce(Member.uninsured_reason, "")
    rows = db.session.execute(
        select(reason, func.count()).join(people, people.c.id == Member.id).group_by(reason)
    )
    return dict(sorted((reason, count) for reason, count in rows))


def villages_by_commune(ground: Ground) -> dict[str, list[str]]:
    """The villages of the ground under their communes: people are compared commune by commune."""
    found: dict[str, list[str]] = defaultdict(list)
    query = select(Area.parent_id, Area.id).where(Area.id.in_(ground.villages)).order_by(Area.id)
    for commune, village in db.session.execute(query):
        found[commune or village].append(village)
    return dict(found)


def _changes(ground: Ground, day: str, previous: Report) -> dict[str, Any]:
    whole: list[Differences] = [
        differences(villages, previous.moment, previous.day, day)
        for villages in villages_by_commune(ground).values()
    ]
    parts: dict[str, dict[str, list[int]]] = {}
    for found in whole:
        for (part, cause), (people, covered) in sums(found.changes).items():
            line = parts.setdefault(part.value, {}).setdefault(cause.value, [0, 0])
            line[0] += people
            line[1] += covered
    return {
        "previous": previous.id,
        "period": previous.period,
        "day": previous.day,
        "reported": _ends(found.reported.values() for found in whole),
        "known": _ends(found.known.values() for found in whole),
        "now": _ends(found.now.values() for found in whole),
        "parts": parts,
    }


def _ends(tallies: Iterable[Iterable[Tally]]) -> list[int]:
    total = summed(one for them in tallies for one in them)
    return [total.people, total.covered]


def counted_then(ground: Ground, day: str, moment: int) -> dict[str, dict[str, int]]:
    """The counts of each line on the day as it was known at the moment, told anew from the records
    and what was replaced in them since."""
    counts: dict[str, Tally] = {line.id: Tally() for line in ground.lines}
    for villages in villages_by_commune(ground).values():
        stands = known_at(moment, day, villages, stands_on(day, villages)).stands
        for village, tally in tallied(stands).items():
            line = ground.line_of[village]
            counts[line] = summed([counts.get(line, Tally()), tally])
    return {line: asdict(tally) for line, tally in counts.items()}
