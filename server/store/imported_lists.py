"""Lists that others made of people here: who BHXH counts as insured, whose card is due, who is on
the roll of a school. Kept as they came, beside the records and never mixed with them: matching
them to people is a decision of its own, which reads these rows and writes none of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import orjson
from sqlalchemy import (
    Boolean,
    DateTime,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    func,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from server.domain.text import fold_tight
from server.store.bulk import among, insert_rows
from server.store.db import Base, db, now

ID = String(36)
KINDS = ("bhxh_list", "bhxh_due", "school_roll")
FIELDS = (
    "full_name", "birth_date", "sex", "personal_id", "bhxh_number", "card_number",
    "insurance_group", "valid_from", "valid_to", "first_clinic", "household_code", "address",
    "village_text", "school_class",
)  # fmt: skip
"""What a kept row may say, besides `raw`: its cells by heading, as they stood in the file."""
_OURS = UUID("5f0e6c1e-6f4c-4c61-9d4f-3f0f5a1f4f10")


class ImportedList(Base):
    """`digest`: of the file. `whole`: all its rows are in; until then nobody reads it."""

    __tablename__ = "imported_list"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    commune_id: Mapped[str] = mapped_column(ForeignKey("area.id"))
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    made_on: Mapped[str | None] = mapped_column(String(10))
    school_id: Mapped[str | None] = mapped_column(ForeignKey("school.id"), index=True)
    imported_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"), index=True)
    imported_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    row_count: Mapped[int] = mapped_column(default=0)
    whole: Mapped[bool] = mapped_column(Boolean, default=False)
    __table_args__ = (
        Index("ix_imported_list_commune_id_kind_imported_at", "commune_id", "kind", "imported_at"),
    )


class ImportedRow(Base):
    """`person`: what tells one person of a list from another (`person_key`). `data`: JSON of the
    fields named in `FIELDS` and of `raw`."""

    __tablename__ = "imported_row"
    list_id: Mapped[str] = mapped_column(ForeignKey("imported_list.id"), primary_key=True)
    row_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person: Mapped[str] = mapped_column(String(120))
    data: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("ix_imported_row_list_id_person", "list_id", "person"),)


def list_id(digest: str, commune: str, kind: str) -> str:
    """The id a file's list has: the same file for the same commune is the same list."""
    return str(uuid5(_OURS, f"{digest} {commune} {kind}"))


def person_key(row: dict[str, Any]) -> str:
    """The BHXH number, else the personal id, else name and birth: what two lists of the same maker
    name one person by."""
    for field in ("bhxh_number", "personal_id"):
        if row.get(field):
            return f"{field}:{row[field]}"
    return f"{fold_tight(row.get('full_name') or '')[:90]}:{row.get('birth_date') or ''}"


def open_list(
    id_: str,
    *,
    commune: str,
    kind: str,
    name: str,
    digest: str,
    by: str | None,
    made_on: str | None = None,
    school: str | None = None,
) -> ImportedList:
    """The list under this id, begun if it is not there."""
    found = db.session.get(ImportedList, id_)
    if found is None:
        found = ImportedList(
            id=id_,
            commune_id=commune,
            kind=kind,
            name=name[:200],
            digest=digest,
            made_on=made_on,
            school_id=school,
            imported_by=by,
        )
        db.session.add(found)
        db.session.flush()
    return found


def add_rows(id_: str, rows: Sequence[tuple[int, dict[str, Any]]]) -> None:
    """Keep rows by their number in the file, each normalised, with `raw`."""
    table: Any = ImportedRow.__table__
    values = [(id_, number, person_key(data), orjson.dumps(data).decode()) for number, data in rows]
    insert_rows(table, ("list_id", "row_number", "person", "data"), values)


def finish_list(id_: str) -> ImportedList:
    """All rows are in: from now on the list is read."""
    found = db.session.get_one(ImportedList, id_)
    count = select(func.count()).select_from(ImportedRow).where(ImportedRow.list_id == id_)
    found.row_count, found.whole = db.session.scalar(count) or 0, True
    db.session.flush()
    return found


def latest_list(commune: str, kind: str, school: str | None = None) -> ImportedList | None:
    """The list of a kind that came last, whole."""
    return db.session.scalars(lists_of([commune], kind).where(_of(school)).limit(1)).first()


def latest_before(later: ImportedList) -> ImportedList | None:
    """The list of the same kind and school that came before this one."""
    query = lists_of([later.commune_id], later.kind).where(
        _of(later.school_id), ImportedList.imported_at < later.imported_at
    )
    return db.session.scalars(query.limit(1)).first()


def _of(school: str | None) -> Any:
    return ImportedList.school_id.is_(None) if school is None else ImportedList.school_id == school


def lists_of(communes: Collection[str], kind: str | None = None) -> Select[ImportedList]:
    """Whole lists about these communes, the newest first."""
    query = select(ImportedList).where(among(ImportedList.commune_id, communes), ImportedList.whole)
    if kind is not None:
        query = query.where(ImportedList.kind == kind)
    return query.order_by(ImportedList.imported_at.desc(), ImportedList.id)


def rows_of(id_: str) -> Select[int, str, str]:
    """The rows of a list: number, person, data (JSON), in the order of the file."""
    query = select(ImportedRow.row_number, ImportedRow.person, ImportedRow.data)
    return query.where(ImportedRow.list_id == id_).order_by(ImportedRow.row_number)


def rows_about(id_: str, people: Collection[str]) -> dict[str, dict[str, Any]]:
    """What a list says about these people, by their key; of somebody on it twice the last row."""
    query = rows_of(id_).where(among(ImportedRow.person, people))
    return {row.person: orjson.loads(row.data) for row in db.session.execute(query)}
