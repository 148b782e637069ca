"""What was decided lately, and taking it back."""

from typing import Any

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from flask_login import current_user

from schemas.kinds import Entity
from server.errors import Problem
from server.http import page
from server.review.doors import blueprint
from server.review.recent import decision_in_scope, recent
from server.review.scope import REVIEWERS
from server.store.audit import note_act
from server.store.changes.write import author_at_desk
from server.store.review.decided import ALONG, CHANGE, Decision, DecisionKind, parts_of
from server.store.review.undoing import undo


@page(blueprint, "/review/recent", roles=REVIEWERS)
def review_recent() -> Any:
    return render_template("review/recent.html", told=recent())


@page(blueprint, "/review/decisions/<decision_id>/undo", roles=REVIEWERS, methods=("POST",))
def undo_decision(decision_id: str) -> Any:
    decision = decision_in_scope(decision_id)
    try:
        undo(decision_id, author_at_desk(current_user))
    except Problem as problem:
        if problem.code not in ("already_decided", "cannot_undo"):
            raise
        flash(_("Không hoàn tác được: hồ sơ đã thay đổi tiếp, hoặc đã hoàn tác rồi."), "warn")
        return redirect("/review/recent")
    note_act("review_undo", by=current_user.id, subject=decision_id, area=decision.village_id)
    flash(_("Đã hoàn tác."), "success")
    return redirect(_home_of(decision))


def _home_of(decision: Decision) -> str:
    """Back to the one thing the decision was about, else to the list of decisions."""
    parts = [part for part in parts_of(decision.id) if part.entity not in (CHANGE, ALONG)]
    if len(parts) == 1 and decision.kind != DecisionKind.SENT_BACK:
        part = parts[0]
        homes = {
            Entity.WAITING.value: "/review/items/",
            Entity.FIELD_NOTE.value: "/review/notes/",
            Entity.VISIT.value: "/review/wrong-village/",
        }
        if part.entity in homes:
            return f"{homes[part.entity]}{part.record_id}"
    return "/review/recent"
