"""Which period a day lies in, and when its report is due."""

import pytest

from server.domain.reports.kinds import kinds


@pytest.mark.parametrize(
    ("kind", "day", "key", "last_day", "due"),
    [
        ("weekly_bhxh", "2026-11-27", "2026-11-27", "2026-11-27", "2026-11-27"),
        ("weekly_bhxh", "2026-11-28", "2026-12-04", "2026-12-04", "2026-12-04"),
        ("monthly_bhxh", "2026-02-28", "2026-02", "2026-02-28", "2026-02-24"),
        ("monthly_commune", "2028-02-01", "2028-02", "2028-02-29", "2028-02-29"),
        ("half_year_commune", "2026-06-30", "2026-H1", "2026-06-30", "2026-07-19"),
        ("half_year_commune", "2026-07-01", "2026-H2", "2026-12-31", "2027-01-19"),
        ("year_commune", "2026-01-01", "2026", "2026-12-31", "2027-01-19"),
    ],
)
def test_a_day_lies_in_one_period_which_is_due_once(kind, day, key, last_day, due):
    period = kinds()[kind].period(day)
    assert (period.key, period.last_day, period.due) == (key, last_day, due)


@pytest.mark.parametrize("kind", list(kinds()))
def test_the_period_before_ends_the_day_before_this_one_begins(kind):
    it = kinds()[kind]
    for day in ("2026-01-01", "2026-03-01", "2026-07-01", "2027-01-01"):
        period = it.period(day)
        before = it.before(period)
        assert before.key < period.key
        assert it.period(before.last_day) == before
        assert before.last_day < period.first_day <= period.last_day


def test_a_week_of_reports_runs_from_saturday_to_friday():
    period = kinds()["weekly_bhxh"].period("2026-11-23")
    assert (period.first_day, period.words) == ("2026-11-21", "tuần 48 năm 2026")
