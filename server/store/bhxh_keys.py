"""Keys of an insurance unit's own software: made, told apart, ended, and who calls with one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from schemas.kinds import KeyScope
from server.store.audit import note_act
from server.store.bhxh import BhxhKey
from server.store.db import db, new_token, now, today
from server.store.devices import token_hash, utc

PREFIX = "bp_"
SAME_USE = timedelta(minutes=1)
"""A key used again within this time has its last use written once."""


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """The software behind a key."""

    key_id: str
    unit_id: str
    scopes: frozenset[str]
    last_used_at: datetime | None

    @property
    def use_is_news(self) -> bool:
        return self.last_used_at is None or now() - self.last_used_at > SAME_USE


def holder_of(key: str) -> KeyHolder | None:
    """Who holds this key, or None when it is unknown, expired or revoked."""
    if not key.startswith(PREFIX):
        return None
    query = select(BhxhKey.id, BhxhKey.unit_id, BhxhKey.scopes, BhxhKey.last_used_at).where(
        BhxhKey.key_hash == token_hash(key),
        BhxhKey.revoked_at.is_(None),
        BhxhKey.expires_on >= today(),
    )
    found = db.session.execute(query).first()
    if found is None:
        return None
    used = utc(found.last_used_at) if found.last_used_at else None
    return KeyHolder(found.id, found.unit_id, frozenset(found.scopes.split()), used)


def write_use(key_id: str) -> None:
    """Write down that a key was used now."""
    db.session.execute(update(BhxhKey).where(BhxhKey.id == key_id).values(last_used_at=now()))


def make_key(
    id_: str, unit_id: str, name: str, scopes: Collection[str], expires_on: str, by: str
) -> str:
    """A new key of a unit, good until the end of a day; its text, which is kept nowhere."""
    text = PREFIX + new_token()
    key = BhxhKey(
        id=id_,
        unit_id=unit_id,
        name=name,
        key_hash=token_hash(text),
        ending=text[-4:],
        scopes=" ".join(scope.value for scope in KeyScope if scope in scopes),
        expires_on=expires_on,
        created_by=by,
    )
    db.session.add(key)
    note_act("bhxh_key_make", by=by, subject=key.id, unit=unit_id, scopes=key.scopes)
    return text


def revoke_key(key: BhxhKey, by: str) -> None:
    """The key opens nothing any more. Revoked twice is revoked once."""
    if key.revoked_at is None:
        key.revoked_at, key.revoked_by = now(), by
        note_act("bhxh_key_revoke", by=by, subject=key.id, unit=key.unit_id)
