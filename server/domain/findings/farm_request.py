"""Checks of a request for recognition as an average farm household: days in their order, and what a
decision cannot do without. Twin: pwa/src/domain/findings/farm_request.ts."""

from collections.abc import Mapping
from typing import Any

from server.domain.findings.base import Finding, ahead, blocks, long_ago, period, warns

STEPS = ("checked_on", "posted_on", "objected_on", "rechecked_on", "decided_on")


def check_farm_request(data: Mapping[str, Any], today: str) -> list[Finding]:
    """QĐ 24/2021/QĐ-TTg Đ6: request, check, posting, objection and recheck, decision."""
    found = ahead(data, today, ("requested_on", *STEPS)) + long_ago(data, today, ("requested_on",))
    asked = data.get("requested_on")
    for step in STEPS:
        if asked and data.get(step) and data[step] < asked:
            found.append(warns("before_request", step))
    found += period(data, "posted_on", "posting_ends_on")
    return found + period(data, "valid_from", "valid_to") + _decided(data)


def _decided(data: Mapping[str, Any]) -> list[Finding]:
    state = data.get("state")
    if state == "refused" and not data.get("refusal_reason"):
        return [blocks("refused_without_reason", "refusal_reason")]
    if state == "approved" and not (data.get("decision_number") and data.get("decided_on")):
        return [blocks("decision_incomplete", "decision_number")]
    return []
