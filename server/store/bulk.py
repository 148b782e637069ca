"""Many rows at once, each engine in its own fastest way. Per row and per id the ordinary statements
of SQLAlchemy cost several times what the database itself takes."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson
import psycopg
from sqlalchemy import ARRAY, ColumnElement, String, any_, bindparam, func, literal, select
from sqlalchemy import Table as SqlTable
from sqlalchemy.exc import DBAPIError

from server.store.db import db, is_sqlite

Rows = Sequence[tuple[Any, ...]]


def among(column: Any, ids: Collection[str]) -> ColumnElement[bool]:
    """`column IN ids` with one parameter, however many ids there are."""
    value = ids_value(ids)["ids"]
    if is_sqlite():
        return column.in_(_listed(literal(value)))
    return column == any_(bindparam(None, value, type_=ARRAY(String), unique=True))


def among_ids(column: Any) -> ColumnElement[bool]:
    """The same for a statement built once: its ids come with `ids_value` at every execution."""
    if is_sqlite():
        return column.in_(_listed(bindparam("ids")))
    return column == any_(bindparam("ids", type_=ARRAY(String)))


def ids_value(ids: Collection[str]) -> dict[str, Any]:
    """The parameter of `among_ids`."""
    return {"ids": orjson.dumps(sorted(ids)).decode() if is_sqlite() else sorted(ids)}


def _listed(json: Any) -> Any:
    return select(func.json_each(json).table_valued("value").c.value)


def moment(value: datetime) -> Any:
    """A moment as `insert_rows` takes it."""
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f") if is_sqlite() else value


def insert_rows(table: SqlTable, columns: Sequence[str], rows: Rows) -> None:
    """Insert rows that are known to be new, their values in the order of the columns."""
    if not rows:
        return
    quote = db.engine.dialect.identifier_preparer.quote
    into = f"{quote(table.name)} ({', '.join(quote(name) for name in columns)})"
    if is_sqlite():
        statement = f"INSERT INTO {into} VALUES ({', '.join('?' * len(columns))})"
        db.session.connection().exec_driver_sql(statement, rows)
        return
    connection: Any = db.session.connection().connection.driver_connection
    copying = f"COPY {into} FROM STDIN"
    try:
        with connection.cursor() as cursor, cursor.copy(copying) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        # COPY goes past SQLAlchemy: callers know its errors only, and the driver's tells values.
        raise DBAPIError.instance(
            copying, None, type(error)(error.sqlstate or ""), psycopg.Error, hide_parameters=True
        ) from None
