"""The legal tables are sound: every row says what, from when to when, by which law, how sure."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from server.domain.legal.law import Law, answered
from server.domain.legal.reading import national_tables, rows_of_table, table_names
from server.domain.legal.tables import OPEN, LegalRow, NotKnown, NoValue, Tables

CONFIDENCE = {"seen", "memory", "derived", "open"}
ROWS = national_tables().rows


def name_of(row: LegalRow) -> str:
    return f"{row.table}/{row.item} {row.where} {row.valid_from}".strip()


def test_every_day_of_the_tables_is_a_real_day_and_no_row_ends_before_it_begins():
    for row in ROWS:
        days = [date.fromisoformat(day) for day in (row.valid_from, row.valid_to) if day]
        assert days == sorted(days), name_of(row)


def test_every_row_names_its_source_its_unit_and_what_it_is_in_vietnamese():
    nameless = [name_of(row) for row in ROWS if not (row.source and row.unit and row.name_vi)]
    assert nameless == []


def test_what_people_read_of_a_row_has_no_abbreviation_and_no_english():
    shown = " ".join(f"{row.name_vi} {row.source}" for row in ROWS)
    assert not re.search(r"NLNDN|BHTN|đối tượng|\b(before|known|none|from|until)\b", shown)


def test_how_sure_a_row_is_comes_from_a_closed_list_and_what_is_open_says_so():
    assert {row.confidence for row in ROWS} <= CONFIDENCE
    assert [name_of(row) for row in ROWS if row.value == OPEN and row.confidence != "open"] == []


def test_no_two_rows_of_an_item_are_in_force_on_one_day():
    together = [
        name_of(row)
        for row in ROWS
        for other in ROWS
        if row is not other
        and (row.table, row.item, row.where) == (other.table, other.item, other.where)
        and row.valid_from <= other.valid_from
        and (not row.valid_to or other.valid_from <= row.valid_to)
    ]
    assert together == []


def test_no_row_stands_twice():
    assert [name for name, count in Counter(map(name_of, ROWS)).items() if count > 1] == []


def test_every_supported_group_says_whether_the_household_group_may_be_chosen():
    supports, choices = rows_of_table("state_support"), rows_of_table("household_choice")
    assert {(row.item, row.valid_from, row.valid_to) for row in supports} == {
        (row.item, row.valid_from, row.valid_to) for row in choices
    }


def test_every_group_has_its_clause_its_card_code_and_its_benefit():
    tables = national_tables()
    assert set(tables.items("groups")) == set(tables.items("law_group"))
    assert set(tables.items("groups")) == set(tables.items("benefit"))


def test_all_tables_are_read():
    assert {row.table for row in ROWS} == set(table_names())


def test_a_row_added_later_replaces_one_that_began_the_same_day():
    rate = next(row for row in rows_of_table("contribution") if row.value == OPEN)
    added = replace(rate, value="4.8", confidence="seen", source="a decree that has come")
    tables = Tables((*ROWS, added))
    assert tables.row("2027-01-01", "contribution", "rate") is added


def test_a_row_that_begins_later_replaces_one_without_an_end():
    [*_, last] = rows_of_table("base_salary")
    added = replace(last, value="2700000", valid_from="2027-07-01")
    tables = Tables((added, *ROWS))
    assert tables.row("2027-06-30", "base_salary", "base_salary") is not added
    assert tables.row("2027-07-01", "base_salary", "base_salary") is added


def test_what_is_open_and_what_is_missing_are_both_not_known():
    for item, day in (("rate", "2027-01-01"), ("rate", "2019-06-30"), ("nothing", "2026-01-01")):
        with pytest.raises(NoValue) as stop:
            national_tables().row(day, "contribution", item)
        assert stop.value.what == NotKnown("contribution", item, "", day)


def test_a_list_of_numbers_that_no_row_begins_is_not_known():
    law = Law(national_tables(), "2019-06-30")
    assert answered(law.numbers)("contribution", "ladder") == NotKnown(
        "contribution", "ladder_1", "", "2019-06-30"
    )


def test_the_law_remembers_each_row_that_was_read_once():
    law = Law(national_tables(), "2026-11-22")
    law.number("base_salary", "base_salary")
    law.text("contribution", "rate")
    law.number("base_salary", "base_salary")
    assert [row.item for row in law.rows] == ["base_salary", "rate"]
