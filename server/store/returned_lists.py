"""Lists that came back filled in: the files, the rows that say something, and what was decided."""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import (
    ColumnElement,
    DateTime,
    ForeignKey,
    Index,
    String,
    Text,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from server.store.bulk import among
from server.store.db import Base, db, now

ID = String(36)
KEPT = timedelta(days=90)
"""How long what a row said is kept after it was decided: it names people."""
FORGOTTEN = orjson.dumps(
    {"name": "", "edits": [], "told": [], "extra": [], "shown": {}, "like": ""}
).decode()


class RowState(StrEnum):
    """`asked`: sent to the field. `known`: the record says so already. `replaced`: a later file
    brought the same again."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ASKED = "asked"
    KNOWN = "known"
    REPLACED = "replaced"


class ReturnedList(Base):
    """`digest`: of the file; `ground`: of the villages of whoever brought it: the same file from
    the same ground is one. `export_id`: the workbook that left. `told`: what is said of the file
    as a whole, as JSON."""

    __tablename__ = "returned_list"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    ground: Mapped[str] = mapped_column(String(64))
    export_id: Mapped[str] = mapped_column(ID)
    list_key: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(300))
    name: Mapped[str] = mapped_column(String(200))
    filled_by: Mapped[str | None] = mapped_column(String(200))
    made_at: Mapped[str] = mapped_column(String(40))
    made_by: Mapped[str] = mapped_column(String(200))
    added_by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    told: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        Index("ix_returned_list_digest_ground", "digest", "ground", unique=True),
        Index("ix_returned_list_added_at", "added_at"),
    )

    @property
    def about(self) -> dict[str, Any]:
        return orjson.loads(self.told)


class ReturnedRow(Base):
    """One row that says something. `content`: of the workbook that left, the record and what the
    row says: the same in a later file is the same. `village_id`: where its person lives; of a row
    of nobody known, of one of the list's villages or none. `data`: what was read, as JSON."""

    __tablename__ = "returned_row"
    list_id: Mapped[str] = mapped_column(ForeignKey("returned_list.id"), primary_key=True)
    row_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default=RowState.OPEN.value)
    member_id: Mapped[str | None] = mapped_column(ID)
    household_id: Mapped[str | None] = mapped_column(ID)
    village_id: Mapped[str | None] = mapped_column(ID)
    content: Mapped[str] = mapped_column(String(64))
    data: Mapped[str] = mapped_column(Text)
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    note: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        Index("ix_returned_row_village_id_state", "village_id", "state"),
        Index("ix_returned_row_content", "content"),
    )

    @property
    def read(self) -> dict[str, Any]:
        return orjson.loads(self.data)

    @property
    def forgotten(self) -> bool:
        return self.data == FORGOTTEN

    def decide(self, state: RowState, by: str, note: str | None = None) -> None:
        self.state, self.decided_by, self.decided_at, self.note = state.value, by, now(), note


def same_file(digest: str, ground: str) -> ReturnedList | None:
    query = select(ReturnedList).where(ReturnedList.digest == digest, ReturnedList.ground == ground)
    return db.session.scalar(query)


def seen_rows(villages: Collection[str], user: str) -> ColumnElement[bool]:
    """Which rows a person sees: of people of their villages, and of nobody known in their files."""
    return or_(
        among(ReturnedRow.village_id, villages),
        ReturnedRow.village_id.is_(None) & (ReturnedList.added_by == user),
    )


def list_seen_by(list_id: str, villages: Collection[str], user: str) -> ReturnedList | None:
    """The list, for whoever brought it or oversees people of it."""
    found = db.session.get(ReturnedList, list_id)
    if found is None or found.added_by == user:
        return found
    inside = select(ReturnedRow.row_number).where(
        ReturnedRow.list_id == list_id, among(ReturnedRow.village_id, villages)
    )
    return found if db.session.scalar(inside.limit(1)) is not None else None


def counts_of_lists(
    villages: Collection[str], user: str
) -> list[tuple[ReturnedList, dict[str, int]]]:
    """Every list that this person sees, the latest first, with its rows by state."""
    query = (
        select(ReturnedRow.list_id, ReturnedRow.state, func.count())
        .join(ReturnedList, ReturnedList.id == ReturnedRow.list_id)
        .where(seen_rows(villages, user))
        .group_by(ReturnedRow.list_id, ReturnedRow.state)
    )
    states: dict[str, dict[str, int]] = {}
    for id_, state, count in db.session.execute(query):
        states.setdefault(id_, {})[state] = count
    mine = or_(ReturnedList.added_by == user, among(ReturnedList.id, states))
    lists = select(ReturnedList).where(mine).order_by(ReturnedList.added_at.desc(), ReturnedList.id)
    return [(one, states.get(one.id, {})) for one in db.session.scalars(lists)]


def open_rows(villages: Collection[str], user: str) -> int:
    """How many rows wait for this person."""
    query = (
        select(func.count())
        .select_from(ReturnedRow)
        .join(ReturnedList, ReturnedList.id == ReturnedRow.list_id)
        .where(ReturnedRow.state == RowState.OPEN, seen_rows(villages, user))
    )
    return db.session.scalar(query) or 0


def earlier_rows(contents: Collection[str]) -> dict[str, ReturnedRow]:
    """Of rows that came before with the same content, the last of each."""
    query = (
        select(ReturnedRow)
        .join(ReturnedList, ReturnedList.id == ReturnedRow.list_id)
        .where(among(ReturnedRow.content, contents), ReturnedRow.state != RowState.REPLACED)
        .order_by(ReturnedList.added_at)
    )
    return {row.content: row for row in db.session.scalars(query)}


def forget_old_rows() -> None:
    """What rows said ends some time after they were decided: what was taken stands in the records.
    By whom and how they were decided stays, and what a later file knows the same row by."""
    before = now() - KEPT
    old = select(ReturnedList.id).where(ReturnedList.added_at < before)
    never = ReturnedRow.decided_at.is_(None) & ReturnedRow.list_id.in_(old)
    done = (ReturnedRow.state != RowState.OPEN, ReturnedRow.data != FORGOTTEN)
    over = or_(ReturnedRow.decided_at < before, never)
    db.session.execute(update(ReturnedRow).where(*done, over).values(data=FORGOTTEN, note=None))
