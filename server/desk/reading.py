"""One household, one person: the records as a page shows them."""

from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import func, or_, select

from server.errors import Problem
from server.pages.scope import own_villages
from server.store.db import db
from server.store.records import (
    Card,
    Entitlement,
    FarmAssessment,
    FieldNote,
    Household,
    Member,
    SyncedRecord,
    Visit,
)
from server.store.roll import everybody
from server.store.scope import Village

RELATION_ORDER = ("head", "spouse")


@dataclass(frozen=True, slots=True)
class Shown:
    """A record with its data read."""

    id: str
    entity: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class MemberShown:
    member: Member
    data: dict[str, Any]
    status: str | None
    gone: bool


def household_in_scope(household_id: str) -> tuple[Household, Village]:
    """The household and its village; not found, or not allowed when it lies elsewhere."""
    household = db.session.get(Household, household_id)
    if household is None:
        raise Problem("not_found")
    return household, _village(household.village_id)


def member_in_scope(member_id: str) -> tuple[Member, Village]:
    member = db.session.get(Member, member_id)
    if member is None:
        raise Problem("not_found")
    return member, _village(member.village_id)


def _village(village_id: str) -> Village:
    villages = own_villages()
    if village_id not in villages:
        raise Problem("not_allowed")
    return villages[village_id]


def data_of(record: SyncedRecord) -> dict[str, Any]:
    read: dict[str, Any] = orjson.loads(record.data)
    return read


def members_of(household: Household, day: str) -> list[MemberShown]:
    """The people of a household and of those merged into it, the head first, who left last."""
    merged = select(Household.id).where(Household.merged_into == household.id)
    found = db.session.scalars(
        select(Member).where(
            or_(Member.household_id == household.id, Member.household_id.in_(merged)),
            Member.merged_into.is_(None),
        )
    )
    statuses = statuses_of(household.village_id, day)
    shown = [_member(member, statuses, day) for member in found]
    return sorted(shown, key=_place_in_household)


def _member(member: Member, statuses: dict[str, str], day: str) -> MemberShown:
    gone = member.last_day is not None and member.last_day < day
    return MemberShown(member, data_of(member), statuses.get(member.id), gone)


def _place_in_household(shown: MemberShown) -> tuple[bool, int, str, str]:
    relation = shown.member.relation or ""
    place = RELATION_ORDER.index(relation) if relation in RELATION_ORDER else len(RELATION_ORDER)
    return (shown.gone, place, shown.member.birth_date or "9999", shown.member.id)


def statuses_of(village_id: str, day: str) -> dict[str, str]:
    """The status on a day of everybody who belongs to a village's count."""
    return {one.id: one.status for one in everybody(day, [village_id])}


def shown_of_household(table: type[SyncedRecord], entity: str, household_id: str) -> list[Shown]:
    found = db.session.scalars(
        select(table).where(table.household_id == household_id).order_by(table.id.desc())
    )
    return [Shown(row.id, entity, data_of(row)) for row in found]


def visits_of(household_id: str) -> list[Shown]:
    """The visits to a household, the latest first."""
    visits = shown_of_household(Visit, "visit", household_id)
    return sorted(visits, key=lambda visit: visit.data.get("on") or "", reverse=True)


def farm_assessments_of(household_id: str) -> list[Shown]:
    return shown_of_household(FarmAssessment, "farm_assessment", household_id)


def notes_about(ids: list[str]) -> list[Shown]:
    found = db.session.scalars(
        select(FieldNote).where(FieldNote.about_id.in_(ids)).order_by(FieldNote.id.desc())
    )
    return [Shown(row.id, "field_note", data_of(row)) for row in found]


def cards_of(member_ids: list[str]) -> list[Shown]:
    """The insurance periods of a person, the one that ends last first."""
    found = db.session.scalars(
        select(Card)
        .where(Card.member_id.in_(member_ids))
        .order_by(Card.void, Card.last_day.desc().nulls_first(), Card.id)
    )
    return [Shown(row.id, "card", data_of(row)) for row in found]


def entitlements_of(member_ids: list[str]) -> list[Shown]:
    found = db.session.scalars(
        select(Entitlement)
        .where(Entitlement.member_id.in_(member_ids))
        .order_by(Entitlement.last_day.desc().nulls_first(), Entitlement.id)
    )
    return [Shown(row.id, "entitlement", data_of(row)) for row in found]


def doubles_of(member_id: str) -> list[str]:
    """The person and those merged into them: what hangs on a double counts for the winner."""
    ids = [member_id]
    frontier = ids
    while frontier:
        frontier = [
            id_
            for id_ in db.session.scalars(select(Member.id).where(Member.merged_into.in_(frontier)))
            if id_ not in ids
        ]
        ids = ids + frontier
    return ids


def merged_households(household_id: str) -> int:
    """How many households were merged into this one."""
    merged = select(func.count()).where(Household.merged_into == household_id)
    return db.session.scalar(merged) or 0
