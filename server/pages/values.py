"""The values of records as people read them: words for codes, names for ids, days day first."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ScalarSelect, func, select

from schemas.fields import Day, Flag, Id, OneOf, PartialDate
from schemas.kinds import Entity, Relation
from schemas.records import record_fields
from server.domain.codes import ethnic_groups
from server.domain.field_words import LISTS
from server.domain.numbers import day_words, number_words
from server.pages.scope import own_villages
from server.pages.words import word
from server.store.db import db
from server.store.people import User
from server.store.places import Area, School
from server.store.records import FarmAssessment, Household, Member, Sponsorship
from server.store.sponsors import Sponsor

NAMED = ("household", "member", "village", "suggested_village", "mother", "guardian", "respondent",
         "merged_into", "about", "school", "applicant", "assessment",
         "sponsor", "sponsorship", "assigned_to")  # fmt: skip


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """What people call these records and places. An id typed on a phone may be anybody's: people
    and households of other villages than one's own stay unnamed."""
    wanted = sorted(set(filter(None, ids)))
    if not wanted:
        return {}
    own = list(own_villages())
    names: dict[str, str] = {}
    for query in (
        select(Area.id, Area.name).where(Area.id.in_(wanted)),
        select(School.id, School.name).where(School.id.in_(wanted)),
        select(Member.id, Member.full_name).where(
            Member.id.in_(wanted), Member.village_id.in_(own)
        ),
        select(Sponsor.id, Sponsor.name).where(Sponsor.id.in_(wanted)),
        select(User.id, User.name).where(User.id.in_(wanted)),
        select(Sponsorship.id, Sponsor.name)
        .join(Sponsor, Sponsor.id == Sponsorship.sponsor_id)
        .where(Sponsorship.id.in_(wanted), Sponsorship.village_id.in_(own)),
        select(Household.id, func.coalesce(Household.code, _head(), _("hộ chưa có mã"))).where(
            Household.id.in_(wanted), Household.village_id.in_(own)
        ),
    ):
        names.update(dict(db.session.execute(query).all()))
    worksheets = select(FarmAssessment.id, FarmAssessment.months_to).where(
        FarmAssessment.id.in_(wanted), FarmAssessment.village_id.in_(own)
    )
    for id_, month in db.session.execute(worksheets).all():
        names[id_] = _("12 tháng đến hết %(month)s", month=day_words(month))
    return names


def _head() -> ScalarSelect[str]:
    """The head's name stands for a household that has no code."""
    return (
        select(func.min(Member.full_name))
        .where(
            Member.household_id == Household.id,
            Member.relation == Relation.HEAD,
            Member.merged_into.is_(None),
        )
        .scalar_subquery()
    )


def ids_in(values: Mapping[str, Any]) -> list[str]:
    return [values[name] for name in NAMED if isinstance(values.get(name), str)]


def value_words(entity: str, field: str, value: Any, names: Mapping[str, str]) -> str:
    """One value in words; what has none is shown as it stands, an empty one as a dash."""
    if value is None or value == "":
        return "–"
    kind = record_fields(Entity(entity)).get(field) if entity in set(Entity) else None
    if isinstance(kind, Flag) and isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, list):
        return _lines_words(value)
    text = str(value)
    if isinstance(kind, (Day, PartialDate)):
        return day_words(text)
    if isinstance(kind, Id):
        return names.get(text) or _("chưa có trên máy chủ, hoặc ở ngoài địa bàn")
    if isinstance(kind, OneOf):
        return word(list_of(entity, field), text)
    if field == "ethnic_group" and text in ethnic_groups():
        return ethnic_groups()[text].name
    return text


def _lines_words(lines: list[Any]) -> str:
    """The lines of a worksheet: how many, and what they add up to in đồng."""
    rows = [line for line in lines if isinstance(line, dict)]
    revenue, cost = (sum(_money(row.get(name)) for row in rows) for name in ("revenue", "cost"))
    return _(
        "%(n)s khoản, thu %(revenue)s đồng, chi %(cost)s đồng",
        n=len(lines),
        revenue=number_words(revenue),
        cost=number_words(cost),
    )


def _money(value: Any) -> int:
    return value if isinstance(value, int) else 0


def list_of(entity: str, field: str) -> str:
    if field == "kind" and entity == Entity.FIELD_NOTE:
        return "field_note_kind"
    if entity == Entity.LEAD and field in ("kind", "outcome"):
        return f"lead_{field}"
    if field == "state" and entity == Entity.FARM_REQUEST:
        return "farm_request_state"
    if field == "state" and entity == Entity.ENROLMENT:
        return "enrolment_state"
    if field == "state" and entity == Entity.LISTING:
        return "listing_state"
    return field if field in LISTS else ""


def facts(entity: str, data: Mapping[str, Any], leave: Iterable[str] = ()) -> list[tuple[str, str]]:
    """What a record says, field by field in the order of its definition, empty ones left out."""
    names = names_of(ids_in(data))
    skipped = set(leave)
    return [
        (word("field", field), value_words(entity, field, data[field], names))
        for field in record_fields(Entity(entity))
        if data.get(field) not in (None, "") and field not in skipped
    ]
