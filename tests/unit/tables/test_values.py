"""Cells as values: what can be mended is mended and said, what would be a guess is refused."""

import pytest

from server.tables.values import Noted, Wrong, bhxh_number, partial_date, personal_id, whole_date


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("17/05/1980", "1980-05-17"),
        ("7-5-1980", "1980-05-07"),
        ("1980-05-17", "1980-05-17"),
        ("17.05.1980", "1980-05-17"),
        ("1980-05-17 00:00:00", "1980-05-17"),
        ("17/05/1980 12:00 AM", "1980-05-17"),
        ("17 / 05 / 1980", "1980-05-17"),
        ("5/1980", "1980-05"),
        ("1980", "1980"),
        ("00/00/1980", "1980"),
        ("00/05/1980", "1980-05"),
    ],
)
def test_a_day_is_read_as_exactly_as_it_is_told(cell, day):
    assert partial_date(cell) == day


def test_days_counted_by_a_spreadsheet_are_read_and_said():
    assert partial_date("29358") == Noted("1980-05-17", "serial_date")
    assert whole_date("46022") == Noted("2025-12-31", "serial_date")


@pytest.mark.parametrize("cell", ["17/05/80", "31/02/1990", "hôm qua", "1", "198", "99999", "//"])
def test_no_day_is_guessed(cell):
    with pytest.raises(Wrong, match="not_a_date"):
        partial_date(cell)


@pytest.mark.parametrize("cell", ["1980", "5/1980"])
def test_a_whole_day_is_asked_for_where_one_is_needed(cell):
    with pytest.raises(Wrong, match="not_a_whole_date"):
        whole_date(cell)


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (personal_id, "038080001234", "038080001234"),
        (personal_id, "038 080 001 234", "038080001234"),
        (personal_id, "38080001234", Noted("038080001234", "zero_restored")),
        (personal_id, "1080001234", Noted("001080001234", "zero_restored")),
        (bhxh_number, "3812345678", "3812345678"),
        (bhxh_number, "112345678", Noted("0112345678", "zero_restored")),
    ],
)
def test_zeros_lost_at_the_front_are_put_back_and_said(read, cell, value):
    assert read(cell) == value


@pytest.mark.parametrize(
    ("read", "cell", "code"),
    [
        (personal_id, "3.8080001234E+10", "rounded_number"),
        (personal_id, "1.2345E+11", "rounded_number"),
        (personal_id, "3,808E+10", "rounded_number"),
        (bhxh_number, "3.8E+09", "rounded_number"),
        (personal_id, "171234567", "wrong_shape"),
        (personal_id, "99080001234", "wrong_shape"),
        (personal_id, "0380800012345", "wrong_shape"),
        (bhxh_number, "38123", "wrong_shape"),
    ],
)
def test_a_number_that_lost_digits_is_refused(read, cell, code):
    with pytest.raises(Wrong, match=code):
        read(cell)
