"""What a list carries when it leaves as a workbook, so that the file can be trusted when it comes
back: for each row whose record it is and what the cells said. Sealed under a key that lies in the
database: nobody can change it, and whoever hides a column before passing the file on has hidden it
here, too. A new SECRET_KEY does not concern the files that are out."""

from base64 import b64decode, b64encode
from binascii import Error
from secrets import token_hex
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app
from sqlalchemy import select, update

from server.domain.change import is_id
from server.store.db import db, new_id
from server.store.feeds import Instance

SHEET = "bao-phu"
FORMAT, OLD_FORMAT = "bao-phu-2", "bao-phu-1"
"""Files of the old format are sealed under SECRET_KEY; they may still come back."""
NONCE_BYTES, KEY_BYTES = 12, 32


class Sealer:
    """Seals the marks of one workbook. Each workbook has a key of its own, each mark a number."""

    def __init__(self, key: bytes) -> None:
        self.export_id = new_id()
        self._key = _key(key, self.export_id)
        self._number = 0

    def head(self, about: dict[str, Any]) -> str:
        """The first mark: of the whole list."""
        return f"{FORMAT} {self.export_id} {self._seal(0, about)}"

    def row(self, told: list[Any]) -> str:
        self._number += 1
        return f"{self._number} {self._seal(self._number, told)}"

    def _seal(self, number: int, told: Any) -> str:
        sealed = self._key.encrypt(_nonce(number), orjson.dumps(told), None)
        # Not the alphabet with `_`: a workbook writes `_x12ab_` otherwise than it was given.
        return b64encode(sealed).decode()


class Opener:
    """Reads the marks of a workbook that came back."""

    def __init__(self, head: str, key: bytes | None) -> None:
        """`key`: that of the database. Raises `ValueError` when this server did not seal it."""
        kind, _, rest = head.partition(" ")
        self.export_id, _, sealed = rest.partition(" ")
        secret = key if kind == FORMAT else _secret_key()
        if not is_marked(head) or not is_id(self.export_id) or secret is None:
            raise ValueError("no mark of ours")
        self._key = _key(secret, self.export_id)
        self.about: dict[str, Any] = self._open(0, sealed)

    def row(self, mark: str) -> list[Any]:
        """What a row carries. Raises `ValueError` for a mark that was changed."""
        number, _, sealed = mark.partition(" ")
        if not (number.isascii() and number.isdecimal() and len(number) < 8 and int(number)):
            raise ValueError("no mark of a row")
        told: list[Any] = self._open(int(number), sealed)
        return told

    def _open(self, number: int, sealed: str) -> Any:
        try:
            told = self._key.decrypt(_nonce(number), b64decode(sealed), None)
        except (InvalidTag, Error, ValueError):
            raise ValueError("the mark was changed, or is another server's") from None
        return orjson.loads(told)


def is_marked(head: str) -> bool:
    """Whether a sheet that begins so is one of marks."""
    return head.partition(" ")[0] in (FORMAT, OLD_FORMAT)


def key_of_database() -> bytes | None:
    """The key of this database's marks; None before the first list left."""
    found = db.session.scalar(select(Instance.marks_key))
    return bytes.fromhex(found) if found else None


def key_to_seal() -> bytes:
    """The same, made for the first list. Of two lists that leave first the second waits, and finds
    the key that the first made."""
    found = key_of_database()
    if found is not None:
        return found
    mine = update(Instance).where(Instance.marks_key.is_(None))
    db.session.execute(mine.values(marks_key=token_hex(KEY_BYTES)))
    return bytes.fromhex(str(db.session.scalar(select(Instance.marks_key))))


def _secret_key() -> bytes:
    return str(current_app.config["SECRET_KEY"]).encode()


def _key(secret: bytes, export_id: str) -> AESGCM:
    salt, info = export_id.encode(), b"bao-phu list marks"
    return AESGCM(HKDF(hashes.SHA256(), 32, salt, info).derive(secret))


def _nonce(number: int) -> bytes:
    return number.to_bytes(NONCE_BYTES, "big")
