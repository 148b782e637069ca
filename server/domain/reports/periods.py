"""The period of a report and the day it is due."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from server.domain.partial import add_days, last_day

FRIDAY = 4


class Every(StrEnum):
    """How often a report is owed."""

    WEEK = "week"
    MONTH = "month"
    HALF = "half"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """`key` sorts by time and names the period once. Both days belong to it. `due`: the last day
    on which the report is on time."""

    key: str
    first_day: str
    last_day: str
    due: str
    words: str


def period_of(every: Every, day: str, due: str) -> Period:
    """The period a day lies in. `due`: `day 24` (that day of the period's last month), or `+19` (so
    many days after its last day)."""
    first, last, key, words = _BOUNDS[every](day)
    return Period(key, first, last, _due(last, due), words)


def before(every: Every, period: Period, due: str) -> Period:
    """The period that ends where this one begins."""
    return period_of(every, add_days(period.first_day, -1), due)


def _week(day: str) -> tuple[str, str, str, str]:
    """A week of reports ends on a Friday, the day that the letter asks for."""
    friday = date.fromisoformat(day)
    friday += timedelta(days=(FRIDAY - friday.weekday()) % 7)
    last = friday.isoformat()
    year, week, _weekday = friday.isocalendar()
    return add_days(last, -6), last, last, f"tuần {week} năm {year}"


def _month(day: str) -> tuple[str, str, str, str]:
    key = day[:7]
    return f"{key}-01", last_day(key), key, f"tháng {int(key[5:])} năm {key[:4]}"


def _half(day: str) -> tuple[str, str, str, str]:
    year, first = day[:4], day[5:7] <= "06"
    words = f"6 tháng {'đầu' if first else 'cuối'} năm {year}"
    if first:
        return f"{year}-01-01", f"{year}-06-30", f"{year}-H1", words
    return f"{year}-07-01", f"{year}-12-31", f"{year}-H2", words


def _year(day: str) -> tuple[str, str, str, str]:
    year = day[:4]
    return f"{year}-01-01", f"{year}-12-31", year, f"năm {year}"


_BOUNDS = {Every.WEEK: _week, Every.MONTH: _month, Every.HALF: _half, Every.YEAR: _year}


def _due(last: str, rule: str) -> str:
    if rule.startswith("day "):
        return f"{last[:8]}{int(rule.removeprefix('day ')):02d}"
    return add_days(last, int(rule))
