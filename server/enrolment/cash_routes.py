"""The cash sheet of a day, and one collector's day with what was handed over."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from schemas.fields import FULL_LENGTH, is_partial_date
from server.enrolment.cash import (
    cancel_handover,
    day_sheets,
    hand_over_cash,
    sheet_of,
    tills,
)
from server.enrolment.collectors import collector_here, names
from server.enrolment.doors import OFFICE, blueprint
from server.enrolment.reading import lines_named
from server.errors import Problem
from server.http import page
from server.pages.once import id_of_form
from server.pages.scope import own_communes
from server.pages.typed import number_of, text_of
from server.store.audit import note_look
from server.store.db import today
from server.store.people import User

FAULTS = {
    "day": _l("Ngày này chưa đến, chưa có tiền để nhận."),
    "amount": _l("Ghi số tiền đã nhận, lớn hơn 0."),
    "commune": _l("Chọn xã nhận tiền."),
}


@page(blueprint, "/cash", roles=OFFICE)
def cash() -> Any:
    day = _day(request.args.get("day", "") or today())
    collectors, total = day_sheets(day)
    return render_template(
        "enrolment/cash.html",
        day=day,
        collectors=collectors,
        total=total,
        several=len(own_communes()) > 1,
    )


def _day(typed: str) -> str:
    if len(typed) != FULL_LENGTH or not is_partial_date(typed):
        raise Problem("not_found")
    return typed


@page(blueprint, "/cash/<user_id>/<day>", roles=OFFICE)
def cash_sheet_page(user_id: str, day: str) -> Any:
    return _sheet(collector_here(user_id), _day(day))


def _sheet(user: User, day: str, wrong: str = "") -> Any:
    sheet, handovers, enrolments = sheet_of(user.id, day)
    lines = lines_named(enrolments)
    note_look(current_user, "cash", count=len(lines), collector=user.id, day=day)
    body = render_template(
        "enrolment/sheet.html",
        user=user,
        day=day,
        sheet=sheet,
        handovers=handovers,
        tills=tills(user, enrolments, handovers),
        communes={area.id: area.name for area in own_communes()},
        receivers=names(one.received_by for one in handovers),
        lines=lines,
        wrong=wrong,
    )
    return (body, 400) if wrong else body


@page(blueprint, "/cash/<user_id>/<day>/handovers", roles=OFFICE, methods=("POST",))
def take_cash(user_id: str, day: str) -> Any:
    user, day = collector_here(user_id), _day(day)
    try:
        amount, commune = number_of("amount") or 0, request.form.get("commune", "")
        hand_over_cash(id_of_form(), user, day, amount, commune)
    except Problem as problem:
        if problem.code != "malformed":
            raise
        return _sheet(user, day, str(next(FAULTS[name] for name in problem.details)))
    flash(_("Đã ghi số tiền nhận."), "success")
    return redirect(f"/cash/{user_id}/{day}")


@page(blueprint, "/cash/handovers/<handover_id>/cancel", roles=OFFICE, methods=("POST",))
def cancel_cash(handover_id: str) -> Any:
    found = cancel_handover(handover_id, text_of("reason"))
    flash(_("Đã hủy lần nhận tiền này."), "success")
    return redirect(f"/cash/{found.user_id}/{found.day}")
