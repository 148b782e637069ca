"""How many of a household joined as household already in the financial year of a day: where the
household's ladder goes on. Twin: `joinedBefore` in pwa/src/screens/enrol/model.ts."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

import orjson
from sqlalchemy import Select, or_, select

from server.domain.legal.contribution import ladder_start
from server.domain.legal.groups import HOUSEHOLD
from server.store.bulk import among
from server.store.db import db
from server.store.records import Card, Enrolment, Household
from server.store.status_sql import belonging_on, owned_by, winners


def joined_before(day: str, homes: Collection[str], villages: Collection[str]) -> dict[str, int]:
    """By household, of those where anybody did: by the cards that run on the day or by what was
    paid, whichever tells of more (Luật BHYT Đ13 k6). `villages`: where the households lie."""
    by_card: dict[str, set[str]] = defaultdict(set)
    for home, member in db.session.execute(_cards(day, homes, sorted(villages))):
        by_card[home].add(member)
    paid: dict[str, list[str]] = defaultdict(list)
    home_of = _counted_as(homes)
    for household, paid_on, data in db.session.execute(_paid(day, home_of)):
        if orjson.loads(data).get("insurance_group") == HOUSEHOLD:
            paid[home_of[household]].append(paid_on)
    return {
        home: max(len(by_card.get(home, ())), ladder_start(day, paid.get(home, ())) - 1)
        for home in {*by_card, *paid}
    }


def _cards(day: str, homes: Collection[str], villages: list[str]) -> Select[Any]:
    """Who holds a card of the household group that began this year and runs."""
    people = belonging_on(day, villages)
    owned = owned_by(people)
    return (
        select(people.c.home, people.c.id)
        .join(owned, owned.c.id == people.c.id)
        .join(Card, Card.member_id == owned.c.member)
        .where(
            among(people.c.home, homes),
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


def _counted_as(homes: Collection[str]) -> dict[str, str]:
    """These households and those merged into them, each with the one it counts as."""
    merged = winners(Household, "merged_household")
    taken_in = select(merged.c.id, merged.c.winner).where(among(merged.c.winner, homes))
    return {home: home for home in homes} | dict(db.session.execute(taken_in).all())
