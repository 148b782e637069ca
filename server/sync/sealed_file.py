"""Opens a file that a phone sealed to this server; schemas/sealed.py says how it is built."""

import hmac
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from schemas.sealed import HEADER_LIMIT, MAC_BYTES, MAGIC, SealedBody, SealedHeader
from schemas.sync import CHANGES_LIMIT, DECODED_LIMIT
from server.errors import Problem
from server.http import load, parse_json, unzip

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
NAME_BYTES, LENGTH_BYTES = 3, 2
"""Of `MAGIC` the first three bytes name the kind of file, the fourth its version."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What anybody can read of a file, and what only the server can."""

    info: bytes
    header: dict[str, Any]
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """What was inside. `signed`: the bytes that `mac` speaks for."""

    user: str
    changes: list[Any]
    mac: bytes
    signed: bytes

    def is_proven_by(self, token_hash: str | None) -> bool:
        """True when it was made by a phone holding the token of this hash."""
        if token_hash is None:
            return False
        made = hmac.digest(bytes.fromhex(token_hash), self.signed, "sha256")
        return hmac.compare_digest(made, self.mac)


def read_envelope(data: bytes) -> Envelope:
    """The file's outside, or a problem."""
    if len(data) > DECODED_LIMIT:
        raise Problem("too_large", {"limit": DECODED_LIMIT})
    if data[:NAME_BYTES] != MAGIC[:NAME_BYTES]:
        raise Problem("sealed_unreadable")
    start = len(MAGIC) + LENGTH_BYTES
    if data[: len(MAGIC)] != MAGIC:
        raise Problem("sealed_too_new")
    end = start + int.from_bytes(data[len(MAGIC) : start], "big")
    if end - start > HEADER_LIMIT or len(data) <= end:
        raise Problem("sealed_damaged")
    try:
        header = load(SealedHeader, parse_json(data[start:end]))
    except Problem:
        raise Problem("sealed_damaged") from None
    return Envelope(data[:end], header, data[end:])


def open_letter(envelope: Envelope, key: ec.EllipticCurvePrivateKey) -> Letter:
    """The file's inside, or a problem."""
    try:
        plain = SUITE.decrypt(envelope.sealed, key, info=envelope.info)
    except (InvalidTag, ValueError):
        raise Problem("sealed_damaged") from None
    mac, packed = plain[:MAC_BYTES], plain[MAC_BYTES:]
    body = _decoded(packed, envelope.header["packing"])
    changes = body.pop("changes", None)
    if not isinstance(changes, list):
        raise Problem("sealed_damaged")
    if len(changes) > CHANGES_LIMIT:
        raise Problem("too_many_changes", {"limit": CHANGES_LIMIT})
    read = load(SealedBody, {**body, "changes": []})
    return Letter(read["user"], changes, mac, envelope.info + packed)


def _decoded(packed: bytes, packing: str) -> dict[str, Any]:
    plain = unzip(packed, DECODED_LIMIT) if packing == "gzip" else packed
    body = parse_json(plain)
    if not isinstance(body, dict):
        raise Problem("sealed_damaged")
    return body
