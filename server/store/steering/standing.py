"""How each village stands by kind of uninsured and by group of the 100 % board, kept until its
feed moves; and the people behind each number."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from schemas.kinds import UNINSURED, Status
from schemas.sync import REFERENCE_FEED
from server.domain.legal.tables import NotKnown
from server.domain.steering.entitled import lapsed_since
from server.domain.steering.kinds import Kind, kind_of
from server.store.action_lists import CATEGORIES, Marks, marks_of
from server.store.counts import counts_by_village
from server.store.kept import KeptByVillage
from server.store.legal import legal_tables
from server.store.roll import Roll, Standing, fit, rolls

VILLAGES_KEPT = 4_000
WITH_CARD = (Status.COVERED, Status.ELSEWHERE)
"""A card that holds on the day, of the commune's lists or of a unit of the armed forces."""
WITHOUT_CARD = tuple(status.value for status in Status if status not in WITH_CARD)


class VillageStanding(NamedTuple):
    """`kinds`: the uninsured, `Kind` by `Kind`. `groups`: by list, how many stand how."""

    kinds: Mapping[str, int]
    groups: Mapping[str, Mapping[str, int]]


class Missing(NamedTuple):
    """Somebody without a card, as the roll of their village tells. `mark`: what puts them on the
    list, `kind`: of the uninsured."""

    village: str
    person: Standing
    mark: str
    kind: Kind


_kept = KeptByVillage[VillageStanding](VILLAGES_KEPT, lambda standing: 1, also=(REFERENCE_FEED,))


def standings(day: str, villages: Sequence[str]) -> dict[str, VillageStanding] | None:
    """By village, in the order asked; None where so many people live there that nobody can be
    counted by kind at once."""
    try:
        return _kept.of(day, villages, lambda missing: _count(day, missing))
    except _TooMany:
        return None


def can_be_named(day: str, villages: Sequence[str]) -> bool:
    """True where those of a ground who miss a card can be looked for at once."""
    return fit(counts_by_village(day, villages))


class _TooMany(Exception):
    """More people would have to be read at once than fit."""


def uninsured(day: str, villages: Sequence[str]) -> list[Missing]:
    """The uninsured of these villages, those who can be won soonest first, household by household,
    where they can be named."""
    found = _uninsured(day, villages)
    order = list(Kind)
    return sorted(found, key=lambda one: order.index(one.kind))


def without_card(group: str, day: str, villages: Sequence[str]) -> list[Missing]:
    """Who of the group has no card that holds, village after village, where they can be named."""
    lists, people = marks_of(CATEGORIES, day, villages), rolls(day, villages)
    since = _lapsed_since(day)
    return [
        Missing(village, one, mark, _kind(one, lists, village, since))
        for village, roll in people.items()
        for one in _in_place(roll, WITHOUT_CARD)
        if (mark := lists[group][village].get(one.id)) is not None
    ]


def _uninsured(day: str, villages: Sequence[str]) -> Iterator[Missing]:
    lists, people = marks_of(CATEGORIES, day, villages), rolls(day, villages)
    since = _lapsed_since(day)
    for village, roll in people.items():
        for one in _in_place(roll, UNINSURED):
            yield Missing(village, one, "", _kind(one, lists, village, since))


def _in_place(roll: Roll, statuses: Sequence[str]) -> list[Standing]:
    return sorted((one for status in statuses for one in roll[status]), key=lambda one: one.place)


def _kind(
    one: Standing, lists: Mapping[str, Mapping[str, Marks]], village: str, since: str | None
) -> Kind:
    on = [key for key, marks in lists.items() if one.id in marks[village]]
    lapsed = one.status == Status.EXPIRED and since is not None and one.last_end >= since
    return kind_of(on, lapsed)


def _lapsed_since(day: str) -> str | None:
    """None where the law does not say for the day: then nobody is said to have lapsed lately."""
    since = lapsed_since(legal_tables(), day)
    return None if isinstance(since, NotKnown) else since


def _count(day: str, villages: Sequence[str]) -> dict[str, VillageStanding]:
    if not can_be_named(day, villages):
        raise _TooMany
    lists, people = marks_of(CATEGORIES, day, villages), rolls(day, villages)
    kinds: dict[str, Counter[str]] = {village: Counter() for village in villages}
    for one in _uninsured(day, villages):
        kinds[one.village][one.kind.value] += 1
    return {
        village: VillageStanding(
            kinds[village],
            {key: _by_status(marks[village], people[village]) for key, marks in lists.items()},
        )
        for village in villages
    }


def _by_status(marks: Marks, roll: Roll) -> dict[str, int]:
    return {status: sum(one.id in marks for one in of) for status, of in roll.items()}
