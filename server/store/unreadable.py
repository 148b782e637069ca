"""What phones sent that no server can read as a change. The content stays on the phone's 'needs
help' shelf; here is only enough for the office to know of it and to ask for it."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import ForeignKey, String, delete, exists, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from schemas.kinds import ChangeStatus, Entity
from server.domain.change import is_id
from server.store.changes.authors import Result
from server.store.db import Base, db, now
from server.store.people import ID, MOMENT, Device

KEPT = 50
"""Of one phone, the newest; a broken app may send thousands."""


class UnreadableChange(Base):
    """`content`: the SHA-256 of what came, so that trying again makes no second line."""

    __tablename__ = "unreadable_change"
    device_id: Mapped[str] = mapped_column(ForeignKey("device.id"), primary_key=True)
    content: Mapped[str] = mapped_column(String(64), primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    entity: Mapped[str | None] = mapped_column(String(40))
    record_id: Mapped[str | None] = mapped_column(ID)
    told_at: Mapped[datetime] = mapped_column(MOMENT)


NEWEST_FIRST = (UnreadableChange.told_at.desc(), UnreadableChange.content)


def note_unreadable(device_id: str, changes: Sequence[Any], results: Sequence[Result]) -> None:
    """Remember what of these changes could not be read, as far as it says whom it is about."""
    found = [
        _row(device_id, raw, result)
        for raw, result in zip(changes, results, strict=True)
        if result.status == ChangeStatus.MALFORMED
    ]
    if not found:
        return
    rows = {row["content"]: row for row in found[:KEPT]}
    mine = UnreadableChange.device_id == device_id
    db.session.execute(delete(UnreadableChange).where(mine, UnreadableChange.content.in_(rows)))
    db.session.execute(insert(UnreadableChange), list(rows.values()))
    newest = select(UnreadableChange.content).where(mine).order_by(*NEWEST_FIRST).limit(KEPT)
    db.session.execute(
        delete(UnreadableChange).where(mine, UnreadableChange.content.not_in(newest))
    )


def _row(device_id: str, raw: Any, result: Result) -> dict[str, Any]:
    entity, record = (raw.get("entity"), raw.get("record")) if isinstance(raw, dict) else (0, 0)
    return {
        "device_id": device_id,
        "content": sha256(orjson.dumps(raw, option=orjson.OPT_SORT_KEYS)).hexdigest(),
        "code": result.reasons[0]["code"],
        "entity": entity if entity in set(Entity) else None,
        "record_id": record if is_id(record) else None,
        "told_at": now(),
    }


def unreadable_of(device: Device) -> list[UnreadableChange]:
    """What could not be read of a phone since somebody last asked its user, newest first."""
    query = select(UnreadableChange).where(UnreadableChange.device_id == device.id)
    if device.settled_at is not None:
        query = query.where(UnreadableChange.told_at > device.settled_at)
    return list(db.session.scalars(query.order_by(*NEWEST_FIRST)))


def has_unreadable() -> Any:
    """Something of it could not be read, and nobody has asked yet."""
    since = Device.settled_at.is_(None) | (UnreadableChange.told_at > Device.settled_at)
    return exists().where(UnreadableChange.device_id == Device.id, since).correlate(Device)
