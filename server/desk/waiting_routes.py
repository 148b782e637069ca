"""What a person decides about a change that waits: take it, refuse it, or send it back."""

from typing import Any

from flask import flash, redirect, request
from flask_babel import gettext as _
from flask_login import current_user

from schemas.kinds import ChangeStatus, Role, WaitingState
from server.desk.doors import blueprint
from server.desk.waiting import WaitingLine, reason_words, waiting_in_scope
from server.domain.text import clean_text
from server.errors import Problem
from server.http import page
from server.store import decisions
from server.store.audit import note_act
from server.store.write import author_at_desk

REVIEWERS = (Role.OFFICER, Role.ADMIN)
UNSETTLED = (WaitingState.OPEN, WaitingState.RETURNED)
NOTE_LIMIT = 2000


@page(blueprint, "/waiting/<waiting_id>/accept", roles=REVIEWERS, methods=("POST",))
def accept(waiting_id: str) -> Any:
    _undecided(waiting_id)
    results = decisions.accept(waiting_id, author_at_desk(current_user))
    note_act("waiting_accept", by=current_user.id, subject=waiting_id)
    refused = [each for each in results if each.status != ChangeStatus.APPLIED]
    if refused:
        reasons = " ".join(reason_words(reason) for each in refused for reason in each.reasons)
        flash(_("Vẫn chưa ghi được: %(reasons)s", reasons=reasons), "warn")
        return redirect(f"/waiting/{waiting_id}")
    flash(_("Đã ghi."), "success")
    return redirect("/waiting")


@page(blueprint, "/waiting/<waiting_id>/reject", roles=REVIEWERS, methods=("POST",))
def reject(waiting_id: str) -> Any:
    return _settle(waiting_id, WaitingState.REJECTED, _("Đã ghi là không nhận."))


@page(blueprint, "/waiting/<waiting_id>/return", roles=REVIEWERS, methods=("POST",))
def send_back(waiting_id: str) -> Any:
    return _settle(waiting_id, WaitingState.RETURNED, _("Đã trả lại thôn."))


def _settle(waiting_id: str, state: WaitingState, words: str) -> Any:
    """Both need a note: the surveyor reads it on the phone."""
    line = _undecided(waiting_id)
    note = clean_text(request.form.get("note", "")[:NOTE_LIMIT])
    if note is None:
        raise Problem("malformed", {"note": "needed"})
    decisions.settle(line.row.id, author_at_desk(current_user), state, note)
    note_act(f"waiting_{state.value}", by=current_user.id, subject=waiting_id)
    flash(words, "success")
    return redirect("/waiting")


def _undecided(waiting_id: str) -> WaitingLine:
    line = waiting_in_scope(waiting_id)
    if line.row.state not in UNSETTLED:
        raise Problem("conflict")
    return line
