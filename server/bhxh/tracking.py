"""The way of every card, by stage and village, with its age; and what the insurance has had for
long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.domain.card_lists.ageing import LONG, WorkingDays
from server.domain.card_lists.stages import AT_INSURANCE, STAGES, UNDER_WAY
from server.domain.legal.tables import NotKnown
from server.domain.text import fold
from server.pages.scope import own_villages
from server.store.card_list_tracks import Track, tracks_of
from server.store.legal import legal_tables

OVER = "over"


@dataclass(frozen=True, slots=True)
class Aged:
    """One person's line with its age in working days: at this stage, and at the insurance."""

    it: Track
    age: int | None
    there: int | None

    @property
    def long(self) -> bool:
        return self.there is not None and self.there > LONG


@dataclass(frozen=True, slots=True)
class Cell:
    """How many stand in a stage, and how long the oldest has, in working days."""

    count: int
    oldest: int | None


@dataclass(frozen=True, slots=True)
class Way:
    """`cells`: by village and stage, in the order of the stages; `lines`: those asked for; `lacks`:
    what the law does not say of working days, so that nothing has an age."""

    villages: list[tuple[str, str, list[Cell]]]
    total: list[Cell]
    over: int
    lines: list[Aged]
    lacks: NotKnown | None


def way(villages: Sequence[str], lacking: Mapping[str, int], stage: str, q: str, day: str) -> Way:
    """Where the cards of these villages stand on a day; `stage` and `q` choose the lines below.
    `lacking`: by village, who has no card."""
    tracks = tracks_of(villages)
    days = WorkingDays(legal_tables(), min((it.since for it in tracks), default=day), day)
    aged = [_aged(it, days) for it in tracks]
    names = own_villages()
    table = []
    for village in sorted(villages, key=lambda id_: names[id_].name):
        own = [one for one in aged if one.it.village == village]
        if own or village in lacking:
            table.append((village, names[village].name, _cells(own)))
    chosen = [one for one in aged if _asked(one, stage, fold(q))]
    return Way(table, _cells(aged), sum(one.long for one in aged), chosen, days.lacks)


def _aged(it: Track, days: WorkingDays) -> Aged:
    under_way = it.stage in UNDER_WAY
    there = days.since(it.sealed) if it.stage in AT_INSURANCE and it.sealed else None
    return Aged(it, days.since(it.since) if under_way else None, there)


def _cells(aged: Sequence[Aged]) -> list[Cell]:
    cells = []
    for stage in STAGES:
        here = [one for one in aged if one.it.stage == stage]
        ages = [one.age for one in here if one.age is not None]
        cells.append(Cell(len(here), max(ages, default=None)))
    return cells


def _asked(one: Aged, stage: str, words: str) -> bool:
    if stage == OVER and not one.long:
        return False
    if stage and stage != OVER and one.it.stage != stage:
        return False
    return not words or words in fold(one.it.name)
