"""What the forms of plans and their lines hold, and what is wrong with what was typed."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from schemas.kinds import AreaLevel, PlanState, TargetHolder
from server.errors import Problem
from server.pages.typed import day_of, number_of, text_of
from server.plans.doors import own_areas
from server.plans.plans import Told, ToldLine, holder_of
from server.plans.reading import INDICATORS, units_written
from server.store.areas import alive_on
from server.store.bulk import among
from server.store.db import db, today
from server.store.duties import duties_of
from server.store.places import Area, BhxhUnit, School
from server.store.plan_documents import PlanDocument
from server.store.plan_targets import Holder
from server.store.receipts import ReceiptBook
from server.store.scope import below
from server.tables.values import Noted, Wrong, partial_date, percentage

FIRST_YEAR, LAST_YEAR = 2015, 2100
FAULTS = {
    "title": _l("Ghi tên kế hoạch."),
    "year": _l("Ghi năm của kế hoạch, như 2026."),
    "state": _l("Chọn dự thảo hay đang áp dụng."),
    "indicator": _l("Chọn chỉ tiêu."),
    "month": _l("Tháng của mốc là từ 1 đến 12, hoặc để trống."),
    "holder": _l("Chọn người, trường hoặc ghi tổ chức được giao."),
    "numbers": _l("Số người phải là số nguyên, như 1.604."),
    "empty": _l("Ghi ít nhất số người hoặc tỷ lệ được giao."),
    "percent": _l("Tỷ lệ chưa đúng. Ghi như 95,57."),
    "deadline": _l("Hạn chưa đúng. Ghi như 31/10/2026 hoặc 12/2026."),
    "twice": _l("Kế hoạch đã có dòng này. Hãy sửa dòng ấy."),
}
STATES = (PlanState.IN_FORCE.value, PlanState.DRAFT.value)


def owners() -> list[tuple[str, str]]:
    """Whose plans this person may write: own communes and provinces, and units wholly overseen."""
    levels = (AreaLevel.PROVINCE, AreaLevel.COMMUNE, AreaLevel.FORMER_DISTRICT)
    query = select(Area.id, Area.name).where(among(Area.id, own_areas()), Area.level.in_(levels))
    order = (Area.level != AreaLevel.PROVINCE, Area.name)
    found = [(f"area:{id_}", name) for id_, name in db.session.execute(query.order_by(*order))]
    units = select(BhxhUnit.id, BhxhUnit.name).where(among(BhxhUnit.id, units_written()))
    named = db.session.execute(units.order_by(BhxhUnit.name))
    return found + [(f"unit:{id_}", name) for id_, name in named]


def owner_told() -> dict[str, str]:
    """The owner chosen. Problem: not_allowed for one that is not one's own."""
    asked = request.form.get("owner", "")
    if asked not in dict(owners()):
        raise Problem("not_allowed")
    kind, _colon, id_ = asked.partition(":")
    return {f"{kind}_id": id_}


def plan_told() -> tuple[Told, str]:
    """What was typed about a plan, and the fault of it."""
    told = Told(
        text_of("title", 300),
        text_of("number", 60) or None,
        day_of("signed_on"),
        text_of("issuer", 200) or None,
        text_of("note", 2000) or None,
    )
    return told, "" if told.title else "title"


def year_told() -> int | None:
    year = number_of("year")
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None


def lines_of_owner(plan: PlanDocument) -> list[Area]:
    """The areas that a line of the plan may be about: its own and those below, those of a unit."""
    own = own_areas()
    if plan.area_id is None:
        query = select(Area).where(among(Area.id, own), Area.level == AreaLevel.COMMUNE)
        return list(db.session.scalars(query.order_by(Area.name)))
    tree = below(select(Area.id).where(Area.id == plan.area_id))
    query = select(Area).where(Area.id.in_(tree), alive_on(today()))
    owner = db.session.get(Area, plan.area_id)
    if owner is not None and owner.level != AreaLevel.COMMUNE:
        query = query.where(Area.level != AreaLevel.VILLAGE)
    found = [area for area in db.session.scalars(query.order_by(Area.name)) if area.id in own]
    return sorted(found, key=lambda area: area.id != plan.area_id)


def holders_in(areas: list[Area]) -> dict[str, list[Any]]:
    """Whom a target may be given to there: people in charge, schools, agencies that collect."""
    ids = [area.id for area in areas]
    names = {area.id: area.name for area in areas}
    people = [(one.id, f"{one.full_name} · {names[one.area_id]}") for one in duties_of(ids)
              if one.valid_to is None or one.valid_to >= today()]  # fmt: skip
    schools = select(School.id, School.name).where(among(School.commune_id, ids))
    agencies = select(func.distinct(ReceiptBook.agency)).where(among(ReceiptBook.commune_id, ids))
    return {
        "people": people,
        "schools": [tuple(row) for row in db.session.execute(schools.order_by(School.name))],
        "agencies": sorted(db.session.scalars(agencies)),
    }


def line_told(areas: list[Area]) -> tuple[ToldLine | None, str]:
    """What was typed about a line, or the fault of it. Problem: not_allowed for an area that is not
    the plan's."""
    area_id, indicator = request.form.get("area", ""), request.form.get("indicator", "")
    if area_id not in {area.id for area in areas}:
        raise Problem("not_allowed")
    month = number_of("month")
    if indicator not in INDICATORS:
        return None, "indicator"
    if request.form.get("month", "").strip() and not (month and 1 <= month <= 12):
        return None, "month"
    holder = _holder()
    if holder is None:
        return None, "holder"
    values, fault = _values()
    told = ToldLine(area_id, indicator, month, holder, **values) if not fault else None
    return told, fault


def _holder() -> Holder | None:
    kind = request.form.get("holder_kind", TargetHolder.AREA)
    ids = (request.form.get("duty", ""), request.form.get("school", ""))
    return holder_of(kind, *ids, text_of("agency", 200))


def _values() -> tuple[dict[str, Any], str]:
    values: dict[str, Any] = {}
    for name in ("population", "planned"):
        values[name] = number_of(name)
        if values[name] is None and request.form.get(name, "").strip():
            return values, "numbers"
    for name, read, fault in (
        ("goal_percent", percentage, "percent"),
        ("printed_percent", percentage, "percent"),
        ("deadline", partial_date, "deadline"),
    ):
        try:
            found = read(text_of(name, 20)) if text_of(name, 20) else None
        except Wrong:
            return values, fault
        values[name] = found.value if isinstance(found, Noted) else found
    said = any(values[name] is not None for name in ("planned", "goal_percent", "population"))
    return values, "" if said else "empty"
