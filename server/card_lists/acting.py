"""The steps of a list: submitted, sent back, approved, sealed, dropped. Each step locks the list
first, so that of two officers at the same moment the second finds it taken."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_login import current_user
from sqlalchemy import select

from schemas.kinds import ListingState
from server.card_lists.scope import list_in_scope
from server.domain.card_lists.listed import Listed
from server.domain.card_lists.states import (
    APPROVED,
    DROPPED,
    SENT_BACK,
    SUBMITTED,
    may_become,
)
from server.domain.card_lists.would_return import Fault
from server.domain.enrolment.states import CHECKED, ON_LIST
from server.errors import Problem
from server.store.audit import note_act
from server.store.card_list_changes import release, remove_rows, require_editable
from server.store.card_list_checks import faults_in
from server.store.card_list_enrolments import move_enrolments, states_of_enrolments
from server.store.card_list_rows import listed, stored_rows
from server.store.card_list_sealing import number_for, seal, unit_of
from server.store.card_list_telling import tell_of_list, tell_off
from server.store.card_list_waiting import insured_by_unit
from server.store.card_lists import CardList, CardListRow
from server.store.db import db, now, today
from server.store.people import User, UserArea
from server.store.places import Area

Faults = Mapping[str, Sequence[Fault]]


class StepRefused(Exception):
    """The step was not taken; `code` has its words in `card_lists.words`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def unconfirmed(rows: Sequence[CardListRow], faults: Faults) -> set[str]:
    """The rows that would come back and that nobody has confirmed for all the reasons they have
    by now."""
    return {
        row.id
        for row in rows
        if row.id in faults and not {one.reason for one in faults[row.id]} <= _confirmed(row)
    }


def _confirmed(row: CardListRow) -> set[str]:
    """The reasons for which somebody let the row go all the same."""
    return set((row.confirmed or "").split(","))


def confirm(list_id: str, row_id: str) -> None:
    """Somebody looked at a row that would come back, and sends it all the same."""
    card_list = list_in_scope(list_id, lock=True)
    require_editable(card_list)
    row = db.session.get(CardListRow, row_id)
    if row is None or row.list_id != card_list.id:
        raise Problem("not_found")
    faults = faults_in(card_list, listed(stored_rows(card_list)))
    reasons = sorted({one.reason for one in faults.get(row_id, ())})
    row.confirmed = ",".join(reasons) or None
    note(card_list, "confirm", row=row_id, reasons=reasons)


def may_confirm(row: CardListRow, fault: Fault) -> bool:
    """Whether the row may be let go for this reason along with others. What no signature carries
    is looked at person by person."""
    return fault.reason not in _confirmed(row) and not fault.stops_sealing


def confirm_reason(list_id: str, reason: str) -> int:
    """All rows that would come back for one reason are sent all the same; how many."""
    card_list = list_in_scope(list_id, lock=True)
    require_editable(card_list)
    rows = stored_rows(card_list)
    faults = faults_in(card_list, listed(rows))
    let_go = [
        row
        for row in rows
        if any(one.reason == reason and may_confirm(row, one) for one in faults.get(row.id, ()))
    ]
    for row in let_go:
        row.confirmed = ",".join(sorted({*_confirmed(row), reason} - {""}))
    if let_go:
        note(card_list, "confirm", count=len(let_go), reasons=[reason])
    return len(let_go)


def submit(list_id: str, memo_number: str, memo_on: str | None) -> CardList:
    """Out of the draft: the list gets its number, its enrolments are on a list. Raises StepRefused
    while somebody is left who would come back and nobody confirmed it."""
    card_list = _at_step(list_id, SUBMITTED)
    if not memo_number or memo_on is None:
        raise StepRefused("memo")
    if memo_on > today():
        raise StepRefused("memo_on")
    rows = stored_rows(card_list)
    if not rows:
        raise StepRefused("empty")
    found = listed(rows)
    refuse_by_unit(found)
    if unconfirmed(rows, faults_in(card_list, found)):
        raise StepRefused("faults")
    paid = _enrolments(rows)
    states = states_of_enrolments(paid)
    if any(states.get(id_) != CHECKED for id_ in paid):
        raise StepRefused("gone")
    card_list.number = card_list.number or number_for(card_list, today()[:4])
    card_list.memo_number, card_list.memo_on = memo_number, memo_on
    card_list.submitted_by, card_list.submitted_at = current_user.id, now()
    card_list.decided_by = card_list.decided_at = card_list.decision_note = None
    card_list.state = SUBMITTED
    move_enrolments(paid, ON_LIST, current_user)
    tell_of_list(card_list, ListingState.SUBMITTED, current_user.id)
    note(card_list, "submit", count=len(rows))
    return card_list


def send_back(list_id: str, why: str) -> CardList:
    """A draft again, with the approver's reason; its enrolments wait for a list again."""
    card_list = _at_step(list_id, SENT_BACK)
    if not why:
        raise StepRefused("note")
    _decide(card_list, SENT_BACK, why)
    _wait_again(stored_rows(card_list))
    note(card_list, "send_back")
    return card_list


def approve(list_id: str) -> tuple[CardList, bool]:
    """Also says whether the one who approved is the one who submitted though another could have: a
    commune with one officer must not stand still, so it is noted and never refused."""
    card_list = _at_step(list_id, APPROVED)
    same = card_list.submitted_by == current_user.id
    _decide(card_list, APPROVED, None)
    note(card_list, "approve", same_person=same)
    return card_list, same and _others_of(card_list.commune_id)


def stops_sealing(row: CardListRow, faults: Sequence[Fault]) -> bool:
    """True when the row must come off: it came to have a reason that no signature carries."""
    fresh = (one for one in faults if one.reason not in _confirmed(row))
    return any(one.stops_sealing for one in fresh)


def leave_out_at_sealing(list_id: str) -> int:
    """Whoever came to fail since the list was submitted waits for a later one; how many."""
    card_list = list_in_scope(list_id, lock=True)
    require_editable(card_list, (APPROVED,))
    rows = stored_rows(card_list)
    out = unconfirmed(rows, faults_in(card_list, listed(rows)))
    if len(out) == len(rows):
        raise StepRefused("empty_at_seal")
    _wait_again([row for row in rows if row.id in out])
    gone = remove_rows(card_list, out, (APPROVED,))
    if gone:
        note(card_list, "remove", count=len(gone))
    return len(gone)


def seal_list(list_id: str, paper: Mapping[str, str | None], all_the_same: bool) -> CardList:
    """The last step: nothing of it changes afterwards. `all_the_same`: rows that came to fail since
    the list was submitted go out nevertheless, where that may be."""
    card_list = _at_step(list_id, "sealed")
    if not all(paper.values()):
        raise StepRefused("paper")
    # Nothing mends it afterwards, and the insurance counts its working days from it.
    if not str(card_list.memo_on) <= str(paper["sealed_on"]) <= today():
        raise StepRefused("sealed_on")
    if unit_of(card_list.commune_id, str(paper["sealed_on"])) is None:
        raise StepRefused("no_unit")
    rows = stored_rows(card_list)
    found = listed(rows)
    refuse_by_unit(found)
    _look_again(rows, faults_in(card_list, found), all_the_same)
    seal(card_list, current_user, paper)
    tell_of_list(card_list, ListingState.SEALED, current_user.id)
    note(card_list, "seal", count=card_list.row_count)
    return card_list


def _look_again(rows: Sequence[CardListRow], faults: Faults, all_the_same: bool) -> None:
    """What was right on the day it was submitted may be wrong on the day it is signed."""
    fresh = unconfirmed(rows, faults)
    if any(stops_sealing(row, faults.get(row.id, ())) for row in rows):
        raise StepRefused("faults_stop")
    if fresh and not all_the_same:
        raise StepRefused("faults_fresh")
    for row in rows:
        if row.id in fresh:
            row.confirmed = ",".join(sorted({one.reason for one in faults[row.id]}))
    db.session.flush()


def drop(list_id: str) -> CardList:
    """A draft that is not needed: its people are free for other lists."""
    card_list = _at_step(list_id, DROPPED)
    release(card_list)
    card_list.state = DROPPED
    note(card_list, "drop")
    return card_list


def refuse_by_unit(found: Sequence[Listed]) -> None:
    """Members of the armed forces, the police and the cipher service stand on lists of their units
    only, whatever was recorded since they came on this one."""
    if insured_by_unit({one.member_id for one in found}, today()):
        raise StepRefused("unit")


def note(card_list: CardList, verb: str, count: int | None = None, **detail: Any) -> None:
    note_act(
        f"card_list_{verb}",
        by=current_user.id,
        subject=card_list.id,
        area=card_list.commune_id,
        count=count,
        of="card_list",
        **detail,
    )


def _at_step(list_id: str, wanted: str) -> CardList:
    card_list = list_in_scope(list_id, lock=True)
    if card_list.sealed_at is not None:
        raise Problem("list_sealed")
    if not may_become(card_list.state, wanted):
        raise Problem("list_state")
    return card_list


def _decide(card_list: CardList, state: str, why: str | None) -> None:
    card_list.decided_by, card_list.decided_at = current_user.id, now()
    card_list.decision_note, card_list.state = why, state


def _wait_again(rows: Sequence[CardListRow]) -> None:
    """Their enrolments wait for a list again; one that was cancelled meanwhile stays so."""
    states = states_of_enrolments(_enrolments(rows))
    still = {id_ for id_, state in states.items() if state == ON_LIST}
    move_enrolments(still, CHECKED, current_user)
    tell_off([row.id for row in rows], current_user.id)


def _enrolments(rows: Sequence[CardListRow]) -> set[str]:
    return {row.enrolment_id for row in rows if row.enrolment_id}


def _others_of(commune_id: str) -> bool:
    """True when the commune has another officer for lists."""
    day = today()
    commune = db.session.get_one(Area, commune_id)
    query = (
        select(User.id)
        .join(UserArea, UserArea.user_id == User.id)
        .where(
            UserArea.area_id == commune.id,
            UserArea.valid_from <= day,
            (UserArea.valid_to.is_(None)) | (UserArea.valid_to >= day),
            User.role == "officer",
            User.lists_room.is_(True),
            User.ended_at.is_(None),
            User.id != current_user.id,
        )
    )
    return db.session.scalar(query.limit(1)) is not None
