"""One row beside one person: are they one, whose facts hold, which period."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from schemas.kinds import ChangeStatus, Entity
from server.domain.reconciling.pairing import Kind
from server.errors import Problem
from server.http import page
from server.pages.words import sentence, word
from server.reconcile.applying import apply, rows_of
from server.reconcile.doors import OFFICE, blueprint, pair_in_scope
from server.reconcile.facing import facing, next_of
from server.reconcile.schooling import take_over
from server.reconcile.tabs import Tab
from server.store.audit import note_act, note_look
from server.store.changes.write import Result, author_at_desk
from server.store.db import db
from server.store.imported_lists import ImportedList
from server.store.reconciling import (
    FACTS,
    Answer,
    Asked,
    MatchState,
    ReconcileMatch,
    decide,
    forget_pair,
    set_state,
)
from server.store.records import Member
from server.store.review.writing import set_or_nothing

ACT = "reconcile_pair"


@page(blueprint, "/reconcile/pairs/<match_id>", roles=OFFICE)
def reconcile_pair(match_id: str) -> Any:
    """Side by side, with what differs marked."""
    kept, match = pair_in_scope(match_id)
    shown = facing(kept, match)
    note_look(current_user, str(match.member_id), count=1, areas=[kept.commune_id], of="member")
    return render_template(
        "reconcile/pair.html", shown=shown, following=_onward(kept, match, _tab())
    )


def _tab() -> Tab:
    """The tab that one came from; a pair is opened from the likely ones most of the time."""
    typed = request.values.get("tab", "")
    return Tab(typed) if typed in set(Tab) else Tab.LIKELY


def _onward(kept: ImportedList, match: ReconcileMatch, tab: Tab) -> str:
    """The next pair of the tab, or the tab when none is left."""
    following = next_of(kept, match, tab)
    if following is None:
        return f"/reconcile/{kept.id}/{tab}"
    return f"/reconcile/pairs/{following}?tab={tab}"


@page(blueprint, "/reconcile/pairs/<match_id>/same", roles=OFFICE, methods=("POST",))
def reconcile_same(match_id: str) -> Any:
    """They are one: what the row says of cards is written."""
    kept, match = pair_in_scope(match_id)
    _undecided(match)
    onward = _onward(kept, match, _tab())
    decide(kept.commune_id, match, Asked.PAIR, Answer.SAME, current_user.id)
    set_state(match, MatchState.CONFIRMED)
    done = apply(kept, [match], author_at_desk(current_user))
    _note(kept, match, Answer.SAME)
    flash(_("Đã xác nhận, ghi thêm kỳ thẻ.") if done.cards else _("Đã xác nhận."), "success")
    if done.held:
        flash(_("Thay đổi chưa ghi được, đang chờ xét."), "warn")
    return redirect(onward)


@page(blueprint, "/reconcile/pairs/<match_id>/apart", roles=OFFICE, methods=("POST",))
def reconcile_apart(match_id: str) -> Any:
    """They are two, in this list and in every later one."""
    kept, match = pair_in_scope(match_id)
    _undecided(match)
    onward = _onward(kept, match, _tab())
    decide(kept.commune_id, match, Asked.PAIR, Answer.NOT_SAME, current_user.id)
    set_state(match, MatchState.REJECTED)
    _note(kept, match, Answer.NOT_SAME)
    flash(_("Đã ghi nhớ: không phải một người."), "success")
    return redirect(onward)


def _undecided(match: ReconcileMatch) -> None:
    """Problem: already_decided, when somebody else was faster; conflict for a row that only
    carries the person's number."""
    db.session.refresh(match, with_for_update=True)
    if match.state != MatchState.OPEN:
        raise Problem("already_decided")
    if match.kind not in (Kind.SURE, Kind.LIKELY):
        raise Problem("conflict")


@page(blueprint, "/reconcile/pairs/<match_id>/reopen", roles=OFFICE, methods=("POST",))
def reconcile_reopen(match_id: str) -> Any:
    """Take the answer back. Cards already written stay: they are voided on the person's page."""
    kept, match = pair_in_scope(match_id)
    forget_pair(match)
    note_act(ACT, by=current_user.id, subject=match.member_id, area=kept.commune_id, answer=None)
    flash(_("Đã bỏ câu trả lời. Kỳ thẻ đã ghi thì vẫn còn trên trang của người này."), "success")
    return redirect(f"/reconcile/pairs/{match_id}?tab={_tab()}")


@page(blueprint, "/reconcile/pairs/<match_id>/facts", roles=OFFICE, methods=("POST",))
def reconcile_facts(match_id: str) -> Any:
    """Whose number and birth date hold: the list's are written, or what is recorded stays."""
    kept, match = pair_in_scope(match_id)
    answer, onward = _answer(), _onward(kept, match, _tab())
    if answer is Answer.LIST:
        if match.kind not in (Kind.SURE, Kind.LIKELY) or match.state == MatchState.REJECTED:
            raise Problem("conflict")
        row = rows_of(kept.id, [match.row_number])[match.row_number]
        values = {name: row[name] for name in FACTS if name in match.fields and row.get(name)}
        result, _before = set_or_nothing(
            Entity.MEMBER, str(match.member_id), values, author_at_desk(current_user)
        )
        if result.status != ChangeStatus.APPLIED.value:
            return _refused(match, result)
    decide(kept.commune_id, match, Asked.FACTS, answer, current_user.id)
    _note(kept, match, answer)
    flash(_("Đã ghi quyết định."), "success")
    return redirect(onward)


@page(blueprint, "/reconcile/pairs/<match_id>/period", roles=OFFICE, methods=("POST",))
def reconcile_period(match_id: str) -> Any:
    """Which end of a card holds: the list's is written into the recorded card, or it stays."""
    kept, match = pair_in_scope(match_id)
    answer, onward = _answer(), _onward(kept, match, _tab())
    if match.ends is None or match.kind not in (Kind.SURE, Kind.LIKELY):
        raise Problem("conflict")
    if answer is Answer.LIST:
        author = author_at_desk(current_user)
        for card, values in facing(kept, match).shortened.items():
            result, _before = set_or_nothing(Entity.CARD, card, values, author)
            if result.status != ChangeStatus.APPLIED.value:
                return _refused(match, result)
    decide(kept.commune_id, match, Asked.PERIOD, answer, current_user.id, about=match.ends)
    _note(kept, match, answer)
    flash(_("Đã ghi quyết định."), "success")
    return redirect(onward)


@page(blueprint, "/reconcile/pairs/<match_id>/school", roles=OFFICE, methods=("POST",))
def reconcile_school(match_id: str) -> Any:
    """Whose school and class hold: the roll's are written, or what is recorded stays."""
    kept, match = pair_in_scope(match_id)
    answer, onward = _answer(), _onward(kept, match, _tab())
    shown = facing(kept, match)
    if not shown.ask_school or shown.pupil is None:
        raise Problem("conflict")
    if answer is Answer.LIST:
        results, refused = take_over([(match, shown.pupil)], author_at_desk(current_user))
        if refused:
            return _refused(match, results[0])
    about = shown.pupil.told.about
    decide(kept.commune_id, match, Asked.SCHOOL, answer, current_user.id, about=about)
    _note(kept, match, answer)
    flash(_("Đã ghi quyết định."), "success")
    return redirect(onward)


def _answer() -> Answer:
    typed = request.form.get("answer", "")
    if typed not in (Answer.LIST, Answer.KEEP):
        raise Problem("malformed", {"fields": {"answer": ["not_in_list"]}})
    return Answer(typed)


def _refused(match: ReconcileMatch, result: Result) -> Any:
    reasons = "; ".join(
        f"{word('field', it.get('field'))}: {sentence(it['code'])}" for it in result.reasons
    )
    flash(_("Chưa ghi được: %(reasons)s", reasons=reasons), "warn")
    return redirect(f"/reconcile/pairs/{match.id}?tab={_tab()}")


def _note(kept: ImportedList, match: ReconcileMatch, answer: Answer) -> None:
    member = db.session.get_one(Member, match.member_id)
    note_act(
        ACT,
        by=current_user.id,
        subject=member.id,
        area=kept.commune_id,
        answer=answer.value,
        list=kept.id,
    )
