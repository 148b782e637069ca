"""Sealed lists for tests, and the insurance's software that calls for them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select

from schemas.kinds import KeyScope
from server.domain.card_lists.digest import canonical, digest_of, totals_of
from server.store.bhxh_keys import make_key
from server.store.card_lists import CardList, CardListRow, UnitFeed
from server.store.db import db, new_id, now
from server.store.people import User
from server.store.places import Area, BhxhUnit
from server.store.records import Member
from tests.factories import Factory

ALL_SCOPES = tuple(KeyScope)


@dataclass(frozen=True)
class Sealed:
    """A sealed list of a test, and the ids of its rows in order."""

    id: str
    number: str
    digest: str
    rows: list[str]
    totals: dict[str, int]


def sealed(
    make: Factory,
    unit: BhxhUnit,
    commune: Area,
    by: User,
    people: Sequence[str],
    *,
    number: str = "15646-2026-0001",
    kind: str = "increase",
    enrolments: Sequence[str | None] = (),
    **more: Any,
) -> Sealed:
    """A list of these members as sealing leaves it: rows with their data, digest, totals, its
    place in the unit's order."""
    with make.writing():
        id_ = new_id()
        found = [db.session.get_one(Member, one) for one in people]
        rows = [
            _row(place, member, kind, enrolments[place - 1] if enrolments else None)
            for place, member in enumerate(found, 1)
        ]
        data = [row["data"] for row in rows]
        made = Sealed(id_, number, digest_of(data), [row["id"] for row in rows], totals_of(data))
        db.session.add(
            CardList(
                **{
                    "id": id_,
                    "commune_id": commune.id,
                    "unit_id": unit.id,
                    "insurance_group": "TE",
                    "support_percent": "100",
                    "title": "Trẻ em dưới 6 tuổi",
                    "state": "sealed",
                    "created_by": by.id,
                    "number": number,
                    "document_number": "12/DS-UBND",
                    "sealed_on": "2026-11-20",
                    "sealed_at": now(),
                    "signer": "Lê Văn Ký",
                    "rev": _next_rev(unit.id),
                    "row_count": len(rows),
                    "totals": json.dumps(made.totals),
                    "digest": made.digest,
                    **more,
                }
            )
        )
        db.session.flush()
        db.session.add_all(
            CardListRow(**{**row, "list_id": id_, "data": canonical(row["data"])}) for row in rows
        )
    return made


def _row(place: int, member: Member, kind: str, enrolment: str | None) -> dict[str, Any]:
    id_ = new_id()
    data = {
        "id": id_,
        "place": place,
        "kind": kind,
        "member": member.id,
        "household": member.household_id,
        "enrolment": enrolment,
        "full_name": member.full_name,
        "birth_date": member.birth_date,
        "total": 1_000_000 if kind == "increase" else None,
        "state_support": 1_000_000 if kind == "increase" else None,
        "note": None,
    }
    return {
        "id": id_,
        "place": place,
        "kind": kind,
        "member_id": member.id,
        "enrolment_id": enrolment,
        "village_id": member.village_id,
        "claim": f"{kind}:{member.id}",
        "data": data,
    }


def _next_rev(unit: str) -> int:
    feed = db.session.scalar(select(UnitFeed).where(UnitFeed.unit_id == unit).with_for_update())
    if feed is None:
        feed = UnitFeed(unit_id=unit, rev=0)
        db.session.add(feed)
    feed.rev += 1
    return feed.rev


def key_of(
    make: Factory,
    unit: BhxhUnit,
    by: User,
    scopes: Sequence[str] = ALL_SCOPES,
    expires_on: str = "2099-12-31",
) -> str:
    """A key of the unit, as its text."""
    with make.writing():
        return make_key(new_id(), unit.id, "Phần mềm của BHXH", scopes, expires_on, by.id)


class Software:
    """The insurance's own software: a key, and no cookie."""

    def __init__(self, app: Flask, key: str) -> None:
        self.client = app.test_client(use_cookies=False)
        self.headers = {"Authorization": f"Bearer {key}"}

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1/bhxh{path}", query_string=query, headers=self.headers)

    def post(self, path: str, body: Any) -> Any:
        return self.client.post(f"/api/v1/bhxh{path}", json=body, headers=self.headers)

    def answer(self, number: str, *answers: dict[str, Any]) -> list[dict[str, Any]]:
        """The results of these answers to a list."""
        told = self.post(f"/lists/{number}/answers", {"answers": list(answers)})
        assert told.status_code == 200, told.get_json()
        return told.get_json()["results"]


def issued(
    id_: str, row: str | int, number: str = "TE1383820000001", **more: Any
) -> dict[str, Any]:
    """An answer: the card of a row, good for the year 2027."""
    named = {"place": row} if isinstance(row, int) else {"row": row}
    days = {"valid_from": "2026-12-01", "valid_to": "2027-11-30"}
    return {"id": id_, **named, "outcome": "issued", "card_number": number, **days, **more}


def returned(id_: str, row: str | int, reason: str = "id_mismatch", **more: Any) -> dict[str, Any]:
    """An answer: a row that comes back."""
    named = {"place": row} if isinstance(row, int) else {"row": row}
    return {"id": id_, **named, "outcome": "returned", "reason": reason, **more}
