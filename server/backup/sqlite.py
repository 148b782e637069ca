"""SQLite: a backup is a database file, taken from one snapshot while the server goes on working."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, NullPool, create_engine

from server.errors import Problem

MAGIC = b"SQLite format 3\0"
FIRST_PAGES = 8
"""Far less than any database of ours has: after the first step there is still time to stop."""

WAIT_S = 5.0
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)

Counts = dict[str, int]


class Overtaken(Exception):
    """Somebody wrote between the copy that is kept aside and the replacing."""


COMPANIONS = ("-journal", "-wal", "-shm")


def is_part_of(live: Path, file: Path) -> bool:
    """True for the live database itself and its companions, by whatever name: what was written last
    may stand in the log alone, so the file by itself is an older state that looks whole."""
    parts = [live, *(live.with_name(live.name + part) for part in COMPANIONS)]
    return file.exists() and any(part.exists() and part.samefile(file) for part in parts)


def _open(file: Path, mode: str = "rw") -> sqlite3.Connection:
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode={mode}", uri=True, timeout=WAIT_S, isolation_level=None
    )


def write(live: Path, target: Path) -> None:
    """Copy the live database into `target` and read the copy again: it is whole or refused."""
    with closing(_open(live)) as source, closing(sqlite3.connect(target)) as copy:
        source.execute("BEGIN")
        counted = _count(source)
        source.backup(copy)
        source.execute("ROLLBACK")
        # One file that needs no companions to be whole.
        copy.execute("PRAGMA journal_mode=DELETE")
    try:
        whole = _check(target) == counted
    except sqlite3.DatabaseError:
        whole = False
    if not whole:
        raise Problem("backup_not_whole")


def _check(file: Path) -> Counts:
    """Rows a table of a sound file; `sqlite3.DatabaseError` for one that is not sound."""
    with closing(_open(file, "ro&immutable=1")) as copy:
        broken = copy.execute("PRAGMA integrity_check").fetchone() != ("ok",)
        if broken or copy.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise sqlite3.DatabaseError
        return _count(copy)


def _count(connection: sqlite3.Connection) -> Counts:
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        for (name,) in names.fetchall()
    }


def read_origin(file: Path) -> tuple[str, str]:
    """Database id and schema revision of a sound backup."""
    try:
        _check(file)
        with closing(_open(file, "ro&immutable=1")) as copy:
            (database,) = copy.execute("SELECT database FROM instance").fetchone()
            (revision,) = copy.execute("SELECT version_num FROM alembic_version").fetchone()
            return database, revision
    except (sqlite3.DatabaseError, TypeError):
        raise Problem("backup_unreadable") from None


def replace(live: Path, file: Path, stamp: str, prepare: Callable[[Connection], Any]) -> str | None:
    """Put a prepared copy of the backup in place of the live database, all at once; where the old
    one is kept, if there was one. Servers that run go on with the new content."""
    fresh = live.with_name(f".{live.name}.restoring-{stamp}")
    try:
        shutil.copyfile(file, fresh)
        engine = create_engine(f"sqlite:///{fresh}", poolclass=NullPool)
        with engine.begin() as connection:
            prepare(connection)
        return _swap(fresh, live, live.with_name(f"{live.name}.before-restore-{stamp}"))
    finally:
        for part in ("", *COMPANIONS):
            fresh.with_name(fresh.name + part).unlink(missing_ok=True)


def _swap(fresh: Path, live: Path, aside: Path) -> str | None:
    if not live.exists():
        # A log that was left behind would be played into the new file.
        _set_damaged_aside(live, aside)
        os.replace(fresh, live)
        return None
    try:
        with closing(_open(live)) as old:
            old.execute("PRAGMA journal_mode=WAL")
            version = _version(old)
            with closing(sqlite3.connect(aside)) as copy:
                aside.chmod(0o600)
                old.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
            _overwrite(live, fresh, lambda: _version(old) == version)
    except sqlite3.DatabaseError as failure:
        if failure.sqlite_errorcode & 0xFF not in DAMAGED:
            aside.unlink(missing_ok=True)
            raise
        _set_damaged_aside(live, aside)
        os.replace(fresh, live)
    except Overtaken:
        aside.unlink(missing_ok=True)
        raise Problem("restore_busy") from None
    return aside.name


def _version(connection: sqlite3.Connection) -> int:
    """Another number as soon as anybody else has committed."""
    return connection.execute("PRAGMA data_version").fetchone()[0]


def _overwrite(live: Path, fresh: Path, unchanged: Callable[[], bool]) -> None:
    """One transaction over the whole file. From its first step on nobody else can write, so what
    is unchanged then stays unchanged."""
    looked = False

    def look(status: int, _left: int, _total: int) -> None:
        nonlocal looked
        if status in LOCKED or (not looked and not unchanged()):
            raise Overtaken
        looked = True

    with closing(_open(fresh)) as source, closing(_open(live)) as target:
        source.backup(target, pages=FIRST_PAGES, progress=look)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _set_damaged_aside(live: Path, aside: Path) -> None:
    for part in ("", "-wal", "-shm"):
        piece = live.with_name(live.name + part)
        if piece.exists():
            os.replace(piece, aside.with_name(aside.name + part))
