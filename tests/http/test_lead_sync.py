"""A lead of voluntary social insurance over the wire: the commune says who, the phone what came of
it, and it stays with its person."""

import pytest

from server.store.db import db
from server.store.records import Lead
from tests.leading import lead


@pytest.fixture
def member(lan):
    person = lan.member(lan.household(), full_name="Lò Thị Hoa")
    lan.sync()
    return person


@pytest.fixture
def given(make, as_officer, lan, member):
    """A lead that the officer gave to Lan."""
    return lead(make, as_officer.user, member, assigned_to=lan.phone.user.id)


def fate(phone, change):
    result = phone.results[change["id"]]
    return result["status"], {it["field"]: it["code"] for it in result.get("reasons", ())}


JOINED = {"outcome": "joined", "outcome_on": "2026-11-22", "mobilised_by": "Ông Hà"}


def test_a_lead_reaches_the_phone(lan, given):
    lan.sync()
    assert lan.data("lead", given)["benefit_to"] == "2027-01"


def test_the_phone_says_what_came_of_it(lan, given, app):
    lan.sync()
    change = lan.save("lead", JOINED, given)
    lan.sync()
    assert fate(lan, change) == ("applied", {})
    with app.app_context():
        row = db.session.get_one(Lead, given)
        assert (row.outcome, row.outcome_on, row.mobilised_by) == ("joined", "2026-11-22", "Ông Hà")


def test_what_was_said_by_mistake_is_taken_back(lan, given):
    lan.sync()
    lan.save("lead", JOINED, given)
    lan.sync()
    change = lan.save("lead", dict.fromkeys(JOINED), given)
    lan.sync()
    assert fate(lan, change) == ("applied", {})
    assert "outcome" not in lan.data("lead", given)


def test_a_phone_makes_no_lead(lan, member):
    change = lan.save("lead", {"member": member, "kind": "survey"})
    lan.sync()
    status, codes = fate(lan, change)
    assert (status, codes["member"]) == ("held", "desk_only")


@pytest.mark.parametrize("values", [{"kind": "lapsed"}, {"assigned_to": None}, {"source": "x"}])
def test_a_phone_does_not_say_why_or_who(lan, given, values):
    lan.sync()
    change = lan.save("lead", values, given)
    lan.sync()
    assert set(fate(lan, change)[1].values()) == {"desk_only"}


def test_of_two_outcomes_neither_overwrites_the_other(lan, minh, given):
    for phone in (lan, minh):
        phone.sync()
    lan.save("lead", JOINED, given)
    other = minh.save("lead", {"outcome": "no", "outcome_on": "2026-11-22"}, given)
    lan.sync()
    minh.sync()
    assert fate(minh, other)[0] == "held"
    assert lan.data("lead", given)["outcome"] == "joined"


def test_who_moves_to_another_household_takes_the_lead_along(make, as_officer, app, lan, given):
    other = lan.household()
    lan.sync()
    person = lan.data("lead", given)["member"]
    was = {"household": lan.data("member", person)["household"]}
    make.write(as_officer.user, "member", {"household": other}, record=person, was=was)
    with app.app_context():
        assert db.session.get_one(Lead, given).household_id == other
