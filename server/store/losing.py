"""Who of a village loses the state's support within ninety days, kept until something moves that
may change it: the village's records, what is stated of areas, the law."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import CTE, ColumnElement, Select, and_, or_, select

from schemas.kinds import EntitlementKind, LivingClass
from schemas.sync import REFERENCE_FEED
from server.domain.legal.facts import person_facts
from server.domain.legal.support_end import (
    PlaceAhead,
    SupportEnd,
    place_ahead,
    support_ends,
)
from server.domain.partial import add_months
from server.store.areas import stated_above_each
from server.store.db import db
from server.store.kept import KeptByVillage
from server.store.legal import legal_tables
from server.store.records import Entitlement, Household, Member
from server.store.status_sql import belonging_on, owned_by

MOST_KEPT = 150_000
OLDEST_CHILD_MONTHS, YOUNGEST_CHILD_MONTHS = 84, 60
"""A free card ends between these ages; whom a rule names is decided by the rule alone."""

Losing = dict[str, SupportEnd]
"""Who loses support, by the id of the member."""

_kept = KeptByVillage[Losing](MOST_KEPT, len, also=(REFERENCE_FEED,))


def losing(day: str, villages: Sequence[str]) -> dict[str, Losing]:
    """By village, in the order asked."""
    return _kept.of(day, villages, lambda missing: _read(day, missing))


def _read(day: str, villages: Sequence[str]) -> dict[str, Losing]:
    tables = legal_tables()
    levels = stated_above_each(villages)
    places = {village: place_ahead(tables, day, levels[village]) for village in villages}
    found: dict[str, Losing] = {village: {} for village in villages}
    for village, id_, member, home, rights in _people(day, places):
        facts = person_facts(orjson.loads(member), orjson.loads(home), rights)
        end = support_ends(tables, places[village], facts)
        if isinstance(end, SupportEnd):
            found[village][id_] = end
    return found


def _people(
    day: str, places: Mapping[str, PlaceAhead]
) -> Iterable[tuple[str, str, str, str, Sequence[Mapping[str, Any]]]]:
    """Of everybody who may lose support: village, id, their record, their household's, rights."""
    people = belonging_on(day, list(places))
    rights: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for id_, data in db.session.execute(_rights(people)):
        rights[id_].append(orjson.loads(data))
    for village, id_, member, home in db.session.execute(_candidates(people, day, places)):
        yield village, id_, member, home, rights[id_]


def _rights(people: CTE) -> Select[Any]:
    owned = owned_by(people)
    return select(owned.c.id, Entitlement.data).join(
        Entitlement, Entitlement.member_id == owned.c.member
    )


def _candidates(people: CTE, day: str, places: Mapping[str, PlaceAhead]) -> Select[Any]:
    """Everybody where the place itself changes; elsewhere only whose records tell of an end, so
    that few rows are read of a village that has none."""
    changing = [village for village, place in places.items() if place.ends]
    owned = owned_by(people)
    dated = (
        select(owned.c.id)
        .join(Entitlement, Entitlement.member_id == owned.c.member)
        .where(or_(Entitlement.last_day.is_not(None), Entitlement.kind.in_(_LIMITED)))
    )
    return (
        select(people.c.village_id, people.c.id, Member.data, Household.data)
        .join(Member, Member.id == people.c.id)
        .join(Household, Household.id == people.c.home)
        .where(
            or_(
                people.c.village_id.in_(changing),
                _about_six(day),
                _tells(Member, "unemployment_benefit_to"),
                and_(_tells(Member, "school_class"), Member.data.contains("12")),
                _tells(Household, "average_farm_to"),
                and_(Household.living_class.in_(_POOR), _tells(Household, "living_class_to")),
                people.c.id.in_(dated),
            )
        )
    )


_LIMITED = (EntitlementKind.LEFT_REGION.value, "trafficking_victim")
_POOR = (LivingClass.POOR.value, LivingClass.NEAR_POOR.value)


def _about_six(day: str) -> ColumnElement[bool]:
    """A birth known by its year alone sorts before all days of that year."""
    eldest = add_months(day, -OLDEST_CHILD_MONTHS)[:4]
    return and_(
        Member.birth_date >= eldest, Member.birth_date <= add_months(day, -YOUNGEST_CHILD_MONTHS)
    )


def _tells(table: type[Household] | type[Member], field: str) -> ColumnElement[bool]:
    return table.data.contains(f'"{field}":"', autoescape=True)
