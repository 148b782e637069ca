"""Checks of a sponsored card: an amount that can be, days in order, a reason where one is owed.
Twin: pwa/src/domain/findings/sponsorship.ts."""

from collections.abc import Mapping
from typing import Any

from server.domain.enrolment.amounts import GREATEST
from server.domain.findings.base import Finding, ahead, blocks, long_ago, period, warns


def check_sponsorship(data: Mapping[str, Any], today: str) -> list[Finding]:
    """Amount, days and reason of what one sponsor pays for one person."""
    found = _amount(data)
    found += ahead(data, today, ("agreed_on", "withdrawn_on"))
    found += long_ago(data, today, ("agreed_on",)) + period(data, "agreed_on", "ends_on")
    if data.get("withdrawn_on") and not data.get("withdrawn_reason"):
        found.append(blocks("withdrawn_without_reason", "withdrawn_reason"))
    return found


def _amount(data: Mapping[str, Any]) -> list[Finding]:
    amount = data.get("amount") or 0
    if amount < 0:
        return [blocks("sponsored_negative", "amount")]
    if amount > GREATEST:
        return [blocks("sponsored_too_much", "amount")]
    return [] if amount else [warns("sponsored_nothing", "amount")]
