"""Five years in a row, which end the co-payment. Twin: pwa/src/domain/legal/five_years.ts.

Luật BHYT Đ22 k1d; NĐ 188/2025/NĐ-CP Đ18 (90 days, by published descriptions); before 1/7/2025
NĐ 146/2018/NĐ-CP Đ12 k5 (3 months). Table `five_years`, apart from the gap of the waiting period.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from server.domain.legal.law import Law, answered
from server.domain.legal.tables import LegalRow, Tables
from server.domain.partial import add_days, add_months


@dataclass(frozen=True, slots=True)
class Period:
    """Days covered, both included. `paid_on`: when it was paid for, where that is known."""

    start: str
    end: str
    paid_on: str | None = None

    @property
    def resumed_on(self) -> str:
        """The day that ends the gap before: a gap is counted to the payment, not to the card."""
        return min(self.start, self.paid_on or self.start)


@dataclass(frozen=True, slots=True)
class FiveYears:
    """`since`: the first day of the unbroken run; `on`: the day on which five years are full;
    `broken_on`: the first day of the gap that ended the run before, if one did.
    """

    since: str
    on: str
    broken_on: str | None
    rows: tuple[LegalRow, ...]


@dataclass(frozen=True, slots=True)
class CopaymentLimit:
    """Co-payments of a year above `amount` đồng, and five years in a row, end the co-payment."""

    amount: int
    rows: tuple[LegalRow, ...]


def last_day_unbroken(law: Law, end: str) -> str:
    """The last payment day that keeps the five years after cover ended; raises NoValue."""
    row = law.row("five_years", "gap")
    first_without = add_days(end, 1)
    if row.unit == "months":
        return add_months(first_without, int(row.value))
    return add_days(first_without, int(row.value))


@answered
def five_year_date(tables: Tables, periods: Sequence[Period]) -> FiveYears | None:
    """The five-year date from all periods of cover; None when there is none.

    A gap is judged by the law of the day that ended it.
    """
    ordered = sorted(periods, key=lambda period: (period.start, period.end))
    if not ordered:
        return None
    since, end, broken = ordered[0].start, ordered[0].end, None
    law = Law(tables, since)
    for period in ordered[1:]:
        if period.resumed_on > add_days(end, 1):
            law = Law(tables, period.resumed_on)
            if period.resumed_on > last_day_unbroken(law, end):
                since, broken = period.start, add_days(end, 1)
        end = max(end, period.end)
    years = Law(tables, since).number("five_years", "years")
    return FiveYears(since, add_months(since, years * 12), broken, law.rows)


@answered
def copayment_limit(tables: Tables, day: str) -> CopaymentLimit:
    """Six times the base salary of a day. Where it changes within the year the formula is open."""
    law = Law(tables, day)
    factor = law.number("five_years", "copayment_factor")
    return CopaymentLimit(factor * law.number("base_salary", "base_salary"), law.rows)
