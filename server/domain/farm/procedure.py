"""The steps of a request, pure: what may follow, what each step writes, and how it is taken back.

QĐ 24/2021/QĐ-TTg Đ6: request, check, public posting, objection and recheck, decision or refusal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schemas.kinds import FarmDetermination, FarmRequestState

Data = Mapping[str, Any]

SUBMITTED = FarmRequestState.SUBMITTED.value
CHECKED = FarmRequestState.CHECKED.value
POSTED = FarmRequestState.POSTED.value
OBJECTED = FarmRequestState.OBJECTED.value
RECHECKED = FarmRequestState.RECHECKED.value
APPROVED = FarmRequestState.APPROVED.value
REFUSED = FarmRequestState.REFUSED.value
CANCELLED = FarmRequestState.CANCELLED.value

UNDER_WAY = (SUBMITTED, CHECKED, POSTED, OBJECTED, RECHECKED)
QUALIFIES, DOES_NOT = FarmDetermination.QUALIFIES.value, FarmDetermination.DOES_NOT.value

VERBS: dict[str, tuple[str, ...]] = {
    SUBMITTED: ("check", "cancel"),
    CHECKED: ("post", "refuse", "back", "cancel"),
    POSTED: ("approve", "object", "back"),
    OBJECTED: ("recheck", "back"),
    RECHECKED: ("approve", "refuse", "back"),
    APPROVED: ("back",),
    REFUSED: ("back",),
}
NEEDS_TEXT = ("object", "recheck", "refuse", "back")
WRITES: dict[str, tuple[str, ...]] = {
    CHECKED: (
        "checked_on",
        "in_sector",
        "open_lines",
        "per_person_month",
        "band",
        "verdict",
        "procedure_version",
    ),
    POSTED: ("posted_on", "posting_ends_on"),
    OBJECTED: ("objected_on", "objection"),
    RECHECKED: ("rechecked_on", "objection_answer"),
    APPROVED: ("decision_number", "decided_on", "valid_from", "valid_to"),
    REFUSED: ("decision_number", "decided_on", "refusal_reason"),
}
"""What a step fills in, and taking it back empties."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody at the desk says of a step. `day`: when it was done."""

    day: str
    text: str | None = None
    number: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    verdict: str | None = None


def state_of(data: Data) -> str:
    """Where a request stands; without a state it has been submitted."""
    return data.get("state") or SUBMITTED


def verbs_of(data: Data, today: str) -> tuple[str, ...]:
    """What may be done with a request on a day."""
    return tuple(verb for verb in VERBS.get(state_of(data), ()) if _fits(verb, data, today))


def _fits(verb: str, data: Data, today: str) -> bool:
    if verb in ("post", "approve") and data.get("verdict") != QUALIFIES:
        return False
    if verb == "refuse" and data.get("verdict") != DOES_NOT:
        return False
    return not (verb == "approve" and not posting_is_over(data, today))


def posting_is_over(data: Data, day: str) -> bool:
    """True once the last day of the posting has passed."""
    return bool(data.get("posting_ends_on")) and day > data["posting_ends_on"]


def refusal_of(verb: str, data: Data, given: Given, today: str) -> str | None:
    """The code of why a step may not be taken so; None when it may."""
    if verb not in verbs_of(data, today):
        return "farm_wrong_step"
    if verb in NEEDS_TEXT and not given.text:
        return "farm_text_needed"
    if verb == "approve" and not given.number:
        return "farm_number_needed"
    if verb == "recheck" and given.verdict not in (QUALIFIES, DOES_NOT):
        return "farm_verdict_needed"
    if verb not in ("back", "cancel") and not _day_fits(data, given.day, today):
        return "farm_day_wrong"
    if verb == "approve":
        return _recognition_refusal(data, given)
    return None


def _day_fits(data: Data, day: str, today: str) -> bool:
    """Not ahead, and not before the step that went before."""
    steps = ("requested_on", "checked_on", "posted_on", "objected_on", "rechecked_on")
    return max(data.get(name) or "" for name in steps) <= day <= today


def _recognition_refusal(data: Data, given: Given) -> str | None:
    if not posting_is_over(data, given.day):
        return "farm_still_posted"
    start = given.valid_from or given.day
    if start < given.day or (given.valid_to and given.valid_to < start):
        return "farm_validity_wrong"
    return None


def values_of(verb: str, data: Data, given: Given) -> dict[str, Any]:
    """What the step writes into the request; check and post add what the law answers."""
    if verb == "object":
        return {"state": OBJECTED, "objected_on": given.day, "objection": given.text}
    if verb == "recheck":
        return {
            "state": RECHECKED,
            "rechecked_on": given.day,
            "objection_answer": given.text,
            "verdict": given.verdict,
        }
    if verb == "approve":
        return {
            "state": APPROVED,
            "decision_number": given.number,
            "decided_on": given.day,
            "valid_from": given.valid_from or given.day,
            "valid_to": given.valid_to,
        }
    if verb == "refuse":
        return {
            "state": REFUSED,
            "decision_number": given.number,
            "decided_on": given.day,
            "refusal_reason": given.text,
        }
    if verb == "cancel":
        return {"state": CANCELLED}
    return back(data)


def back(data: Data) -> dict[str, Any]:
    """One step back: the state before, and what the step had filled in emptied. A recheck gives
    the first finding back: only who qualified was posted."""
    state = state_of(data)
    values: dict[str, Any] = {"state": _before(data)}
    values |= dict.fromkeys((name for name in WRITES[state] if data.get(name) is not None), None)
    if state == RECHECKED:
        values["verdict"] = QUALIFIES
    return values


def _before(data: Data) -> str:
    state = state_of(data)
    if state in (APPROVED, REFUSED):
        if data.get("rechecked_on"):
            return RECHECKED
        return POSTED if data.get("posted_on") else CHECKED
    return {CHECKED: SUBMITTED, POSTED: CHECKED, OBJECTED: POSTED, RECHECKED: OBJECTED}[state]
