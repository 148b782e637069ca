"""The legal tables as they stand now, and on every phone: one reference record for each table.

Columns and cells stand apart, so a table of 60 rows does not say its column names 60 times; the
notes stay here. Twin of the reading: pwa/src/domain/legal/feed.ts.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import func, select

from server.domain.legal.adding import Document
from server.domain.legal.reading import national_tables, rows_of_table, table_names
from server.domain.legal.tables import LegalRow, Tables
from server.errors import Problem
from server.store.db import VIETNAM, db, now, only_reads
from server.store.feeds import Instance
from server.store.legal_rows import AddedRow, added_rows, new_added_row, rows_standing_at
from server.store.reference import Item, publish_all

LEGAL_TABLE = "legal_table"
COLUMNS = (
    "item",
    "where",
    "value",
    "unit",
    "valid_from",
    "valid_to",
    "source",
    "confidence",
    "name_vi",
)

_kept: tuple[tuple[Any, ...], Tables] | None = None


def legal_tables() -> Tables:
    """What every rule on the server is asked with: the program's rows and, after them, those an
    administrator added. One small read tells whether what this process keeps still holds."""
    global _kept
    if not only_reads():
        # A writer may still be undone: what it sees is kept by nobody.
        return _tables()
    mark = legal_mark()
    if _kept is None or _kept[0] != mark:
        _kept = (mark, _tables())
    return _kept[1]


def legal_tables_known(day: str) -> Tables:
    """The tables as they stood here when a day began: a phone without signal that day knew no
    more."""
    begun = datetime.fromisoformat(day).replace(tzinfo=VIETNAM)
    added = [row.as_row() for row in rows_standing_at(begun.astimezone(UTC))]
    return Tables((*national_tables().rows, *added)) if added else national_tables()


def legal_mark() -> tuple[Any, ...]:
    """Changes with every row added or withdrawn, and with every restore."""
    counts = select(
        func.count(), func.max(AddedRow.id), func.count(AddedRow.withdrawn_at)
    ).select_from(AddedRow)
    epoch = db.session.scalar(select(Instance.epoch))
    return (epoch, *db.session.execute(counts).one())


def _tables() -> Tables:
    added = [row.as_row() for row in added_rows()]
    national = national_tables()
    return Tables((*national.rows, *added)) if added else national


def legal_items(tables: Iterable[str] | None = None) -> Iterable[Item]:
    """Legal tables (all without a choice) as records for the phones: the program's rows in their
    order, then the added ones."""
    cells = attrgetter(*COLUMNS)
    for name in table_names() if tables is None else tables:
        rows = [*rows_of_table(name), *(added.as_row() for added in added_rows(name))]
        data = {"name": name, "columns": list(COLUMNS), "rows": [list(cells(row)) for row in rows]}
        yield Item(LEGAL_TABLE, f"{LEGAL_TABLE}:{name}", None, data)


def one_writer() -> None:
    """Let nobody else add or withdraw rows until the running transaction ends."""
    db.session.execute(select(Instance.id).with_for_update())


def standing_row(row: LegalRow) -> AddedRow | None:
    """The row added for the same item, place and first day, if one stands."""
    key = (row.item, row.where, row.valid_from)
    found = (one for one in added_rows(row.table) if (one.item, one.where, one.valid_from) == key)
    return next(found, None)


def add_legal_row(row: LegalRow, document: Document, by: str) -> AddedRow:
    """Write a row and publish its table to the phones, in the running transaction. Problem:
    `conflict` when a row for the same item, place and first day stands."""
    one_writer()
    if standing_row(row) is not None:
        raise Problem("conflict")
    added = new_added_row(row, document, by)
    publish_all(legal_items([row.table]))
    return added


def withdraw_legal_row(added: AddedRow, reason: str, by: str) -> None:
    """Let a wrong row speak no more, here and on the phones; it stays on record. Problem:
    `already_decided` when somebody withdrew it before."""
    one_writer()
    db.session.refresh(added)
    if added.withdrawn_at is not None:
        raise Problem("already_decided")
    added.withdrawn_by, added.withdrawn_at, added.withdrawn_reason = by, now(), reason
    db.session.flush()
    publish_all(legal_items([added.table_name]))
