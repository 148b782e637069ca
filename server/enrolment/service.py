"""What the office does with an enrolment: it is checked, sent back, cancelled. Written as a change
of the record, so that the collector's phone learns of it."""

from flask_login import current_user

from schemas.kinds import ChangeStatus, Entity
from server.domain.enrolment.states import (
    CANCELLED,
    CHECKED,
    ISSUED,
    ON_LIST,
    RETURNED,
    SUBMITTED,
    next_states,
)
from server.errors import Problem
from server.store.audit import note_act
from server.store.card_list_enrolments import lists_of_enrolment
from server.store.changes.write import author_at_desk
from server.store.db import today
from server.store.records import Enrolment
from server.store.review.writing import record_data, set_or_nothing

REASON_FIELD = {RETURNED: "return_reason", CANCELLED: "cancelled_reason"}
DECIDED_HERE = (CHECKED, SUBMITTED, RETURNED, CANCELLED)
"""What the office decides, the next step first; a draft is the collector's alone. Lists and the
insurance's answers decide the rest: server.card_lists, server.bhxh."""


def decided_here(enrolment: Enrolment) -> list[str]:
    """The states that the office may bring this enrolment into. What is on a list leaves it with
    its row; what no list holds, because it came on one before there were lists here, is freed."""
    if enrolment.state == ISSUED:
        return []
    if enrolment.state == ON_LIST:
        held = any(one.open for one in lists_of_enrolment(enrolment.id))
        return [] if held else [CHECKED]
    following = next_states(enrolment.state, desk=True)
    return [state for state in DECIDED_HERE if state in following]


def decide(enrolment: Enrolment, state: str, reason: str, seen: str) -> None:
    """Bring an enrolment into a state. Problems: `malformed` without the reason that is owed,
    `already_decided` when it no longer stands as the page showed it or may not go there."""
    if state not in DECIDED_HERE:
        raise Problem("malformed", {"state": "not_in_list"})
    field = REASON_FIELD.get(state)
    if field and not reason:
        raise Problem("malformed", {"reason": "needed"})
    if record_data(Entity.ENROLMENT.value, enrolment.id).get("state") != seen:
        raise Problem("already_decided")
    if state not in decided_here(enrolment):
        raise Problem("already_decided")
    values = {"state": state, "state_on": today(), "state_by": current_user.name}
    values |= {field: reason} if field else {}
    author = author_at_desk(current_user)
    result, _before = set_or_nothing(Entity.ENROLMENT, enrolment.id, values, author)
    if result.status != ChangeStatus.APPLIED:
        raise Problem("already_decided")
    note_act(
        "enrolment_state",
        by=current_user.id,
        subject=enrolment.id,
        area=enrolment.village_id,
        of=Entity.ENROLMENT.value,
        state=state,
    )
