"""Receipt books: the list with a new one, one book and who holds its numbers."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from server.enrolment.books import (
    NewBook,
    add_book,
    book_fault,
    book_in_scope,
    book_lines,
    hand_over,
    holders,
    ranges_of_book,
    take_back,
    used_numbers,
)
from server.enrolment.collectors import collector_here, collectors
from server.enrolment.doors import OFFICE, blueprint
from server.errors import Problem
from server.http import page
from server.pages.scope import own_communes
from server.pages.typed import day_of, number_of, text_of
from server.store.db import today
from server.store.receipts import ReceiptBook

FAULTS = {
    "needed": _l("Ghi tên tổ chức dịch vụ thu và ký hiệu quyển."),
    "numbers": _l("Số cuối phải từ số đầu trở lên, và một quyển không quá 10.000 số."),
    "overlaps": _l("Tổ chức này đã có quyển cùng ký hiệu mang các số đó."),
}

WRONG_RANGE = {
    "malformed": _l("Các số này không nằm trong quyển."),
    "already_decided": _l("Người này đang giữ một phần các số này rồi."),
}


@page(blueprint, "/receipt-books", roles=OFFICE)
def receipt_books() -> Any:
    return _books()


def _books(wrong: str = "") -> Any:
    body = render_template(
        "enrolment/books.html",
        lines=book_lines(),
        communes=own_communes(),
        wrong=wrong,
        typed=request.form,
    )
    return (body, 400) if wrong else body


@page(blueprint, "/receipt-books", roles=OFFICE, methods=("POST",))
def new_book() -> Any:
    communes = {area.id: area for area in own_communes()}
    commune = communes.get(request.form.get("commune", ""))
    if commune is None:
        raise Problem("not_allowed")
    first, last = number_of("first"), number_of("last")
    new = NewBook(text_of("agency", 200), text_of("series", 40), first or 0, last or 0)
    fault = book_fault(new)
    if fault:
        return _books(str(FAULTS[fault]))
    book = add_book(new, commune)
    flash(_("Đã thêm quyển biên lai. Giao cho người thu ở dưới đây."), "success")
    return redirect(f"/receipt-books/{book.id}")


@page(blueprint, "/receipt-books/<book_id>", roles=OFFICE)
def receipt_book(book_id: str) -> Any:
    return _book(book_in_scope(book_id))


def _book(book: ReceiptBook, wrong: str = "") -> Any:
    body = render_template(
        "enrolment/book.html",
        book=book,
        ranges=ranges_of_book(book),
        used=used_numbers(book),
        collectors=collectors(),
        day=today(),
        wrong=wrong,
        typed=request.form,
    )
    return (body, 400) if wrong else body


@page(blueprint, "/receipt-books/<book_id>/ranges", roles=OFFICE, methods=("POST",))
def hand_book(book_id: str) -> Any:
    book = book_in_scope(book_id)
    first, last, day = number_of("first"), number_of("last"), day_of("handed_on")
    to = request.form.get("user", "")
    if not to or first is None or last is None or day is None:
        return _book(book, _("Chọn người thu, ghi số đầu, số cuối và ngày giao."))
    collector = collector_here(to)
    others = [each.name for each in holders(book, first, last)]
    try:
        hand_over(book, collector, first, last, day, text_of("collector_code", 40))
    except Problem as problem:
        if problem.code not in WRONG_RANGE:
            raise
        return _book(book, str(WRONG_RANGE[problem.code]))
    if others:
        flash(
            _(
                "%(who)s cũng đang giữ một phần các số này. Số dùng hai lần sẽ vào mục chờ xét.",
                who=", ".join(others),
            ),
            "warn",
        )
    flash(_("Đã giao. Điện thoại của người thu nhận sau lần đồng bộ kế tiếp."), "success")
    return redirect(f"/receipt-books/{book.id}")


@page(blueprint, "/receipt-books/<book_id>/ranges/<range_id>/end", roles=OFFICE, methods=("POST",))
def take_book_back(book_id: str, range_id: str) -> Any:
    book = book_in_scope(book_id)
    day = day_of("returned_on")
    if day is None:
        return _book(book, _("Chọn ngày nhận lại."))
    try:
        take_back(book, range_id, day)
    except Problem as problem:
        if problem.code != "malformed":
            raise
        return _book(book, _("Ngày nhận lại ở trước ngày giao."))
    flash(_("Đã nhận lại các số chưa dùng."), "success")
    return redirect(f"/receipt-books/{book.id}")
