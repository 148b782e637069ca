"""Words from the door: read, answered or closed."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from server.domain.text import clean_text
from server.errors import Problem
from server.http import page
from server.pages.words import moment_words
from server.review.doors import blueprint
from server.review.lines import lines_of
from server.review.notes import NoteShown, note_in_scope
from server.review.scope import REVIEWERS, asked, page_of, path_after, query_of, queue
from server.review.undo import offer_undo
from server.store.audit import note_act, note_look
from server.store.changes.write import author_at_desk
from server.store.review import answering
from server.store.review.queue import of_household

HOME = "/review/notes/<note_id>"
ANSWER_LIMIT = 2000


@page(blueprint, HOME, roles=REVIEWERS)
def note(note_id: str) -> Any:
    found = note_in_scope(note_id)
    home, village = found.note.household_id, found.note.village_id
    note_look(current_user, home, count=1, areas=[village], of="household")
    return _shown(found)


def _shown(found: NoteShown, wrong: str = "") -> Any:
    which = asked()
    others = of_household(queue(), found.note.household_id, found.note.id)
    body = render_template(
        "review/note.html",
        it=found,
        query=query_of(which),
        following=path_after(found.note.id, which),
        others=[(line, page_of(line.item, which)) for line in lines_of(others)],
        wrong=wrong,
    )
    return (body, 400) if wrong else body


@page(blueprint, f"{HOME}/answer", roles=REVIEWERS, methods=("POST",))
def answer_note(note_id: str) -> Any:
    found = note_in_scope(note_id)
    text = clean_text(request.form.get("answer", "")[:ANSWER_LIMIT])
    if text is None:
        return _shown(found, _("Hãy ghi câu trả lời: người gửi đọc trên điện thoại."))
    return _settle(found, text)


@page(blueprint, f"{HOME}/close", roles=REVIEWERS, methods=("POST",))
def close_note(note_id: str) -> Any:
    return _settle(note_in_scope(note_id), None)


def _settle(found: NoteShown, text: str | None) -> Any:
    id_, author = found.note.id, author_at_desk(current_user)
    following = path_after(id_, asked())
    try:
        if text is None:
            answering.close(id_, author)
        else:
            answering.answer(id_, author, text)
    except Problem as problem:
        if problem.code != "already_decided":
            raise
        flash(_already(found), "warn")
        return redirect(following)
    act = "note_close" if text is None else "note_answer"
    note_act(act, by=current_user.id, subject=id_, area=found.note.village_id)
    offer_undo(id_)
    flash(
        _("Đã khép lại lời nhắn.") if text is None else _("Đã gửi câu trả lời về thôn."), "success"
    )
    return redirect(following)


def _already(found: NoteShown) -> str:
    if found.decided is None:
        return _("Việc này đã có người xử lý.")
    who, at = found.decided
    return _("Việc này đã được %(who)s xử lý lúc %(at)s.", who=who, at=moment_words(at))
