"""The unit's desk: its one sheet, a list, a row to answer, an answer sheet."""

import json
from typing import Any

from flask import Response, flash, redirect, render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from schemas.kinds import AnswerOutcome, CardListRowKind, CardListRowState, ReturnReason
from server.bhxh import sheets
from server.bhxh.board import ListLine, board, lines_where, own_list, own_unit
from server.bhxh.doors import UNIT, blueprint
from server.bhxh.rows import RowLine, row_line, row_lines, rows_book
from server.bhxh.service import counts, take_answers
from server.domain.card_lists.answers import APPLIED, HELD, WORDS
from server.errors import Problem
from server.http import page
from server.pages.not_known import lacks_sentence
from server.pages.once import id_of_form
from server.pages.paging import asked_page
from server.pages.sheets import XLSX_TYPE, sent_file
from server.pages.typed import number_of, text_of
from server.store.afterwards import write_afterwards
from server.store.audit import note_act, note_look
from server.store.bhxh import AnswerSheet, CardListReceipt
from server.store.card_list_reading import note_pull, pull_is_news
from server.store.card_list_receipts import Counted, Speaker, acknowledge
from server.store.card_lists import CardList
from server.store.db import db, today
from server.tables.refusing import WORDS as FILE_WORDS
from server.tables.refusing import Unreadable


@page(blueprint, "/bhxh", roles=UNIT)
def bhxh_board() -> str:
    found = board(own_unit(), today())
    return render_template("bhxh/board.html", board=found, lacks_sentence=lacks_sentence)


@page(blueprint, "/bhxh/lists/<number>", roles=UNIT)
def bhxh_list(number: str) -> Any:
    return _list_page(own_list(number))


def _list_page(found: CardList, wrong: str = "", missing: list[str] | None = None) -> Any:
    state = request.args.get("state", "")
    if state and state not in set(CardListRowState):
        raise Problem("malformed", {"state": "not_in_list"})
    counted = counts(found.id)
    shown = asked_page(counted[state] if state else found.row_count or 0)
    rows = row_lines(found.id, shown.offset, shown.per_page, state)
    if rows:
        areas = [found.commune_id]
        note_look(current_user, found.id, count=len(rows), areas=areas, of="card_list")
    body = render_template(
        "bhxh/list.html",
        line=_line(found),
        rows=rows,
        page=shown,
        counted=counted,
        state=state,
        states=list(CardListRowState),
        totals=json.loads(found.totals or "{}"),
        receipt=db.session.get(CardListReceipt, found.id),
        wrong=wrong,
        missing=missing or [],
    )
    return (body, 400) if wrong else body


def _line(found: CardList) -> ListLine:
    return lines_where(CardList.id == found.id, today())[0]


@page(blueprint, "/bhxh/lists/<number>/rows.xlsx", roles=UNIT)
def bhxh_list_file(number: str) -> Response:
    found = own_list(number)
    id_, commune, count, by = found.id, found.commune_id, found.row_count, current_user.id
    news = pull_is_news(id_, whole=True)

    def write() -> None:
        if news:
            note_pull(id_, whole=True)
        note_act("bhxh_pull", by=by, subject=id_, area=commune, count=count, of="card_list")

    write_afterwards(("pull", id_), write)
    return sent_file(rows_book(found), XLSX_TYPE, f"danh-sach-{found.number}.xlsx")


@page(blueprint, "/bhxh/lists/<number>/receipt", roles=UNIT, methods=("POST",))
def receive_list(number: str) -> Any:
    """The same check as for software: what the page showed is what is acknowledged."""
    found = own_list(number)
    counted = Counted(number_of("count") or 0, text_of("digest", 64))
    acknowledge(found, counted, Speaker(current_user.name, user_id=current_user.id))
    flash(_("Đã xác nhận nhận danh sách %(number)s.", number=found.number), "success")
    return redirect(f"/bhxh/lists/{found.number}")


@page(blueprint, "/bhxh/lists/<number>/rows/<row_id>", roles=UNIT)
def bhxh_row(number: str, row_id: str) -> Any:
    found = own_list(number)
    return _row_page(found, row_line(found, row_id))


def _row_page(found: CardList, line: RowLine, wrong: str = "") -> Any:
    note_look(current_user, line.row.id, count=1, areas=[line.row.village_id], of="card_list_row")
    body = render_template(
        "bhxh/row.html",
        it=found,
        line=line,
        reasons=list(ReturnReason),
        increase=line.row.kind == CardListRowKind.INCREASE,
        wrong=wrong,
        typed=request.form,
    )
    return (body, 400) if wrong else body


@page(blueprint, "/bhxh/lists/<number>/rows/<row_id>", roles=UNIT, methods=("POST",))
def answer_row(number: str, row_id: str) -> Any:
    found = own_list(number)
    line = row_line(found, row_id)
    raw = {name: request.form.get(name, "") for name in ("card_number", "valid_from", "valid_to")}
    raw |= {"outcome": request.form.get("outcome", ""), "reason": request.form.get("reason", "")}
    raw |= {"id": id_of_form(), "row": line.row.id, "note": text_of("note", 2000)}
    by = Speaker(current_user.name, user_id=current_user.id)
    [became] = take_answers(found, [raw], by)
    if became.status not in (APPLIED, HELD):
        return _row_page(found, line, code_words(became.code))
    if became.status == HELD:
        flash(code_words(became.code), "warn")
    else:
        flash(_said(str(raw["outcome"])), "success")
    return redirect(f"/bhxh/lists/{found.number}?state=open")


def _said(outcome: str) -> str:
    if outcome == AnswerOutcome.RETURNED:
        return _("Đã trả lại dòng này. Người phải xử lý sẽ thấy việc cần làm.")
    if outcome == AnswerOutcome.CONFIRMED:
        return _("Đã ghi nhận giảm.")
    return _("Đã ghi thẻ. Điện thoại ở thôn thấy thẻ sau lần đồng bộ kế tiếp.")


def code_words(code: str | None) -> str:
    """Why an answer was held or refused, in the reader's language."""
    vi, en = WORDS.get(code or "", (code or "", code or ""))
    return en if str(get_locale()) == "en" else vi


@page(blueprint, "/bhxh/lists/<number>/sheet", roles=UNIT, methods=("POST",))
def upload_sheet(number: str) -> Any:
    found = own_list(number)
    file = request.files.get("file")
    data = file.read() if file else b""
    if file is None or not data:
        return _list_page(found, _("Chọn tệp trả lời trước đã."))
    try:
        sheet = sheets.look_through(found, file.filename or "", data)
    except sheets.WrongSheet as wrong:
        words = _("Đây không phải tệp trả lời của danh sách. Thiếu các cột sau:")
        return _list_page(found, words, wrong.missing)
    except Unreadable as wrong:
        return _list_page(found, _(FILE_WORDS.get(wrong.code, wrong.code)).format(**wrong.more))
    return redirect(f"/bhxh/sheets/{sheet.id}")


@page(blueprint, "/bhxh/sheets/<sheet_id>", roles=UNIT)
def bhxh_sheet(sheet_id: str) -> str:
    sheet, found = _own_sheet(sheet_id)
    report = json.loads(sheet.report)
    shown = asked_page(len(report))
    return render_template(
        "bhxh/sheet.html",
        sheet=sheet,
        it=found,
        tally=sheets.tally(report),
        report=report[shown.offset :][: shown.per_page],
        page=shown,
        code_words=code_words,
    )


@page(blueprint, "/bhxh/sheets/<sheet_id>/apply", roles=UNIT, methods=("POST",))
def apply_bhxh_sheet(sheet_id: str) -> Any:
    sheet, found = _own_sheet(sheet_id)
    sheets.apply_sheet(found, sheet)
    flash(_("Đã ghi các câu trả lời trong tệp. Ghi lại lần nữa cũng không đổi gì."), "success")
    return redirect(f"/bhxh/sheets/{sheet.id}")


def _own_sheet(sheet_id: str) -> tuple[AnswerSheet, CardList]:
    sheet = db.session.get(AnswerSheet, sheet_id)
    if sheet is None:
        raise Problem("not_found")
    found = db.session.get_one(CardList, sheet.list_id)
    if found.unit_id != own_unit():
        raise Problem("not_allowed")
    return sheet, found
