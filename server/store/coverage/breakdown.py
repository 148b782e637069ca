"""Coverage of a day by what people have in common, each part with a denominator of its own."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from schemas.kinds import UNINSURED, LivingClass, Status, UninsuredReason
from server.domain.coverage.bands import AGES, birth_span
from server.domain.numbers import percent
from server.store.action_lists import CATEGORIES, living, marks_of, minorities
from server.store.counts import counts_by_village
from server.store.roll import Standing, everybody, fit

NOT_TOLD = ""
"""The part of those of whom it is not known to which they belong."""
MINORITY, MAJORITY = "minority", "majority"
PUPILS = "pupils"


class By(StrEnum):
    GROUP = "group"
    AGE = "age"
    MINORITY = "minority"
    LIVING = "living"
    SCHOOL = "school"
    REASON = "reason"


Parts = Callable[[Standing], str | None]
"""To which part somebody belongs; None: to none, they are not counted here."""


@dataclass(frozen=True, slots=True)
class Part:
    """People who have `key` in common, by status. `rate`: the covered of them; by reason how many
    of all the uninsured they are."""

    key: str
    counts: Mapping[str, int]
    people: int
    uninsured: int
    rate: str | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    by: By
    parts: tuple[Part, ...]
    whole: Part


def breakdown(by: By, day: str, villages: Sequence[str]) -> Breakdown | None:
    """Of everybody who belongs to these villages on the day, or of those among them whom it is
    about: the pupils by school, the uninsured by reason. None where the ground holds more people
    than are kept. Insurance groups are those of each person's card that ends last."""
    if not fit(counts_by_village(day, villages)):
        return None
    part_of = _parts(by, day, villages)
    found: dict[str, Counter[str]] = {key: Counter() for key in _always(by)}
    for person in everybody(day, villages):
        key = part_of(person)
        if key is not None:
            found.setdefault(key, Counter())[person.status] += 1
    whole: Counter[str] = Counter()
    for counts in found.values():
        whole.update(counts)
    everyone = sum(whole.values())
    parts = (_part(by, key, counts, everyone) for key, counts in found.items())
    return Breakdown(
        by,
        tuple(sorted((part for part in parts if part.people), key=_place(by))),
        _part(by, NOT_TOLD, whole, everyone),
    )


def _part(by: By, key: str, counts: Counter[str], everyone: int) -> Part:
    people = sum(counts.values())
    told = {status.value: counts[status.value] for status in Status}
    share = percent(people, everyone) if by is By.REASON else percent(counts["covered"], people)
    return Part(key, told, people, sum(counts[status] for status in UNINSURED), share)


def _always(by: By) -> tuple[str, ...]:
    """The parts in their own order; others follow by size."""
    return {
        By.AGE: tuple(AGES),
        By.MINORITY: (MINORITY, MAJORITY),
        By.LIVING: tuple(LivingClass),
        By.REASON: (),
        By.GROUP: (),
        By.SCHOOL: (),
    }[by]


def _place(by: By) -> Callable[[Part], tuple[bool, int, int, str]]:
    order = {key: at for at, key in enumerate(_always(by))}
    return lambda part: (
        part.key == NOT_TOLD,
        order.get(part.key, len(order)),
        -part.people,
        part.key,
    )


def _parts(by: By, day: str, villages: Sequence[str]) -> Parts:
    if by is By.GROUP:
        return lambda person: person.last_group
    if by is By.AGE:
        return _by_age(day)
    if by is By.MINORITY:
        return _by_minority()
    if by is By.LIVING:
        return _by_class(day, villages)
    if by is By.SCHOOL:
        [pupils] = marks_of({PUPILS: CATEGORIES[PUPILS]}, day, villages).values()
        schools = {id_: mark for marks in pupils.values() for id_, mark in marks.items()}
        return lambda person: schools.get(person.id)
    return _by_reason


def _by_reason(person: Standing) -> str | None:
    known = person.uninsured_reason in tuple(UninsuredReason)
    return (person.uninsured_reason if known else NOT_TOLD) if person.status in UNINSURED else None


def _by_age(day: str) -> Parts:
    spans = [(band, *birth_span(day, band)) for band in AGES]

    def band_of(person: Standing) -> str:
        born = person.birth_date
        bands = (band for band, after, until in spans if born and after < born <= until)
        return next(bands, NOT_TOLD)

    return band_of


def _by_minority() -> Parts:
    codes = minorities()

    def part_of(person: Standing) -> str:
        if not person.ethnic_group:
            return NOT_TOLD
        return MINORITY if person.ethnic_group in codes else MAJORITY

    return part_of


def _by_class(day: str, villages: Sequence[str]) -> Parts:
    """By the class of the household, while the paper that says so runs. Poor and near-poor are the
    lists of that name, and kept as such."""
    classes = {
        kind.value if kind.value in CATEGORIES else f"class_{kind}": kind for kind in LivingClass
    }
    conditions = {key: CATEGORIES.get(key) or living(kind) for key, kind in classes.items()}
    told = {
        id_: classes[key].value
        for key, by_village in marks_of(conditions, day, villages).items()
        for marks in by_village.values()
        for id_ in marks
    }
    return lambda person: told.get(person.id, NOT_TOLD)
