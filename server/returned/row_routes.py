"""One returned row: what it changes, beside what is recorded; taken, refused, sent to the field."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from server.domain.text import clean_text
from server.errors import Problem
from server.http import page
from server.pages.words import moment_words
from server.returned.deciding import (
    Changed,
    accept,
    ask_field,
    household_called,
    note_for_field,
    refuse,
    reopen,
    undecided,
)
from server.returned.doors import OFFICE, blueprint, row_here
from server.returned.judging import View, views_of
from server.returned.list_routes import HOME, next_open
from server.returned.words import KINDS, LEADS, STATES
from server.store.audit import note_look
from server.store.db import db
from server.store.people import User
from server.store.records import Member
from server.store.returned_lists import KEPT, ReturnedList, ReturnedRow

ROW = f"{HOME}/<list_id>/rows/<number>"
NOTE_LIMIT = 2_000
CODE_LABEL = "Mã hộ"


@page(blueprint, ROW, roles=OFFICE)
def returned_row(list_id: str, number: str) -> Any:
    kept, row = row_here(list_id, number)
    subject = row.member_id or kept.id
    areas = [row.village_id] if row.village_id else []
    note_look(current_user, subject, count=1, areas=areas, list=kept.id, row=row.row_number)
    return _shown(kept, views_of([row])[0])


def _shown(kept: ReturnedList, view: View, wrong: str = "") -> Any:
    code = request.form.get("code") or view.read["shown"].get(CODE_LABEL, "")
    like = db.session.get(Member, view.read["like"]) if view.read["like"] else None
    body = render_template(
        "returned/row.html",
        kept=kept,
        it=view,
        kind_words=KINDS,
        leads=LEADS,
        state_words=STATES,
        kept_days=KEPT.days,
        following=next_open(kept, view.row.row_number),
        like=like,
        note=request.form.get("note") or note_for_field(view),
        code=code,
        code_known=household_called(code, view.row.village_id) is not None,
        decided=_decided(view.row),
        wrong=wrong,
    )
    return (body, 400) if wrong else body


def _decided(row: ReturnedRow) -> str:
    who = db.session.get(User, row.decided_by) if row.decided_by else None
    return f"{who.name}, {moment_words(row.decided_at)}" if who else ""


@page(blueprint, f"{ROW}/accept", roles=OFFICE, methods=("POST",))
def accept_row(list_id: str, number: str) -> Any:
    """Take the row; of cells whose record changed meanwhile those that the officer chose."""
    kept, row = row_here(list_id, number)
    view = _open(kept, row)
    if not isinstance(view, View):
        return view
    chosen = {cell.key: request.form.get(f"pick.{cell.key}", "") for cell in view.conflicts}
    if not set(chosen.values()) <= {"file", "recorded"}:
        return _shown(kept, view, _("Chọn giá trị cho từng ô có ba giá trị khác nhau."))
    recorded = {key for key, pick in chosen.items() if pick == "recorded"}
    try:
        reasons = accept(view, recorded, request.form.get("seen", ""))
    except Changed:
        db.session.rollback()
        flash(_("Hồ sơ vừa đổi trong lúc bạn xem. Xem lại rồi quyết định."), "warn")
        return redirect(f"{HOME}/{list_id}/rows/{number}")
    if reasons:
        return _shown(kept, view, _("Chưa ghi được: %(reasons)s", reasons="; ".join(reasons)))
    flash(_("%(name)s: đã nhận.", name=view.name), "success")
    return redirect(next_open(kept, row.row_number))


@page(blueprint, f"{ROW}/refuse", roles=OFFICE, methods=("POST",))
def refuse_row(list_id: str, number: str) -> Any:
    kept, row = row_here(list_id, number)
    view = _open(kept, row)
    if not isinstance(view, View):
        return view
    refuse(view, clean_text(request.form.get("why", "")[:NOTE_LIMIT]))
    flash(_("%(name)s: đã ghi là không nhận.", name=view.name), "success")
    return redirect(next_open(kept, row.row_number))


@page(blueprint, f"{ROW}/ask", roles=OFFICE, methods=("POST",))
def ask_row(list_id: str, number: str) -> Any:
    """Let somebody go there: the note appears on the phone that serves the household."""
    kept, row = row_here(list_id, number)
    view = _open(kept, row)
    if not isinstance(view, View):
        return view
    note = clean_text(request.form.get("note", "")[:NOTE_LIMIT])
    code = clean_text(request.form.get("code", "")[:200]) or ""
    if note is None:
        return _shown(kept, view, _("Hãy ghi lời nhắn: người rà soát đọc trên điện thoại."))
    if not ask_field(view, note, code):
        return _shown(kept, view, _("Không có hộ nào mang mã này ở đây. Ghi mã của hộ cần đến."))
    flash(_("Đã gửi lời nhắn đến điện thoại phụ trách hộ này."), "success")
    return redirect(next_open(kept, row.row_number))


@page(blueprint, f"{ROW}/reopen", roles=OFFICE, methods=("POST",))
def reopen_row(list_id: str, number: str) -> Any:
    _kept, row = row_here(list_id, number)
    reopen(row)
    flash(_("Dòng này lại chờ quyết định."), "success")
    return redirect(f"{HOME}/{list_id}/rows/{number}")


def _open(kept: ReturnedList, row: ReturnedRow) -> Any:
    """The row to be decided; or, when somebody was faster, the way on."""
    try:
        return undecided(row)
    except Problem as problem:
        if problem.code != "already_decided":
            raise
    flash(_("Dòng này đã được quyết định: %(who)s.", who=_decided(row) or "–"), "warn")
    return redirect(next_open(kept, row.row_number))
