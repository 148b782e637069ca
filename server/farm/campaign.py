"""Who of the recognised households has not joined yet, and what joining costs each."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
from sqlalchemy import select

from schemas.kinds import AreaLevel, Status
from server.domain.legal.area_facts import area_facts
from server.domain.legal.contribution import Contribution, Payment, contribution
from server.domain.legal.facts import AreaFacts, Place, person_facts
from server.domain.legal.groups import GroupAnswer, insurance_group
from server.domain.legal.tables import NotKnown
from server.farm.register_routes import standing_of
from server.pages.scope import own_villages
from server.store.areas import lineage, stated_above
from server.store.bulk import among
from server.store.db import db
from server.store.farm import recognised
from server.store.legal import legal_tables
from server.store.records import Entitlement, Member
from server.store.roll import everybody

LACKING = (Status.EXPIRED, Status.NONE, Status.NOT_ASKED, Status.UNCONFIRMED)
PUPILS = ("pupil", "student")


@dataclass(frozen=True, slots=True)
class Candidate:
    """`group` by the order of law; `free`: nobody asks for money. `price` is NotKnown where the
    law's tables say nothing for the day, None where the group asks no price of the person."""

    member: Member
    data: dict[str, Any]
    village: str
    status: str
    group: str | None
    free: bool
    price: Contribution | NotKnown | None


@dataclass(frozen=True, slots=True)
class Totals:
    """Đồng, of those whose price is known. `own` at most: without what a province may add;
    `local` is None where what the province adds is not known for somebody."""

    people: int
    free: int
    total: int
    state: int
    local: int | None
    own: int
    unknown: int


def candidates(villages: list[str], day: str, months: int) -> list[Candidate]:
    """Members without a card in households whose recognition holds on the day."""
    homes = {
        home.id: orjson.loads(home.data)
        for home in recognised(villages)
        if standing_of(orjson.loads(home.data), day) in ("valid", "ending")
    }
    standing = {
        one.id: one
        for one in everybody(day, villages)
        if one.home in homes and one.status in set(LACKING)
    }
    rights = _rights(list(standing))
    people = db.session.scalars(select(Member).where(among(Member.id, standing)))
    found = []
    area, place, names = _by_village(day)
    for member in people:
        one = standing[member.id]
        data = orjson.loads(member.data)
        found.append(
            _candidate(
                member,
                data,
                homes[one.home],
                rights[member.id],
                area(member.village_id),
                place(member.village_id),
                names[member.village_id].name,
                one.status,
                day,
                months,
            )
        )
    return sorted(found, key=lambda it: (it.village, it.member.household_id, it.member.full_name))


def _by_village(day: str) -> Any:
    @cache
    def area(village: str) -> AreaFacts:
        return area_facts(day, stated_above(village))

    @cache
    def place(village: str) -> Place:
        above = lineage(village)
        return Place(next((it.code for it in above if it.level == AreaLevel.PROVINCE), None))

    return area, place, own_villages()


def _rights(ids: list[str]) -> dict[str, list[dict[str, Any]]]:
    rights: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for right in db.session.scalars(select(Entitlement).where(among(Entitlement.member_id, ids))):
        rights[right.member_id].append(orjson.loads(right.data))
    return rights


def _candidate(
    member: Member,
    data: dict[str, Any],
    home: dict[str, Any],
    rights: list[dict[str, Any]],
    area: AreaFacts,
    place: Place,
    village: str,
    status: str,
    day: str,
    months: int,
) -> Candidate:
    facts = person_facts(data, home, rights, area)
    answer = insurance_group(legal_tables(), day, facts)
    if not isinstance(answer, GroupAnswer):
        return Candidate(member, data, village, status, None, False, answer)
    payment = Payment(
        answer.group,
        months,
        place=place,
        pupil=facts.work in PUPILS,
        minority=bool(facts.minority),
        poor_commune=area.poor_commune,
    )
    price = contribution(legal_tables(), day, payment)
    known = price if isinstance(price, (Contribution, NotKnown)) else None
    if isinstance(known, Contribution) and known.total is None:
        known = None
    return Candidate(member, data, village, status, answer.group, answer.free, known)


def totals_of(found: list[Candidate]) -> Totals:
    known = [one.price for one in found if isinstance(one.price, Contribution)]
    locals_ = [price.local for price in known]
    return Totals(
        people=len(found),
        free=sum(one.free for one in found),
        total=sum(price.total or 0 for price in known),
        state=sum(price.state for price in known),
        local=None if None in locals_ else sum(filter(None, locals_)),
        own=sum(price.own_at_most - (price.local or 0) for price in known),
        unknown=sum(isinstance(one.price, NotKnown) for one in found),
    )
