"""Enrolments over the wire: amounts that wait when they are wrong, receipt numbers used once,
states that only the office sets."""

import pytest

from server.store.db import new_id
from tests.enrolling import PAID_ON, book, hand, paid


@pytest.fixture
def member(lan, minh):
    """A person whom both phones hold."""
    person = lan.member(lan.household(), full_name="Lò Thị Hoa")
    lan.sync()
    minh.sync()
    return person


@pytest.fixture
def receipts(make, places, as_officer, lan, minh):
    """One book, shared by two collectors."""
    shared = book(make, places, as_officer.user)
    hand(make, shared, lan.phone.user)
    hand(make, shared, minh.phone.user)
    return shared


def enrol(phone, member, of, number, **more):
    change = phone.save("enrolment", paid(member, phone.phone.user, of, number, **more))
    phone.sync()
    return change


def fate(phone, change):
    result = phone.results[change["id"]]
    return result["status"], {it["field"]: it["code"] for it in result.get("reasons", ())}


def test_an_enrolment_reaches_the_other_phone(lan, minh, member, receipts):
    made = enrol(lan, member, receipts, 101)
    minh.sync()
    assert fate(lan, made) == ("applied", {})
    assert minh.data("enrolment", made["record"])["own_share"] == 956_340


def test_a_number_that_two_phones_used_waits_for_the_second(lan, minh, member, receipts):
    enrol(lan, member, receipts, 101)
    second = enrol(minh, member, receipts, 101)
    status, codes = fate(minh, second)
    assert status == "merged"
    assert codes == {
        "receipt_number": "receipt_used_twice",
        "receipt_book": "together",
        "receipt": "together",
    }
    assert minh.data("enrolment", second["record"])["own_share"] == 956_340
    assert [wait["fields"]["receipt_number"]["set"] for wait in minh.waiting()] == [101]


def test_a_number_that_waited_in_a_conflict_does_not_apply_once_another_used_it(
    lan, minh, make, as_officer, member, receipts
):
    draft = enrol(lan, member, receipts, 101, state="draft")["record"]
    meant = lan.save("enrolment", {"receipt_number": 103}, draft)
    desk = as_officer.user
    correct = {"record": draft, "was": {"receipt_number": 101}}
    make.write(desk, "enrolment", {"receipt_number": 102}, **correct)
    lan.sync()
    assert fate(lan, meant) == ("held", {"receipt_number": "conflict"})
    enrol(minh, member, receipts, 103)
    back = {"record": draft, "was": {"receipt_number": 102}}
    make.write(desk, "enrolment", {"receipt_number": 101}, **back)
    lan.sync()
    assert lan.data("enrolment", draft)["receipt_number"] == 101
    assert [wait["state"] for wait in lan.waiting()] == ["open"]


def test_several_people_may_stand_on_one_receipt(lan, member, receipts):
    receipt = new_id()
    enrol(lan, member, receipts, 101, receipt=receipt)
    other = lan.member(lan.household())
    assert fate(lan, enrol(lan, other, receipts, 101, receipt=receipt)) == ("applied", {})


def test_one_phone_using_a_number_twice_in_one_trip_is_told_so(lan, member, receipts):
    first = lan.save("enrolment", paid(member, lan.phone.user, receipts, 101))
    second = lan.save("enrolment", paid(member, lan.phone.user, receipts, 101))
    lan.sync()
    assert fate(lan, first) == ("applied", {})
    assert fate(lan, second)[1]["receipt_number"] == "receipt_used_twice"


def test_a_cancelled_enrolment_keeps_its_number(lan, minh, member, receipts):
    first = enrol(lan, member, receipts, 101)
    lan.save("enrolment", {"state": "cancelled", "cancelled_reason": "Ghi nhầm"}, first["record"])
    lan.sync()
    again = enrol(minh, member, receipts, 101)
    assert fate(minh, again)[1]["receipt_number"] == "receipt_used_twice"


@pytest.mark.parametrize("number", [100, 151])
def test_a_number_outside_the_book_waits(lan, member, receipts, number):
    made = enrol(lan, member, receipts, number)
    assert fate(lan, made)[1]["receipt_number"] == "receipt_not_handed"


def test_a_number_of_a_book_in_other_hands_waits(make, places, as_officer, lan, minh, member):
    of_minh = book(make, places, as_officer.user)
    hand(make, of_minh, minh.phone.user)
    made = enrol(lan, member, of_minh, 101)
    assert fate(lan, made)[1]["receipt_number"] == "receipt_not_handed"


def test_a_number_of_a_book_that_was_given_back_before_waits(make, places, as_officer, lan, member):
    given_back = book(make, places, as_officer.user)
    hand(make, given_back, lan.phone.user, returned_on="2026-11-19")
    made = enrol(lan, member, given_back, 101)
    assert fate(lan, made)[1]["receipt_number"] == "receipt_not_handed"


def test_the_price_of_another_day_waits_with_all_that_goes_with_it(lan, member, receipts):
    old = {"total": 1_263_600, "state_support": 379_080, "own_share": 884_520}
    status, codes = fate(lan, enrol(lan, member, receipts, 101, **old))
    assert status == "merged"
    assert codes["total"] == "total_differs"
    assert codes["own_share"] == "together"


@pytest.mark.parametrize(
    ("day", "total", "state", "own"),
    [
        ("2026-06-30", 1_263_600, 379_080, 884_520),
        ("2026-07-01", 1_366_200, 409_860, 956_340),
    ],
)
def test_the_price_is_that_of_the_payment_day(lan, member, receipts, day, total, state, own):
    amounts = {"total": total, "state_support": state, "own_share": own}
    made = enrol(lan, member, receipts, 101, paid_on=day, **amounts)
    assert fate(lan, made) == ("applied", {})


def test_another_price_with_its_reason_is_taken(lan, member, receipts):
    amounts = {"total": 1_263_600, "state_support": 379_080, "own_share": 884_520}
    reason = {"override_reason": "Theo thông báo của BHXH"}
    assert fate(lan, enrol(lan, member, receipts, 101, **amounts, **reason)) == ("applied", {})


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        (
            {"months": 5, "total": 569_250, "state_support": 170_775, "own_share": 398_475},
            "months",
            "months_not_allowed",
        ),
        ({"months": 24}, "months", "out_of_range"),
        ({"own_share": -956_340}, "own_share", "paid_negative"),
        ({"total": 900_000_000_000}, "total", "paid_too_much"),
        ({"own_share": 1}, "total", "shares_do_not_add_up"),
    ],
)
def test_absurd_amounts_and_months_wait_and_nothing_is_lost(
    lan, member, receipts, wrong, field, code
):
    made = enrol(lan, member, receipts, 101, **wrong)
    status, codes = fate(lan, made)
    assert (status, codes[field]) == ("merged", code)
    waits = lan.waiting()[0]["fields"]
    assert {name: waits[name]["set"] for name in wrong} == wrong
    assert lan.data("enrolment", made["record"])["receipt_number"] == 101


def test_only_the_office_checks(lan, member, receipts):
    made = enrol(lan, member, receipts, 101)
    checked = lan.save("enrolment", {"state": "checked"}, made["record"])
    lan.sync()
    assert fate(lan, checked) == ("held", {"state": "desk_only"})


def test_what_the_receipt_says_stands_once_it_is_submitted(lan, member, receipts):
    made = enrol(lan, member, receipts, 101)
    later = lan.save("enrolment", {"payment": "transfer", "note": "đã báo"}, made["record"])
    lan.sync()
    assert fate(lan, later) == ("merged", {"payment": "already_submitted"})
    assert lan.data("enrolment", made["record"])["note"] == "đã báo"


def test_a_draft_is_corrected_and_then_submitted(lan, member, receipts):
    made = enrol(lan, member, receipts, None, state="draft")
    later = {"receipt_number": 102, "payment": "transfer", "state": "submitted"}
    sent = lan.save("enrolment", later, made["record"])
    lan.sync()
    assert fate(lan, sent) == ("applied", {})


def test_a_cancelled_enrolment_does_not_come_back_from_the_field(lan, member, receipts):
    made = enrol(lan, member, receipts, 101)
    gone = {"state": "cancelled", "cancelled_reason": "Đã có thẻ công ty"}
    lan.save("enrolment", gone, made["record"])
    back = lan.save("enrolment", {"state": "submitted"}, made["record"])
    lan.sync()
    assert fate(lan, back) == ("held", {"state": "state_not_next"})


def test_nobody_collects_in_the_name_of_another(lan, minh, member, receipts):
    made = enrol(lan, member, receipts, 101, collected_by=minh.phone.user.id)
    assert fate(lan, made)[1] == {"collected_by": "collector_is_another"}


def own_reference(phone):
    """What the reference feed tells a phone that begins to read it."""
    body = phone.request(since={"reference": 0})
    feed = phone.phone.post("/api/v1/sync", body).get_json()["feeds"]["reference"]
    return {it["id"]: it["data"] for it in feed["records"]}


def test_only_its_holder_gets_a_receipt_book(make, places, as_officer, lan, minh):
    handed = hand(make, book(make, places, as_officer.user), lan.phone.user)
    name = f"receipt_range:{handed.id}"
    assert own_reference(lan)[name]["first"] == 101
    assert name not in own_reference(minh)


def test_a_book_given_back_is_told_to_its_holder(make, places, as_officer, lan):
    handed = hand(make, book(make, places, as_officer.user), lan.phone.user, returned_on=PAID_ON)
    assert own_reference(lan)[f"receipt_range:{handed.id}"]["returned_on"] == PAID_ON


def test_syncing_again_does_nothing(lan, member, receipts):
    enrol(lan, member, receipts, 101)
    again = lan.sync()
    assert again["results"] == []
    assert all(feed["records"] == [] for feed in again["feeds"].values())
