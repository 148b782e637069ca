"""How far an enrolment has come, and who may take it further.
Twin: pwa/src/domain/enrolment/states.ts.

draft → submitted → checked → on_list → issued; what the office cannot take goes back as `returned`
and comes again as submitted. Money was taken for everything but a draft and what was cancelled.
"""

from collections.abc import Mapping
from typing import Any

from schemas.kinds import EnrolmentState

DRAFT, SUBMITTED, CHECKED, ON_LIST, ISSUED, RETURNED, CANCELLED = (
    state.value for state in EnrolmentState
)
STANDING = frozenset({SUBMITTED, CHECKED, ON_LIST, ISSUED, RETURNED})
"""Submitted and not cancelled: the person waits for a card."""

OPEN_TO_FIELD = (None, DRAFT, RETURNED)
"""In these states who took the money may still correct what was written."""

_FIELD: dict[str | None, tuple[str, ...]] = {
    None: (DRAFT, SUBMITTED),
    DRAFT: (SUBMITTED, CANCELLED),
    SUBMITTED: (CANCELLED,),
    RETURNED: (SUBMITTED, CANCELLED),
}
_DESK: dict[str | None, tuple[str, ...]] = {
    None: (DRAFT, SUBMITTED),
    DRAFT: (SUBMITTED, CANCELLED),
    SUBMITTED: (CHECKED, RETURNED, CANCELLED),
    CHECKED: (SUBMITTED, ON_LIST, RETURNED, CANCELLED),
    ON_LIST: (CHECKED, ISSUED, RETURNED, CANCELLED),
    ISSUED: (ON_LIST,),
    RETURNED: (SUBMITTED, CHECKED, CANCELLED),
    CANCELLED: (SUBMITTED,),
}
DESK_STATES = frozenset({CHECKED, ON_LIST, ISSUED, RETURNED})

KEPT_AFTER_SUBMITTING = (
    "insurance_group",
    "ladder_place",
    "months",
    "paid_on",
    "total",
    "state_support",
    "local_support",
    "other_support",
    "own_share",
    "sponsorship",
    "override_reason",
    "card_from",
    "card_to",
    "payment",
    "receipt",
    "receipt_book",
    "receipt_number",
    "collected_by",
    "collector_code",
)
"""What the receipt says: once submitted it changes at the office only."""


def next_states(state: str | None, *, desk: bool) -> tuple[str, ...]:
    """The states an enrolment may go to from here."""
    return (_DESK if desk else _FIELD).get(state, ())


def refused_fields(
    before: Mapping[str, Any], apply: Mapping[str, Any], *, desk: bool
) -> dict[str, str]:
    """The fields of a change that its author may not set now, each with a code.

    `before` is the record as it stands, empty when it is new; `apply` what the change would set.
    """
    state = before.get("state")
    refused: dict[str, str] = {}
    wanted = apply.get("state", state)
    if wanted != state and wanted not in next_states(state, desk=desk):
        refused["state"] = "desk_only" if not desk and wanted in DESK_STATES else "state_not_next"
    if not desk and state not in OPEN_TO_FIELD:
        for name in KEPT_AFTER_SUBMITTING:
            if name in apply and apply[name] != before.get(name):
                refused[name] = "already_submitted"
    return refused
