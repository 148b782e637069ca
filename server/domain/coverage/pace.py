"""How fast the covered grow, how fast they would have to, and when they arrive at this pace.

The pace is that of the last four weeks, cards that ended taken off; what lies ahead is that pace
drawn on as a straight line and nothing more. People are counted whole, none is promised by half."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from server.domain.numbers import percent
from server.domain.partial import add_days, days_between, last_day

PACE_DAYS = 28
PACE_WEEKS = PACE_DAYS // 7
FARTHEST_DAYS = 3653
"""Beyond ten years a straight line tells nothing."""
TENTH = Decimal("0.1")


class Outlook(StrEnum):
    """`unknown`: nothing is planned. `late`: after the deadline, or not within ten years."""

    UNKNOWN = "unknown"
    REACHED = "reached"
    NOT_RISING = "not_rising"
    IN_TIME = "in_time"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Pace:
    """`gained`: covered more than four weeks ago, less than none when fewer. `weekly`,
    `weekly_needed`: people a week, decimal text; needed until the deadline, if that lies ahead.
    `covered_then`, `percent_then`: at the deadline, at this pace. `reached_on`: at this pace."""

    gained: int
    weekly: str
    weekly_needed: str | None
    covered_then: int | None
    percent_then: str | None
    reached_on: str | None
    outlook: str


def pace_of(
    day: str,
    covered: int,
    before: int,
    missing: int | None,
    population: int | None,
    deadline: str | None,
) -> Pace:
    """`before`: the covered `PACE_DAYS` earlier. `missing`: how many more are to be covered by the
    deadline, of a `population`, as the plan says; None without a plan."""
    gained = covered - before
    left = days_between(day, last_day(deadline)) if deadline else None
    then = _then(covered, gained, left, population)
    reached_on, outlook = _outlook(day, gained, missing, left)
    return Pace(
        gained,
        _weekly(gained, PACE_DAYS),
        _weekly(missing, left) if missing and left and left > 0 else None,
        then,
        percent(then, population) if then is not None else None,
        reached_on,
        outlook.value,
    )


def _weekly(people: int, days: int) -> str:
    """People a week, one decimal."""
    return str((Decimal(people) * 7 / days).quantize(TENTH, ROUND_HALF_UP))


def _then(covered: int, gained: int, left: int | None, population: int | None) -> int | None:
    """Whole people only, nobody twice: never more than there are, nor fewer than none."""
    if left is None or left < 0 or not population:
        return None
    return min(max(covered + gained * left // PACE_DAYS, 0), max(population, covered))


def _outlook(
    day: str, gained: int, missing: int | None, left: int | None
) -> tuple[str | None, Outlook]:
    if missing is None:
        return None, Outlook.UNKNOWN
    if not missing:
        return None, Outlook.REACHED
    if gained <= 0:
        return None, Outlook.NOT_RISING
    days = -(-missing * PACE_DAYS // gained)
    if days > FARTHEST_DAYS:
        return None, Outlook.LATE
    in_time = left is None or days <= left
    return add_days(day, days), Outlook.IN_TIME if in_time else Outlook.LATE
