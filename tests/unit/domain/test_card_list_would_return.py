"""For which reasons the insurance would send a row back, and who must act."""

from dataclasses import replace

import pytest

from server.domain.card_lists.listed import Earlier, Listed
from server.domain.card_lists.would_return import Asked, Ruled, Twin, faults_of, faults_of_list
from server.domain.legal.facts import Place
from server.domain.legal.reading import national_tables

TODAY = "2026-11-22"
LAW = national_tables()
FARM = Asked("GB", "30", TODAY, "2026-12-01")
FREE = Asked("TE", "100", TODAY, "2026-12-01")

WOMAN = {
    "full_name": "Lò Thị Hoa",
    "sex": "female",
    "birth_date": "1990-01-05",
    "personal_id": "038190000123",
    "registration": "permanent",
    "ethnic_group": "01",
    "clinic_wanted": "Trạm y tế xã",
    "work": "farm",
}
BOY = {
    "full_name": "Lò Văn Bé",
    "sex": "male",
    "birth_date": "2023-03-05",
    "personal_id": "038223000123",
    "registration": "permanent",
    "birth_registration": "registered",
    "ethnic_group": "01",
    "clinic_wanted": "Trạm y tế xã",
}
HOME = {"average_farm": True, "average_farm_from": "2026-01-01"}
PAID = {
    "insurance_group": "GB",
    "months": 12,
    "ladder_place": 1,
    "paid_on": "2026-11-20",
    "total": 1_366_200,
    "state_support": 409_860,
    "local_support": 0,
    "other_support": 0,
    "own_share": 956_340,
    "receipt_number": 101,
    "card_from": "2026-12-20",
    "card_to": "2027-12-19",
    "state": "checked",
}
CARD = {"evidence": "bhxh_list", "valid_from": "2026-01-01", "valid_to": "2026-12-31"}

FARMER = Listed(
    id="1",
    place=1,
    kind="increase",
    member_id="m1",
    household_id="h1",
    village="Hưng Long",
    member=WOMAN,
    household=HOME,
    enrolment_id="e1",
    enrolment=PAID,
    province=Place("38"),
)
CHILD = replace(FARMER, id="2", member_id="m2", member=BOY, enrolment_id=None, enrolment=None)


def told(member=None, household=None, paid=None, row=FARMER, **more):
    return replace(
        row,
        member={**row.member, **(member or {})},
        household={**row.household, **(household or {})},
        enrolment={**row.paid, **(paid or {})} if row.enrolment_id else None,
        **more,
    )


def faults(row, asked=FARM):
    return {fault.reason: fault.acts for fault in faults_of(Ruled(LAW), asked, row)}


def test_a_whole_row_comes_back_for_nothing():
    assert faults(FARMER) == {}
    assert faults(CHILD, FREE) == {}


@pytest.mark.parametrize(
    ("member", "reason", "acts"),
    [
        ({"personal_id": None}, "id_missing", "surveyor"),
        ({"personal_id": None, "personal_id_state": "not_issued"}, "id_missing", "police"),
        ({"sex": "male"}, "id_mismatch", "surveyor"),
        ({"sex": "male", "personal_id_state": "seen"}, "id_mismatch", "police"),
        ({"birth_date": "1991-01-05"}, "id_mismatch", "surveyor"),
        ({"personal_id": "000000000000", "birth_date": None}, "id_mismatch", "surveyor"),
        ({"name_is_provisional": True}, "name_mismatch", "surveyor"),
        ({"birth_date": None}, "birth_date_mismatch", "surveyor"),
        ({"sex": None}, "sex_mismatch", "surveyor"),
        ({"clinic_wanted": None}, "clinic_missing", "surveyor"),
        ({"clinic_wanted": "38001"}, "clinic_closed", "surveyor"),
        ({"ended_on": "2026-11-01", "end_reason": "deceased"}, "deceased", "officer"),
        ({"ended_on": "2026-11", "end_reason": "moved_away"}, "moved_away", "officer"),
        ({"work": "wage_contract"}, "wrong_group", "officer"),
        ({"work": "pupil"}, "wrong_group", "school"),
    ],
)
def test_a_fact_of_the_person_is_at_fault(member, reason, acts):
    assert faults(told(member))[reason] == acts


def test_the_old_number_of_the_insurance_stands_for_the_personal_id():
    assert "id_missing" not in faults(told({"personal_id": None, "bhxh_number": "3812345678"}))


@pytest.mark.parametrize("registered", ["none", "birth_paper"])
def test_a_child_without_a_number_must_be_registered_first(registered):
    row = told({"personal_id": None, "birth_registration": registered}, row=CHILD)
    assert faults(row, FREE) == {"birth_not_registered": "officer"}


def test_a_registered_child_has_a_number_that_is_only_missing_here():
    assert faults(told({"personal_id": None}, row=CHILD), FREE) == {"id_missing": "surveyor"}


@pytest.mark.parametrize(
    ("paid", "reason", "acts"),
    [
        ({"receipt_number": None}, "receipt_missing", "collector"),
        ({"total": 1_000_000, "own_share": 590_140}, "amount_mismatch", "collector"),
        ({"own_share": 956_341}, "amount_mismatch", "collector"),
        ({"state_support": 0, "own_share": 1_366_200}, "wrong_support", "officer"),
        ({"insurance_group": "GD"}, "wrong_group", "officer"),
        ({"state": "cancelled"}, "other", "officer"),
    ],
)
def test_what_was_paid_is_at_fault(paid, reason, acts):
    assert faults(told(paid=paid))[reason] == acts


def test_whoever_pays_nothing_needs_no_receipt():
    paid = {"own_share": 0, "other_support": 956_340, "receipt_number": None}
    assert "receipt_missing" not in faults(told(paid=paid))


@pytest.mark.parametrize(
    "card",
    [
        CARD,
        {**CARD, "valid_to": "2027-03"},
        {"evidence": "app", "valid_from": "2026-01-01", "checked_on": "2026-11-20"},
    ],
)
def test_a_card_that_runs_on_a_day_of_the_new_one_is_said(card):
    assert faults(told(cards=(card,)))["already_insured"] == "officer"


@pytest.mark.parametrize(
    "card",
    [
        {**CARD, "valid_to": "2026-12-19"},
        {**CARD, "evidence": "told"},
        {"evidence": "card_seen", "valid_from": "2026-01-01"},
        {**CARD, "valid_from": "2028-01-01", "valid_to": "2028-12-31"},
    ],
)
def test_a_card_that_ends_before_or_proves_nothing_is_not_in_the_way(card):
    assert "already_insured" not in faults(told(cards=(card,)))


def test_a_farm_household_needs_its_decision():
    assert faults(told(household={"average_farm": False})) == {"not_on_approved_list": "officer"}


@pytest.mark.parametrize(
    "household", [{"living_class_source": "told"}, {"living_class_to": "2026-10-31"}]
)
def test_a_poor_household_needs_its_list(household):
    poor = {"living_class": "poor", "living_class_from": "2026-01-01", **household}
    adult = told(row=CHILD, member=WOMAN, household=poor)
    assert faults(adult, Asked("HN", "100", TODAY))["not_on_approved_list"] == "officer"


def test_a_poor_household_on_the_list_is_right():
    poor = {
        "living_class": "poor",
        "living_class_from": "2026-01-01",
        "living_class_to": "2026-12-31",
        "living_class_source": "decision",
    }
    assert faults(told(row=CHILD, member=WOMAN, household=poor), Asked("HN", "100", TODAY)) == {}


def test_another_rate_than_that_of_the_list_is_said():
    assert faults(FARMER, replace(FARM, support="70"))["wrong_support"] == "officer"


@pytest.mark.parametrize(
    ("reason", "field"),
    [
        ("name_mismatch", "full_name"),
        ("birth_date_mismatch", "birth_date"),
        ("sex_mismatch", "sex"),
        ("id_mismatch", "personal_id"),
    ],
)
def test_what_came_back_once_comes_back_again_until_it_is_mended(reason, field):
    same = Earlier(reason, {field: WOMAN[field]})
    assert faults(told(earlier=(same,))) == {reason: "surveyor"}
    assert faults(told(earlier=(Earlier(reason, {field: "khác"}),))) == {}


def test_one_person_under_two_records_is_found_by_number_or_name():
    same = replace(FARMER, id="9", member_id="m9")
    assert set(faults_of_list(LAW, FARM, [FARMER, same])) == {"1", "9"}
    nameless = told({"personal_id": None, "bhxh_number": "3812345678"}, id="8", member_id="m8")
    found = faults_of_list(LAW, FARM, [FARMER, nameless])
    assert {fault.reason for fault in found["8"]} == {"duplicate_on_list"}


def test_two_namesakes_with_numbers_of_their_own_are_two_people():
    twin = told({"personal_id": "038190000456"}, id="9", member_id="m9")
    assert faults_of_list(LAW, FARM, [FARMER, twin]) == {}


def test_a_number_on_another_open_list_is_said():
    twin = Twin("m7", "Lò Thị Hoa", "BP-15646-2026-0007", sure=True)
    [fault] = faults_of_list(LAW, FARM, [FARMER], {"1": twin})["1"]
    assert (fault.reason, fault.stops_sealing) == ("duplicate_on_list", True)


def test_who_may_stand_on_another_list_is_for_a_person_to_judge():
    twin = Twin("m7", "Lò Thị Hoa", "BP-15646-2026-0007", sure=False)
    [fault] = faults_of_list(LAW, FARM, [FARMER], {"1": twin})["1"]
    assert (fault.reason, fault.stops_sealing) == ("duplicate_on_list", False)


def test_who_leaves_is_asked_for_a_number_only():
    gone = told(
        {"ended_on": "2026-11-01", "end_reason": "deceased", "clinic_wanted": None},
        kind="decrease",
    )
    assert faults(gone) == {}
    assert faults(told({"personal_id": None}, kind="decrease")) == {"id_missing": "surveyor"}
