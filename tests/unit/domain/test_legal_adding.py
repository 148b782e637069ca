"""Rows of law that an administrator adds: which values make sense, and what each changes."""

import pytest

from server.domain.legal.adding import WrongValue, is_far, read_row, read_value
from server.domain.legal.comparing import speaks_after, speaks_before, what_changes
from server.domain.legal.reading import national_tables
from server.domain.legal.slots import slots
from server.domain.legal.tables import LegalRow, Tables

TODAY = "2026-11-22"
PAPER = {
    "number": "NQ 12/2026/NQ-HĐND",
    "issuer": "HĐND tỉnh Thanh Hóa",
    "issued_on": "2026-11-20",
    "article": "Điều 3",
}
TYPED = {"value": "2.700.000", "valid_from": "2027-07-01", **PAPER}


def slot(table: str, item: str):
    return slots(national_tables(), table, TODAY, ["38", "52"])[item]


def value(table: str, item: str, typed: str) -> str:
    return read_value(slot(table, item), typed)


SALARY = ("base_salary", "base_salary")
RATE = ("contribution", "rate")


@pytest.mark.parametrize(
    ("table", "item", "typed", "stored"),
    [
        (*SALARY, "2.700.000", "2700000"),
        (*SALARY, " 2 700 000 đồng ", "2700000"),
        (*SALARY, "2700000", "2700000"),
        (*RATE, "5,1", "5.1"),
        (*RATE, "5.10 %", "5.1"),
        (*RATE, "100", "100"),
        (*RATE, "0", "0"),
        ("card_start", "child_cut", "30/9", "09-30"),
        ("card_start", "waiting_days", "30", "30"),
        ("household_choice", "near_poor", "no", "no"),
        ("support_months", "trafficking_victim", "24", "24"),
        ("support_months", "minority_in_commune_left_region", "Không giới hạn", "none"),
        ("groups", "artisan", "nt", "NT"),
        ("law_group", "artisan", "4", "4"),
    ],
)
def test_a_value_is_read_as_people_write_it(table, item, typed, stored):
    assert value(table, item, typed) == stored


@pytest.mark.parametrize(
    ("table", "item", "typed", "code"),
    [
        (*SALARY, "", "needed"),
        (*SALARY, "-2.700.000", "negative"),
        (*SALARY, "2,7 triệu", "not_a_number"),
        (*SALARY, "2.7", "not_a_number"),
        (*SALARY, "270", "out_of_range"),
        (*SALARY, "9" * 400, "out_of_range"),
        (*RATE, "101", "out_of_range"),
        (*RATE, "999999999", "out_of_range"),
        (*RATE, "4,555", "too_many_decimals"),
        (*RATE, "NaN", "not_a_number"),
        (*RATE, "−4,5", "negative"),
        ("card_start", "child_cut", "31/9", "not_a_month_day"),
        ("card_start", "child_cut", "mai", "not_a_month_day"),
        ("card_start", "waiting_days", "9999", "out_of_range"),
        ("household_choice", "near_poor", "maybe", "not_a_choice"),
        ("groups", "artisan", "123", "not_a_code"),
        ("support_months", "trafficking_victim", "none", "not_a_number"),
    ],
)
def test_a_value_that_makes_no_sense_says_why(table, item, typed, code):
    with pytest.raises(WrongValue) as wrong:
        value(table, item, typed)
    assert wrong.value.code == code


def test_a_row_is_read_with_its_paper():
    row = read_row(slot(*SALARY), TYPED, TODAY).row
    assert row == LegalRow(
        table="base_salary",
        item="base_salary",
        where="",
        value="2700000",
        unit="VND/month",
        valid_from="2027-07-01",
        valid_to="",
        source="NQ 12/2026/NQ-HĐND Điều 3 (HĐND tỉnh Thanh Hóa, 20/11/2026)",
        confidence="seen",
        name_vi="Lương cơ sở (mức tham chiếu)",
        note="",
    )


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"valid_from": ""}, {"valid_from": "day_needed"}),
        ({"valid_from": "2027-02-30"}, {"valid_from": "not_a_day"}),
        ({"valid_from": "0202-07-01"}, {"valid_from": "day_absurd"}),
        ({"valid_to": "2027-06-30"}, {"valid_to": "ends_before_start"}),
        ({"valid_to": "2027"}, {"valid_to": "not_a_day"}),
        ({"number": " "}, {"number": "source_needed"}),
        (
            {"issuer": "", "issued_on": ""},
            {"issuer": "source_needed", "issued_on": "source_needed"},
        ),
        ({"issued_on": "2026-11-23"}, {"issued_on": "not_issued_yet"}),
        ({"link": "javascript:alert(1)"}, {"link": "not_a_link"}),
        ({"link": "https://["}, {"link": "not_a_link"}),
        ({"value": "5"}, {"value": "out_of_range"}),
    ],
)
def test_each_mistake_stands_at_its_field(typed, faults):
    assert read_row(slot(*SALARY), TYPED | typed, TODAY).faults == faults


def test_not_known_is_a_value_too():
    row = read_row(slot(*RATE), TYPED | {"value": "", "unknown": "y"}, TODAY).row
    assert row is not None
    assert (row.value, row.confidence) == ("OPEN", "open")


def test_support_of_a_province_names_one_of_them():
    typed = TYPED | {"value": "20"}
    found = slot("local_support", "average_farm")
    assert read_row(found, typed, TODAY).faults == {"where": "no_such_place"}
    assert read_row(found, typed | {"where": "former 64"}, TODAY).faults == {
        "where": "no_such_place"
    }
    row = read_row(found, typed | {"where": "38"}, TODAY).row
    assert row is not None
    assert (row.where, row.value) == ("38", "20")


def test_a_province_may_support_every_group_that_pays_a_share_and_no_other():
    items = slots(national_tables(), "local_support", TODAY, ["38"])
    assert {"average_farm", "village_health_worker", "GD", "hiv", "every_other_group"} <= set(items)
    assert not {"HN", "TE", "HS"} & set(items)


def test_thresholds_hold_for_the_country_or_for_town_and_land_as_before():
    assert slot("poverty", "poor_to").places == ("rural", "urban")
    assert slot("poverty", "poor_indicators").places == ("",)


def test_the_order_of_the_law_takes_no_rows():
    assert slots(national_tables(), "group_order", TODAY, []) == {}


def test_every_item_of_every_other_table_can_take_the_value_it_has():
    tables = national_tables()
    for table in {row.table for row in tables.rows} - {"group_order"}:
        known = slots(tables, table, TODAY, ["38"])
        for row in tables.rows:
            if row.table != table or row.value == "OPEN":
                continue
            typed = row.value
            if row.unit == "month-day":
                typed = "/".join(reversed(row.value.split("-")))
            if row.unit == known[row.item].unit:
                assert read_value(known[row.item], typed) == row.value


def test_a_day_off_has_a_name_and_an_end():
    day = slot("days_off", "day")
    typed = TYPED | {"value": "holiday", "valid_from": "2027-02-03"}
    assert read_row(day, typed, TODAY).faults == {"valid_to": "day_needed", "name": "needed"}
    long = typed | {"valid_to": "2027-03-30", "name": "Tết"}
    assert read_row(day, long, TODAY).faults == {"valid_to": "too_long"}
    row = read_row(day, typed | {"valid_to": "2027-02-03", "name": "Tết"}, TODAY).row
    assert row is not None
    assert row.name_vi == "Tết"


def salary(value: str, start: str, end: str = "") -> LegalRow:
    return LegalRow("t", "i", "", value, "VND/month", start, end, "s", "seen", "n", "")


FIRST, SECOND = salary("10", "2026-07-01"), salary("20", "2027-07-01")


def changes(before: list[LegalRow], after: list[LegalRow]):
    found = what_changes(Tables(before), Tables(after), "t", "i")
    return [
        (step.valid_from, step.valid_to, step.was and step.was.value, step.becomes.value)
        for step in found
        if step.becomes
    ]


def test_a_later_row_replaces_from_its_first_day_on():
    assert changes([FIRST], [FIRST, SECOND]) == [("2027-07-01", "", "10", "20")]


def test_a_row_with_an_end_gives_back_what_was():
    added = salary("20", "2027-07-01", "2027-12-31")
    steps = what_changes(Tables([FIRST]), Tables([FIRST, added]), "t", "i")
    assert changes([FIRST], [FIRST, added]) == [("2027-07-01", "2027-12-31", "10", "20")]
    assert speaks_after(Tables([FIRST, added]), steps) == ("2028-01-01", FIRST)
    assert speaks_before(Tables([FIRST, added]), steps) == ("2027-06-30", FIRST)


def test_a_row_that_begins_earlier_gives_way_to_the_later_one():
    early = salary("5", "2026-01-01")
    assert changes([FIRST], [FIRST, early]) == [("2026-01-01", "2026-06-30", None, "5")]


def test_a_row_over_two_older_ones_replaces_each_for_its_days():
    over = salary("7", "2026-07-01")
    ended, next_one = salary("1", "2020-01-01", "2026-12-31"), salary("2", "2020-01-01")
    assert changes([ended, next_one], [ended, next_one, over]) == [("2026-07-01", "", "2", "7")]
    two = [salary("1", "2026-01-01", "2026-12-31"), salary("2", "2027-01-01")]
    first_day = salary("7", "2026-01-01")
    assert changes(two, [*two, first_day]) == [("2026-01-01", "2026-12-31", "1", "7")]


def test_a_row_that_never_speaks_changes_nothing():
    late = salary("9", "2020-01-01", "2020-12-31")
    always = salary("3", "2020-01-01")
    assert changes([always], [late, always]) == []


def test_a_sum_that_doubles_is_doubted_and_a_percentage_is_not():
    assert is_far(salary("2530000", ""), salary("253000", ""))
    assert is_far(salary("2530000", ""), salary("25300000", ""))
    assert not is_far(salary("2340000", ""), salary("2530000", ""))
    assert not is_far(salary("OPEN", ""), salary("2530000", ""))
    assert not is_far(None, salary("2530000", ""))
