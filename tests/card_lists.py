"""Card lists for tests: people with all papers, and enrolments that wait for a list."""

from typing import Any

from server.domain.partial import add_days
from server.store.db import new_id, today
from tests.enrolling import paid
from tests.factories import Factory

WHOLE = {
    "sex": "female",
    "birth_date": "1990-01-05",
    "personal_id": "038190000123",
    "personal_id_state": "seen",
    "bhxh_number": "3812345678",
    "ethnic_group": "01",
    "registration": "permanent",
    "clinic_wanted": "Trạm y tế xã",
    "relation": "head",
    "work": "farm",
}
CHILD = {
    "sex": "male",
    "birth_registration": "registered",
    "guardian_name": "Lò Thị Hoa",
    "clinic_wanted": "Trạm y tế xã",
    "registration": "permanent",
    "ethnic_group": "01",
    "relation": "child",
    "insurance_answer": "never_had",
}


class ListPeople:
    """Somebody of the office writes what the field would have brought."""

    def __init__(self, make: Factory, by: Any, village: Any) -> None:
        self.make, self.by, self.village, self.born = make, by, village, 0

    def farm_home(self, village: Any = None, **more: Any) -> str:
        """A recognised farm household."""
        known = {"average_farm": True, "average_farm_from": "2026-01-01", **more}
        at = village or self.village
        return self.make.write(self.by, "household", {"village": at.id, **known})

    def farmer(self, name: str, home: str | None = None, **more: Any) -> str:
        """A person with whole papers, each with a number of their own."""
        self.born += 1
        number = {"personal_id": f"0381900{self.born:05}", "bhxh_number": f"38{self.born:08}"}
        told = {**WHOLE, **number, "household": home or self.farm_home(), "full_name": name}
        return self.make.write(self.by, "member", {**told, **more})

    def child(self, name: str, home: str | None = None, **more: Any) -> str:
        """A child of three or so, asked and without a card."""
        self.born += 1
        year = int(today()[:4]) - 3
        told = {
            **CHILD,
            "full_name": name,
            "household": home or self.farm_home(),
            "birth_date": f"{year}-03-05",
            "personal_id": f"0382{year % 100:02}{self.born:06}",
            "insurance_asked_on": today(),
        }
        return self.make.write(self.by, "member", {**told, **more})

    def enrolled(self, member: str, *, state: str = "checked", **more: Any) -> str:
        """What the member paid for, brought to a state by the office."""
        told = paid(member, self.by, None, 100 + self.born, collector_code="NV-01")
        told |= {"paid_on": add_days(today(), -1), "state_on": today(), **more}
        record = self.make.write(self.by, "enrolment", told, record=new_id())
        if state != "submitted":
            was = {"state": "submitted"}
            self.make.write(self.by, "enrolment", {"state": state}, record=record, was=was)
        return record
