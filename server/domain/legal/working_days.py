"""Deadlines over weekends and holidays. Twin: pwa/src/domain/legal/working_days.ts.

Bộ luật Dân sự 2015 Đ147, Đ148 k5: the first day is not counted, and a period that ends on a day
of rest ends with the next working day. Days off: table `days_off`, Bộ luật Lao động 2019 Đ111,
Đ112. Of a day that may still become a day off (`possible`) both answers are given.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from server.domain.legal.law import Law, answered, known
from server.domain.legal.tables import LegalRow, Tables
from server.domain.partial import add_days, add_months

FRIDAY = 4
OFF = ("holiday", "swap_off", "compensation")
DOUBTFUL = "possible"


@dataclass(frozen=True, slots=True)
class Deadline:
    """`on` when no doubtful day is off, `at_latest` when all are; `rows`: days off that counted."""

    on: str
    at_latest: str
    rows: tuple[LegalRow, ...]


@dataclass(frozen=True, slots=True)
class ReviewDates:
    """A farm household's request: the review opens on the 15th, work on the first working day
    from then on; the result is due 15 days after the 15th (the earlier, safe reading).
    """

    opens_on: str
    work_starts_on: str
    due: Deadline


def _is_working(tables: Tables, day: str, doubtful_works: bool) -> tuple[bool, LegalRow | None]:
    law = Law(tables, day)
    law.row("days_off", "calendar")
    row = law.find("days_off", "day")
    if row is not None:
        if row.value == "working_saturday":
            return True, row
        if row.value in OFF:
            return False, row
        if not doubtful_works:
            return False, row
    return date.fromisoformat(day).weekday() <= FRIDAY, None


def _both(tables: Tables, find: Callable[[Callable[[str], bool]], str]) -> Deadline:
    rows: dict[LegalRow, None] = {}

    def working(day: str, doubtful_works: bool) -> bool:
        works, row = _is_working(tables, day, doubtful_works)
        if row is not None:
            rows[row] = None
        return works

    on = find(lambda day: working(day, True))
    at_latest = find(lambda day: working(day, False))
    return Deadline(on, at_latest, tuple(sorted(rows, key=lambda row: row.valid_from)))


@answered
def working_day_deadline(tables: Tables, start: str, days: int) -> Deadline:
    """The end of so many working days after a day, which is not counted itself."""

    def find(working: Callable[[str], bool]) -> str:
        day, left = start, days
        while left:
            day = add_days(day, 1)
            left -= working(day)
        return day

    return _both(tables, find)


@answered
def calendar_deadline(tables: Tables, start: str, days: int) -> Deadline:
    """The end of so many days after a day, moved to the next working day."""
    return _both(tables, lambda working: _next_working(add_days(start, days), working))


def _next_working(day: str, working: Callable[[str], bool]) -> str:
    while not working(day):
        day = add_days(day, 1)
    return day


@lru_cache(1_000)
@answered
def review_dates(tables: Tables, requested_on: str) -> ReviewDates:
    """When the review of a request opens and its result is due, QĐ 24/2021/QĐ-TTg Đ6.

    A request of the 15th itself is reviewed from that day (derived). Remembered, for hundreds of
    requests on a board share the days of a few months.
    """
    law = Law(tables, requested_on)
    review_day = law.number("farm_lines", "review_day")
    month = requested_on[:7]
    if int(requested_on[8:]) > review_day:
        month = add_months(f"{month}-01", 1)[:7]
    opens = f"{month}-{review_day:02}"
    starts = known(calendar_deadline(tables, opens, 0))
    due = known(calendar_deadline(tables, opens, law.number("farm_lines", "review_days")))
    return ReviewDates(opens, starts.on, due)
