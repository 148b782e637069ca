"""Checks of somebody who may join voluntary social insurance: the days of what came of it. Twin:
pwa/src/domain/findings/lead.ts."""

from collections.abc import Mapping
from typing import Any

from server.domain.findings.base import Finding, ahead, long_ago, warns
from server.domain.partial import add_months

CALL_MONTHS = 12


def check_lead(data: Mapping[str, Any], today: str) -> list[Finding]:
    """An outcome has its day, and a call later a day that can be kept."""
    found = ahead(data, today, ("asked_on", "outcome_on"))
    found += long_ago(data, today, ("outcome_on",))
    outcome, on, call = data.get("outcome"), data.get("outcome_on"), data.get("call_on")
    if outcome and not on:
        found.append(warns("outcome_without_day", "outcome_on"))
    if outcome == "call_later" and not call:
        found.append(warns("call_without_day", "call_on"))
    if on and call and call < on:
        found.append(warns("call_before_outcome", "call_on"))
    if on and call and call > add_months(on, CALL_MONTHS):
        found.append(warns("far_ahead", "call_on"))
    return found
