"""First and last day of a card. Twin: pwa/src/domain/legal/card_dates.ts.

Luật BHYT Đ16 k3 (Luật 51/2024/QH15), NĐ 188/2025/NĐ-CP Đ13; table `card_start`. Two parameters
that look alike are kept apart: `gap_waiting_days` here, and `gap` of the table `five_years`.
"""

from dataclasses import dataclass

from server.domain.legal.law import Law, answered, known
from server.domain.legal.tables import LegalRow, Tables
from server.domain.partial import add_days, add_months, days_between, first_day, last_day


@dataclass(frozen=True, slots=True)
class CardDates:
    """`rule` names the rule; `gap` counts the days without cover before the payment, if any.

    `valid_to` is None where the list or the decision names no end.
    """

    valid_from: str
    valid_to: str | None
    rule: str
    gap: int | None
    rows: tuple[LegalRow, ...]


def end_of_period(start: str, months: int) -> str:
    """The last day of so many months from a day on: the day before the same day of the month.

    Where the last month has no such day, the period ends with that month (derived).
    """
    same = add_months(start, months)
    return same if same[8:] < start[8:] else add_days(same, -1)


@answered
def paid_card(
    tables: Tables, paid_on: str, months: int, previous_end: str | None = None
) -> CardDates:
    """The card of groups 4 and 5, Đ16 k3: paid in full on a day, for so many months.

    The first time, or after a gap of `gap_waiting_days` or more: 30 days after the payment;
    after a shorter one: the payment day; paid before the end: the day after it. The gap is
    `paid_on − (previous_end + 1 day)`; a partial end counts to its last day.
    """
    law = Law(tables, paid_on)
    limit = law.number("card_start", "gap_waiting_days")
    waiting = law.number("card_start", "waiting_days")
    gap = None
    start, rule = add_days(paid_on, waiting), "first"
    if previous_end:
        gap = days_between(add_days(last_day(previous_end), 1), paid_on)
        start, rule = add_days(paid_on, waiting), "gap_long"
        if gap < 0:
            start, rule, gap = add_days(last_day(previous_end), 1), "continuous", None
        elif gap < limit:
            start, rule = paid_on, "gap_short"
    return CardDates(start, end_of_period(start, months), rule, gap, law.rows)


def _child_end(month: str, born_after_cut: bool, cut: str, months: int) -> str:
    end = add_months(f"{month}-01", months)
    return last_day(end[:7]) if born_after_cut else f"{end[:4]}-{cut}"


def child_span(law: Law, birth: str) -> tuple[str, str]:
    """The earliest and the latest last day of a child's card that a birth date allows; raises
    NoValue.
    """
    months, cut = law.number("card_start", "child_months"), law.text("card_start", "child_cut")
    first, last = first_day(birth), last_day(birth)
    ends = [_child_end(day[:7], day[5:] > cut, cut, months) for day in (first, last)]
    return min(ends), max(ends)


@answered
def child_card(tables: Tables, day: str, birth: str) -> CardDates | None:
    """The free card of a child under six, by the rule of the day: from birth.

    Born up to 30/9: to 30/9 of the year of 72 months; later: to the last day of that month.
    None when the birth date is too rough to tell the end.
    """
    law = Law(tables, day)
    earliest, latest = child_span(law, birth)
    if earliest != latest:
        return None
    after = last_day(birth)[5:] > law.text("card_start", "child_cut")
    rule = "child_after_cut" if after else "child_to_cut"
    return CardDates(first_day(birth), earliest, rule, None, law.rows)


@answered
def grade_1_card(tables: Tables, day: str, birth: str, months: int) -> CardDates | None:
    """The first card of a pupil: from 1/10 of the first year, or, where 72 months were reached
    after 30/9, from the end of that month. None when the birth date is too rough.
    """
    law = Law(tables, day)
    child = known(child_card(tables, day, birth))
    if child is None or child.valid_to is None:
        return None
    start = child.valid_to
    if child.rule == "child_to_cut":
        start = f"{child.valid_to[:4]}-{law.text('card_start', 'grade_1_start')}"
    return CardDates(start, end_of_period(start, months), "grade_1", None, law.rows)


@answered
def grade_12_card(tables: Tables, day: str, year: int, longer: bool = False) -> CardDates:
    """The last card of a pupil: 1/1 to 30/9, or paid to 31/12 without refund."""
    law = Law(tables, day)
    start = law.text("card_start", "grade_12_start")
    end = law.text("card_start", "grade_12_longer" if longer else "grade_12_end")
    return CardDates(f"{year:04}-{start}", f"{year:04}-{end}", "grade_12", None, law.rows)


@answered
def first_university_card(
    tables: Tables, day: str, enrolled_on: str, months: int, grade_12_end: str | None = None
) -> CardDates:
    """A student's first card: from enrolment, or the day after the grade-12 card."""
    law = Law(tables, day)
    law.row("card_start", "grade_12_end")
    start = enrolled_on
    if grade_12_end and last_day(grade_12_end) >= enrolled_on:
        start = add_days(last_day(grade_12_end), 1)
    return CardDates(start, end_of_period(start, months), "university_first", None, law.rows)


@answered
def last_university_card(
    tables: Tables, day: str, course_ends: str, longer: bool = False
) -> CardDates:
    """A student's last card: 1/1 to the end of the month the course ends, or paid to 31/12."""
    law = Law(tables, day)
    start = f"{course_ends[:4]}-{law.text('card_start', 'university_last_start')}"
    end = last_day(course_ends[:7])
    if longer:
        end = f"{course_ends[:4]}-{law.text('card_start', 'university_last_longer')}"
    return CardDates(start, end, "university_last", None, law.rows)


@answered
def decided_card(tables: Tables, decided_from: str, listed_to: str | None = None) -> CardDates:
    """A card paid by the budget or by social insurance: from the day the approving decision
    names to the end of the list; poor people, letter o, near-poor at 100 %, social allowance,
    jobless benefit, low-income artisans, organ donors.
    """
    law = Law(tables, decided_from)
    law.row("card_start", "gap_waiting_days")
    end = last_day(listed_to) if listed_to else None
    return CardDates(decided_from, end, "decision", None, law.rows)
