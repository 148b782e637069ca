"""Who changed what, when, and on which phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import select

from server.pages.values import ids_in, names_of, value_words
from server.pages.words import word
from server.store.db import db
from server.store.feeds import ChangeRow
from server.store.people import Device, User

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Step:
    """One change as people read it."""

    received_at: datetime
    at: str | None
    who: str | None
    device: str | None
    channel: str
    entity: str
    record: str
    status: str
    fields: list[tuple[str, str, str]]
    """Label, before, after."""


def history_of(record_ids: Sequence[str]) -> list[Step]:
    """The latest changes of these records, the newest first."""
    found = db.session.execute(
        select(ChangeRow, User.name, Device.name)
        .outerjoin(User, User.id == ChangeRow.user_id)
        .outerjoin(Device, Device.id == ChangeRow.device_id)
        .where(ChangeRow.record_id.in_(record_ids))
        .order_by(ChangeRow.seq.desc())
        .limit(SHOWN)
    ).all()
    bodies = [_body(row.body) for row, _who, _device in found]
    names = names_of(id_ for body in bodies for part in body for id_ in ids_in(part))
    return [
        _step(row, who, device, body, names)
        for (row, who, device), body in zip(found, bodies, strict=True)
    ]


def _body(text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the author saw and what they set; a body that is no change says neither."""
    raw = orjson.loads(text)
    body = raw if isinstance(raw, dict) else {}
    was, set_ = body.get("was"), body.get("set")
    return (was if isinstance(was, dict) else {}, set_ if isinstance(set_, dict) else {})


def _step(
    row: ChangeRow,
    who: str | None,
    device: str | None,
    body: tuple[dict[str, Any], dict[str, Any]],
    names: dict[str, str],
) -> Step:
    was, set_ = body
    fields = [
        (
            word("field", field),
            value_words(row.entity, field, was.get(field), names),
            value_words(row.entity, field, value, names),
        )
        for field, value in set_.items()
    ]
    return Step(
        row.received_at,
        row.at,
        who,
        device,
        row.channel,
        row.entity,
        row.record_id,
        row.status,
        fields,
    )
