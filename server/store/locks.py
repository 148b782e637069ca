"""One at a time, over all threads and workers: refused at once, never waited for."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from server.errors import Problem
from server.store.db import db, is_sqlite


@contextmanager
def one_at_a_time(key: str) -> Iterator[None]:
    """Hold the key for the block, or raise `sync_in_flight` when somebody else holds it."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big", signed=True)
    with _file_lock(number) if is_sqlite() else _database_lock(number):
        yield


@contextmanager
def _file_lock(number: int) -> Iterator[None]:
    """SQLite's workers share a machine, so they share a folder of lock files."""
    folder = Path(f"{db.engine.url.database}-locks")
    folder.mkdir(exist_ok=True)
    with (folder / f"{number & 0xFFFF:04x}{number >> 16 & 0xFFFFFFFF:08x}").open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Problem("sync_in_flight", {"retry_after": 2}) from None
        yield


@contextmanager
def _database_lock(number: int) -> Iterator[None]:
    with db.engine.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        mine = connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": number})
        if not mine:
            raise Problem("sync_in_flight", {"retry_after": 2})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": number})
