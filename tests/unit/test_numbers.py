"""Numbers as people here read them."""

import pytest

from server.domain.numbers import (
    day_words,
    days_left,
    heads_for,
    number_words,
    percent,
    percent_words,
    same_percent,
)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (7703, 8060, "95.57"),
        (1556, 1604, "97.01"),
        (1, 800, "0.13"),
        (3, 800, "0.38"),
        (0, 5, "0.00"),
        (0, 0, None),
        (5, None, None),
    ],
)
def test_a_share_has_two_decimals_halves_up(part, whole, expected):
    assert percent(part, whole) == expected


def test_a_goal_asks_for_whole_heads():
    assert heads_for("95", 8060) == 7657
    assert heads_for("95.5", 8060) == 7698
    assert heads_for("50", 10) == 5


def test_zeros_at_the_end_make_no_other_percentage():
    assert same_percent("95.5", "95.50")
    assert not same_percent("95.01", "97.01")


def test_numbers_and_days_are_written_as_people_write_them():
    assert (number_words(8060), number_words(None)) == ("8.060", "–")
    assert percent_words("95.57") == "95,57\u00a0%"
    assert (day_words("1980-05-17"), day_words("1980-05"), day_words(None)) == (
        "17/05/1980", "05/1980", "",
    )  # fmt: skip


def test_a_deadline_of_a_month_lasts_to_its_last_day():
    assert days_left("2025-12-30", "2025-12") == 1
    assert days_left("2026-11-22", "2025-10-31") == -387
