"""Receipt books of a collecting agency, the numbers handed to each collector, and the cash that
collectors hand over. Each collector's phones get their own through the reference feed."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, Integer, String, select
from sqlalchemy.orm import Mapped, mapped_column

from server.domain.enrolment.receipts import Range
from server.store.bulk import among
from server.store.db import Base, db, new_id, now
from server.store.feeds import Instance
from server.store.people import User
from server.store.reference import Item, publish_all

ID, DAY = String(36), String(10)
MOMENT = DateTime(timezone=True)
RECEIPT_RANGE, CASH_HANDOVER = "receipt_range", "cash_handover"


class ReceiptBook(Base):
    """A book as the agency numbers it. Of one agency and series no two books share a number."""

    __tablename__ = "receipt_book"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    commune_id: Mapped[str] = mapped_column(ForeignKey("area.id"), index=True)
    agency: Mapped[str] = mapped_column(String(200))
    series: Mapped[str] = mapped_column(String(40))
    first_number: Mapped[int] = mapped_column(Integer)
    last_number: Mapped[int] = mapped_column(Integer)
    added_by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime] = mapped_column(MOMENT, default=now)


class ReceiptRange(Base):
    """Numbers of a book in the hands of one collector, from a day to a day. Two collectors may
    share a book, and even its numbers: then the second use of a number waits for the office."""

    __tablename__ = "receipt_range"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    book_id: Mapped[str] = mapped_column(ForeignKey("receipt_book.id"), index=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    first_number: Mapped[int] = mapped_column(Integer)
    last_number: Mapped[int] = mapped_column(Integer)
    collector_code: Mapped[str | None] = mapped_column(String(40))
    handed_on: Mapped[str] = mapped_column(DAY)
    returned_on: Mapped[str | None] = mapped_column(DAY)
    handed_by: Mapped[str] = mapped_column(ForeignKey("user.id"))


class CashHandover(Base):
    """Cash of one day that the office took from a collector: who receives the money records it."""

    __tablename__ = "cash_handover"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    commune_id: Mapped[str] = mapped_column(ForeignKey("area.id"))
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    day: Mapped[str] = mapped_column(DAY)
    amount: Mapped[int] = mapped_column(BigInteger)
    received_by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    received_at: Mapped[datetime] = mapped_column(MOMENT, default=now)
    cancelled_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    cancelled_at: Mapped[datetime | None] = mapped_column(MOMENT)
    cancelled_reason: Mapped[str | None] = mapped_column(String(500))
    __table_args__ = (
        Index("ix_cash_handover_user_id_day", "user_id", "day"),
        Index("ix_cash_handover_day_commune_id", "day", "commune_id"),
    )


def lock_books() -> None:
    """Let nobody else add a book until the running transaction ends."""
    db.session.execute(select(Instance.id).with_for_update())


def ranges_of(user_id: str, books: Collection[str]) -> list[Range]:
    """What a person may use of these books, past and present."""
    query = select(ReceiptRange).where(
        ReceiptRange.user_id == user_id, among(ReceiptRange.book_id, books)
    )
    return [
        Range(row.book_id, row.first_number, row.last_number, row.handed_on, row.returned_on)
        for row in db.session.scalars(query)
    ]


def publish_ranges(ranges: Iterable[ReceiptRange]) -> None:
    """Send ranges to the phones of those who hold them, and to nobody else."""
    publish_all([_range_item(one, db.session.get_one(ReceiptBook, one.book_id)) for one in ranges])


def _range_item(one: ReceiptRange, book: ReceiptBook) -> Item:
    data: dict[str, Any] = {
        "book": book.id,
        "agency": book.agency,
        "series": book.series,
        "first": one.first_number,
        "last": one.last_number,
        "collector_code": one.collector_code,
        "handed_on": one.handed_on,
        "returned_on": one.returned_on,
    }
    return Item(RECEIPT_RANGE, f"{RECEIPT_RANGE}:{one.id}", one.user_id, data)


def publish_handover(handover: CashHandover) -> None:
    """Send what was handed over to the phones of who handed it over."""
    receiver = db.session.get_one(User, handover.received_by)
    data: dict[str, Any] = {
        "day": handover.day,
        "amount": 0 if handover.cancelled_at else handover.amount,
        "received_by": receiver.name,
        "cancelled_reason": handover.cancelled_reason,
    }
    publish_all([Item(CASH_HANDOVER, f"{CASH_HANDOVER}:{handover.id}", handover.user_id, data)])
