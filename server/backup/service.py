"""A backup is noted only after it was read again; a restore replaces everything or nothing."""

import errno
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from server.backup import postgres, schema, sqlite
from server.backup.accounts import Accounts, read_accounts, what_to_check
from server.errors import Problem
from server.store.audit import note_act
from server.store.backups import note_backup
from server.store.db import VIETNAM, db, is_sqlite, new_id, now, reading, transaction
from server.store.feeds import Instance
from server.store.sealing_keys import SealingKey

NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EIO)
Keys = list[dict[str, Any]]
OF_THE_HOUSE = ("alembic_version", "instance")
"""Tables that hold something in an empty database, too."""


@dataclass(frozen=True)
class Written:
    size: int
    sha256: str


@dataclass(frozen=True)
class Restored:
    """`aside`: under which name the old database is kept. `check`: lines for a person to read."""

    aside: str | None
    check: list[str]


def back_up(file: Path) -> Written:
    """Write a verified backup of the whole database to a new file, and note it."""
    if file.exists():
        raise Problem("backup_exists")
    with _disk():
        target = file.with_name(f".{file.name}.{new_id()}")
        # What is in it is about people: nobody else may read it.
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            begun_at = now()
            if is_sqlite():
                sqlite.write(_live(), target)
            else:
                postgres.write(db.engine, target)
            written = _settle(target, file)
        finally:
            target.unlink(missing_ok=True)
    with transaction():
        note_backup(
            begun_at=begun_at,
            engine=db.engine.dialect.name,
            file_name=file.name,
            size=written.size,
            sha256=written.sha256,
        )
        note_act("backup", by=None, subject=file.name[:100])
    return written


def _live() -> Path:
    return Path(db.engine.url.database or "")


def _settle(target: Path, file: Path) -> Written:
    """Everything is on the disk before the file has its name."""
    with target.open("rb") as stream:
        os.fsync(stream.fileno())
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    size = target.stat().st_size
    os.rename(target, file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return Written(size, digest)


@contextmanager
def _disk() -> Iterator[None]:
    """What a disk may refuse, in the words of the house."""
    try:
        yield
    except OSError as failure:
        raise Problem("backup_disk_full" if failure.errno in NO_ROOM else "backup_folder") from None
    except sqlite3.OperationalError as failure:
        raise _refused(failure) from None
    except DBAPIError as failure:
        if isinstance(failure.orig, sqlite3.OperationalError):
            raise _refused(failure.orig) from None
        raise


def _refused(failure: sqlite3.OperationalError) -> Problem:
    code = failure.sqlite_errorcode & 0xFF
    if code in sqlite.LOCKED:
        return Problem("restore_busy")
    full = code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
    return Problem("backup_disk_full" if full else "database_unavailable")


def restore(file: Path, *, yes: bool) -> Restored:
    """Put the backup in place of the database. The old one is kept aside; phones bring back by
    themselves what they had sent since, and what a person must look at is told."""
    database, revision = _origin(file)
    if not schema.knows(revision):
        raise Problem("backup_newer")
    before, own, filled, keys = _today()
    if filled and own is not None and own != database:
        raise Problem("backup_other_database")
    if filled and not yes:
        raise Problem("restore_needs_yes")
    check: list[str] = []

    def prepare(connection: Connection) -> None:
        schema.renew(connection)
        _keep_keys(connection, keys)
        if filled:
            check.extend(what_to_check(before, read_accounts(connection)))

    stamp = datetime.now(VIETNAM).strftime("%Y%m%d_%H%M%S_%f")
    db.session.remove()
    db.engine.dispose()
    with _disk():
        if is_sqlite():
            aside = sqlite.replace(_live(), file, stamp, prepare)
        else:
            aside = postgres.replace(db.engine, file, stamp, prepare)
    return Restored(aside if filled else None, check)


def _origin(file: Path) -> tuple[str, str]:
    """Database and schema revision of a sound backup of this kind of database."""
    if is_sqlite() and sqlite.is_part_of(_live(), file):
        raise Problem("backup_is_live")
    try:
        with file.open("rb") as stream:
            magic = stream.read(len(sqlite.MAGIC))
    except OSError:
        raise Problem("backup_unreadable") from None
    of_sqlite, of_postgres = magic == sqlite.MAGIC, magic.startswith(postgres.MAGIC)
    if not of_sqlite and not of_postgres:
        raise Problem("backup_unreadable")
    if of_sqlite != is_sqlite():
        raise Problem("backup_other_engine")
    return sqlite.read_origin(file) if of_sqlite else postgres.read_origin(file)


def _today() -> tuple[Accounts | None, str | None, bool, Keys]:
    """Accounts and id of the database to be replaced, as far as it can be read, whether it holds
    anything, and its key pairs. One that cannot be read is taken for a full one."""
    if is_sqlite() and not _live().exists():
        return None, None, False, []
    try:
        with reading(), db.engine.connect() as connection:
            names = set(inspect(connection).get_table_names()) - set(OF_THE_HOUSE)
            if not any(_has_rows(connection, name) for name in names):
                return None, None, False, []
            own = connection.scalar(select(Instance.database))
            pairs = connection.execute(select(*SealingKey.__table__.c)).mappings()
            keys = [dict(pair) for pair in pairs]
            return read_accounts(connection), own, True, keys
    except SQLAlchemyError:
        return None, None, True, []


def _keep_keys(connection: Connection, keys: Keys) -> None:
    """Phones may have sealed files to a pair that is younger than the backup."""
    known = set(connection.scalars(select(SealingKey.id)))
    fresh = [key for key in keys if key["id"] not in known]
    if fresh:
        connection.execute(insert(SealingKey), fresh)


def _has_rows(connection: Connection, name: str) -> bool:
    return connection.scalar(text(f'SELECT 1 FROM "{name}" LIMIT 1')) is not None
