"""Who is on a list, and in which order, from what is kept of each village."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from server.domain.coverage.bands import birth_span
from server.domain.partial import add_days
from server.lists.catalogue import ENDING, LAPSED, LOSING, NEWBORNS
from server.lists.entries import Chosen
from server.lists.filters import Filters
from server.lists.kinds import PeopleList
from server.store.action_lists import Marks, minorities, newborn_month
from server.store.roll import Roll, Standing

Wanted = Callable[[Standing], bool]


@dataclass(frozen=True, slots=True)
class Choice:
    """A part of the list in its order. `total`: the size of the whole, `homes` its households;
    `by_status`: how many stand how, whichever status was chosen."""

    people: list[Chosen]
    total: int
    homes: int
    by_status: Mapping[str, int]


def choose(
    which: PeopleList,
    filters: Filters,
    names: Mapping[str, str],
    rolls: Mapping[str, Roll],
    marks: Marks | None,
    limit: int | None,
    offset: int,
) -> Choice:
    """From these rolls; `names` of villages by id, `marks` of everybody on the list where its
    status alone does not say so."""
    found, by_status = _wanted(which, filters, rolls, marks)
    told = marks or {}
    return Choice(
        [
            Chosen(
                person.id,
                person.home,
                village,
                names[village],
                person.status,
                person.last_end or None,
                person.last_group or None,
                told.get(person.id, ""),
            )
            for village, person in found[offset:][:limit]
        ],
        len(found),
        len({person.home for _village, person in found}),
        by_status,
    )


def _wanted(
    which: PeopleList, filters: Filters, rolls: Mapping[str, Roll], marks: Marks | None
) -> tuple[list[tuple[str, Standing]], Counter[str]]:
    conditions = list(_conditions(which, filters, marks))
    found: list[tuple[str, Standing]] = []
    for village, roll in rolls.items():
        here = [person for status in which.statuses for person in roll[status]]
        if marks is not None:
            here = [person for person in here if person.id in marks]
        for fits in conditions:
            here = [person for person in here if fits(person)]
        if len(which.statuses) > 1:
            # A household stays together although its people stand differently.
            here.sort(key=lambda person: person.place)
        found += [(village, person) for person in here]
    by_status = Counter(person.status for _village, person in found)
    if filters.status:
        found = [one for one in found if one[1].status == filters.status]
    _sort(found, filters, marks)
    return found, by_status


def _conditions(which: PeopleList, filters: Filters, marks: Marks | None) -> Iterator[Wanted]:
    yield from _in_window(filters, marks)
    if filters.mark and marks is not None:
        wanted = filters.mark
        yield lambda person: holds(marks[person.id], wanted)
    if filters.age:
        yield _of_age(filters)
    if filters.minority:
        codes = minorities()
        yield lambda person: person.ethnic_group in codes
    if filters.farm:
        yield lambda person: person.farm
    if filters.group:
        yield lambda person: person.last_group == filters.group
    for name, field in (
        ("sex", "sex"),
        ("living", "living_class"),
        ("presence", "presence"),
        ("social", "social_insurance"),
        ("reason", "uninsured_reason"),
    ):
        if value := getattr(filters, name):
            yield _equals(field, value)


def holds(mark: str, wanted: str) -> bool:
    """True when this is the mark, or one of several."""
    return mark == wanted or wanted in mark.split(",")


def _equals(field: str, value: str) -> Wanted:
    return lambda person: getattr(person, field) == value


def _in_window(filters: Filters, marks: Marks | None) -> Iterator[Wanted]:
    if filters.key == ENDING:
        until = add_days(filters.day, filters.days)
        yield lambda person: person.lasts_to <= until
    if filters.key == LAPSED:
        since = add_days(filters.day, -filters.days)
        yield lambda person: person.last_end >= since
    if filters.key == LOSING and marks is not None:
        last = add_days(filters.day, filters.days)
        yield lambda person: marks[person.id] <= last
    if filters.key == NEWBORNS:
        month, year = newborn_month(filters.day, filters.days), filters.day[:4]
        yield lambda person: person.birth_date >= month or person.birth_date == year


def _of_age(filters: Filters) -> Wanted:
    """A birth known by its year alone counts as on the first day of it, as everywhere here."""
    born_after, born_until = birth_span(filters.day, filters.age)
    return lambda person: bool(person.birth_date) and born_after < person.birth_date <= born_until


def _sort(found: list[tuple[str, Standing]], filters: Filters, marks: Marks | None) -> None:
    """Whoever sorts alike stays in the order of the households, which is one and the same for
    every page: pages neither repeat nor skip anybody."""
    if filters.sort == "birth":
        found.sort(key=lambda one: one[1].birth_date, reverse=True)
    if filters.sort == "name":
        found.sort(key=lambda one: one[1].search)
    if filters.sort != "end":
        return
    if filters.key == LOSING and marks is not None:
        found.sort(key=lambda one: marks[one[1].id])
        return
    found.sort(key=lambda one: one[1].search)
    # Whose card ends first is visited first; of those that ended long ago the latest.
    found.sort(key=lambda one: one[1].last_end, reverse=filters.key != ENDING)
