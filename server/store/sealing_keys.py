"""The server's key pair: phones seal files to its public half, so that nobody who carries such a
file can read it. The private half lies in the database, itself sealed under SECRET_KEY."""

import os
from base64 import urlsafe_b64encode
from datetime import datetime
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)
from flask import current_app
from sqlalchemy import DateTime, LargeBinary, String, select
from sqlalchemy.orm import Mapped, mapped_column

from server.store.db import Base, db, now
from server.store.feeds import Instance
from server.store.reference import publish

SEALING_KEY = "sealing_key"
"""The reference record that carries the public half to every phone, and its entity."""

NONCE_BYTES = 12
_checked: set[str] = set()
"""Newest pairs that this process has looked at: seen to once, not at every trip."""


class SealingKey(Base):
    """One key pair. None is ever removed: a file may come in years after it was sealed."""

    __tablename__ = "sealing_key"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    private_key: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)


def newest_key() -> Any:
    """The id of the newest pair, to be asked along with other things."""
    return select(SealingKey.id).order_by(SealingKey.made_at.desc()).limit(1).scalar_subquery()


def is_seen_to(newest: str | None) -> bool:
    """True when this process knows that phones can learn the key, the newest pair being this."""
    return newest in _checked


def publish_key(database: str) -> str:
    """See that phones can learn the public half of a pair that this server can open, in the
    running transaction. Gives the newest pair, for `seen_to` once that is committed."""
    # One worker makes the pair, the others wait and find it.
    db.session.execute(select(Instance.id).with_for_update())
    key = _newest_that_opens(database) or _make(database)
    public = urlsafe_b64encode(key.public_key).rstrip(b"=").decode()
    publish(SEALING_KEY, SEALING_KEY, None, {"key": key.id, "public_key": public})
    return str(db.session.scalar(select(newest_key())))


def seen_to(newest: str) -> None:
    _checked.add(newest)


def private_key_of(key_id: str, database: str) -> ec.EllipticCurvePrivateKey | None:
    """The private half; None when there is no such pair, or SECRET_KEY is another one by now."""
    key = db.session.get(SealingKey, key_id)
    return _open(key, database) if key is not None else None


def _newest_that_opens(database: str) -> SealingKey | None:
    keys = db.session.scalars(select(SealingKey).order_by(SealingKey.made_at.desc()))
    return next((key for key in keys if _open(key, database) is not None), None)


def _make(database: str) -> SealingKey:
    private = ec.generate_private_key(ec.SECP256R1())
    public = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    plain = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    key_id = sha256(public).hexdigest()[:16]
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + AESGCM(_wrapping_key(database)).encrypt(nonce, plain, key_id.encode())
    key = SealingKey(id=key_id, public_key=public, private_key=sealed)
    db.session.add(key)
    db.session.flush()
    return key


def _open(key: SealingKey, database: str) -> ec.EllipticCurvePrivateKey | None:
    nonce, sealed = key.private_key[:NONCE_BYTES], key.private_key[NONCE_BYTES:]
    try:
        plain = AESGCM(_wrapping_key(database)).decrypt(nonce, sealed, key.id.encode())
    except InvalidTag:
        return None
    private = load_der_private_key(plain, password=None)
    return private if isinstance(private, ec.EllipticCurvePrivateKey) else None


def _wrapping_key(database: str) -> bytes:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    info = f"bao-phu sealing key {database}".encode()
    return HKDF(hashes.SHA256(), length=32, salt=None, info=info).derive(secret)
