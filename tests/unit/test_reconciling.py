"""The rules of reconciliation: what is sure, what a row is remembered by, what a period adds."""

import pytest

from server.domain.alike import Person
from server.domain.reconciling.households import Misplaced, Placed, misplaced_children
from server.domain.reconciling.pairing import Kind, pair_up
from server.domain.reconciling.periods import Step, period_of
from server.domain.reconciling.rows import mended, row_key
from server.domain.reconciling.schooling import Schooling, differences, recorded, taken_over

ID, OTHER_ID = "038201001234", "038201009999"
DAY = "2026-11-01"


def someone(name="Lò Văn Hùng", born="2010-05-04", **more):
    return Person(name, birth_date=born, **{"sex": "male", **more})


def verdict(person, row, score=None, **decided):
    found = [("p", "r", score)] if score is not None else []
    [only] = pair_up({"p": person}, {"r": row}, lambda _found: found, **decided)
    return only


def test_the_same_id_and_nothing_against_it_is_sure():
    found = verdict(someone(personal_id=ID), someone("LO VAN HUNG", "2010", personal_id=ID))
    assert (found.kind, found.person, found.differences) == (Kind.SURE, "p", ())


@pytest.mark.parametrize(
    "row",
    [
        someone("Lò Văn Hưng", personal_id=ID),  # a twin, by one accent
        someone("Lò Văn Nam", personal_id=ID),
        someone("Lò Thị Mai", "1990-01-01", personal_id=ID, sex="female"),
    ],
)
def test_the_same_id_under_another_name_is_a_difference_and_no_match(row):
    assert verdict(someone(personal_id=ID), row, 0.99).kind is Kind.DIFFERS


def test_the_same_id_with_another_birth_is_put_before_a_person():
    found = verdict(someone(personal_id=ID), someone(born="1985-02-01", personal_id=ID))
    assert (found.kind, found.differences) == (Kind.LIKELY, ("birth_date",))


def test_the_same_id_and_another_insurance_number_is_not_sure():
    found = verdict(
        someone(personal_id=ID, bhxh_number="3812345678"),
        someone(personal_id=ID, bhxh_number="3899999999"),
    )
    assert (found.kind, found.differences) == (Kind.LIKELY, ("bhxh_number",))


def test_a_number_that_two_rows_carry_makes_neither_sure():
    rows = {"r1": someone(personal_id=ID), "r2": someone(personal_id=ID)}
    found = pair_up({"p": someone(personal_id=ID)}, rows, lambda _found: [])
    assert {each.kind for each in found} == {Kind.NONE}


def test_of_two_namesakes_who_fit_equally_well_neither_is_likely():
    people = {"p1": someone(born="1960"), "p2": someone(born="1960")}
    found = [("p1", "r", 0.9), ("p2", "r", 0.9)]
    [only] = pair_up(people, {"r": someone(born="1960")}, lambda _found: found)
    assert only.kind is Kind.NONE


def test_a_person_has_one_row_the_better_one():
    rows = {"r1": someone(), "r2": someone(born="2010")}
    found = [("p", "r1", 0.999), ("p", "r2", 0.6)]
    first, second = pair_up({"p": someone()}, rows, lambda _found: found)
    assert (first.kind, second.kind) == (Kind.LIKELY, Kind.NONE)


def test_what_people_decided_is_kept():
    person, row = someone(personal_id=ID), someone(personal_id=ID)
    assert verdict(person, row, not_same=[("p", "r")]).kind is Kind.NONE
    assert verdict(someone(), someone("Tên khác", "1950"), same=[("p", "r")]).person == "p"


def test_lost_zeros_are_put_back():
    row = mended({"full_name": "A", "personal_id": "38201001234", "bhxh_number": "112345678"})
    assert (row["personal_id"], row["bhxh_number"]) == (ID, "0112345678")
    assert mended({"personal_id": "172345678", "bhxh_number": "không rõ"})["personal_id"] is None


def test_a_row_is_remembered_by_who_it_is():
    row = {"full_name": "Lò Văn Hùng", "bhxh_number": "3812345678", "birth_date": "2010"}
    later = {"full_name": "LÒ VĂN  HÙNG", "bhxh_number": "3812345678", "personal_id": ID}
    assert row_key(row) == row_key(later)
    assert row_key(row) != row_key({**row, "full_name": "Lò Văn Nam"})
    assert row_key(row) != row_key({**row, "bhxh_number": None})


YEAR = {"valid_from": "2026-01-01", "valid_to": "2026-12-31"}


def card(**more):
    return ("c", {"evidence": "card_seen", **YEAR, **more})


@pytest.mark.parametrize(
    ("row", "cards", "step"),
    [
        (YEAR, [], Step.ADD),
        (YEAR, [card()], Step.KNOWN),
        (YEAR | {"card_number": "3812345678"}, [card()], Step.ADD),
        (YEAR | {"card_number": "3812345678"}, [card(number="3812345678")], Step.KNOWN),
        (YEAR, [card(evidence="told")], Step.ADD),
        (YEAR, [card(void_reason="Nhập nhầm")], Step.ADD),
        ({**YEAR, "valid_to": "2027-12-31"}, [card()], Step.ADD),
        ({**YEAR, "valid_to": "2026-06-30"}, [card()], Step.DIFFERS),
        ({**YEAR, "valid_to": "2025-12-31"}, [card()], Step.ADD),
        ({"valid_from": "2026-01-01"}, [card(valid_to=None, checked_on="2026-10-01")], Step.ADD),
        ({"valid_from": "2026-01-01"}, [card(valid_to=None, checked_on=DAY)], Step.KNOWN),
        ({}, [], Step.NOTHING),
    ],
)
def test_what_a_period_adds(row, cards, step):
    assert period_of(row, cards, "bhxh_list", DAY).step is step


def test_a_period_is_written_with_its_evidence_and_the_day_of_the_list():
    values = period_of(YEAR | {"insurance_group": "DT"}, [], "bhxh_list", DAY).values
    assert values == {**YEAR, "evidence": "bhxh_list", "insurance_group": "DT", "checked_on": DAY}


def test_a_child_counted_to_another_house_is_found():
    people = [
        Placed("mother", "one", "38A", "1990"),
        Placed("child", "two", "38A", "2020-01-01"),
        Placed("own", "one", "38A", "2018"),
        Placed("alone", "three", "38B", "2019"),
    ]
    assert misplaced_children(people, 2026) == [Misplaced("child", "two", "38A", "one")]


ROLL = Schooling("s1", "THCS Xuân Cao", "9A")
SCHOOLS = {"s1": "THCS Xuân Cao", "s2": "THCS Lương Sơn"}


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ({}, ()),
        ({"school": "s1", "school_class": "9 a"}, ()),
        ({"school": "s1", "school_class": "8A"}, ("school_class",)),
        ({"school": "s2", "school_class": "9A"}, ("school",)),
        ({"school_other": "thcs xuan cao"}, ()),
        ({"school_other": "THPT Thường Xuân", "school_class": "8A"}, ("school", "school_class")),
    ],
)
def test_a_roll_differs_where_both_sides_say_otherwise(member, said):
    assert differences(ROLL, recorded(member, SCHOOLS)) == said


def test_a_list_of_no_known_school_says_nothing_of_schools():
    assert differences(Schooling(None, None, None), recorded({"school": "s2"}, SCHOOLS)) == ()


def test_what_is_taken_over_leaves_no_class_of_another_school():
    assert taken_over(ROLL, ("school_class",)) == {"school_class": "9A"}
    moved = taken_over(Schooling("s1", "THCS Xuân Cao", None), ("school",))
    assert moved == {"school": "s1", "school_other": None, "school_class": None}
