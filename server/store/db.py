"""The database session, and how a transaction begins on SQLite and on PostgreSQL."""

import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase

VIETNAM = timezone(timedelta(hours=7))
BUSY_TIMEOUT_MS = 30_000

BUSY_S = 60
"""When to come again to a database that cannot write."""

SQLITE_CANNOT = frozenset(
    {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
)
POSTGRES_CANNOT = ("08", "40", "53", "55", "57", "58")
"""Classes of PostgreSQL's SQLSTATE: connection, rollback, resources, locks, operator, system."""


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)

_reading: ContextVar[bool] = ContextVar("reading", default=False)


def start(app: Flask) -> None:
    """Bind the session to the application and set how its transactions begin."""
    # What a statement carries is about people: it stays out of every error and every log.
    options: dict[str, Any] = {"hide_parameters": True}
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("postgresql"):
        # Compiling a count of one commune takes PostgreSQL twenty times as long as counting it.
        options["connect_args"] = {"options": "-c jit=off"}
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options
    db.init_app(app)
    with app.app_context():
        engine = db.engine
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin)


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "cache_size=-65536",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """A reading transaction is one snapshot; a writing one takes SQLite's lock at once,
    because a transaction that starts as a reader and then writes may be refused halfway."""
    sqlite = connection.dialect.name == "sqlite"
    if _reading.get():
        connection.exec_driver_sql(
            "BEGIN" if sqlite else "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
        )
    elif sqlite:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def reading() -> Iterator[None]:
    """Inside, transactions only read, from one snapshot."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def only_reads() -> bool:
    """True inside `reading`: what is seen is committed and does not change."""
    return _reading.get()


@contextmanager
def transaction() -> Iterator[None]:
    """The command line's twin of the door-frame: commit once at the end, or leave nothing."""
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def cannot_write(failure: BaseException) -> bool:
    """True for a lock held too long, a full disk, a lost connection: later it may go well."""
    if not isinstance(failure, OperationalError):
        return False
    code = getattr(failure.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in SQLITE_CANNOT
    state = getattr(failure.orig, "sqlstate", None)
    return state is None or state[:2] in POSTGRES_CANNOT


def is_sqlite(bind: Connection | Engine | None = None) -> bool:
    return (bind or db.engine).dialect.name == "sqlite"


def now() -> datetime:
    return datetime.now(UTC)


def today() -> str:
    """The day in Vietnam, ISO."""
    return datetime.now(VIETNAM).date().isoformat()


def timestamp(moment: datetime | None = None) -> str:
    """A moment on the wire: ISO 8601 with Vietnam's offset, whole seconds."""
    return (moment or now()).astimezone(VIETNAM).isoformat(timespec="seconds")


def new_id() -> str:
    """A UUIDv7: sorts by the time it was made."""
    millis = time.time_ns() // 1_000_000
    raw = bytearray(millis.to_bytes(6, "big") + os.urandom(10))
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return str(UUID(bytes=bytes(raw)))


def new_token() -> str:
    """256 random bits as text."""
    return secrets.token_urlsafe(32)


def rows(statement: Any, parameters: Any = None) -> Any:
    return db.session.execute(statement, parameters)
