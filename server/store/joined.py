"""How many of a household joined as household already in the financial year of a day: where the
household's ladder goes on. Twins: `joinedBefore` in pwa/src/screens/enrol/model.ts, and of cards
pwa/src/domain/enrolment/joined.ts, held by vectors."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Select, or_, select

from server.domain.legal.contribution import ladder_start
from server.domain.legal.groups import HOUSEHOLD
from server.store.bulk import among
from server.store.db import db
from server.store.kept import KeptByVillage
from server.store.records import Card, Enrolment, Household
from server.store.status_sql import belonging_on, owned_by, winners

MOST_KEPT = 150_000

_kept = KeptByVillage[dict[str, int]](MOST_KEPT, lambda homes: len(homes) + 1)
"""Kept, as any list of a village may ask for it again."""


def joined_before(day: str, villages: Collection[str]) -> dict[str, int]:
    """By household of these villages, of those where anybody did: by the cards that run on the day
    or by what was paid, whichever tells of more (Luật BHYT Đ13 k6)."""
    found = _kept.of(day, sorted(villages), lambda missing: _read(day, missing))
    return {home: number for homes in found.values() for home, number in homes.items()}


def _read(day: str, villages: Sequence[str]) -> dict[str, dict[str, int]]:
    home_of = _counted_as(villages)
    by_card: dict[str, set[str]] = defaultdict(set)
    for home, member in db.session.execute(_cards(day, villages)):
        by_card[home].add(member)
    paid: dict[str, list[str]] = defaultdict(list)
    for household, paid_on, data in db.session.execute(_paid(day, home_of)):
        if orjson.loads(data).get("insurance_group") == HOUSEHOLD:
            paid[home_of[household].home].append(paid_on)
    found: dict[str, dict[str, int]] = {village: {} for village in villages}
    for home in {*by_card, *paid}:
        by_payment = ladder_start(day, paid.get(home, ())) - 1
        found[home_of[home].village][home] = max(len(by_card.get(home, ())), by_payment)
    return found


def _cards(day: str, villages: Sequence[str]) -> Select[Any, Any]:
    """Who holds a card of the household group that began this year and runs."""
    people = belonging_on(day, villages)
    owned = owned_by(people)
    return (
        select(people.c.home, people.c.id)
        .join(owned, owned.c.id == people.c.id)
        .join(Card, Card.member_id == owned.c.member)
        .where(
            Card.insurance_group == HOUSEHOLD,
            Card.void.is_(False),
            Card.first_day.between(f"{day[:4]}-01-01", day),
            or_(Card.last_day.is_(None), Card.last_day >= day),
        )
    )


def _paid(day: str, households: Collection[str]) -> Select[str, Any, str]:
    year = day[:4]
    return select(Enrolment.household_id, Enrolment.paid_on, Enrolment.data).where(
        Enrolment.stands,
        Enrolment.paid_on.between(f"{year}-01-01", f"{year}-12-31"),
        among(Enrolment.household_id, households),
    )


class _Home(NamedTuple):
    home: str
    village: str


def _counted_as(villages: Sequence[str]) -> dict[str, _Home]:
    """The households of these villages and those merged into them: what each counts as."""
    here = select(Household.id, Household.id, Household.village_id).where(
        Household.village_id.in_(villages), Household.merged_into.is_(None)
    )
    merged = winners(Household, "merged_household")
    taken_in = (
        select(merged.c.id, Household.id, Household.village_id)
        .join(Household, Household.id == merged.c.winner)
        .where(Household.village_id.in_(villages))
    )
    rows = (row for query in (here, taken_in) for row in db.session.execute(query))
    return {id_: _Home(home, village) for id_, home, village in rows}
