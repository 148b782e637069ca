"""Receipt numbers: of the range of a book that was handed to one person. Twin:
pwa/src/domain/enrolment/receipts.ts.

A number is used once in its book. Two phones without signal may still use the same: both enrolments
are kept, and the number of the second waits for the office.
"""

from collections.abc import Iterable
from dataclasses import dataclass

DIGITS = 7
"""Printed receipts carry seven digits."""


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers of a book that somebody may use from a day to a day, ends included."""

    book: str
    first: int
    last: int
    handed_on: str
    returned_on: str | None = None

    def holds(self, book: str, number: int, day: str) -> bool:
        """True when this number of this book may be used on the day."""
        if book != self.book or not self.first <= number <= self.last:
            return False
        return self.handed_on <= day and (self.returned_on is None or day <= self.returned_on)


def in_a_range(ranges: Iterable[Range], book: str, number: int, day: str) -> bool:
    """True when one of the ranges allows the number."""
    return any(one.holds(book, number, day) for one in ranges)


def next_number(one: Range, used: Iterable[int]) -> int | None:
    """The number to propose: after the greatest used one, else the first gap; None when full."""
    taken = {number for number in used if one.first <= number <= one.last}
    after = max(taken, default=one.first - 1) + 1
    if after <= one.last:
        return after
    free = (number for number in range(one.first, one.last + 1) if number not in taken)
    return next(free, None)


def printed(number: int) -> str:
    """The number as the receipt shows it, with its leading zeros."""
    return str(number).zfill(DIGITS)
