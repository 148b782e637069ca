"""Checks of an enrolment: amounts that add up, days in their order, a reason where one is owed.
Twin: pwa/src/domain/findings/enrolment.ts. What the law of the payment day says of months and total
needs its tables, and is asked beside this (server.domain.enrolment.amounts)."""

from collections.abc import Mapping
from typing import Any

from server.domain.enrolment.amounts import AMOUNTS, GREATEST, shares_differ
from server.domain.enrolment.states import STANDING
from server.domain.findings.base import Finding, ahead, blocks, long_ago, period, warns

WHAT_A_RECEIPT_SAYS = (
    "insurance_group",
    "months",
    "paid_on",
    "total",
    "own_share",
    "payment",
    "receipt_number",
)


def check_enrolment(data: Mapping[str, Any], today: str) -> list[Finding]:
    """Amounts, days and reasons of one enrolment."""
    found = _amounts(data)
    found += ahead(data, today, ("paid_on", "state_on")) + long_ago(data, today, ("paid_on",))
    found += period(data, "card_from", "card_to") + _reasons(data)
    if data.get("state") in STANDING and any(not _told(data, name) for name in WHAT_A_RECEIPT_SAYS):
        found.append(warns("enrolment_incomplete", "state"))
    return found


def _told(data: Mapping[str, Any], name: str) -> bool:
    return data.get(name) is not None


def _amounts(data: Mapping[str, Any]) -> list[Finding]:
    found = []
    for name in AMOUNTS:
        amount = data.get(name) or 0
        if amount < 0:
            found.append(blocks("paid_negative", name))
        elif amount > GREATEST:
            found.append(blocks("paid_too_much", name))
    if not found and shares_differ(data):
        found.append(blocks("shares_do_not_add_up", "total"))
    return found


def _reasons(data: Mapping[str, Any]) -> list[Finding]:
    if data.get("state") == "cancelled" and not data.get("cancelled_reason"):
        return [blocks("cancelled_without_reason", "cancelled_reason")]
    if data.get("state") == "returned" and not data.get("return_reason"):
        return [blocks("returned_without_reason", "return_reason")]
    return []
