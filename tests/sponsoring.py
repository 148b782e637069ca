"""Sponsors for tests: who they are, their money, hard-up households, cards given by hand."""

from typing import Any

from server.store.people import User
from server.store.places import Area
from server.store.sponsors import Sponsor, SponsorMoney
from tests import homes
from tests.factories import Factory

NONE = "01a20000-0000-7000-8000-000000000000"


def sponsor(make: Factory, commune: Area, by: User, **more: Any) -> Sponsor:
    """A tea company of the commune that gives."""
    told = {"name": "Công ty Chè Hoa", "kind": "business", "contact": "Bà Hoa", **more}
    return make.add(Sponsor(commune_id=commune.id, added_by=by.id, **told))


def money(make: Factory, of: Sponsor, kind: str, amount: int, day: str = "2026-11-02", **more: Any):
    """A line of the sponsor's money."""
    line = SponsorMoney(
        sponsor_id=of.id, kind=kind, amount=amount, day=day, recorded_by=of.added_by, **more
    )
    return make.add(line)


def hard_up(app, village: Area, people: int = 1, code: str = "HL-1", **household: Any) -> list[str]:
    """A household in hardship whose people never had a card; their ids, the head first."""
    members = [
        homes.never_had(
            f"Lò Văn {code} {number}", relation="child" if number else "head", birth_date="1980"
        )
        for number in range(people)
    ]
    homes.write(app, village, *members, code=code, hardship=True, **household)
    return [one["id"] for one in members]


def card(make: Factory, by: User, of: Sponsor, member: str, **more: Any) -> str:
    """A card that the officer gave: twelve months of the first on the ladder."""
    values = {
        "member": member,
        "sponsor": of.id,
        "sponsor_name": of.name,
        "amount": 1_366_200,
        "months": 12,
        "insurance_group": "GD",
        "agreed_on": "2026-11-10",
        **more,
    }
    return make.write(by, "sponsorship", values)
