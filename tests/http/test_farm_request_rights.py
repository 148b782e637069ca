"""A request for recognition over the wire: the field makes it, the commune decides it."""

import pytest

from schemas.kinds import Entity
from tests.http.test_sync_rules import result


@pytest.fixture
def asked(lan):
    """A request as it is made at the door."""
    household = lan.household()
    values = {"household": household, "requested_on": "2026-11-02", "state": "submitted"}
    request = lan.save(Entity.FARM_REQUEST.value, values)["record"]
    lan.sync()
    return request


def test_a_request_made_at_the_door_stands(lan, asked):
    assert lan.data("farm_request", asked)["state"] == "submitted"


def test_the_field_takes_its_request_back(lan, asked):
    lan.save("farm_request", {"state": "cancelled"}, asked)
    lan.sync()
    assert lan.data("farm_request", asked)["state"] == "cancelled"


@pytest.mark.parametrize(
    "values", [{"state": "approved"}, {"checked_on": "2026-11-20"}, {"verdict": "qualifies"}]
)
def test_what_the_commune_decides_waits_when_it_comes_from_the_field(lan, asked, values):
    change = lan.save("farm_request", values, asked)
    lan.sync()
    assert {it["code"] for it in result(lan, change)["reasons"]} == {"desk_only"}


@pytest.mark.parametrize("values", [{"state": "cancelled"}, {"reason": "Lý do khác"}])
def test_once_checked_a_request_is_no_longer_the_field_s(make, as_officer, lan, asked, values):
    checked = {"state": "checked", "checked_on": "2026-11-16"}
    make.write(as_officer.user, "farm_request", checked, record=asked, was={"state": "submitted"})
    lan.sync()
    change = lan.save("farm_request", values, asked)
    lan.sync()
    assert {it["code"] for it in result(lan, change)["reasons"]} == {"desk_only"}
    assert lan.data("farm_request", asked)["state"] == "checked"


def test_a_decision_reaches_the_phone(make, as_officer, lan, asked):
    decided = {"state": "refused", "refusal_reason": "Thu nhập trên mức trung bình"}
    make.write(as_officer.user, "farm_request", decided, record=asked, was={"state": "submitted"})
    lan.sync()
    assert lan.data("farm_request", asked)["refusal_reason"] == "Thu nhập trên mức trung bình"
