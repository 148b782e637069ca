"""Whole đồng and percentages without fractions. Twin: pwa/src/domain/legal/money.ts.

Percentages are counted in hundredths of a percent (4.5 is 450), so both languages compute with
whole numbers and agree to the đồng.
"""

from dataclasses import dataclass

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """The law does not allow what was asked: a stable code, and the field it is about."""

    code: str
    field: str


def hundredths(percent: str) -> int:
    """`4.5` is 450. At most two decimals; raises ValueError for more."""
    whole, _, decimals = percent.partition(".")
    if len(decimals) > 2:
        raise ValueError(f"more than two decimals: {percent}")
    return int(whole) * 100 + int(decimals.ljust(2, "0"))


def part(amount: int, share: int) -> int:
    """So many hundredths of a percent of an amount, rounded half up to a whole đồng."""
    return (amount * share + WHOLE // 2) // WHOLE
