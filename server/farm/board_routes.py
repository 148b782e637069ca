"""The board: every request by where it stands, with what comes next and until when."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from schemas.kinds import FarmRequestState
from server.domain.farm.procedure import UNDER_WAY
from server.errors import Problem
from server.farm.acting import act_together
from server.farm.doors import blueprint
from server.farm.filing import lacks_of
from server.farm.inputs import given_in_form
from server.farm.lines import Dated, dated, lines_in_order
from server.farm.scope import (
    DECIDERS,
    READERS,
    asked_state,
    asked_villages,
    may_decide,
    request_in_scope,
    require_decider,
    typed,
)
from server.farm.words import DONE, NEXT, REFUSALS
from server.http import page
from server.pages.lacking import lacking_words
from server.pages.paging import asked_page
from server.pages.scope import own_villages
from server.store.audit import note_look
from server.store.db import today
from server.store.farm import counts_by_state, requests_in

BATCH = {"checked": "post", "posted": "approve", "rechecked": "approve"}
MOST = 500
WHOLE, LACKING, FIRST = "whole", "lacking", "first"
OVERDUE = "overdue"
FILES = ("", FIRST, WHOLE, LACKING)


@page(blueprint, "/farm", roles=READERS)
def farm() -> Any:
    village, villages = asked_villages()
    state = asked_state("") if typed("state") else ""
    numbers = counts_by_state(villages)
    file = typed("file")
    if file not in FILES:
        raise Problem("malformed", {"file": "not_in_list"})
    if typed("due") not in ("", OVERDUE):
        raise Problem("malformed", {"due": "not_in_list"})
    found = dated(requests_in(villages, [state] if state else UNDER_WAY))
    late = [one for one in found if one.overdue]
    found = _chosen(late if typed("due") else found, file)
    shown = asked_page(len(found))
    lines = lines_in_order(found[shown.offset :][: shown.per_page])
    if lines:
        note_look(current_user, "farm", count=len(lines), areas=[village] if village else [])
    return render_template(
        "farm/board.html",
        lines=lines,
        page=shown,
        lacks=lacks_of([line.request for line in lines], today()),
        lacking_words=lacking_words,
        file=file,
        states=[(each, numbers[each]) for each in FarmRequestState if numbers.get(each)],
        under_way=sum(numbers.get(each, 0) for each in UNDER_WAY),
        overdue=len(late),
        due=typed("due"),
        state=state,
        village=village,
        villages=own_villages(),
        batch=BATCH.get(state) if may_decide() else None,
        next_words=NEXT,
        today=today(),
    )


def _chosen(found: list[Dated], file: str) -> list[Dated]:
    """What lacks least first; of all, of whole files, or of those that lack something."""
    if not file:
        return found
    lacks = lacks_of([one.request for one in found], today())
    missing = {one.request.id: len(lacks.get(one.request.id, ())) for one in found}
    kept = [
        one
        for one in found
        if file == FIRST
        or (one.request.id in lacks and (missing[one.request.id] > 0) == (file == LACKING))
    ]
    return sorted(kept, key=lambda one: missing[one.request.id])


@page(blueprint, "/farm/together", roles=DECIDERS, methods=("POST",))
def farm_together() -> Any:
    """The same step of several requests: post them, or recognise them by one decision."""
    require_decider()
    verb = typed("do")
    back = f"/farm?state={asked_state('checked')}&village={asked_villages()[0]}"
    ids = request.form.getlist("items")[:MOST]
    if not ids:
        flash(_("Chưa chọn hồ sơ nào."), "warn")
        return redirect(back)
    if verb not in BATCH.values():
        flash(_("Chưa chọn bước cần làm."), "warn")
        return redirect(back)
    done, refused = act_together(verb, [request_in_scope(id_) for id_ in ids], given_in_form())
    if done:
        flash(_("%(n)s hồ sơ: %(done)s", n=done, done=DONE[verb]), "success")
    for code in dict.fromkeys(refused):
        flash(
            _("%(n)s hồ sơ chưa làm được: %(why)s", n=refused.count(code), why=REFUSALS[code]),
            "warn",
        )
    return redirect(back)
