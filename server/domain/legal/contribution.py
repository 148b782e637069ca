"""What one person's insurance costs and who pays. Twin: pwa/src/domain/legal/contribution.ts.

Luật BHYT Đ12 k4, Đ13, Đ14 k5, Đ15 k6 (Luật 51/2024/QH15); NĐ 188/2025/NĐ-CP. The price is that
of the payment day for all the months paid, whatever the base salary does later (NĐ 146/2018/NĐ-CP
Đ9 k6-7, Đ10).

Rounding: the month's amount (rate × base salary, then the ladder) to a whole đồng, half up; the
total is that times the months; the state's and the province's shares are taken of the total and
rounded likewise; what remains is the person's own share, so the shares always add up.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from server.domain.legal.facts import Place
from server.domain.legal.groups import FREE, HOUSEHOLD, NEAR_POOR, SUPPORTED
from server.domain.legal.law import Law, answered
from server.domain.legal.money import NotAllowed, hundredths, part
from server.domain.legal.support import PUPILS, local_percent, state_percent
from server.domain.legal.tables import LegalRow, NotKnown, NoValue, Tables

SCHOOL_MONTHS = 12
PAID_BY = {1: "employer", 2: "social_insurance", 3: "budget"}


@dataclass(frozen=True, slots=True)
class Payment:
    """What is paid for one person. `ladder_place` counts from 1 and is asked of group GD only.

    `pupil` also for pupils in another supported group; `other_support` in đồng for all months.
    """

    group: str
    months: int
    ladder_place: int = 1
    place: Place = Place()
    pupil: bool = False
    minority: bool = False
    poor_commune: bool | None = None
    other_support: int = 0


@dataclass(frozen=True, slots=True)
class Contribution:
    """Shares in đồng for all months. `state + local + other + own = total`. Percentages are
    hundredths of a percent of the full share, as the tables say them, before any cap.

    `paid_by` is `person` with a total, else who pays everything or by the wage, without one.
    `local` and `own` are None where the province's support is not known (`local_not_known`);
    `own_at_most` is the own share without any support of the province. `by_decision`: the card
    begins on the day of the approving decision, whenever anything is paid: near-poor people of
    whom state and province pay everything (NĐ 188/2025/NĐ-CP Đ13).
    """

    paid_by: str
    months: int
    month: int | None
    total: int | None
    state: int
    local: int | None
    other: int
    own: int | None
    own_at_most: int
    state_percent: int
    local_percent: int | None
    local_not_known: NotKnown | None
    rows: tuple[LegalRow, ...]
    by_decision: bool = False


@dataclass(frozen=True, slots=True)
class WageContribution:
    """A month's contribution of an employee, in đồng."""

    base: int
    total: int
    employer: int
    employee: int
    rows: tuple[LegalRow, ...]


def ladder_start(day: str, earlier_payments: Iterable[str]) -> int:
    """The place in the household's ladder of who pays next on a day, from 1.

    Only members who joined as household in the same financial year count (Luật BHYT Đ13 k6);
    the financial year is the calendar year, and what counts is the day of payment.
    """
    return 1 + sum(paid_on[:4] == day[:4] for paid_on in earlier_payments)


def months_allowed(law: Law, group: str) -> tuple[int, ...]:
    """For how many months one may pay: 3, 6 or 12 (Đ15 k6). Pupils and students any number up
    to twelve, for their cards follow the school year; raises NoValue.
    """
    allowed = law.numbers("contribution", "months")
    return tuple(range(1, SCHOOL_MONTHS + 1)) if group in PUPILS else allowed


def full_month(law: Law) -> int:
    """One full share of a month in đồng: the rate of the base salary; raises NoValue."""
    base = law.number("base_salary", "base_salary")
    return part(base, hundredths(law.text("contribution", "rate")))


@answered
def contribution(tables: Tables, day: str, payment: Payment) -> Contribution | NotAllowed:
    """What is paid on a day; NotKnown without a base salary, rate or state support of that day."""
    law = Law(tables, day)
    law_group = law.number("law_group", payment.group)
    if law_group == 1 or law_group in FREE:
        return _by_others(law, law_group, payment)
    month = full_month(law)
    if payment.months not in months_allowed(law, payment.group):
        return NotAllowed("months_not_allowed", "months")
    if payment.other_support < 0:
        return NotAllowed("negative_amount", "other_support")
    if payment.ladder_place < 1:
        return NotAllowed("no_such_place", "ladder_place")
    if payment.group == HOUSEHOLD:
        ladder = law.numbers("contribution", "ladder")
        percent = ladder[min(payment.ladder_place, len(ladder)) - 1]
        month = part(month, percent * 100)
    state = 0
    if law_group == SUPPORTED:
        state = state_percent(law, payment.group, payment.poor_commune)
    return _split(law, payment, month, state)


def _split(law: Law, payment: Payment, month: int, state_share: int) -> Contribution:
    total = month * payment.months
    state = part(total, state_share)
    granted, local_not_known = _granted(law, payment)
    local = None if granted is None else min(part(total, granted), total - state)
    if state == total:
        # Nothing is left to add to, whatever the province decided.
        local_not_known, local = None, 0
    other = min(payment.other_support, total - state - (local or 0))
    return Contribution(
        paid_by="person",
        months=payment.months,
        month=month,
        total=total,
        state=state,
        local=local,
        other=other,
        own=None if local is None else total - state - local - other,
        own_at_most=total - state - other,
        state_percent=state_share,
        local_percent=granted,
        local_not_known=local_not_known,
        rows=law.rows,
        by_decision=payment.group == NEAR_POOR and total == state + (local or 0),
    )


def _granted(law: Law, payment: Payment) -> tuple[int | None, NotKnown | None]:
    try:
        return local_percent(
            law, payment.place, payment.group, pupil=payment.pupil, minority=payment.minority
        ), None
    except NoValue as stop:
        return None, stop.what


def _by_others(law: Law, law_group: int, payment: Payment) -> Contribution:
    return Contribution(
        paid_by=PAID_BY[law_group],
        months=payment.months,
        month=None,
        total=None,
        state=0,
        local=0,
        other=0,
        own=None if law_group == 1 else 0,
        own_at_most=0,
        state_percent=0,
        local_percent=0,
        local_not_known=None,
        rows=law.rows,
    )


@answered
def wage_contribution(tables: Tables, day: str, wage: int) -> WageContribution | NotAllowed:
    """An employee's month: 4.5 % of the wage, at most of 20 × the base salary (Đ14 k5); the
    employer pays two parts of three and, by rounding, what the thirds leave (Đ13 k1).
    """
    if wage <= 0:
        return NotAllowed("wage_not_positive", "wage")
    law = Law(tables, day)
    most = law.number("base_salary", "base_salary") * law.number("contribution", "wage_cap")
    base = min(wage, most)
    total = part(base, hundredths(law.text("contribution", "rate")))
    employee_parts = law.number("contribution", "employee_parts")
    parts = employee_parts + law.number("contribution", "employer_parts")
    employee = (2 * total * employee_parts + parts) // (2 * parts)
    return WageContribution(base, total, total - employee, employee, law.rows)
