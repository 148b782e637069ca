"""Leads of voluntary social insurance for tests."""

from typing import Any

from server.store.people import User
from tests.factories import Factory


def lead(make: Factory, by: User, member: str, **more: Any) -> str:
    """Somebody with a jobless benefit whom BHXH's file names; the id of the lead."""
    values = {
        "member": member,
        "kind": "jobless",
        "source": "tệp tháng 11",
        "benefit_to": "2027-01",
        "asked_on": "2026-11-02",
        **more,
    }
    return make.write(by, "lead", values)
