"""Phones that are signed in: who calls with a token, and how a token is kept."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from server.store.db import db, now
from server.store.feeds import Instance
from server.store.people import Device, User
from server.store.sealing_keys import newest_key

TOKEN_LIFE = timedelta(days=180)
SILENT_AFTER = timedelta(days=7)
"""After so long without a sync somebody should ask after a phone."""


@dataclass(frozen=True, slots=True)
class Caller:
    """The person and the phone behind a bearer token."""

    device_id: str
    user_id: str
    user_name: str
    role: str
    bhxh_unit_id: str | None
    revoked: bool
    stolen: bool
    database: str
    last_sync_at: datetime | None
    told: tuple[int, bool | None, str | None]
    """What the phone last said of itself: unsent changes, storage kept, version of the app."""
    newest_key: str | None
    """The newest pair of keys to seal files with: see `server.store.sealing_keys`."""


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@cache
def _by_token() -> Select[Any]:
    """Built once: every call of every phone asks this."""
    device, user, instance = (model.__table__.c for model in (Device, User, Instance))
    columns: list[Any] = [
        device.id,
        device.user_id,
        user.name,
        user.role,
        user.bhxh_unit_id,
        device.revoked_at,
        device.stolen,
        device.last_used_at,
        user.ended_at,
        select(instance.database).scalar_subquery().label("database"),
        device.last_sync_at,
        device.unsent,
        device.persisted,
        device.app_version,
        newest_key().label("newest_key"),
    ]
    return select(*columns).where(
        device.token_hash == bindparam("hash"),
        device.signed_out_at.is_(None),
        user.id == device.user_id,
    )


def caller_of(token: str) -> Caller | None:
    """Who holds this token, or None when it is unknown, expired, signed out, or its user has ended.
    A revoked phone is still known: it may send what it holds."""
    found = db.session.execute(_by_token(), {"hash": token_hash(token)}).first()
    if found is None or utc(found.last_used_at) + TOKEN_LIFE < now():
        return None
    return Caller(
        found.id,
        found.user_id,
        found.name,
        found.role,
        found.bhxh_unit_id,
        revoked=found.revoked_at is not None or found.ended_at is not None,
        stolen=found.stolen,
        database=found.database,
        last_sync_at=utc(found.last_sync_at) if found.last_sync_at else None,
        told=(found.unsent, found.persisted, found.app_version),
        newest_key=found.newest_key,
    )


def utc(moment: datetime) -> datetime:
    """SQLite gives moments back without their zone; they are UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
