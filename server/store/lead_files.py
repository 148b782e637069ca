"""Files in which the insurance names people to talk to, each row with whom it was found to be."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.store.db import Base, now

ID = String(36)


class LeadFile(Base):
    """`digest`: of its content; the same file of a commune is taken once."""

    __tablename__ = "lead_file"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    commune_id: Mapped[str] = mapped_column(ForeignKey("area.id"))
    name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    added_by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    __table_args__ = (Index("ix_lead_file_commune_id_digest", "commune_id", "digest"),)


class LeadFileRow(Base):
    """`match`: sure, likely or none, and `member_id` whom it means. `lead_id`: once given. `data`:
    the row as read, as JSON."""

    __tablename__ = "lead_file_row"
    file_id: Mapped[str] = mapped_column(ForeignKey("lead_file.id"), primary_key=True)
    row_number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    match: Mapped[str] = mapped_column(String(10))
    member_id: Mapped[str | None] = mapped_column(ID)
    lead_id: Mapped[str | None] = mapped_column(ID)
    data: Mapped[str] = mapped_column(Text)
