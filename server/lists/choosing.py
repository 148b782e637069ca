"""Who is on a list, and in which order, from what is kept of each village."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from server.domain.codes import ethnic_groups
from server.domain.legal.support_end import SupportEnd
from server.domain.partial import add_days, add_months
from server.lists.filters import ENDING, LOSING, Filters
from server.store.roll import Roll, Standing

CHILD_MONTHS = 72
Wanted = Callable[[Standing], bool]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A person of the list, before what a page shows of them is read. `village`: its name.
    `loses`: how support ends, in the view of those who lose it."""

    id: str
    home: str
    village: str
    status: str
    last_end: str | None
    last_group: str | None
    loses: SupportEnd | None = None


Losers = Mapping[str, SupportEnd]
"""Who is in the view of those who lose support, by id of the member; empty in other views."""


def choose(
    filters: Filters,
    names: Mapping[str, str],
    rolls: Mapping[str, Roll],
    losers: Losers,
    limit: int | None,
    offset: int,
) -> tuple[list[Chosen], int]:
    """A part of the list in its order, and the size of the whole. `names` of villages, by id."""
    wanted = _wanted(filters, rolls, losers)
    return [
        Chosen(
            person.id,
            person.home,
            names[village],
            person.status,
            person.last_end or None,
            person.last_group or None,
            losers.get(person.id),
        )
        for village, person in wanted[offset:][:limit]
    ], len(wanted)


def _wanted(
    filters: Filters, rolls: Mapping[str, Roll], losers: Losers
) -> list[tuple[str, Standing]]:
    conditions = list(_conditions(filters, losers))
    found = [
        (village, person)
        for village, roll in rolls.items()
        for person in _in_house_order(filters.statuses, roll)
        if not conditions or all(fits(person) for fits in conditions)
    ]
    if filters.sort == "end" and filters.status == LOSING:
        found.sort(key=lambda one: losers[one[1].id].last_day)
    elif filters.sort != "place":
        _sort(found, filters.sort)
    return found


def _in_house_order(statuses: tuple[str, ...], roll: Roll) -> Iterable[Standing]:
    """A household stays together although its people stand differently."""
    if len(statuses) == 1:
        return roll[statuses[0]]
    people = (person for status in statuses for person in roll[status])
    return sorted(people, key=lambda person: person.place)


def _conditions(filters: Filters, losers: Losers) -> Iterator[Wanted]:
    if filters.status == LOSING:
        yield lambda person: person.id in losers
    if filters.status == ENDING:
        until = add_days(filters.day, filters.days)
        yield lambda person: person.lasts_to <= until
    if filters.under_6:
        since = add_months(filters.day, -CHILD_MONTHS)
        yield lambda person: person.birth_date > since
    if filters.minority:
        codes = minorities()
        yield lambda person: person.ethnic_group in codes
    if filters.farm:
        yield lambda person: person.farm
    if filters.social:
        yield lambda person: person.social_insurance == filters.social
    if filters.reason:
        yield lambda person: person.uninsured_reason == filters.reason
    if filters.group:
        yield lambda person: person.last_group == filters.group


def minorities() -> set[str]:
    return {group.code for group in ethnic_groups().values() if group.minority}


def _sort(found: list[tuple[str, Standing]], sort: str) -> None:
    """Whoever sorts alike stays in the order of the households, which is one and the same for
    every page: pages neither repeat nor skip anybody."""
    if sort == "birth":
        found.sort(key=lambda one: one[1].birth_date, reverse=True)
        return
    found.sort(key=lambda one: one[1].search)
    if sort == "end":
        found.sort(key=lambda one: one[1].last_end, reverse=True)
