"""The 100 % board: of each group that must all have a card how many have one, place by place."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from schemas.kinds import Status
from server.domain.legal.tables import NotKnown
from server.domain.numbers import percent
from server.domain.steering.entitled import GROUPS, Group, lacking
from server.errors import Problem
from server.steering.doors import Asked
from server.store.completeness import completeness
from server.store.counts import counts_by_village
from server.store.legal import legal_tables
from server.store.places import Area
from server.store.steering.standing import WITH_CARD, VillageStanding, can_be_named, standings

BY_KEY = {group.key: group for group in GROUPS}


@dataclass(frozen=True, slots=True)
class Cell:
    """People of one group in one place. `entitled` is the denominator of the rate."""

    entitled: int
    with_card: int

    @property
    def missing(self) -> int:
        return self.entitled - self.with_card

    @property
    def rate(self) -> str | None:
        return percent(self.with_card, self.entitled)


@dataclass(frozen=True, slots=True)
class Row:
    """One group in the whole ground; `lacks` instead of numbers where the law does not say."""

    key: str
    cell: Cell
    lacks: NotKnown | None


@dataclass(frozen=True, slots=True)
class Place:
    """One place with a cell for each group, in the order of the rows."""

    area: Area
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class FullCover:
    """`counted`: False where so many people live that nobody is counted at once."""

    rows: list[Row]
    places: list[Place]
    completeness: Mapping[str, Any]
    counted: bool


def full_cover(asked: Asked) -> FullCover:
    standing = standings(asked.day, list(asked.villages))
    if standing is None:
        return FullCover([], [], complete_of(asked), False)
    tables = legal_tables()
    rows = [
        Row(group.key, _cell(group.key, standing.values()), lacking(tables, asked.day, group))
        for group in GROUPS
    ]
    return FullCover(rows, _places(asked, standing), complete_of(asked), True)


def group_of(key: str) -> Group:
    """Problem: not_found."""
    if key not in BY_KEY:
        raise Problem("not_found")
    return BY_KEY[key]


def cell_of(asked: Asked, group: Group) -> Row | None:
    """One group in the whole ground; None where so many people live that nobody is counted."""
    villages = list(asked.villages)
    standing = standings(asked.day, villages) if can_be_named(asked.day, villages) else None
    if standing is None:
        return None
    cell = _cell(group.key, standing.values())
    return Row(group.key, cell, lacking(legal_tables(), asked.day, group))


def complete_of(asked: Asked) -> dict[str, Any]:
    counts = counts_by_village(asked.day, list(asked.villages))
    not_asked = sum(count.people for count in counts if count.status == Status.NOT_ASKED)
    return asdict(completeness(asked.ground.phones, asked.ground.villages, not_asked))


def _places(asked: Asked, standing: Mapping[str, VillageStanding]) -> list[Place]:
    by_line: dict[str, list[VillageStanding]] = {line.id: [] for line in asked.ground.lines}
    for village, one in standing.items():
        by_line.get(asked.ground.line_of[village], []).append(one)
    return [
        Place(line, [_cell(group.key, by_line[line.id]) for group in GROUPS])
        for line in asked.ground.lines
        if any(one.groups for one in by_line[line.id])
    ]


def _cell(key: str, standing: Iterable[VillageStanding]) -> Cell:
    by_status: Counter[str] = Counter()
    for one in standing:
        by_status.update(one.groups[key])
    return Cell(sum(by_status.values()), sum(by_status[status] for status in WITH_CARD))
