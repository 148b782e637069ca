"""PostgreSQL: a backup is a ZIP of one COPY stream a table, all from one repeatable-read snapshot,
with a list of contents. It needs no tool beside the driver."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, inspect, text
from sqlalchemy.exc import OperationalError

from server.backup import schema
from server.errors import Problem

MAGIC = b"PK\x03\x04"
FORMAT = 1
CONTENTS = "contents.json"
REVISIONS = "alembic_version"
WAIT = "5s"
BLOCK = 1 << 20


@dataclass(frozen=True)
class Table:
    """A table in a backup, in the order in which tables may be filled."""

    name: str
    columns: list[str]
    rows: int
    sha256: str


def write(engine: Engine, target: Path) -> None:
    """Write all tables into `target` and read them again: whole or refused."""
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection:
        found = MetaData()
        found.reflect(connection)
        origin = _origin(connection)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
            tables = [
                _write_table(connection, file, table.name, [column.name for column in table.c])
                for table in found.sorted_tables
                if table.name != REVISIONS
            ]
            contents = {**origin, "tables": [asdict(table) for table in tables]}
            file.writestr(CONTENTS, json.dumps(contents))
    if _check(target) != contents:
        raise Problem("backup_not_whole")


def _origin(connection: Connection) -> dict[str, Any]:
    database = connection.scalar(text("SELECT database FROM instance"))
    revision = connection.scalar(text(f"SELECT version_num FROM {REVISIONS}"))
    return {"format": FORMAT, "database": database, "revision": revision}


def _write_table(
    connection: Connection, file: zipfile.ZipFile, name: str, columns: list[str]
) -> Table:
    counted = connection.scalar(text(f'SELECT count(*) FROM "{name}"'))
    digest = hashlib.sha256()
    lines = 0
    with (
        file.open(name, "w", force_zip64=True) as out,
        _driver(connection).cursor() as cursor,
        cursor.copy(f'COPY "{name}" ({_list(columns)}) TO STDOUT') as copy,
    ):
        for block in copy:
            data = bytes(block)
            digest.update(data)
            lines += data.count(b"\n")
            out.write(data)
    if lines != counted:
        raise Problem("backup_not_whole")
    return Table(name, columns, lines, digest.hexdigest())


def _list(columns: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _check(file: Path) -> dict[str, Any]:
    """The contents of a backup whose every table has the rows and the digest they say."""
    try:
        with zipfile.ZipFile(file) as archive:
            contents = json.loads(archive.read(CONTENTS))
            if contents["format"] != FORMAT:
                raise Problem("backup_newer")
            for told in contents["tables"]:
                if _measure(archive, told["name"]) != (told["rows"], told["sha256"]):
                    raise Problem("backup_unreadable")
            return contents
    except (zipfile.BadZipFile, zlib.error, KeyError, TypeError, ValueError, EOFError):
        raise Problem("backup_unreadable") from None


def _measure(archive: zipfile.ZipFile, name: str) -> tuple[int, str]:
    digest, lines = hashlib.sha256(), 0
    with archive.open(name) as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
            lines += block.count(b"\n")
    return lines, digest.hexdigest()


def read_origin(file: Path) -> tuple[str, str]:
    """Database id and schema revision of a sound backup."""
    contents = _check(file)
    return contents["database"], contents["revision"]


def replace(
    engine: Engine, file: Path, stamp: str, prepare: Callable[[Connection], Any]
) -> str | None:
    """Fill today's place with the backup in one transaction; into which schema the old tables went,
    if there were any. Whatever fails leaves everything as it was."""
    contents = _check(file)
    with engine.connect() as connection, connection.begin():
        aside = _set_aside(connection, f"before_restore_{stamp}")
        schema.build(connection, contents["revision"])
        # The first migration wrote the row of a new database; the backup brings its own.
        connection.execute(text("DELETE FROM instance"))
        with zipfile.ZipFile(file) as archive:
            for told in contents["tables"]:
                _read_table(connection, archive, Table(**told))
        prepare(connection)
    return aside


def _set_aside(connection: Connection, name: str) -> str | None:
    """Move every table out of the way. Who still writes is waited for, but not for long: and who
    comes later waits until the tables are there again."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT}'"))
    try:
        connection.execute(text(f"LOCK TABLE {_list(tables)} IN ACCESS EXCLUSIVE MODE"))
    except OperationalError:
        raise Problem("restore_busy") from None
    connection.execute(text(f'CREATE SCHEMA "{name}"'))
    for table in tables:
        connection.execute(text(f'ALTER TABLE "{table}" SET SCHEMA "{name}"'))
    return name


def _read_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> None:
    with (
        archive.open(table.name) as stream,
        _driver(connection).cursor() as cursor,
        cursor.copy(f'COPY "{table.name}" ({_list(table.columns)}) FROM STDIN') as copy,
    ):
        while block := stream.read(BLOCK):
            copy.write(block)
    for column in table.columns:
        _continue_after(connection, table.name, column)


def _continue_after(connection: Connection, table: str, column: str) -> None:
    """Numbers that the database hands out go on where those of the backup end."""
    asked = {"table": f'"{table}"', "column": column}
    counter = connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), asked)
    if counter is not None:
        highest = f'SELECT max("{column}") FROM "{table}"'
        connection.execute(
            text(f"SELECT setval(:counter, greatest(({highest}), 1))"), {"counter": counter}
        )
