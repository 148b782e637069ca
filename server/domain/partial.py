"""Days and partial dates as ISO text: `2026-11-22`, `2026-11`, `2026`.

Whole days compare as text, in Python, TypeScript and SQL alike. Twin: pwa/src/domain/partial.ts.
"""

from calendar import isleap
from datetime import date, timedelta
from functools import lru_cache

FIRST_DAY_EVER = "0001-01-01"
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_days(year: int, month: int) -> int:
    """How many days a month of 1 to 12 has."""
    return 29 if month == 2 and isleap(year) else _MONTH_DAYS[month - 1]


def first_day(partial: str) -> str:
    """The first day that a partial date may mean."""
    if len(partial) == 10:
        return partial
    return partial + ("-01" if len(partial) == 7 else "-01-01")


def last_day(partial: str) -> str:
    """The last day that a partial date may mean."""
    if len(partial) == 10:
        return partial
    if len(partial) == 4:
        return partial + "-12-31"
    return f"{partial}-{month_days(int(partial[:4]), int(partial[5:]))}"


@lru_cache(maxsize=8192)
def add_days(day: str, days: int) -> str:
    """The day so many days later, or earlier when negative."""
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


@lru_cache(maxsize=8192)
def add_months(day: str, months: int) -> str:
    """The same day so many months later; the last day of that month where it has no such day."""
    month = int(day[:4]) * 12 + int(day[5:7]) - 1 + months
    year, month = divmod(month, 12)
    return f"{year:04}-{month + 1:02}-{min(int(day[8:]), month_days(year, month + 1)):02}"


def days_between(start: str, end: str) -> int:
    """Days from one day to another; negative when `end` comes first."""
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def age_on(day: str, birth: str) -> int:
    """Whole years lived on a day, the oldest that a partial birth date allows."""
    born = first_day(birth)
    return int(day[:4]) - int(born[:4]) - (day[5:] < born[5:])


def holds_on(day: str, valid_from: str | None, valid_to: str | None) -> bool:
    """True when a span of partial dates may hold on the day; an open end has no limit."""
    begun = valid_from is None or first_day(valid_from) <= day
    return begun and (valid_to is None or day <= last_day(valid_to))
