"""The lists that came back: all of them, one with its rows, and taking what is clear at once."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_login import current_user
from sqlalchemy import func, select

from server.domain.text import clean_text
from server.errors import Problem
from server.http import page
from server.pages.paging import asked_page
from server.pages.plurals import said as _
from server.pages.scope import own_villages
from server.returned.deciding import AT_ONCE, accept_clean, clean_rows
from server.returned.doors import OFFICE, blueprint, holds_room, list_here
from server.returned.judging import views_of
from server.returned.reading import Refused
from server.returned.taking import take_in
from server.returned.words import KINDS, REFUSALS, STATES
from server.store.audit import note_look
from server.store.db import db
from server.store.people import User
from server.store.returned_lists import (
    ReturnedList,
    ReturnedRow,
    RowState,
    counts_of_lists,
    seen_rows,
)
from server.tables.refusing import WORDS, Unreadable

HOME = "/returned"
ONE = f"{HOME}/<list_id>"


@page(blueprint, HOME, roles=OFFICE)
def returned_lists() -> Any:
    """Every file that came back, with how many of its rows wait; and where to bring one."""
    holds_room()
    return _index()


def _index(wrong: str = "") -> Any:
    lists = counts_of_lists(own_villages(), current_user.id)
    ids = {kept.added_by for kept, _states in lists}
    names = dict(db.session.execute(select(User.id, User.name).where(User.id.in_(ids))).all())
    body = render_template("returned/lists.html", lists=lists, names=names, wrong=wrong,
                           states=STATES)  # fmt: skip
    return (body, 400) if wrong else body


@page(blueprint, HOME, roles=OFFICE, methods=("POST",))
def take_returned_list() -> Any:
    holds_room()
    file = request.files.get("file")
    data = file.read() if file else b""
    if file is None or not data:
        return _index(str(REFUSALS["no_file"]))
    filled_by = clean_text(request.form.get("filled_by", "")[:200])
    try:
        kept, is_new = take_in(data, clean_text(file.filename or "") or "–", filled_by)
    except Refused as refused:
        return _index(str(REFUSALS[refused.code]))
    except Unreadable as wrong:
        return _index(WORDS.get(wrong.code, WORDS["file_unreadable"]).format(**wrong.more))
    if not is_new:
        flash(_("Tệp này đã nhận trước đây: không ghi gì thêm."), "warn")
    return redirect(f"{HOME}/{kept.id}")


@page(blueprint, ONE, roles=OFFICE)
def returned_list(list_id: str) -> Any:
    """The rows that say something, those that wait unless asked otherwise."""
    kept = list_here(list_id)
    state = request.args.get("state", RowState.OPEN.value)
    kind = request.args.get("kind", "")
    if state not in set(RowState) or kind not in ("", *KINDS):
        raise Problem("malformed", {"state": "not_in_list"})
    counts = _counts(kept)
    kinds = {str(each): count for each in KINDS if (count := counts.get((state, each), 0))}
    shown = asked_page(kinds.get(kind, 0) if kind else sum(kinds.values()))
    query = _rows(kept).where(ReturnedRow.state == state)
    if kind:
        query = query.where(ReturnedRow.kind == kind)
    query = query.order_by(ReturnedRow.row_number).limit(shown.per_page).offset(shown.offset)
    views = views_of(list(db.session.scalars(query)))
    _note_look(kept, len(views), shown.number)
    return render_template(
        "returned/list.html",
        kept=kept,
        about=kept.about,
        added_by=db.session.get_one(User, kept.added_by),
        views=views,
        page=shown,
        state=state,
        kind=kind,
        kinds=kinds,
        kind_words=KINDS,
        states={each: sum(n for (one, _k), n in counts.items() if one == each) for each in STATES},
        state_words=STATES,
    )


def _counts(kept: ReturnedList) -> dict[tuple[str, str], int]:
    rows = _rows(kept).subquery()
    query = select(rows.c.state, rows.c.kind, func.count()).group_by(rows.c.state, rows.c.kind)
    return {(state, kind): count for state, kind, count in db.session.execute(query)}


def _rows(kept: ReturnedList) -> Any:
    """The rows of a list that this person sees."""
    return (
        select(ReturnedRow)
        .join(ReturnedList, ReturnedList.id == ReturnedRow.list_id)
        .where(ReturnedRow.list_id == kept.id, seen_rows(own_villages(), current_user.id))
    )


def _note_look(kept: ReturnedList, count: int, number: int) -> None:
    if count:
        note_look(current_user, "returned_list", count=count, list=kept.id, page=number)


def next_open(kept: ReturnedList, after: int = 0) -> str:
    """The next row that waits, from this one on and round; the list when none does."""
    query = _rows(kept).where(ReturnedRow.state == RowState.OPEN, ReturnedRow.row_number != after)
    later = query.order_by(ReturnedRow.row_number <= after, ReturnedRow.row_number).limit(1)
    found = db.session.scalars(later).first()
    return f"{HOME}/{kept.id}/rows/{found.row_number}" if found else f"{HOME}/{kept.id}"


@page(blueprint, f"{ONE}/next", roles=OFFICE)
def returned_next(list_id: str) -> Any:
    return redirect(next_open(list_here(list_id)))


@page(blueprint, f"{ONE}/clean", roles=OFFICE)
def returned_clean(list_id: str) -> Any:
    """What would be taken at once: everything of which there is nothing to think."""
    kept = list_here(list_id)
    views = clean_rows(kept)
    _note_look(kept, len(views), 0)
    cells = sum(len(view.takes) for view in views)
    return render_template("returned/clean.html", kept=kept, views=views[:AT_ONCE],
                           total=len(views), cells=cells, at_once=AT_ONCE)  # fmt: skip


@page(blueprint, f"{ONE}/clean", roles=OFFICE, methods=("POST",))
def take_clean(list_id: str) -> Any:
    kept = list_here(list_id)
    taken, left = accept_clean(kept)
    words = _("Đã nhận %(n)s dòng.", n=taken)
    if left:
        words += " " + _("Còn %(n)s dòng như vậy: bấm lần nữa để nhận tiếp.", n=left)
    flash(words, "success" if taken else "warn")
    return redirect(f"{HOME}/{kept.id}/clean" if left else f"{HOME}/{kept.id}")
