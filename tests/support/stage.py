"""The demo commune with something in every queue, for looking at every screen."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from flask import Flask
from sqlalchemy import func, select

from schemas.kinds import WaitingState
from server.demo.seed import seed
from server.store.changes.write import author_at_desk, new_change, write_changes
from server.store.db import db, new_id, today, transaction
from server.store.people import User
from server.store.records import Card, Member
from server.store.review import decisions

PASSWORD = "mật khẩu mẫu để xem"
NEVER_SEEN = {"phone": "0900000000"}


@dataclass(frozen=True)
class Stage:
    """A household that has everything: cards, a value that waits and one that was returned."""

    household: str
    member: str
    card: str
    returned: str


def set_stage(app: Flask) -> Stage:
    """Seed the empty database of the app. What waits was typed over values nobody had seen."""
    with app.app_context():
        seed(date.fromisoformat(today()), PASSWORD)
        with transaction():
            household, head, card = _somebody()
            members = db.session.scalars(
                select(Member.id).where(Member.household_id == household, Member.id != head)
            ).all()
            changes = [
                new_change("member", member, {"phone": phone}, NEVER_SEEN)
                for member, phone in zip(
                    (head, *members[:2]), ("0912000001", "0912000002", "0912000003"), strict=False
                )
            ]
            write_changes(changes, author_at_desk(_user("surveyor")))
            decisions.settle(
                changes[0]["id"],
                state=WaitingState.RETURNED,
                notes={"phone": "Xin gọi lại hỏi: hai máy ghi hai số khác nhau."},
                author=author_at_desk(_user("officer")),
            )
            note = {"about": household, "kind": "question", "text": "Nhà có cháu mới chuyển đến?"}
            asked = {"household": household, "requested_on": today(), "state": "submitted"}
            write_changes(
                [
                    new_change("field_note", new_id(), note),
                    new_change("farm_request", new_id(), asked),
                    *_doubts(household),
                ],
                author_at_desk(_user("surveyor")),
            )
        return Stage(household, head, card, changes[0]["id"])


def _doubts(but: str) -> list[dict[str, Any]]:
    """Of another family: a card that ends before it starts, a visit that says 'wrong village'."""
    village = author_at_desk(_user("surveyor2")).villages
    home, person = db.session.execute(
        select(Member.household_id, Member.id)
        .where(Member.village_id.in_(village), Member.household_id != but)
        .order_by(Member.id)
        .limit(1)
    ).one()
    card = {"member": person, "evidence": "card_seen", "valid_from": "2026-05", "valid_to": "2025"}
    visit = {"household": home, "on": today(), "outcome": "wrong_village", "note": "Bên kia suối"}
    return [new_change("card", new_id(), card), new_change("visit", new_id(), visit)]


def _somebody() -> tuple[str, str, str]:
    """Household, head and card of a head in the first village who has a card and a family."""
    village = author_at_desk(_user("surveyor2")).villages
    families = (
        select(Member.household_id)
        .where(Member.village_id.in_(village))
        .group_by(Member.household_id)
        .having(func.count() >= 4)
    )
    found = db.session.execute(
        select(Member.household_id, Member.id, Member.data, Card.id)
        .join(Card, Card.member_id == Member.id)
        .where(Member.household_id.in_(families))
        .order_by(Member.id)
    )
    for household, member, data, card in found:
        if orjson.loads(data).get("relation") == "head":
            return household, member, card
    raise LookupError("no head with a card")


def _user(username: str) -> User:
    return db.session.scalars(select(User).where(User.username == username)).one()
