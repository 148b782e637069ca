"""Checks of what the surveyor does and works out: visits, farm worksheets, field notes."""

from collections.abc import Mapping
from typing import Any

from server.domain.findings.base import Finding, ahead, blocks, long_ago, warns
from server.domain.partial import add_months

COME_BACK_MONTHS = 12
SMALLEST_AMOUNT, GREATEST_AMOUNT = 1_000, 5_000_000_000
"""Whole đồng. Less than a thousand was typed in thousands or millions."""


def check_visit(data: Mapping[str, Any], today: str) -> list[Finding]:
    """The day of a visit, and the day to come back."""
    found = ahead(data, today, ("on",)) + long_ago(data, today, ("on",))
    on, back = data.get("on"), data.get("come_back_on")
    if data.get("absence_reason") and data.get("outcome") in ("met", "unchanged"):
        found.append(warns("absence_though_met", "absence_reason"))
    if on and back and back < on:
        found.append(warns("come_back_before_visit", "come_back_on"))
    if on and back and back > add_months(on, COME_BACK_MONTHS):
        found.append(warns("far_ahead", "come_back_on"))
    return found


def check_farm_assessment(data: Mapping[str, Any], today: str) -> list[Finding]:
    """The twelve months, the people who share the income, and the lines."""
    found = ahead(data, today, ("months_to",))
    people, workers = data.get("people"), data.get("farm_workers")
    found += _lines(data.get("lines") or [])
    if people == 0:
        found.append(blocks("no_people", "people"))
    if people is not None and workers is not None and workers > people:
        found.append(warns("more_workers_than_people", "farm_workers"))
    return found


def _lines(lines: list[dict[str, Any]]) -> list[Finding]:
    found = []
    amounts = [line.get(part) or 0 for line in lines for part in ("revenue", "cost")]
    kinds = [line.get("line") for line in lines if line.get("line") != "other"]
    if any(amount < 0 for amount in amounts):
        found.append(warns("negative_amount", "lines"))
    if any(
        0 < abs(amount) < SMALLEST_AMOUNT or abs(amount) > GREATEST_AMOUNT for amount in amounts
    ):
        found.append(warns("amount_unusual", "lines"))
    if len(kinds) != len(set(kinds)):
        found.append(warns("line_twice", "lines"))
    return found


def check_field_note(data: Mapping[str, Any], today: str) -> list[Finding]:
    """An answer and the state of a note go together."""
    if data.get("answer") and data.get("state") in (None, "open"):
        return [warns("answered_but_open", "state")]
    if data.get("state") == "answered" and not data.get("answer"):
        return [warns("answered_without_answer", "answer")]
    return []
