"""The digest of a feed: equal for equal records, whatever their order. Twin: digest.ts."""

from collections.abc import Iterable
from functools import reduce
from hashlib import sha256
from operator import xor

NO_RECORDS = "0" * 16


def record_digest(record: str, rev: int) -> int:
    """The share of one live record: the first 16 hex digits of SHA-256 of `id:rev`.

    A record enters and leaves the digest of its feed by XOR with this number.
    """
    return int.from_bytes(sha256(f"{record}:{rev}".encode()).digest()[:8], "big")


def digest_hex(digest: int) -> str:
    """A digest as the wire carries it."""
    return f"{digest:016x}"


def feed_digest(records: Iterable[tuple[str, int]]) -> str:
    """The digest of these live records, each its id and revision."""
    return digest_hex(reduce(xor, (record_digest(record, rev) for record, rev in records), 0))
