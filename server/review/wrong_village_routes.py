"""A visit said that the household belongs to another village: move it, or say that it stays."""

from typing import Any

import orjson
from flask import flash, redirect, render_template, request
from flask_login import current_user

from server.errors import Problem
from server.http import page
from server.pages.plurals import said as _
from server.pages.scope import own_villages
from server.pages.words import moment_words
from server.review.doors import blueprint
from server.review.lines import authors_of, households_called, lines_of
from server.review.notes import decided_about, record_in_scope
from server.review.preview import preview
from server.review.scope import REVIEWERS, asked, page_of, path_after, query_of, queue
from server.review.undo import offer_undo, offer_undo_of
from server.store.audit import note_act, note_look
from server.store.changes.write import author_at_desk
from server.store.records import Visit
from server.store.review import answering, moving
from server.store.review.queue import of_household, says_wrong_village

HOME = "/review/wrong-village/<visit_id>"


@page(blueprint, HOME, roles=REVIEWERS)
def wrong_village(visit_id: str) -> Any:
    visit, which = record_in_scope(Visit, visit_id), asked()
    data = orjson.loads(visit.data)
    to = request.args.get("to") or data.get("suggested_village") or ""
    open_ = says_wrong_village(visit_id)
    moves = open_ and to in own_villages() and to != visit.village_id
    others = of_household(queue(), visit.household_id, visit_id)
    note_look(current_user, visit.household_id, count=1, areas=[visit.village_id], of="household")
    return render_template(
        "review/wrong_village.html",
        visit=visit,
        data=data,
        about=households_called([visit.household_id]).get(visit.household_id) or _("hộ chưa có mã"),
        village=own_villages()[visit.village_id].name,
        author=authors_of([visit_id]).get(visit_id, (None, None, None)),
        open=open_,
        to=to,
        villages=own_villages(),
        found=preview([visit.household_id], to) if moves else None,
        decided=decided_about(visit_id) or decided_about(visit.household_id),
        query=query_of(which),
        following=path_after(visit_id, which),
        others=[(line, page_of(line.item, which)) for line in lines_of(others)],
    )


@page(blueprint, f"{HOME}/move", roles=REVIEWERS, methods=("POST",))
def move_wrong_village(visit_id: str) -> Any:
    visit = record_in_scope(Visit, visit_id)
    following = path_after(visit_id, asked())
    if not says_wrong_village(visit_id):
        return _told(visit, following)
    to = request.form.get("to", "")
    if not to:
        flash(_("Chưa chọn thôn chuyển đến."), "warn")
        return redirect(f"/review/wrong-village/{visit_id}{query_of(asked())}")
    if to not in own_villages():
        raise Problem("not_allowed")
    decision = moving.move_households([visit.household_id], to, author_at_desk(current_user))
    note_act("move_households", by=current_user.id, subject=decision, area=to, count=1)
    offer_undo_of(decision)
    name = own_villages()[to].name
    flash(_("Đã chuyển %(n)s hộ về %(village)s.", n=1, village=name), "success")
    return redirect(following)


@page(blueprint, f"{HOME}/stay", roles=REVIEWERS, methods=("POST",))
def stay_in_village(visit_id: str) -> Any:
    visit = record_in_scope(Visit, visit_id)
    following = path_after(visit_id, asked())
    if not says_wrong_village(visit_id):
        return _told(visit, following)
    answering.household_stays(visit_id, author_at_desk(current_user))
    note_act("household_stays", by=current_user.id, subject=visit_id, area=visit.village_id)
    offer_undo(visit_id)
    flash(_("Đã ghi: hộ vẫn ở thôn này."), "success")
    return redirect(following)


def _told(visit: Visit, following: str) -> Any:
    found = decided_about(visit.id) or decided_about(visit.household_id)
    if found is None:
        flash(_("Việc này đã có người xử lý."), "warn")
    else:
        words = _(
            "Việc này đã được %(who)s xử lý lúc %(at)s.", who=found[0], at=moment_words(found[1])
        )
        flash(words, "warn")
    return redirect(following)
