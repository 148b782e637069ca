"""Checks of insurance periods and of dated rights."""

from collections.abc import Mapping
from typing import Any

from server.domain.findings.base import Finding, ahead, long_ago, one_digit, period, warns
from server.domain.partial import add_months, last_day

LONGEST_MONTHS = 13
AHEAD_MONTHS = 13
PAID_BY_THE_MONTH = frozenset({"GD", "GB", "HS", "SV", "CN"})
"""Groups whose cards run as long as the money paid; the others may hold a card for years."""


def check_card(data: Mapping[str, Any], today: str) -> list[Finding]:
    """Dates, proof and number of one insurance period."""
    found = period(data, "valid_from", "valid_to") + _length(data, today)
    if "checked_on" in data:
        found += ahead(data, today, ("checked_on",)) + long_ago(data, today, ("checked_on",))
    found += _proof(data)
    if "number" in data:
        found += one_digit(data, ("number",)) + _number(data)
    return found


def check_entitlement(data: Mapping[str, Any], today: str) -> list[Finding]:
    """Dates of a right."""
    return period(data, "valid_from", "valid_to")


def _group(data: Mapping[str, Any]) -> str | None:
    number = data.get("number") or ""
    return data.get("insurance_group") or (number[:2] if len(number) == 15 else None)


def _length(data: Mapping[str, Any], today: str) -> list[Finding]:
    start, end = data.get("valid_from"), data.get("valid_to")
    found = []
    if start and start > add_months(today, AHEAD_MONTHS):
        found.append(warns("far_ahead", "valid_from"))
    group = _group(data)
    by_the_month = group is None or group in PAID_BY_THE_MONTH
    if (
        start
        and end
        and by_the_month
        and last_day(end) > add_months(last_day(start), LONGEST_MONTHS)
    ):
        found.append(warns("card_very_long", "valid_to"))
    return found


def _proof(data: Mapping[str, Any]) -> list[Finding]:
    """Without an end and without the day of looking it up, a period proves nothing."""
    looked_up = data.get("evidence") in ("app", "bhxh_list", "bhxh_issued")
    if looked_up and not data.get("valid_to") and not data.get("checked_on"):
        return [warns("not_looked_up", "checked_on")]
    return []


def _number(data: Mapping[str, Any]) -> list[Finding]:
    """The 15 characters begin with the group and the benefit level (QĐ 1351/QĐ-BHXH)."""
    number = data.get("number") or ""
    if len(number) != 15:
        return []
    found = []
    if data.get("insurance_group") not in (None, number[:2]):
        found.append(warns("group_differs", "insurance_group"))
    if data.get("benefit_level") not in (None, number[2]):
        found.append(warns("level_differs", "benefit_level"))
    return found
