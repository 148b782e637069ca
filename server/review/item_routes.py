"""One waiting change: choose, mend, return to the field, refuse."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from schemas.kinds import WaitingState
from server.domain.text import clean_text
from server.errors import Problem
from server.http import page
from server.review.deciding import CHOICES, NOTE_LIMIT, read_choice, read_notes, resolve
from server.review.doors import blueprint
from server.review.item import (
    Shown,
    answer_to,
    decided_words,
    notes_words,
    shown,
    waiting_in_scope,
)
from server.review.lines import lines_of
from server.review.scope import REVIEWERS, asked, page_of, path_after, query_of, queue
from server.review.undo import offer_undo
from server.store.audit import note_act, note_look
from server.store.changes.write import author_at_desk
from server.store.review import decisions
from server.store.review.decided import decision_about, undoable
from server.store.review.queue import of_household

HOME = "/review/items/<waiting_id>"


@page(blueprint, HOME, roles=REVIEWERS)
def item(waiting_id: str) -> Any:
    found = shown(waiting_in_scope(waiting_id))
    areas = [found.row.village_id] if found.row.village_id else []
    note_look(current_user, found.row.record_id, count=1, areas=areas, of=found.row.entity)
    return _shown(found)


def _shown(found: Shown, *, wrong: str = "", typed: Any = None) -> Any:
    which = asked()
    household = found.row.household_id
    others = of_household(queue(), household, found.row.id) if household else []
    decision = None if found.unsettled else decision_about(found.row.id)
    body = render_template(
        "review/item.html",
        it=found,
        line=found.line,
        asked=which,
        query=query_of(which),
        following=path_after(found.row.id, which),
        others=[(line, page_of(line.item, which)) for line in lines_of(others)],
        answer=answer_to(found.data),
        notes=notes_words(found.data),
        decided=None if found.unsettled else decided_words(found.data),
        decision=decision[0].id if decision and undoable([decision[0].id]) else None,
        wrong=wrong,
        typed=typed or {},
    )
    return (body, 400) if wrong or typed else body


@page(blueprint, f"{HOME}/decide", roles=REVIEWERS, methods=("POST",))
def decide_item(waiting_id: str) -> Any:
    row = waiting_in_scope(waiting_id)
    following = path_after(waiting_id, asked())
    if request.form.get("choice") not in CHOICES:
        raise Problem("malformed", {"choice": "not_in_list"})
    found = shown(row)
    take = read_choice(found, request.form) if found.unsettled else {}
    if take is None:
        wrong = _("Chưa ghi được. Xem các mục được đánh dấu.")
        return _shown(found, wrong=wrong, typed=request.form)
    try:
        written = resolve(found, take, request.form)
    except Problem as problem:
        return _told(problem, waiting_id, following)
    if not written:
        wrong = _("Vẫn chưa ghi được. Xem vì sao ở từng mục.")
        return _shown(found, wrong=wrong, typed=request.form)
    note_act(
        "review_decide", by=current_user.id, subject=waiting_id, area=row.village_id, why=row.kind
    )
    offer_undo(waiting_id)
    words = _("%(about)s: đã ghi.", about=found.line.about)
    if found.units and not take:
        words = _("%(about)s: giữ giá trị đang ghi.", about=found.line.about)
    flash(words, "success")
    return redirect(following)


@page(blueprint, f"{HOME}/return", roles=REVIEWERS, methods=("POST",))
def return_item(waiting_id: str) -> Any:
    """Back to the field, with a note about the whole or for each field."""
    found = shown(waiting_in_scope(waiting_id))
    notes = read_notes([each.name for unit in found.units for each in unit.fields], request.form)
    words = _("%(about)s: đã trả lại thôn.", about=found.line.about)
    return _settle(found, WaitingState.RETURNED, notes, words)


@page(blueprint, f"{HOME}/reject", roles=REVIEWERS, methods=("POST",))
def reject_item(waiting_id: str) -> Any:
    found = shown(waiting_in_scope(waiting_id))
    words = _("%(about)s: đã ghi là không nhận.", about=found.line.about)
    return _settle(found, WaitingState.REJECTED, {}, words)


def _settle(found: Shown, state: WaitingState, notes: dict[str, str], words: str) -> Any:
    """Both need words: the surveyor reads them on the phone."""
    id_, following = found.row.id, path_after(found.row.id, asked())
    note = clean_text(request.form.get("note", "")[:NOTE_LIMIT])
    if note is None and not notes:
        wrong = _("Hãy ghi lý do hoặc lời nhắn: người rà soát đọc trên điện thoại.")
        return _shown(found, wrong=wrong, typed={**request.form.to_dict(), "do": state.value})
    try:
        decisions.settle(id_, author_at_desk(current_user), state, note, notes)
    except Problem as problem:
        return _told(problem, id_, following)
    act, area = f"review_{state.value}", found.row.village_id
    note_act(act, by=current_user.id, subject=id_, area=area, why=found.row.kind)
    offer_undo(id_)
    flash(words, "success")
    return redirect(following)


def _told(problem: Problem, waiting_id: str, following: str) -> Any:
    """Somebody was faster: say who and when, and go on; nothing is applied twice."""
    if problem.code != "already_decided":
        raise problem
    by, at = problem.details.get("by"), problem.details.get("at")
    flash(decided_words({"decided_by": by, "decided_at": at}), "warn")
    return redirect(following)
