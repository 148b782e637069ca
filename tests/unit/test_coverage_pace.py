"""Pace, outlook and the days of a period."""

import pytest

from server.domain.coverage.pace import pace_of
from server.domain.coverage.periods import MOST_DAYS, Every, days_of, usual_start

DAY, DEADLINE = "2026-10-03", "2026-10-31"


def test_the_pace_of_four_weeks_is_drawn_on_to_the_deadline():
    pace = pace_of(DAY, 7_500, 7_460, 157, 8_060, DEADLINE)
    assert (pace.gained, pace.weekly, pace.weekly_needed) == (40, "10.0", "39.3")
    assert (pace.covered_then, pace.percent_then) == (7_540, "93.55")
    assert (pace.reached_on, pace.outlook) == ("2027-01-21", "late")


def test_who_is_fast_enough_arrives_in_time():
    pace = pace_of(DAY, 7_500, 7_300, 157, 8_060, "2026-10")
    assert (pace.reached_on, pace.outlook) == ("2026-10-25", "in_time")


@pytest.mark.parametrize(
    ("covered", "before", "missing", "outlook"),
    [
        (100, 100, 5, "not_rising"),
        (100, 120, 5, "not_rising"),
        (100, 90, 0, "reached"),
        (100, 90, None, "unknown"),
        (100, 99, 9_999, "late"),
    ],
)
def test_what_cannot_be_foreseen_is_given_no_day(covered, before, missing, outlook):
    pace = pace_of(DAY, covered, before, missing, 20_000, DEADLINE)
    assert (pace.reached_on, pace.outlook) == (None, outlook)


def test_nobody_is_covered_twice_and_nobody_less_than_not_at_all():
    assert pace_of(DAY, 95, 50, 5, 100, DEADLINE).covered_then == 100
    assert pace_of(DAY, 5, 50, 95, 100, DEADLINE).covered_then == 0


def test_after_the_deadline_no_pace_is_asked_for():
    pace = pace_of("2026-11-01", 90, 80, 5, 100, DEADLINE)
    assert (pace.weekly_needed, pace.covered_then, pace.outlook) == (None, None, "late")


def test_months_end_on_their_last_days_and_the_last_day_stands_for_itself():
    assert days_of(Every.MONTH, "2024-01-15", "2024-03-10") == [
        "2024-01-31", "2024-02-29", "2024-03-10",
    ]  # fmt: skip
    assert days_of(Every.MONTH, "2024-01-31", "2024-02-29") == ["2024-01-31", "2024-02-29"]


def test_weeks_end_on_fridays():
    assert days_of(Every.WEEK, "2026-11-07", "2026-11-22") == [
        "2026-11-13", "2026-11-20", "2026-11-22",
    ]  # fmt: skip


def test_without_asking_a_year_or_a_quarter_is_told():
    months = days_of(Every.MONTH, usual_start(Every.MONTH, "2026-11-22"), "2026-11-22")
    assert (len(months), months[0]) == (12, "2025-12-31")
    weeks = days_of(Every.WEEK, usual_start(Every.WEEK, "2026-11-20"), "2026-11-20")
    assert (len(weeks), weeks[0]) == (13, "2026-08-28")


def test_a_long_period_is_told_from_its_end():
    days = days_of(Every.WEEK, "2000-01-01", "2026-11-20")
    assert (len(days), days[-1]) == (MOST_DAYS, "2026-11-20")
