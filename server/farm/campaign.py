"""Who of the recognised households has not joined yet, and what joining costs each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select

from schemas.kinds import Status
from server.farm.register import standing_of
from server.pages.scope import own_villages
from server.store.bulk import among
from server.store.db import db
from server.store.farm import recognised
from server.store.prices import Priced, prices
from server.store.records import Member
from server.store.roll import everybody
from server.store.sponsor_cards import Sponsored, cards_of_people, open_by_person

LACKING = frozenset({Status.EXPIRED, Status.NONE, Status.NOT_ASKED, Status.UNCONFIRMED})


@dataclass(frozen=True, slots=True)
class Candidate:
    member: Member
    data: dict[str, Any]
    village: str
    status: str
    joins: Priced
    sponsored: Sponsored | None


def candidates(villages: Sequence[str], day: str, months: int) -> list[Candidate]:
    """Members without a card in households whose recognition holds on the day."""
    homes = {
        home.id
        for home in recognised(villages)
        if standing_of(orjson.loads(home.data), day) in ("valid", "ending")
    }
    standing = {
        one.id: one.status
        for one in everybody(day, villages)
        if one.home in homes and one.status in LACKING
    }
    joins = prices(standing, day, months)
    sponsored = open_by_person(cards_of_people(standing, day))
    names = own_villages()
    people = db.session.scalars(select(Member).where(among(Member.id, standing)))
    found = [
        Candidate(
            member,
            orjson.loads(member.data),
            names[member.village_id].name,
            standing[member.id],
            joins[member.id],
            sponsored.get(member.id),
        )
        for member in people
    ]
    return sorted(found, key=lambda it: (it.village, it.member.household_id, it.member.full_name))
