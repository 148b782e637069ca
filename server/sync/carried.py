"""Files that were brought: what the desk is shown of each."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import get_locale
from sqlalchemy import select
from sqlalchemy.orm import aliased

from server.errors import Problem
from server.pages.words import sentence, word
from server.store.db import db
from server.store.managing import managed_users
from server.store.people import Audit, Device, User
from server.sync.sealed import TakenIn

SHOWN = 20


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """One file: when it came, who brought it, whose phone it is from, what became of it."""

    at: datetime
    by: str
    device_id: str
    device: str | None
    author: str | None
    count: int
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class UnreadableLine:
    """A change that cannot be read, named as well as it can be."""

    place: int
    entity: str
    at: str | None
    reason: str


def carried_lately(manager: User) -> list[CarriedLine]:
    """Files brought by somebody or by the people they manage, the latest first."""
    carrier, author = aliased(User), aliased(User)
    who = [manager.id, *(user.id for user in managed_users(manager))]
    rows = db.session.execute(
        select(Audit, carrier.name, Device.name, author.name)
        .join(carrier, carrier.id == Audit.user_id)
        .outerjoin(Device, Device.id == Audit.subject)
        .outerjoin(author, author.id == Device.user_id)
        .where(Audit.kind == "sealed_taken", Audit.user_id.in_(who))
        .order_by(Audit.at.desc())
        .limit(SHOWN)
    )
    return [
        CarriedLine(
            act.at,
            by,
            act.subject or "",
            device,
            name,
            act.count or 0,
            json.loads(act.detail or "{}"),
        )
        for act, by, device, name in rows
    ]


def trouble_words(problem: Problem) -> str:
    """Why a file was not taken, in the reader's language."""
    return problem.kind.vi if str(get_locale()) == "vi" else problem.kind.en


def unreadable_lines(taken: TakenIn) -> list[UnreadableLine]:
    return [_unreadable(at, change, result.reasons) for at, change, result in taken.malformed]


def _unreadable(at: int, change: Any, reasons: list[dict[str, Any]]) -> UnreadableLine:
    told = change if isinstance(change, dict) else {}
    entity, moment = told.get("entity"), told.get("at")
    return UnreadableLine(
        at,
        word("entity", entity) if isinstance(entity, str) else "–",
        moment if isinstance(moment, str) else None,
        "; ".join(sentence(it["code"]) for it in reasons),
    )
