"""Where a lead stands on a day, and the order in which a collector goes through them. Twin:
pwa/src/domain/leads.ts."""

from collections.abc import Mapping
from typing import Any

from server.domain.partial import add_days, last_day

DONE, LATER, NEW, TODAY, BENEFIT = "done", "later", "new", "today", "benefit"
CALL_LATER, JOBLESS = "call_later", "jobless"
RANKS = {BENEFIT: 0, TODAY: 1, NEW: 2, LATER: 3, DONE: 4}
KINDS = {"paused": 0, "lapsed": 1, "jobless": 2, "survey": 3}
AHEAD_DAYS, AFTER_DAYS = 60, 90
"""How long before the end of a jobless benefit, and after it, it is the time to talk: whoever waits
longer has mostly spent or found something else."""

Lead = Mapping[str, Any]


def is_open(lead: Lead) -> bool:
    """True while somebody is still to talk to the person."""
    return lead.get("outcome") in (None, CALL_LATER)


def standing(day: str, lead: Lead) -> str:
    """`done`; `later`: to be called on a later day; `benefit`: a jobless benefit ends about now;
    `today`: the day of the promised call has come; `new`: the rest."""
    if not is_open(lead):
        return DONE
    calls, call_on = lead.get("outcome") == CALL_LATER, lead.get("call_on")
    if calls and call_on and call_on > day:
        return LATER
    if _benefit_ends(day, lead):
        return BENEFIT
    return TODAY if calls else NEW


def is_due(day: str, lead: Lead) -> bool:
    """True when it should not wait beyond the day."""
    return standing(day, lead) in (BENEFIT, TODAY)


def order_key(day: str, lead: Lead) -> tuple[int, str, int, str]:
    """Leads sorted by it stand in the order to go through them; then by id."""
    at = standing(day, lead)
    told = {BENEFIT: lead.get("benefit_to"), TODAY: lead.get("call_on"), LATER: lead.get("call_on")}
    by = told.get(at) or ""
    kind = KINDS.get(lead.get("kind") or "", len(KINDS))
    return RANKS[at], last_day(by) if by else "", kind, lead.get("asked_on") or ""


def _benefit_ends(day: str, lead: Lead) -> bool:
    month = lead.get("benefit_to")
    if lead.get("kind") != JOBLESS or not month:
        return False
    return add_days(day, -AFTER_DAYS) <= last_day(month) <= add_days(day, AHEAD_DAYS)
