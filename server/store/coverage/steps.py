"""The steps of villages: read from the records once, then any day is looked up."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import CTE, Select, func, not_, select

from schemas.kinds import AreaLevel
from server.domain.coverage.steps import Known, Life, Steps, steps_of
from server.domain.status import INSURED_BY_UNIT
from server.store.coverage.stored import not_stored, store_steps, stored_steps
from server.store.db import db, only_reads, reading, transaction
from server.store.kept import KeptByVillage, Mark, where_feeds_stand
from server.store.places import Area
from server.store.records import Card, Enrolment, Entitlement, Household
from server.store.status_sql import ever_belonging, owned_by

MOST_NUMBERS = 16_000_000
"""Numbers kept by one process, at four bytes each; docs/scaling.md says what that makes."""

VILLAGES_AT_ONCE = 20
"""Of as many villages the records are held at a time."""

_kept = KeptByVillage[Steps](MOST_NUMBERS, lambda steps: len(steps.sums) + len(steps.days))
_ALWAYS = ""
"""Steps are kept for no day of their own."""


def steps_by_village(villages: Sequence[str]) -> dict[str, Steps]:
    """The steps of each of these villages, in the order asked."""
    if not only_reads():
        return read_steps(villages)
    marks = where_feeds_stand(villages, ())
    known = known_steps(marks)
    missing = {village: mark for village, mark in marks.items() if village not in known}
    found = known | _kept.of(_ALWAYS, list(missing), read_steps, missing)
    return {village: found[village] for village in villages}


def known_steps(marks: Mapping[str, Mark]) -> dict[str, Steps]:
    """The steps that were worked out already, here or by the worker, of villages whose feeds stand
    there."""
    known = _kept.known(_ALWAYS, marks)
    missing = {village: mark for village, mark in marks.items() if village not in known}
    stored = stored_steps(missing) if missing else {}
    moved = {village: marks[village] for village in stored}
    return known | _kept.of(_ALWAYS, list(stored), lambda _asked: stored, moved)


def refresh_stored() -> bool:
    """Work out and store the steps of a few villages whose feeds moved on since they were, in one
    snapshot and one transaction; True when there are more."""
    with reading():
        villages = list(db.session.scalars(select(Area.id).where(Area.level == AreaLevel.VILLAGE)))
        marks = where_feeds_stand(villages, ())
        old = not_stored(marks)
        some = old[:VILLAGES_AT_ONCE]
        found = read_steps(some)
        db.session.rollback()
    if found:
        with transaction():
            store_steps(found, marks)
    return len(old) > len(some)


def read_steps(villages: Sequence[str]) -> dict[str, Steps]:
    """The same worked out of the records."""
    found: dict[str, Steps] = {}
    for at in range(0, len(villages), VILLAGES_AT_ONCE):
        some = villages[at : at + VILLAGES_AT_ONCE]
        lives, homes = _lives(some), _homes(some)
        found |= {village: steps_of(lives[village], homes[village]) for village in some}
    return found


def _homes(villages: Sequence[str]) -> dict[str, dict[str | None, int]]:
    counts = (
        select(Household.village_id, Household.last_day, func.count())
        .where(Household.village_id.in_(villages), Household.merged_into.is_(None))
        .group_by(Household.village_id, Household.last_day)
    )
    homes: dict[str, dict[str | None, int]] = defaultdict(dict)
    for village, last_day, number in db.session.execute(counts):
        homes[village][last_day] = number
    return homes


def _lives(villages: Sequence[str]) -> dict[str, list[Life]]:
    people = ever_belonging(villages)
    cards, rights, paid = (_by_person(query) for query in _what_is_known(people))
    lives: dict[str, list[Life]] = defaultdict(list)
    for row in db.session.execute(select(people)):
        lives[row.village_id].append(
            Life(
                row.first_day,
                row.last_day,
                row.home_last_day,
                row.registration,
                row.presence,
                Known(
                    cards.get(row.id, ()),
                    rights.get(row.id, ()),
                    paid.get(row.id, ()),
                    row.insurance_answer,
                    row.insurance_asked_on,
                ),
            )
        )
    return lives


def _what_is_known(people: CTE) -> Iterator[Select[Any]]:
    owned = owned_by(people)
    yield (
        select(owned.c.id, Card.evidence, Card.first_day, Card.last_day, Card.checked_on)
        .join(Card, Card.member_id == owned.c.member)
        .where(not_(Card.void))
    )
    yield (
        select(owned.c.id, Entitlement.kind, Entitlement.first_day, Entitlement.last_day)
        .join(Entitlement, Entitlement.member_id == owned.c.member)
        .where(Entitlement.kind.in_(sorted(INSURED_BY_UNIT)))
    )
    yield (
        select(owned.c.id, Enrolment.first_day, Enrolment.last_day)
        .join(Enrolment, Enrolment.member_id == owned.c.member)
        .where(Enrolment.stands)
    )


def _by_person(query: Select[Any]) -> Mapping[str, tuple[Any, ...]]:
    """Sorted, so that people of whom the same is known are found to be alike."""
    found: dict[str, list[Any]] = defaultdict(list)
    for id_, *facts in db.session.execute(query):
        found[id_].append(tuple(facts))
    return {
        id_: tuple(rows) if len(rows) == 1 else tuple(sorted(rows, key=repr))
        for id_, rows in found.items()
    }
