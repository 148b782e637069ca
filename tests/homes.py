"""Households for tests, written the way every record is: as changes."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from flask import Flask

from server.store.changes.write import Author, new_change, write_changes
from server.store.db import new_id, transaction
from server.store.places import Area

Values = Mapping[str, Any]


def person(name: str, *, cards: Sequence[Values] = (), rights: Sequence[Values] = (), **more: Any):
    """A person to be written, at home and permanently registered unless said otherwise."""
    member = {"full_name": name, "presence": "here", "registration": "permanent", **more}
    return {"id": new_id(), "member": member, "cards": cards, "rights": rights}


def covered(name: str, valid_to: str = "2099-12-31", **more: Any):
    card = {"evidence": "app", "valid_from": "2020-01-01", "valid_to": valid_to}
    return person(name, cards=[card | more.pop("card", {})], **more)


def expired(name: str, valid_to: str = "2020-12-31", **more: Any):
    return covered(name, valid_to, **more)


def never_had(name: str, asked_on: str = "2026-01-05", **more: Any):
    return person(name, insurance_answer="never_had", insurance_asked_on=asked_on, **more)


def write(app: Flask, village: Area, *people: Mapping[str, Any], **household: Any) -> str:
    """A household of these people; gives its id. Everything must apply, or the test is wrong."""
    home = new_id()
    changes = [new_change("household", home, {"village": village.id, **household})]
    for one in people:
        values = {"household": home, "relation": "other_relative", **one["member"]}
        changes.append(new_change("member", one["id"], values))
        for entity, rows in (("card", one["cards"]), ("entitlement", one["rights"])):
            changes += [new_change(entity, new_id(), {"member": one["id"], **row}) for row in rows]
    apply(app, changes)
    return home


def edit(app: Flask, entity: str, record: str, values: Values, was: Values | None = None) -> None:
    apply(app, [new_change(entity, record, values, was or dict.fromkeys(values))])


def apply(app: Flask, changes: list[dict[str, Any]]) -> None:
    with app.app_context(), transaction():
        results = write_changes(changes, author(app))
        assert {result.status for result in results} <= {"applied"}, results


def author(app: Flask) -> Author:
    from server.store.db import db

    villages = frozenset(db.session.scalars(db.select(Area.id)))
    return Author(None, None, "import", "admin", villages)


def said(row: Any) -> dict[str, Any]:
    """What a record's row says, as it goes over the wire."""
    found: dict[str, Any] = orjson.loads(row.data)
    return found
