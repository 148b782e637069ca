"""Phones that are signed in: who calls with a token, and how a token is kept."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from server.store.db import db, now
from server.store.people import Device, User

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


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def caller_of(token: str) -> Caller | None:
    """Who holds this token, or None when it is unknown, expired, signed out, or its user has ended.
    A revoked phone is still known: it may send what it holds."""
    found = db.session.execute(
        select(
            Device.id,
            Device.user_id,
            User.name,
            User.role,
            User.bhxh_unit_id,
            Device.revoked_at,
            Device.stolen,
            Device.last_used_at,
            User.ended_at,
        )
        .join(User, User.id == Device.user_id)
        .where(Device.token_hash == token_hash(token), Device.signed_out_at.is_(None))
    ).first()
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
    )


def utc(moment: datetime) -> datetime:
    """SQLite gives moments back without their zone; they are UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
