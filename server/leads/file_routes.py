"""Files of the insurance: sent in, looked through, given, and sent back with what came of each."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_login import current_user

from server.domain.field_words import word_of
from server.domain.leads.matching import LIKELY, NONE
from server.domain.numbers import day_words
from server.errors import Problem
from server.http import page
from server.leads.doors import OFFICE, READERS, blueprint
from server.leads.file_reading import WrongSheet
from server.leads.files import file_here, files_here, give_rows, rows_of, take_in
from server.leads.talkers import talker, talkers
from server.leads.words import DOUBTS, FAULTS, MATCHES, given_words
from server.pages.plurals import said as _
from server.pages.scope import own_communes, own_villages
from server.pages.sheets import XLSX_TYPE, Cell, Notes, Sheet, sent_file, workbook
from server.store.audit import note_act, note_look
from server.store.db import today
from server.store.lead_files import LeadFile
from server.store.leads import leads_called, members_called
from server.store.scope import may_take_lists
from server.tables.refusing import WORDS, Unreadable

KINDS = ("jobless", "paused", "lapsed")
COLUMNS = (
    ("Dòng", 7),
    ("Họ và tên", 28),
    ("Ngày sinh", 12),
    ("Số định danh", 16),
    ("Mã số BHXH", 14),
    ("Thôn, địa chỉ", 26),
    ("Diện", 24),
    ("Trong sổ của xã", 24),
    ("Kết quả", 18),
    ("Ngày có kết quả", 14),
    ("Hẹn gặp lại", 14),
    ("Người vận động", 26),
    ("Ghi chú", 40),
)


@page(blueprint, "/leads/files", roles=OFFICE)
def lead_files() -> Any:
    return _index()


def _index(wrong: str = "") -> Any:
    body = render_template(
        "leads/files.html", files=files_here(), communes=own_communes(), kinds=KINDS, wrong=wrong
    )
    return (body, 400) if wrong else body


@page(blueprint, "/leads/files", roles=OFFICE, methods=("POST",))
def take_lead_file() -> Any:
    file, kind = request.files.get("file"), request.form.get("kind", "")
    communes = {area.id: area for area in own_communes()}
    commune = communes.get(request.form.get("commune", "") or next(iter(communes), ""))
    if commune is None:
        raise Problem("not_allowed")
    if kind not in ("", *KINDS):
        raise Problem("malformed", {"kind": "not_in_list"})
    data = file.read() if file else b""
    if file is None or not data:
        return _index(str(FAULTS["no_file"]))
    try:
        taken, is_new = take_in(commune, file.filename or "–", data, kind)
    except WrongSheet as wrong:
        return _index(str(FAULTS[wrong.code]))
    except Unreadable as wrong:
        return _index(WORDS.get(wrong.code, WORDS["file_unreadable"]).format(**wrong.more))
    if not is_new:
        flash(_("Tệp này đã nhận trước đây: không ghi gì thêm."), "warn")
    return redirect(f"/leads/files/{taken.id}")


@page(blueprint, "/leads/files/<file_id>", roles=READERS)
def lead_file(file_id: str) -> Any:
    file = file_here(file_id)
    rows = rows_of(file)
    note_look(current_user, "lead_file", count=len(rows), areas=[file.commune_id], file=file.id)
    counts = {match: sum(row.match == match for row, _data in rows) for match in MATCHES}
    return render_template(
        "leads/file.html",
        it=file,
        rows=rows,
        counts=counts,
        found=leads_called(row.lead_id for row, _data in rows),
        people=members_called({row.member_id for row, _data in rows if row.member_id}),
        villages=own_villages(),
        matches=MATCHES,
        doubts=DOUBTS,
        likely=LIKELY,
        absent=NONE,
        waiting=sum(row.lead_id is None and bool(row.member_id) for row, _data in rows),
        talkers=talkers(),
        gives=current_user.role in OFFICE,
        may_export=may_take_lists(current_user),
    )


@page(blueprint, "/leads/files/<file_id>/give", roles=OFFICE, methods=("POST",))
def give_lead_file(file_id: str) -> Any:
    file = file_here(file_id)
    typed = request.form.getlist("row")
    confirmed = {int(each) for each in typed if each.isascii() and each.isdecimal()}
    to = talker(request.form.get("to", ""))
    try:
        flash(*given_words(give_rows(file, confirmed, to), to))
    except Problem as problem:
        if problem.code != "already_decided":
            raise
        flash(_("Chưa giao được: có người vừa được giao. Xem lại rồi làm tiếp."), "warn")
    return redirect(f"/leads/files/{file.id}")


@page(blueprint, "/leads/files/<file_id>/answers", roles=READERS, methods=("POST",))
def lead_file_answers(file_id: str) -> Any:
    """The rows of the file with what came of each, those not found too."""
    if not may_take_lists(current_user):
        raise Problem("not_allowed")
    file = file_here(file_id)
    rows = rows_of(file)
    note_act(
        "export",
        by=current_user.id,
        subject="leads",
        area=file.commune_id,
        count=len(rows),
        format="xlsx",
        file=file.id,
    )
    found = leads_called(row.lead_id for row, _data in rows)
    cells = [_cells(row.row_number, row.match, data, found.get(row.lead_id or ""))
             for row, data in rows]  # fmt: skip
    notes = Notes("Kết quả vận động BHXH tự nguyện", _notes(file, len(rows)))
    book = workbook([Sheet("Kết quả", COLUMNS, cells)], notes)
    return sent_file(book, XLSX_TYPE, f"tra-loi-bhxh-{today()}.xlsx")


def _cells(number: int, match: str, row: dict[str, Any], lead: dict[str, Any] | None) -> list[Cell]:
    told = (lead or {}).get
    days = [day_words(told(name)) if told(name) else None for name in ("outcome_on", "call_on")]
    return [
        number,
        row["full_name"],
        day_words(row.get("birth_date")) if row.get("birth_date") else None,
        row.get("personal_id"),
        row.get("bhxh_number"),
        row.get("village_text") or row.get("address"),
        word_of("lead_kind", row["kind"]) if row["kind"] else None,
        "Chưa thấy trong sổ" if match == NONE else "Có trong sổ",
        word_of("lead_outcome", told("outcome")) if told("outcome") else "Chưa có kết quả",
        *days,
        told("mobilised_by"),
        told("note"),
    ]


def _notes(file: LeadFile, count: int) -> list[tuple[str, str]]:
    return [
        ("Tệp", file.name),
        ("Số dòng", str(count)),
        ("Ngày lập", day_words(today())),
        ("Người tải", current_user.name),
    ]
