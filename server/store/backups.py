"""Backups that were read again and found whole: until when the phones may believe in them."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, DateTime, Select, String, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from server.store.db import Base, db, new_id, now
from server.store.devices import utc

LATE_AFTER = timedelta(days=1)
"""An administrator is told when the newest verified backup is older."""


class Backup(Base):
    """One verified backup. A row is written only after the file was read again; it holds the file's
    name, not its place. Everything committed before `begun_at` is in the file."""

    __tablename__ = "backup"
    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    begun_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    verified_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    engine: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))


@cache
def newest_begin() -> Select[Any]:
    """When the newest verified backup began; for phones, sync asks this with every answer."""
    return select(func.max(Backup.__table__.c.begun_at))


def backed_up_until() -> datetime | None:
    """The start of the newest verified backup, UTC."""
    found = db.session.scalar(newest_begin())
    return utc(found) if found is not None else None


def backup_is_late(at: datetime | None = None) -> bool:
    """True when no verified backup began within the last day."""
    until = backed_up_until()
    return until is None or until + LATE_AFTER < (at or now())


def note_backup(*, begun_at: datetime, engine: str, file_name: str, size: int, sha256: str) -> None:
    """Write down a backup that has just been verified."""
    db.session.execute(
        insert(Backup).values(
            id=new_id(),
            begun_at=begun_at,
            verified_at=now(),
            engine=engine,
            file_name=file_name[:200],
            size=size,
            sha256=sha256,
        )
    )
