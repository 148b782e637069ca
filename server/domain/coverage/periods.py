"""The days on which a period is told: ends of months, or the Fridays on which reports are due."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from server.domain.partial import add_days, add_months, last_day

FRIDAY = 4
MOST_DAYS = 60
"""What a page, a sheet and a chart can still tell; five years of months."""


class Every(StrEnum):
    MONTH = "month"
    WEEK = "week"


USUAL = {Every.MONTH: 12, Every.WEEK: 13}
"""How many ends of a month or week are told without asking."""


def usual_start(every: Every, day: str) -> str:
    """The first day of the period that is told without asking, for one that ends on the day."""
    if every is Every.MONTH:
        return add_months(day[:8] + "01", 1 - USUAL[every])
    return add_days(day, -7 * USUAL[every] + 1)


def days_of(every: Every, start: str, end: str) -> list[str]:
    """The ends of months, or the Fridays, from one day to another, and the last day itself, in
    order. Never more than `MOST_DAYS`: the earliest fall away."""
    days = [day for day in _ends(every, start, end) if day < end]
    return [*days, end][-MOST_DAYS:]


def _ends(every: Every, start: str, end: str) -> Iterator[str]:
    day = last_day(start[:7]) if every is Every.MONTH else _friday(start)
    while day <= end:
        yield day
        day = last_day(add_months(day, 1)[:7]) if every is Every.MONTH else add_days(day, 7)


def _friday(day: str) -> str:
    return add_days(day, (FRIDAY - date.fromisoformat(day).weekday()) % 7)
