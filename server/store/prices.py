"""What joining costs each of a set of people, asked of the rules for all of them at once: a few
reads however many they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from server.domain.legal.area_facts import area_facts
from server.domain.legal.contribution import Contribution, Payment, contribution
from server.domain.legal.facts import AreaFacts, PersonFacts, Place, person_facts
from server.domain.legal.groups import HOUSEHOLD, GroupAnswer, insurance_group
from server.domain.legal.money import NotAllowed
from server.domain.legal.tables import NotKnown, Tables
from server.store.areas import stated_above_each
from server.store.bulk import among
from server.store.db import db
from server.store.joined import joined_before
from server.store.legal import legal_tables
from server.store.places import Area
from server.store.records import Entitlement, Household, Member
from server.store.status_sql import winners

PUPILS = ("pupil", "student")
IN_HOUSE = ("head", "spouse", "parent", "parent_in_law", "grandparent", "child", "child_in_law")
"""As the phone lists a household: pwa/src/screens/household/members.ts."""

Price = Contribution | NotKnown | NotAllowed


@dataclass(frozen=True, slots=True)
class Priced:
    """One person. `home`, `village`: ids, where they count. `group` by the order of law, which is
    the one proposed to who may choose; None where the law's tables do not tell it, and `price` says
    what they lack. `free`: nobody asks the person for money. `price` is None where none is asked
    here because `paid_by` others: employer, social_insurance, budget. `ladder_place`: which of the
    household's payers, from 1, in group GD only."""

    id: str
    home: str
    village: str
    group: str | None
    free: bool
    price: Price | None
    paid_by: str | None = None
    ladder_place: int | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Whole đồng of the people whose price is known. `local` leaves out the `local_unknown`, for
    whom nobody knows what the province adds: with any of them `own` is the most it may be.
    `others`: how many pay nothing here because their employer or a fund does; `free` too pay
    nothing."""

    people: int
    free: int
    others: int
    unknown: int
    priced: int
    total: int
    state: int
    local: int
    local_unknown: int
    other: int
    own: int


class _Person(NamedTuple):
    id: str
    home: str
    village: str
    order: tuple[int, str, str]
    facts: PersonFacts
    answer: GroupAnswer | NotKnown


def prices(
    ids: Collection[str], day: str, months: int, support: Mapping[str, int] | None = None
) -> dict[str, Priced]:
    """What these people would pay if all of them joined on the day. Those of one household whose
    group is the household's stand on its ladder one after the other, behind who joined already this
    financial year. `support`: đồng that others (a sponsor) give a person, by id. Who is merged into
    somebody else, and an unknown id, is left out."""
    tables = legal_tables()
    people = _people(tables, day, ids)
    provinces = _provinces({person.village for person in people})
    ladder = _ladder(day, people)
    known: dict[Payment, Price] = {}
    found: dict[str, Priced] = {}
    for person in people:
        place = ladder.get(person.id)
        if isinstance(person.answer, NotKnown):
            found[person.id] = _not_known(person, person.answer)
            continue
        payment = Payment(
            person.answer.group,
            months,
            ladder_place=place or 1,
            place=provinces[person.village],
            pupil=person.facts.work in PUPILS,
            minority=bool(person.facts.minority),
            poor_commune=person.facts.area.poor_commune,
            other_support=support.get(person.id, 0) if support else 0,
        )
        # Most people of a commune pay one of a dozen prices.
        price = known[payment] if payment in known else contribution(tables, day, payment)
        known[payment] = price
        found[person.id] = _priced(person, person.answer, price, place)
    return found


def _not_known(person: _Person, what: NotKnown) -> Priced:
    return Priced(person.id, person.home, person.village, None, False, what)


def _priced(person: _Person, answer: GroupAnswer, price: Price, place: int | None) -> Priced:
    paid_by = price.paid_by if isinstance(price, Contribution) else None
    asked = None if isinstance(price, Contribution) and price.total is None else price
    return Priced(
        person.id, person.home, person.village, answer.group, answer.free, asked, paid_by, place
    )


def totals(found: Iterable[Priced]) -> Totals:
    """The sums of some people."""
    everybody = list(found)
    asked = [one.price for one in everybody if isinstance(one.price, Contribution)]
    nothing = [one for one in everybody if one.price is None]
    free = sum(one.free for one in nothing)
    return Totals(
        people=len(everybody),
        free=free,
        others=len(nothing) - free,
        unknown=len(everybody) - len(asked) - len(nothing),
        priced=len(asked),
        total=sum(price.total or 0 for price in asked),
        state=sum(price.state for price in asked),
        local=sum(price.local or 0 for price in asked),
        local_unknown=sum(price.local is None for price in asked),
        other=sum(price.other for price in asked),
        own=sum(price.own_at_most - (price.local or 0) for price in asked),
    )


def _people(tables: Tables, day: str, ids: Collection[str]) -> list[_Person]:
    """Everybody asked for, household after household, in the order of each."""
    members = db.session.execute(_members(ids)).all()
    homes = {
        id_: (village, orjson.loads(data))
        for id_, village, data in db.session.execute(_homes({home for _id, home, _data in members}))
    }
    areas = _areas(day, {village for village, _data in homes.values()})
    rights = _rights([id_ for id_, _home, _data in members])
    found = []
    for id_, home, data in members:
        village, household = homes[home]
        member = orjson.loads(data)
        facts = person_facts(member, household, rights.get(id_, ()), areas[village])
        answer = insurance_group(tables, day, facts)
        found.append(_Person(id_, home, village, _order(id_, member), facts, answer))
    return sorted(found, key=lambda person: (person.home, person.order))


def _order(id_: str, member: Mapping[str, Any]) -> tuple[int, str, str]:
    relation = member.get("relation")
    rank = IN_HOUSE.index(relation) if relation in IN_HOUSE else len(IN_HOUSE)
    return rank, member.get("birth_date") or "9999", id_


def _members(ids: Collection[str]) -> Select[str, Any, str]:
    merged = winners(Household, "merged_household")
    home = func.coalesce(merged.c.winner, Member.household_id)
    return (
        select(Member.id, home, Member.data)
        .outerjoin(merged, merged.c.id == Member.household_id)
        .where(among(Member.id, ids), Member.merged_into.is_(None))
    )


def _homes(ids: Collection[str]) -> Select[str, str, str]:
    return select(Household.id, Household.village_id, Household.data).where(
        among(Household.id, ids)
    )


def _rights(ids: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Of each person's own record and of those merged into it."""
    merged = winners(Member, "merged_member")
    taken_in = select(merged.c.id, merged.c.winner).where(among(merged.c.winner, ids))
    owner = {id_: id_ for id_ in ids} | dict(db.session.execute(taken_in).all())
    rights: dict[str, list[dict[str, Any]]] = defaultdict(list)
    query = select(Entitlement.member_id, Entitlement.data)
    for member, data in db.session.execute(query.where(among(Entitlement.member_id, owner))):
        rights[owner[member]].append(orjson.loads(data))
    return rights


def _areas(day: str, villages: Collection[str]) -> dict[str, AreaFacts]:
    levels = stated_above_each(sorted(villages))
    return {village: area_facts(day, levels[village]) for village in villages}


def _provinces(villages: Collection[str]) -> dict[str, Place]:
    """The province of each village; which one it was before the merger is not on record."""
    above = aliased(Area)
    query = (
        select(Area.id, above.code)
        .outerjoin(above, above.id == Area.province_id)
        .where(among(Area.id, villages))
    )
    return {village: Place(code) for village, code in db.session.execute(query)}


def _ladder(day: str, people: Iterable[_Person]) -> dict[str, int]:
    """The place of everybody who joins as household, one household after the other."""
    joining = [
        person
        for person in people
        if isinstance(person.answer, GroupAnswer) and person.answer.group == HOUSEHOLD
    ]
    homes = {person.home for person in joining}
    last = joined_before(day, homes, {person.village for person in joining})
    places: dict[str, int] = {}
    for person in joining:
        last[person.home] = places[person.id] = last.get(person.home, 0) + 1
    return places
