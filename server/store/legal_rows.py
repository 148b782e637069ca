"""Rows of law that administrators added: never changed, never deleted, withdrawn with a reason."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from server.domain.legal.adding import Document
from server.domain.legal.tables import LegalRow
from server.store.db import Base, db, new_id, now

ID = String(36)
MOMENT = DateTime(timezone=True)
COPIED = (
    "item",
    "where",
    "value",
    "unit",
    "valid_from",
    "valid_to",
    "confidence",
    "name_vi",
    "note",
)


class AddedRow(Base):
    """One added row: the columns of the CSV tables, its paper, who added and who withdrew it."""

    __tablename__ = "legal_row"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    table_name: Mapped[str] = mapped_column(String(40))
    item: Mapped[str] = mapped_column(String(60))
    where: Mapped[str] = mapped_column(String(20), default="")
    value: Mapped[str] = mapped_column(String(60))
    unit: Mapped[str] = mapped_column(String(40))
    valid_from: Mapped[str] = mapped_column(String(10))
    valid_to: Mapped[str] = mapped_column(String(10), default="")
    confidence: Mapped[str] = mapped_column(String(10))
    name_vi: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(String(500), default="")
    document_number: Mapped[str] = mapped_column(String(100))
    document_issuer: Mapped[str] = mapped_column(String(200))
    document_issued_on: Mapped[str] = mapped_column(String(10))
    document_article: Mapped[str] = mapped_column(String(200), default="")
    document_link: Mapped[str] = mapped_column(String(500), default="")
    added_by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime] = mapped_column(MOMENT, default=now)
    withdrawn_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(MOMENT)
    withdrawn_reason: Mapped[str | None] = mapped_column(String(500))
    __table_args__ = (Index("ix_legal_row_table_name_item", "table_name", "item"),)

    def as_row(self) -> LegalRow:
        """As the rules read it."""
        copied = {name: getattr(self, name) for name in COPIED}
        return LegalRow(table=self.table_name, source=self.document().source, **copied)

    def document(self) -> Document:
        return Document(
            self.document_number,
            self.document_issuer,
            self.document_issued_on,
            self.document_article,
            self.document_link,
        )


def added_rows(table: str | None = None, *, withdrawn: bool = False) -> list[AddedRow]:
    """The rows that stand, or those withdrawn, in the order in which they were added."""
    gone = AddedRow.withdrawn_at.is_not(None)
    query = select(AddedRow).where(gone if withdrawn else ~gone).order_by(AddedRow.id)
    if table is not None:
        query = query.where(AddedRow.table_name == table)
    return list(db.session.scalars(query))


def rows_standing_at(moment: datetime) -> list[AddedRow]:
    """The rows that stood at a moment, in the order in which they were added."""
    withdrawn = AddedRow.withdrawn_at
    query = select(AddedRow).where(
        AddedRow.added_at < moment, or_(withdrawn.is_(None), withdrawn >= moment)
    )
    return list(db.session.scalars(query.order_by(AddedRow.id)))


def new_added_row(row: LegalRow, document: Document, by: str) -> AddedRow:
    """A row for the running transaction."""
    added = AddedRow(
        table_name=row.table,
        **{name: getattr(row, name) for name in COPIED},
        document_number=document.number,
        document_issuer=document.issuer,
        document_issued_on=document.issued_on,
        document_article=document.article,
        document_link=document.link,
        added_by=by,
    )
    db.session.add(added)
    db.session.flush()
    return added
