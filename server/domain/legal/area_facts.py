"""What is known of a place on a day, from all that was stated of it and of the areas above it.
Twin: pwa/src/domain/legal/area_facts.ts.

Of two facts of one kind that hold on a day the one that began last speaks; what an area does not
say itself, the area above it says.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from server.domain.legal.facts import AreaFacts
from server.domain.partial import FIRST_DAY_EVER, add_days

HARD_REGIONS = ("II", "III")


class Stated(Protocol):
    """A dated fact as somebody stated it of an area; an empty side is unbounded."""

    @property
    def fact(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def valid_from(self) -> str | None: ...
    @property
    def valid_to(self) -> str | None: ...


Row = TypeVar("Row", bound=Stated)
Levels = Sequence[Sequence[Row]]
"""What was stated of an area, then of the one above it, and so on upwards."""


def stated_on(day: str, levels: Levels[Row]) -> dict[str, Row]:
    """The facts that hold on a day, by kind."""
    known: dict[str, Row] = {}
    for level in levels:
        # Sorting is stable: of two that began together the one that stands first speaks.
        for row in sorted(level, key=lambda row: row.valid_from or "", reverse=True):
            if (row.valid_from or "") <= day and (not row.valid_to or day <= row.valid_to):
                known.setdefault(row.fact, row)
    return known


def area_facts(day: str, levels: Levels[Row]) -> AreaFacts:
    """What the rules ask of a place, as it stands on the day."""
    known = {fact: row.value for fact, row in stated_on(day, levels).items()}
    return AreaFacts(
        region=known.get("region"),
        special_difficulty=known.get("special_difficulty") == "yes",
        island=known.get("island") == "yes",
        atk=known.get("atk") == "yes",
        poor_commune=known["poor_commune"] == "yes" if "poor_commune" in known else None,
        left_region_on=left_region_on(day, levels),
    )


def left_region_on(day: str, levels: Levels[Row]) -> str | None:
    """The first day outside region II and III, for a place that was in one before.

    As stated; else, where the history of the region is known, the day it changed.
    """
    known = stated_on(day, levels)
    if _is_hard(known.get("region")):
        return None
    told = known.get("left_region")
    if told and told.value == "yes" and told.valid_from:
        return told.valid_from
    left, was_hard = None, False
    for change in [FIRST_DAY_EVER, *(one for one in change_days(levels, "region") if one <= day)]:
        hard = _is_hard(stated_on(change, levels).get("region"))
        left = None if hard else change if was_hard else left
        was_hard = hard
    return left


def change_days(levels: Levels[Row], kind: str | None = None) -> list[str]:
    """The days on which facts of this kind, or of any, may have changed, in order."""
    rows = [row for level in levels for row in level if kind in (None, row.fact)]
    return sorted({day for row in rows for day in _changes(row)})


def _changes(row: Stated) -> Iterable[str]:
    if row.valid_from:
        yield row.valid_from
    if row.valid_to:
        yield add_days(row.valid_to, 1)


def _is_hard(region: Stated | None) -> bool:
    return region is not None and region.value in HARD_REGIONS
