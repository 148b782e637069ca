"""A sponsored card over the wire: the commune gives it, the phone reads it, and it stays with its
person."""

import pytest

from server.store.db import db, new_id
from server.store.records import Sponsorship
from tests.enrolling import book, hand, paid

SPONSOR = "0192f0c1-9999-7333-8444-555566667777"


@pytest.fixture
def member(lan):
    person = lan.member(lan.household(), full_name="Lò Thị Hoa")
    lan.sync()
    return person


def promise(member: str, **more):
    return {
        "member": member,
        "sponsor": SPONSOR,
        "sponsor_name": "Công ty Chè Hoa",
        "amount": 956_340,
        "months": 12,
        "insurance_group": "GB",
        "agreed_on": "2026-11-02",
        **more,
    }


@pytest.fixture
def given(make, as_officer, lan, member):
    """A card that the officer gave to the person."""
    return make.write(as_officer.user, "sponsorship", promise(member))


def fate(phone, change):
    result = phone.results[change["id"]]
    return result["status"], {it["field"]: it["code"] for it in result.get("reasons", ())}


def test_a_sponsored_card_reaches_the_phone(lan, given):
    lan.sync()
    assert lan.data("sponsorship", given)["sponsor_name"] == "Công ty Chè Hoa"


def test_a_phone_gives_no_sponsored_card(lan, member):
    change = lan.save("sponsorship", promise(member))
    lan.sync()
    status, codes = fate(lan, change)
    assert (status, codes["member"]) == ("held", "desk_only")


@pytest.mark.parametrize(
    "values", [{"amount": 1}, {"withdrawn_on": "2026-11-20", "withdrawn_reason": "Thôi"}]
)
def test_a_phone_changes_no_sponsored_card(lan, given, values):
    lan.sync()
    change = lan.save("sponsorship", values, given)
    lan.sync()
    assert set(fate(lan, change)[1].values()) == {"desk_only"}
    assert lan.data("sponsorship", given)["amount"] == 956_340


def test_an_enrolment_says_who_paid_and_keeps_it(make, places, as_officer, lan, member, given):
    receipts = book(make, places, as_officer.user)
    hand(make, receipts, lan.phone.user)
    shares = {"other_support": 956_340, "own_share": 0, "sponsorship": given}
    made = lan.save("enrolment", paid(member, lan.phone.user, receipts, 101, **shares))
    lan.sync()
    assert lan.data("enrolment", made["record"])["sponsorship"] == given
    later = lan.save("enrolment", {"sponsorship": new_id()}, made["record"])
    lan.sync()
    assert fate(lan, later)[1] == {"sponsorship": "already_submitted"}


def test_who_moves_to_another_household_takes_the_card_along(make, as_officer, app, lan, given):
    other = lan.household()
    lan.sync()
    person = lan.data("sponsorship", given)["member"]
    was = {"household": lan.data("member", person)["household"]}
    make.write(as_officer.user, "member", {"household": other}, record=person, was=was)
    with app.app_context():
        assert db.session.get_one(Sponsorship, given).household_id == other
