"""A list: its people on the day, filtered, with what a page shows of them; and how many everybody's
list holds, for the index."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.kinds import Status
from schemas.sync import REFERENCE_FEED
from server.lists.catalogue import PEOPLE
from server.lists.choosing import Choice, choose
from server.lists.entries import Chosen, Entry, batches
from server.lists.filters import Filters, read_filters
from server.lists.kinds import PeopleList
from server.lists.searching import search
from server.store.action_lists import Marks, marks_of
from server.store.counts import Count, counts_by_village
from server.store.kept import KeptByVillage
from server.store.roll import fit, rolls

PAGE = 50


@dataclass(frozen=True, slots=True)
class Found:
    """`total` people of the filtered list in `homes` households; `by_status` of everybody in these
    villages, `within` of this list's people whichever status was chosen."""

    entries: list[Entry]
    total: int
    homes: int
    by_status: dict[str, int]
    within: Mapping[str, int]
    marks: list[str]


def one_page(which: PeopleList, filters: Filters, villages: Mapping[str, str]) -> Found:
    """A page of fifty, the size of the whole list, and how everybody in the villages stands."""
    choice, found = _chosen(which, filters, villages, PAGE, (filters.page - 1) * PAGE)
    found.entries.extend(_entries(which, choice.people))
    return found


def whole_list(
    which: PeopleList, filters: Filters, villages: Mapping[str, str]
) -> tuple[Found, Iterator[list[Entry]]]:
    """The counts, and every person of the list, read a few hundred at a time."""
    choice, found = _chosen(which, filters, villages, None, 0)
    return found, batches(choice.people, which.marks)


def everybody_on(
    which: PeopleList, filters: Filters, villages: Mapping[str, str]
) -> tuple[Found, list[str]]:
    """The counts, and the ids of every person of the list."""
    choice, found = _chosen(which, filters, villages, None, 0)
    return found, [one.id for one in choice.people]


def _entries(which: PeopleList, people: Sequence[Chosen]) -> Iterator[Entry]:
    for batch in batches(people, which.marks):
        yield from batch


def _chosen(
    which: PeopleList,
    filters: Filters,
    villages: Mapping[str, str],
    limit: int | None,
    offset: int,
) -> tuple[Choice, Found]:
    ids = list(villages)
    counts = counts_by_village(filters.day, ids)
    if fit(counts):
        marks = marked(which, filters.day, ids)
        people = rolls(filters.day, ids)
        choice = choose(which, filters, villages, people, marks, limit, offset)
    else:
        marks = marked(which, filters.day, ids) if which.reader else None
        choice = search(which, filters, ids, marks, limit, offset)
    told = sorted(set(marks.values())) if marks and "mark" in which.offers else []
    return choice, Found([], choice.total, choice.homes, _by_status(counts), choice.by_status, told)


def marked(which: PeopleList, day: str, villages: Sequence[str]) -> Marks | None:
    """Who is on the list of these villages, whatever their status; None where the status alone
    says so."""
    found = marked_by_village(which, day, villages)
    if found is None:
        return None
    return {id_: mark for marks in found.values() for id_, mark in marks.items()}


def marked_by_village(
    which: PeopleList, day: str, villages: Sequence[str]
) -> dict[str, Marks] | None:
    return marked_by_list([which], day, villages)[which.key]


def marked_by_list(
    lists: Iterable[PeopleList], day: str, villages: Sequence[str]
) -> dict[str, dict[str, Marks] | None]:
    """The same of many lists by their keys, read together."""
    found: dict[str, dict[str, Marks] | None] = {}
    conditions = {}
    for which in lists:
        found[which.key] = which.reader(day, villages) if which.reader is not None else None
        if which.reader is None and which.condition is not None:
            conditions[which.key] = which.condition
    return {**found, **marks_of(conditions, day, villages)}


def _by_status(counts: Sequence[Count]) -> dict[str, int]:
    by_status = dict.fromkeys((status.value for status in Status), 0)
    for count in counts:
        by_status[count.status] += count.people
    return by_status


Sizes = dict[str, int]
"""How many people stand on each list as it opens, by its key."""

_sizes = KeptByVillage[Sizes](200_000, len, also=(REFERENCE_FEED,))


def sizes(day: str, villages: Sequence[str]) -> Sizes | None:
    """The sizes of all lists, each as it opens; None where the ground is too large to count
    everything for an index."""
    if not fit(counts_by_village(day, villages)):
        return None
    found = dict.fromkeys(PEOPLE, 0)
    for counted in _sizes.of(day, villages, lambda missing: _count(day, missing)).values():
        for key, number in counted.items():
            found[key] += number
    shared = PEOPLE["id_trouble"]
    found[shared.key] = len(marked(shared, day, villages) or {})
    return found


def _count(day: str, villages: Sequence[str]) -> dict[str, Sizes]:
    people = rolls(day, villages)
    found: dict[str, Sizes] = {village: {} for village in villages}
    marked_on = marked_by_list(PEOPLE.values(), day, villages)
    for key, which in PEOPLE.items():
        plain = read_filters(which, {}, day)
        marks = marked_on[key]
        for village in villages:
            here = marks[village] if marks is not None else None
            choice = choose(which, plain, {village: ""}, {village: people[village]}, here, 0, 0)
            found[village][key] = choice.total
    return found
