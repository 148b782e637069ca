"""Who answers for each village: the list, a new duty, one changed or handed on, the workbook."""

from typing import Any

from flask import Response, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from schemas.kinds import DutyKind
from server.domain.field_words import word_of
from server.domain.numbers import day_words
from server.domain.partial import holds_on
from server.errors import Problem
from server.http import page
from server.pages.once import id_of_form
from server.pages.sheets import XLSX_TYPE, Cell, Notes, Sheet, sent_file, workbook
from server.pages.typed import day_of, text_of
from server.plans.doors import (
    OFFICE,
    blueprint,
    chosen_commune,
    communes_seen,
    own_areas,
    villages_seen,
    writes,
)
from server.plans.duties import (
    Told,
    accounts_of,
    add_duties,
    change_duty,
    duty_in_scope,
    end_duty,
    fault_of,
)
from server.store.db import db, today
from server.store.duties import Duty, DutyRow, duties_of
from server.store.places import Area
from server.tables.values import Noted, Wrong, partial_date

FAULTS = {
    "area": _l("Chọn ít nhất một thôn hoặc cả xã."),
    "kind": _l("Chọn việc phụ trách."),
    "name": _l("Ghi họ tên người phụ trách."),
    "valid_from": _l("Ngày bắt đầu chưa đúng. Ghi như 01/06/2025, 06/2025 hoặc 2025."),
    "valid_to": _l("Ngày kết thúc chưa đúng. Ghi như 31/12/2025, 12/2025 hoặc 2025."),
    "ends_before_start": _l("Ngày kết thúc đứng trước ngày bắt đầu."),
}
COLUMNS = (
    ("Thôn", 26),
    ("Việc phụ trách", 24),
    ("Họ và tên", 28),
    ("Điện thoại", 16),
    ("Chức vụ", 30),
    ("Từ ngày", 12),
    ("Đến ngày", 12),
    ("Ghi chú", 40),
)


@page(blueprint, "/duties")
def duties() -> Any:
    return _list()


def _list(wrong: str = "") -> Any:
    communes = communes_seen()
    commune = chosen_commune(communes)
    villages = villages_seen(commune) if commune else []
    ended = request.args.get("ended") == "1"
    areas = [commune, *villages] if commune else []
    body = render_template(
        "plans/duties.html",
        communes=communes,
        commune=commune,
        villages=villages,
        lines=_lines(areas, ended),
        ended=ended,
        day=today(),
        writes=writes(),
        kinds=list(DutyKind),
        accounts=accounts_of([area.id for area in areas]) if writes() else [],
        wrong=wrong,
        typed=request.form,
        typed_areas=request.form.getlist("area"),
    )
    return (body, 400) if wrong else body


def _lines(areas: list[Area], ended: bool) -> list[tuple[Area, list[Duty]]]:
    """Each area with who answers for it today, or with everybody who ever did."""
    found = [one for one in duties_of([area.id for area in areas]) if ended or _runs(one)]
    return [(area, [one for one in found if one.area_id == area.id]) for area in areas]


def _runs(duty: Duty) -> bool:
    return holds_on(today(), duty.valid_from, duty.valid_to)


@page(blueprint, "/duties", roles=OFFICE, methods=("POST",))
def new_duty() -> Any:
    commune = chosen_commune(communes_seen())
    if commune is None:
        raise Problem("not_allowed")
    areas = {area.id: area for area in (commune, *villages_seen(commune))}
    asked = request.form.getlist("area")
    if any(id_ not in areas for id_ in asked):
        raise Problem("not_allowed")
    told, wrong = _told()
    fault = wrong or ("" if asked else "area") or fault_of(told)
    if fault:
        return _list(str(FAULTS[fault]))
    add_duties(id_of_form(), [areas[id_] for id_ in asked], told)
    flash(_("Đã ghi %(name)s.", name=told.full_name), "success")
    return redirect(f"/duties?commune={commune.id}")


@page(blueprint, "/duties/<duty_id>", roles=OFFICE)
def duty(duty_id: str) -> Any:
    return _shown(duty_in_scope(duty_id))


def _shown(row: DutyRow, wrong: str = "") -> Any:
    area = db.session.get(Area, row.area_id)
    assert area is not None
    typed = request.form if wrong else _typed(row)
    body = render_template(
        "plans/duty.html",
        it=row,
        area=area,
        commune=area.id if area.level == "commune" else area.parent_id,
        kinds=list(DutyKind),
        accounts=accounts_of([area.id, area.parent_id or ""]),
        day=today(),
        runs=holds_on(today(), row.valid_from, row.valid_to),
        wrong=wrong,
        typed=typed,
    )
    return (body, 400) if wrong else body


def _typed(row: DutyRow) -> dict[str, str | None]:
    """What the form shows before anybody changes it."""
    names = ("kind", "full_name", "phone", "post", "note", "user_id")
    days = {name: day_words(getattr(row, name)) for name in ("valid_from", "valid_to")}
    return {**{name: getattr(row, name) for name in names}, **days}


@page(blueprint, "/duties/<duty_id>", roles=OFFICE, methods=("POST",))
def edit_duty(duty_id: str) -> Any:
    row = duty_in_scope(duty_id)
    told, wrong = _told()
    fault = wrong or fault_of(told)
    if fault:
        return _shown(row, str(FAULTS[fault]))
    change_duty(row, told)
    flash(_("Đã lưu."), "success")
    return redirect(_commune_of(row))


@page(blueprint, "/duties/<duty_id>/end", roles=OFFICE, methods=("POST",))
def finish_duty(duty_id: str) -> Any:
    row, day = duty_in_scope(duty_id), day_of("last_day")
    if day is None:
        raise Problem("malformed", {"last_day": "not_a_date"})
    end_duty(row, day)
    flash(_("%(name)s thôi phụ trách sau ngày %(day)s.", name=row.full_name, day=day_words(day)),
          "success")  # fmt: skip
    return redirect(_commune_of(row))


def _commune_of(row: DutyRow) -> str:
    area = db.session.get(Area, row.area_id)
    assert area is not None
    return f"/duties?commune={area.id if area.level == 'commune' else area.parent_id}"


def _told() -> tuple[Told, str]:
    """What was typed, and the field that cannot be read."""
    days: dict[str, str | None] = {}
    for name in ("valid_from", "valid_to"):
        try:
            days[name] = _day(text_of(name, 20))
        except Wrong:
            return _told_with({}), name
    return _told_with(days), ""


def _told_with(days: dict[str, str | None]) -> Told:
    return Told(
        request.form.get("kind", ""),
        text_of("full_name", 200),
        text_of("phone", 30) or None,
        text_of("post", 200) or None,
        text_of("note", 2000) or None,
        _account(),
        days.get("valid_from"),
        days.get("valid_to"),
    )


def _day(typed: str) -> str | None:
    read = partial_date(typed) if typed else None
    return read.value if isinstance(read, Noted) else read


def _account() -> str | None:
    """The account chosen, if it is one of those who work here."""
    asked = request.form.get("user_id", "")
    known = {user.id for user in accounts_of(own_areas())} if asked else set()
    if asked and asked not in known:
        raise Problem("not_allowed")
    return asked or None


@page(blueprint, "/duties.xlsx")
def duties_workbook() -> Response:
    """Everybody who ever answered for a village of the commune, as a workbook that the import
    reads again."""
    commune = chosen_commune(communes_seen())
    if commune is None:
        raise Problem("not_found")
    areas = [commune, *villages_seen(commune)]
    rows = [_cells(area, one) for area, found in _lines(areas, True) for one in found]
    notes = [
        ("Xã, phường", commune.name),
        ("Ngày", day_words(today())),
        ("Người tải", current_user.name),
    ]
    book = workbook([Sheet("Ai phụ trách", COLUMNS, rows)], Notes("Ai phụ trách thôn nào", notes))
    return sent_file(book, XLSX_TYPE, f"ai-phu-trach-{today()}.xlsx")


def _cells(area: Area, one: Duty) -> list[Cell]:
    village = area.name if area.level == "village" else None
    days = [day_words(one.valid_from) or None, day_words(one.valid_to) or None]
    kind = word_of("duty_kind", one.kind)
    return [village, kind, one.full_name, one.phone, one.post, *days, one.note]
