"""Seals a file as a phone does: what schemas/sealed.py says, in Python."""

import gzip
import hmac
import json
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from schemas.sealed import MAGIC
from schemas.sync import REFERENCE_FEED
from tests.fake_phone import FakePhone

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def server_key(phone: FakePhone) -> dict[str, Any]:
    """The key as it lies in the phone's reference feed."""
    found = [
        record["data"]
        for (entity, _), record in phone.records[REFERENCE_FEED].items()
        if entity == "sealing_key"
    ]
    assert len(found) == 1, "the phone has not learned the server's key"
    data: dict[str, Any] = found[0]
    return data


def sealed_file(
    phone: FakePhone,
    changes: Sequence[Any],
    *,
    token: str | None = None,
    body: bytes | None = None,
    **header: Any,
) -> bytes:
    """A file of these changes. `token`: whose hash signs it, the phone's own unless told."""
    key = server_key(phone)
    head = {
        "database": phone.database,
        "key": key["key"],
        "device": phone.phone.device.id,
        "count": len(changes),
        "made_at": "2026-11-22T08:00:00+07:00",
        "packing": "gzip",
        **header,
    }
    text = json.dumps(head).encode()
    info = MAGIC + len(text).to_bytes(2, "big") + text
    plain = (
        body
        or json.dumps(
            {"user": phone.phone.user.id, "device": head["device"], "changes": list(changes)}
        ).encode()
    )
    packed = gzip.compress(plain) if head["packing"] == "gzip" else plain
    secret = sha256((token or phone.phone.token).encode()).digest()
    mac = hmac.digest(secret, info + packed, "sha256")
    public = urlsafe_b64decode(key["public_key"] + "=")
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
    return info + SUITE.encrypt(mac + packed, point, info=info)
