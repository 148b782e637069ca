"""What the insurance does with sealed lists: the keys of its own software, what it pulled, what it
acknowledged, what it answered. Beside the lists, which never change."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.store.db import Base, new_id, now

ID, DAY = String(36), String(10)
MOMENT = DateTime(timezone=True)


class BhxhKey(Base):
    """A key of one insurance unit. It is shown once; kept is its SHA-256 and the last letters, by
    which people tell keys apart. `scopes` are values of schemas.kinds.KeyScope, with spaces."""

    __tablename__ = "bhxh_key"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    unit_id: Mapped[str] = mapped_column(ForeignKey("bhxh_unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    ending: Mapped[str] = mapped_column(String(4))
    scopes: Mapped[str] = mapped_column(String(60))
    expires_on: Mapped[str] = mapped_column(DAY)
    created_by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(MOMENT, default=now)
    revoked_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(MOMENT)
    last_used_at: Mapped[datetime | None] = mapped_column(MOMENT)


class CardListPull(Base):
    """When rows of a list first went out to the insurance, and when the last of them did."""

    __tablename__ = "card_list_pull"
    list_id: Mapped[str] = mapped_column(ForeignKey("card_list.id"), primary_key=True)
    first_at: Mapped[datetime] = mapped_column(MOMENT, default=now)
    whole_at: Mapped[datetime | None] = mapped_column(MOMENT)


class CardListReceipt(Base):
    """The insurance has the list, whole: what it counted equals what was sealed."""

    __tablename__ = "card_list_receipt"
    list_id: Mapped[str] = mapped_column(ForeignKey("card_list.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(MOMENT, default=now)
    key_id: Mapped[str | None] = mapped_column(ForeignKey("bhxh_key.id"))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"))


class CardListAnswer(Base):
    """One answer as it came, and what became of it; never changed, never overwritten. `answer_id`
    is the sender's: the same with the same `content` is one answer. `row_id` is empty for a row
    that is not on the list. What is `held`, and what came back for the office, is `settled` by a
    person; `waiting_id` is what asks the field instead."""

    __tablename__ = "card_list_answer"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    list_id: Mapped[str] = mapped_column(ForeignKey("card_list.id"))
    answer_id: Mapped[str] = mapped_column(String(80))
    content: Mapped[str] = mapped_column(String(64))
    row_id: Mapped[str | None] = mapped_column(ForeignKey("card_list_row.id"), index=True)
    told_row: Mapped[str | None] = mapped_column(String(80))
    outcome: Mapped[str] = mapped_column(String(10))
    card_number: Mapped[str | None] = mapped_column(String(15), index=True)
    valid_from: Mapped[str | None] = mapped_column(DAY)
    valid_to: Mapped[str | None] = mapped_column(DAY)
    reason: Mapped[str | None] = mapped_column(String(24))
    note: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(10))
    code: Mapped[str | None] = mapped_column(String(30))
    at: Mapped[datetime] = mapped_column(MOMENT, default=now)
    key_id: Mapped[str | None] = mapped_column(ForeignKey("bhxh_key.id"))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    waiting_id: Mapped[str | None] = mapped_column(ID)
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    settled_at: Mapped[datetime | None] = mapped_column(MOMENT)
    settled_note: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        Index(
            "ix_card_list_answer_list_id_answer_id_content",
            "list_id",
            "answer_id",
            "content",
            unique=True,
        ),
        Index("ix_card_list_answer_list_id_status", "list_id", "status"),
    )


class AnswerSheet(Base):
    """A file of answers that the unit's officer uploaded: read, looked through, perhaps applied.
    `answers` and `report` are JSON: what each line says, and what became or would become of it."""

    __tablename__ = "answer_sheet"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    list_id: Mapped[str] = mapped_column(ForeignKey("card_list.id"), index=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(MOMENT, default=now)
    name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    answers: Mapped[str] = mapped_column(Text)
    report: Mapped[str] = mapped_column(Text)
    applied_at: Mapped[datetime | None] = mapped_column(MOMENT)
