"""One list, one rate of support: the percentage that the state pays of a contribution."""

from collections.abc import Mapping
from typing import Any

from server.domain.legal.groups import FREE, SUPPORTED
from server.domain.legal.law import Law
from server.domain.legal.support import state_percent
from server.domain.legal.tables import NoValue, Tables

WHOLE = 10_000
"""All of it, in hundredths of a percent."""


def percent_text(hundredths: int) -> str:
    """Hundredths of a percent as a list writes them: 30, 33.33."""
    whole, part = divmod(hundredths, 100)
    return f"{whole}.{part:02}".rstrip("0") if part else str(whole)


def support_paid(enrolment: Mapping[str, Any]) -> str | None:
    """What the state's share was of what was paid; None where the amounts do not tell it. Shares
    are whole đồng, so the percentage is right to a hundredth."""
    total, state = enrolment.get("total"), enrolment.get("state_support")
    if not total or state is None:
        return None
    return percent_text((2 * state * WHOLE + total) // (2 * total))


def support_by_law(
    tables: Tables, day: str, group: str, poor_commune: bool | None = None
) -> str | None:
    """The rate of a group on a day: all of it where the budget or social insurance pays (Luật BHYT
    Đ12 k2, k3), the state's share of Đ12 k4, none for the others; None where no value is known."""
    law = Law(tables, day)
    try:
        law_group = law.number("law_group", group)
        if law_group in FREE:
            return percent_text(WHOLE)
        share = state_percent(law, group, poor_commune) if law_group == SUPPORTED else 0
    except NoValue:
        return None
    return percent_text(share)
