"""Households go to another village: chosen, looked at beforehand, done, and undone as a whole."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_login import current_user

from server.errors import Problem
from server.http import page
from server.pages.plurals import said as _
from server.pages.scope import own_villages
from server.review.doors import blueprint
from server.review.notes import record_in_scope
from server.review.preview import MOST, Preview, hamlets_in, households_in, preview
from server.review.scope import REVIEWERS
from server.review.undo import offer_undo_of
from server.store.audit import note_act, note_look
from server.store.changes.write import author_at_desk
from server.store.records import Household
from server.store.review import moving


@page(blueprint, "/review/move", roles=REVIEWERS)
def move_choose() -> Any:
    typed = request.args.to_dict()
    household = typed.get("household", "")
    if household:
        typed["from"] = record_in_scope(Household, household).village_id
    return _choosing(typed)


def _choosing(typed: dict[str, str], chosen: list[str] | None = None, wrong: str = "") -> Any:
    villages = own_villages()
    source, hamlet, only = (
        typed.get("from", ""),
        typed.get("hamlet", ""),
        typed.get("household", ""),
    )
    if source and source not in villages:
        raise Problem("not_allowed")
    lines = households_in(source, hamlet, only) if source else []
    if lines:
        note_look(current_user, "move", count=len(lines), areas=[source])
    body = render_template(
        "review/move.html",
        villages=villages,
        source=source,
        hamlet=hamlet,
        hamlets=hamlets_in(source) if source else [],
        only=only,
        to=typed.get("to", ""),
        lines=lines,
        chosen=set(chosen if chosen is not None else [line.id for line in lines if only or hamlet]),
        most=MOST,
        wrong=wrong,
    )
    return (body, 400) if wrong else body


@page(blueprint, "/review/move/preview", roles=REVIEWERS, methods=("POST",))
def move_preview() -> Any:
    """Nothing is written: a long choice does not fit into an address."""
    found = _previewed()
    if not isinstance(found, Preview):
        return found
    sources = sorted({line.village for line in found.households})
    note_look(current_user, "move", count=len(found.households), areas=sources, to=found.to)
    return render_template("review/move_preview.html", found=found)


@page(blueprint, "/review/move", roles=REVIEWERS, methods=("POST",))
def move() -> Any:
    found = _previewed()
    if not isinstance(found, Preview):
        return found
    ids = [line.id for line in found.households]
    decision = moving.move_households(ids, found.to, author_at_desk(current_user))
    note_act("move_households", by=current_user.id, subject=decision, area=found.to, count=len(ids))
    offer_undo_of(decision)
    flash(_("Đã chuyển %(n)s hộ về %(village)s.", n=len(ids), village=found.to_name), "success")
    return redirect("/review/recent")


def _previewed() -> Any:
    """The preview of what was chosen, or the page again with what is missing."""
    ids, to = request.form.getlist("households")[:MOST], request.form.get("to", "")
    if not ids:
        return _choosing(request.form.to_dict(), ids, _("Chưa chọn hộ nào."))
    if not to:
        return _choosing(request.form.to_dict(), ids, _("Chưa chọn thôn chuyển đến."))
    try:
        return preview(ids, to)
    except Problem as problem:
        if problem.code != "nothing_to_move":
            raise
        return _choosing(request.form.to_dict(), ids, _("Các hộ đã chọn đều đang ở thôn này."))
