"""Possible duplicates at the desk: look for them, settle one, take a decision back."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_login import current_user
from sqlalchemy import func, or_, select

from schemas.kinds import ChangeStatus
from server.domain.numbers import number_words
from server.errors import Problem
from server.http import page
from server.pages.paging import asked_page
from server.pages.plurals import said as _
from server.pages.scope import own_villages
from server.pages.words import sentence, word
from server.review.doors import blueprint
from server.review.duplicates_lines import communes_held, pair_lines, runs
from server.review.duplicates_page import (
    beside,
    chosen_values,
    pair_in_scope,
    people_pairs,
    proposed,
)
from server.review.matching_pass import find_in
from server.review.scope import REVIEWERS, asked, path_after, query_of
from server.review.undo import offer_undo_of_pair
from server.store.audit import note_act, note_look
from server.store.changes.write import author_at_desk
from server.store.db import db
from server.store.duplicates import PairState, PossibleDuplicate, within
from server.store.review import merging, undoing

SHOWN_STATES = (PairState.OPEN, PairState.MERGED, PairState.NOT_SAME)
CHOICE = "take-"

blueprint.add_app_template_global(runs, "duplicate_runs")


@page(blueprint, "/review/duplicates", roles=REVIEWERS)
def duplicates() -> Any:
    """The pairs in one state, or all that one record was ever part of."""
    record = request.args.get("record", "")[:40]
    state = _state()
    query = select(PossibleDuplicate).where(within(own_villages()))
    if record:
        mine = or_(PossibleDuplicate.one_id == record, PossibleDuplicate.other_id == record)
        query = query.where(mine, PossibleDuplicate.state != PairState.GONE)
    else:
        query = query.where(PossibleDuplicate.state == state)
    shown = asked_page(db.session.scalar(select(func.count()).select_from(query.subquery())) or 0)
    decided = func.coalesce(PossibleDuplicate.decided_at, PossibleDuplicate.found_at)
    order = decided if state is PairState.OPEN else decided.desc()
    rows = db.session.scalars(
        query.order_by(order, PossibleDuplicate.id).limit(shown.per_page).offset(shown.offset)
    )
    lines = pair_lines(list(rows))
    if lines:
        note_look(current_user, "duplicates", count=2 * len(lines), state=state.value)
    return render_template(
        "review/duplicates.html",
        lines=lines,
        page=shown,
        state=None if record else state,
        states=SHOWN_STATES,
    )


def _state() -> PairState:
    typed = request.args.get("state", "") or PairState.OPEN.value
    if typed not in set(SHOWN_STATES):
        raise Problem("malformed", {"state": "not_in_list"})
    return PairState(typed)


@page(blueprint, "/review/duplicates/find", roles=REVIEWERS, methods=("POST",))
def duplicates_find() -> Any:
    """Compare everybody of one commune now."""
    commune = request.form.get("commune", "")
    if commune not in communes_held():
        raise Problem("not_allowed")
    outcome = find_in(commune, by=current_user.id)
    if outcome.new:
        words = _("Đã so %(people)s người: thêm %(n)s cặp có thể trùng.",
                  people=number_words(outcome.people), n=outcome.new)  # fmt: skip
    else:
        words = _(
            "Đã so %(people)s người: không có cặp nào mới.", people=number_words(outcome.people)
        )
    flash(words, "success")
    return redirect("/review?kind=duplicate")


@page(blueprint, "/review/duplicates/<pair>", roles=REVIEWERS)
def duplicate(pair: str) -> Any:
    found = pair_in_scope(pair)
    undecided = found.state == PairState.OPEN
    shown = beside(found)
    for side in shown.sides:
        place = [side.village.id]
        note_look(current_user, side.record.id, count=1, areas=place, of=found.entity)
    return render_template(
        "review/duplicate.html",
        shown=shown,
        undecided=undecided,
        following=path_after(pair, asked()) if undecided else None,
        query=query_of(asked()),
    )


@page(blueprint, "/review/duplicates/<pair>/merge", roles=REVIEWERS, methods=("POST",))
def duplicate_merge(pair: str) -> Any:
    found = pair_in_scope(pair)
    merging.hold_open(found)
    here, onward = f"/review/duplicates/{pair}{query_of(asked())}", path_after(pair, asked())
    winner = request.form.get("winner", "")
    ids = {"one": found.one_id, "other": found.other_id}
    if winner not in ids:
        raise Problem("malformed", {"winner": "not_in_list"})
    if request.form.get("seen") != seen(found):
        raise Problem("conflict")
    picked = {
        name.removeprefix(CHOICE): side
        for name, side in request.form.items()
        if name.startswith(CHOICE)
    }
    # Asked first: the household once merged, its people lie in one house.
    people = [it for it in people_pairs(found) if it.id in request.form.getlist("people")]
    values = chosen_values(found, winner, picked)
    results = merging.merge_pair(found, ids[winner], values, author_at_desk(current_user))
    refused = [each for each in results if each.status != ChangeStatus.APPLIED]
    if refused:
        reasons = "; ".join(
            f"{word('field', it.get('field'))}: {sentence(it['code'])}"
            for each in refused
            for it in each.reasons
        )
        flash(_("Chưa gộp được: %(reasons)s", reasons=reasons), "warn")
        return redirect(here)
    note_act(f"merge_{found.entity}", by=current_user.id, subject=pair, into=ids[winner])
    undoing.tie(found, [each for each in people if _merge_as_proposed(each)])
    if people:
        onward = f"/review/next{query_of(asked())}"
    offer_undo_of_pair(pair)
    flash(_("Đã gộp làm một."), "success")
    return redirect(onward)


def _merge_as_proposed(pair: PossibleDuplicate) -> bool:
    """Somebody of two households that are one: what cannot be merged so stays open."""
    winner, values = proposed(pair)
    into = pair.one_id if winner == "one" else pair.other_id
    results = merging.merge_pair(pair, into, values, author_at_desk(current_user))
    merged = all(result.status == ChangeStatus.APPLIED for result in results)
    if merged:
        note_act(f"merge_{pair.entity}", by=current_user.id, subject=pair.id, into=into)
    return merged


@page(blueprint, "/review/duplicates/<pair>/apart", roles=REVIEWERS, methods=("POST",))
def duplicate_apart(pair: str) -> Any:
    found = _open_pair(pair)
    onward = path_after(pair, asked())
    merging.say_apart(found, author_at_desk(current_user))
    note_act("duplicate_apart", by=current_user.id, subject=pair)
    offer_undo_of_pair(pair)
    flash(_("Đã ghi nhớ: không phải một. Lần tìm sau sẽ không hỏi lại."), "success")
    return redirect(onward)


@page(blueprint, "/review/duplicates/<pair>/undo", roles=REVIEWERS, methods=("POST",))
def duplicate_undo(pair: str) -> Any:
    found = pair_in_scope(pair)
    if found.state == PairState.MERGED:
        undoing.take_apart(found, author_at_desk(current_user))
    elif found.state == PairState.NOT_SAME:
        merging.open_again(found)
    else:
        raise Problem("conflict")
    note_act("duplicate_undo", by=current_user.id, subject=pair)
    flash(_("Đã hoàn tác. Hãy quyết định lại cặp này."), "success")
    return redirect(f"/review/duplicates/{pair}")


def _open_pair(pair: str) -> PossibleDuplicate:
    found = pair_in_scope(pair)
    if found.state != PairState.OPEN:
        raise Problem("already_decided")
    return found


def seen(pair: PossibleDuplicate) -> str:
    """Which revisions of the two the page showed: an older page decides nothing."""
    return "-".join(str(side.record.rev) for side in beside(pair).sides)


blueprint.add_app_template_global(seen, "pair_seen")
