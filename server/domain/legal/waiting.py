"""What is lost by waiting. Twin: pwa/src/domain/legal/waiting.ts.

Two limits that look alike: paying before the gap reaches `gap_waiting_days` saves the waiting
period, a new card within the gap of the five years keeps the count of those years.
"""

from dataclasses import dataclass

from server.domain.legal.card_dates import paid_card
from server.domain.legal.five_years import last_day_unbroken
from server.domain.legal.law import Law, answered, known
from server.domain.legal.tables import LegalRow, Tables
from server.domain.partial import add_days, days_between, last_day


@dataclass(frozen=True, slots=True)
class Waiting:
    """`last_without_break`: the last payment day without a day uncovered.
    `last_without_wait`: the last payment day from which the card begins at once.
    `last_keeping_five_years`: the last payment day that keeps the count of five years.
    `uncovered_if_today`: days without cover when the person pays on the day.
    """

    start_if_today: str
    rule: str
    last_without_break: str | None
    last_without_wait: str | None
    last_keeping_five_years: str | None
    keeps_five_years: bool
    uncovered_if_today: int
    rows: tuple[LegalRow, ...]


@answered
def waiting(tables: Tables, day: str, previous_end: str | None) -> Waiting:
    """What a person keeps by paying on the day, and until when; without a card before, nothing."""
    today = known(paid_card(tables, day, 1, previous_end))
    if not previous_end:
        uncovered = days_between(day, today.valid_from)
        return Waiting(today.valid_from, today.rule, None, None, None, False, uncovered, today.rows)
    law = Law(tables, day)
    end = last_day(previous_end)
    gap = law.number("card_start", "gap_waiting_days")
    unbroken = last_day_unbroken(law, end)
    return Waiting(
        start_if_today=today.valid_from,
        rule=today.rule,
        last_without_break=add_days(end, 1),
        last_without_wait=add_days(end, gap),
        last_keeping_five_years=unbroken,
        keeps_five_years=day <= unbroken,
        uncovered_if_today=days_between(add_days(end, 1), today.valid_from),
        rows=(*today.rows, *(row for row in law.rows if row not in today.rows)),
    )
