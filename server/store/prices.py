"""What joining costs each of a set of people, asked of the rules for all of them at once: a few
reads however many they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from schemas.sync import REFERENCE_FEED
from server.domain.legal.area_facts import area_facts
from server.domain.legal.contribution import Contribution, Payment, contribution
from server.domain.legal.facts import AreaFacts, Place, person_facts
from server.domain.legal.groups import HOUSEHOLD, insurance_group
from server.domain.legal.money import NotAllowed
from server.domain.legal.tables import NotKnown, Tables
from server.store.areas import stated_above_each
from server.store.bulk import among
from server.store.db import db
from server.store.joined import joined_before
from server.store.kept import KeptByVillage
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

    @property
    def told(self) -> bool:
        """False where the sums are nothing only because nobody knows a price."""
        return bool(self.priced or not self.unknown)


class _Person(NamedTuple):
    """Whom a price is asked for, as far as it hangs on the person. `order`: in the household.
    `lacks`: what the law does not say of their group."""

    id: str
    home: str
    village: str
    order: tuple[int, str, str]
    group: str
    free: bool
    pupil: bool
    minority: bool
    poor_commune: bool | None
    lacks: NotKnown | None


VILLAGES_KEPT = 400

_kept = KeptByVillage[dict[str, _Person]](VILLAGES_KEPT, lambda people: 1, (REFERENCE_FEED,))
"""Those of a village who were asked for: a list asks for a few of them, again and again."""


def prices(
    ids: Collection[str], day: str, months: int, support: Mapping[str, int] | None = None
) -> dict[str, Priced]:
    """What these people would pay if all of them joined on the day. Those of one household whose
    group is the household's stand on its ladder one after the other, behind who joined already this
    financial year. `support`: đồng that others (a sponsor) give a person, by id. Who is merged into
    somebody else, and an unknown id, is left out."""
    tables = legal_tables()
    people = _people(tables, day, ids)
    villages = {person.village for person in people}
    provinces, ladder = _provinces(villages), _ladder(day, people, villages)
    known: dict[Payment, Price] = {}
    found: dict[str, Priced] = {}
    for person in people:
        place = ladder.get(person.id)
        if person.lacks is not None:
            found[person.id] = _not_known(person, person.lacks)
            continue
        payment = Payment(
            person.group,
            months,
            ladder_place=place or 1,
            place=provinces[person.village],
            pupil=person.pupil,
            minority=person.minority,
            poor_commune=person.poor_commune,
            other_support=support.get(person.id, 0) if support else 0,
        )
        # Most people of a commune pay one of a dozen prices.
        price = known[payment] if payment in known else contribution(tables, day, payment)
        known[payment] = price
        found[person.id] = _priced(person, price, place)
    return found


def _not_known(person: _Person, what: NotKnown) -> Priced:
    return Priced(person.id, person.home, person.village, None, False, what)


def _priced(person: _Person, price: Price, place: int | None) -> Priced:
    paid_by = price.paid_by if isinstance(price, Contribution) else None
    asked = None if isinstance(price, Contribution) and price.total is None else price
    return Priced(
        person.id, person.home, person.village, person.group, person.free, asked, paid_by, place
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
    rows = {row.id: row for row in map(_Where._make, db.session.execute(_where(ids)))}
    known = _kept.of(day, sorted({row.village for row in rows.values()}), _nobody)
    asked = [row for row in rows.values() if row.id not in known[row.village]]
    for person in _read(tables, day, asked) if asked else ():
        known[person.village][person.id] = person
    people = [known[row.village][row.id] for row in rows.values()]
    return sorted(people, key=attrgetter("home", "order"))


def _nobody(villages: Sequence[str]) -> dict[str, dict[str, _Person]]:
    return {village: {} for village in villages}


class _Where(NamedTuple):
    id: str
    home: str
    village: str


def _where(ids: Collection[str]) -> Select[Any, Any, Any]:
    """Where each of these people counts."""
    merged = winners(Household, "merged_household")
    home = func.coalesce(merged.c.winner, Member.household_id)
    return (
        select(Member.id, Household.id, Household.village_id)
        .outerjoin(merged, merged.c.id == Member.household_id)
        .join(Household, Household.id == home)
        .where(among(Member.id, ids), Member.merged_into.is_(None))
    )


def _read(tables: Tables, day: str, people: Collection[_Where]) -> Iterator[_Person]:
    homes = _data(Household, {one.home for one in people})
    areas = _areas(day, {one.village for one in people})
    members = _data(Member, {one.id for one in people})
    rights = _rights(members)
    for one in people:
        member = members[one.id]
        facts = person_facts(member, homes[one.home], rights.get(one.id, ()), areas[one.village])
        answer = insurance_group(tables, day, facts)
        lacks = answer if isinstance(answer, NotKnown) else None
        yield _Person(
            *one,
            order=_order(one.id, member),
            group="" if isinstance(answer, NotKnown) else answer.group,
            free=not isinstance(answer, NotKnown) and answer.free,
            pupil=facts.work in PUPILS,
            minority=bool(facts.minority),
            poor_commune=facts.area.poor_commune,
            lacks=lacks,
        )


def _order(id_: str, member: Mapping[str, Any]) -> tuple[int, str, str]:
    relation = member.get("relation")
    rank = IN_HOUSE.index(relation) if relation in IN_HOUSE else len(IN_HOUSE)
    return rank, member.get("birth_date") or "9999", id_


def _data(table: type[Household] | type[Member], ids: Collection[str]) -> dict[str, Any]:
    rows = db.session.execute(select(table.id, table.data).where(among(table.id, ids)))
    return {id_: orjson.loads(data) for id_, data in rows}


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


def _ladder(day: str, people: Iterable[_Person], villages: Collection[str]) -> dict[str, int]:
    """The place of everybody who joins as household, one household after the other."""
    last: dict[str, int] | None = None
    places: dict[str, int] = {}
    for person in people:
        if person.group == HOUSEHOLD:
            last = joined_before(day, villages) if last is None else last
            last[person.home] = places[person.id] = last.get(person.home, 0) + 1
    return places
