"""What every check needs: a finding, and the few questions asked of more than one record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from schemas.kinds import Weight
from server.domain.partial import add_days, first_day, last_day

OLD_YEARS = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` is stable and has its words in schemas/codes/messages.json."""

    code: str
    field: str
    weight: Weight


def blocks(code: str, field: str) -> Finding:
    return Finding(code, field, Weight.BLOCKS)


def warns(code: str, field: str) -> Finding:
    return Finding(code, field, Weight.WARNS)


def ahead(data: Mapping[str, Any], today: str, fields: Iterable[str]) -> list[Finding]:
    """What happened cannot lie in the future. A day of slack: clocks and midnights differ."""
    # A partial date sorts before every day it may mean, so it compares as its first day does.
    limit = add_days(today, 1)
    found = []
    for field in fields:
        day = data.get(field)
        if day is not None and day > limit:
            found.append(blocks("in_future", field))
    return found


def long_ago(data: Mapping[str, Any], today: str, fields: Iterable[str]) -> list[Finding]:
    """Days typed by a phone whose clock had stopped: more than five calendar years back."""
    limit = _old(today)
    found = []
    for field in fields:
        day = data.get(field)
        # A partial date of that very year begins with the limit and sorts after it.
        if day and day < limit:
            found.append(warns("long_ago", field))
    return found


@lru_cache(64)
def _old(today: str) -> str:
    return str(int(today[:4]) - OLD_YEARS)


def ended_properly(data: Mapping[str, Any]) -> list[Finding]:
    """A person or household ends only with a day, however rough, and a reason."""
    ended_on, reason = data.get("ended_on"), data.get("end_reason")
    if ended_on and not reason:
        return [blocks("end_without_reason", "end_reason")]
    if reason and not ended_on:
        return [blocks("end_without_date", "ended_on")]
    return []


def period(data: Mapping[str, Any], start: str, end: str) -> list[Finding]:
    """A period cannot certainly end before it can have begun."""
    begins, ends = data.get(start), data.get(end)
    if begins and ends and last_day(ends) < first_day(begins):
        return [blocks("ends_before_start", end)]
    return []


def one_digit(data: Mapping[str, Any], fields: Iterable[str]) -> list[Finding]:
    """A number of one digit only (000000000000) was typed to get past the question."""
    found = []
    for field in fields:
        number = data.get(field)
        if number and number.count(number[-1]) == len(number):
            found.append(blocks("impossible_number", field))
    return found


def unusual_phone(data: Mapping[str, Any]) -> list[Finding]:
    """Vietnamese numbers have ten digits, the first a 0. Prefixes change and are not asked."""
    phone = data.get("phone")
    if not phone:
        return []
    digits = phone.replace(" ", "").replace(".", "").replace("-", "")
    if digits.startswith("+84"):
        digits = "0" + digits[3:]
    return [] if len(digits) == 10 and digits[0] == "0" else [warns("phone_unusual", "phone")]


def years_between(birth: str, day: str) -> int:
    """The age reached in the calendar year of `day`, the most that a year alone can tell."""
    return int(day[:4]) - int(birth[:4])
