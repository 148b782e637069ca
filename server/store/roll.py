"""Everybody of a village with what lists choose and sort by, kept until the village's feed moves.

Only the codes and days that a list asks about stand here; what a page shows of its fifty people is
read from their records. Ground with more people than fit is left to queries (`fit`)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, or_, select

from schemas.kinds import Relation, Status
from server.store.counts import Count, counts_by_village
from server.store.db import db
from server.store.kept import KeptByVillage
from server.store.records import Household, Member
from server.store.status_sql import belonging_on, people_on, read_cards

MOST_PEOPLE = 150_000
"""People kept by one process, at some 500 bytes each; docs/scaling.md says what that makes."""

NO_CARDS = (None, None, None)
Line = tuple[tuple[str, str, bool, str, str], bool, list[str]]


class Standing(NamedTuple):
    """One person on the day. `place`: in the order of the village's households. `lasts_to`: the
    last day of their cover, beyond all days where nothing ends. What is not known is an empty
    text, so that everything sorts."""

    id: str
    place: int
    farm: bool
    home: str
    status: str
    search: str
    birth_date: str
    ethnic_group: str
    social_insurance: str
    uninsured_reason: str
    sex: str
    presence: str
    living_class: str
    last_end: str
    last_group: str
    lasts_to: str


Roll = dict[str, tuple[Standing, ...]]
"""The people of a village by status, household after household, the head first."""

_kept = KeptByVillage[Roll](MOST_PEOPLE, lambda roll: sum(map(len, roll.values())))


def fit(counts: Iterable[Count]) -> bool:
    """True when everybody counted here may be kept at once."""
    return sum(count.people for count in counts) <= MOST_PEOPLE


def rolls(day: str, villages: Sequence[str]) -> dict[str, Roll]:
    """The rolls of these villages, in the order asked."""
    return _kept.of(day, villages, lambda missing: _read(day, missing))


def everybody(day: str, villages: Sequence[str]) -> Iterator[Standing]:
    """All people of these villages, village after village."""
    for roll in rolls(day, villages).values():
        for people in roll.values():
            yield from people


def stand(
    day: str, villages: Sequence[str], *, ids: Collection[str] = (), homes: Collection[str] = ()
) -> list[tuple[str, str, str]]:
    """Id, household and status of the people of these villages with these ids, or who count with
    these households; who does not belong to the count on the day is left out."""
    if fit(counts_by_village(day, villages)):
        return [
            (one.id, one.home, one.status)
            for one in everybody(day, villages)
            if one.id in ids or one.home in homes
        ]
    people = people_on(day, villages)
    asked = or_(people.c.id.in_(ids), people.c.home.in_(homes))
    found = select(people.c.id, people.c.home, people.c.status).where(asked)
    return [(id_, home, status) for id_, home, status in db.session.execute(found)]


def _read(day: str, villages: Sequence[str]) -> dict[str, Roll]:
    found: dict[str, list[Line]] = {village: [] for village in villages}
    told = {id_: cards for id_, *cards in db.session.execute(_cards(day, villages))}
    same: dict[str, str] = {}
    for village, code, relation, farm, id_, *texts in db.session.execute(_people(day, villages)):
        kept = [
            same.setdefault(text, text) if text else ""
            for text in (*texts, *told.get(id_, NO_CARDS))
        ]
        home, birth_date = kept[0], kept[3]
        place = (code or "~", home, relation != Relation.HEAD, birth_date or "~", id_)
        found[village].append((place, bool(farm), kept))
    return {village: _roll(lines) for village, lines in found.items()}


def _roll(lines: list[Line]) -> Roll:
    """By the code of the household, those without one last; in it the head, then the eldest."""
    roll: dict[str, list[Standing]] = {status.value: [] for status in Status}
    for number, (place, farm, kept) in enumerate(sorted(lines)):
        standing = Standing(place[-1], number, farm, *kept)
        roll[standing.status].append(standing)
    return {status: tuple(people) for status, people in roll.items()}


def _cards(day: str, villages: Sequence[str]) -> Select[Any]:
    return read_cards(belonging_on(day, villages), day)


def _people(day: str, villages: Sequence[str]) -> Select[Any]:
    people = people_on(day, villages)
    return (
        select(
            people.c.village_id,
            Household.code,
            Member.relation,
            Household.average_farm,
            people.c.id,
            people.c.home,
            people.c.status,
            Member.search,
            Member.birth_date,
            Member.ethnic_group,
            Member.social_insurance,
            Member.uninsured_reason,
            Member.sex,
            Member.presence,
            Household.living_class,
        )
        .join(Member, Member.id == people.c.id)
        .join(Household, Household.id == people.c.home)
    )
