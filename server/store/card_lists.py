"""Lists of people for cards: what the commune submits, approves and seals, and the insurance pulls.
A sealed list and its rows never change; what comes after it is answers beside it."""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.store.db import Base, new_id, now

ID, DAY = String(36), String(10)
MOMENT = DateTime(timezone=True)


class UnitFeed(Base):
    """The last place given out in the order of one insurance unit's sealed lists. Sealing locks
    this row first, so that the order of places is the order of commits."""

    __tablename__ = "unit_feed"
    unit_id: Mapped[str] = mapped_column(ID, primary_key=True)
    rev: Mapped[int] = mapped_column(BigInteger, default=0)


class CardList(Base):
    """One D03-TS: one group and one rate of support, of one commune. `number` is the system's own
    and unique, given when the list is submitted; `document_number` is what the paper says. `totals`
    (JSON), `row_count` and `digest` are of the rows as sealed (schemas.card_lists)."""

    __tablename__ = "card_list"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    commune_id: Mapped[str] = mapped_column(ForeignKey("area.id"))
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("bhxh_unit.id"))
    insurance_group: Mapped[str] = mapped_column(String(2))
    support_percent: Mapped[str | None] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(200))
    maker_name: Mapped[str | None] = mapped_column(String(200))
    maker_code: Mapped[str | None] = mapped_column(String(40))
    supplements_id: Mapped[str | None] = mapped_column(ForeignKey("card_list.id"), index=True)
    state: Mapped[str] = mapped_column(String(12))
    created_by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(MOMENT, default=now)
    memo_number: Mapped[str | None] = mapped_column(String(60))
    memo_on: Mapped[str | None] = mapped_column(DAY)
    submitted_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    submitted_at: Mapped[datetime | None] = mapped_column(MOMENT)
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(MOMENT)
    decision_note: Mapped[str | None] = mapped_column(Text)
    number: Mapped[str | None] = mapped_column(String(60), unique=True)
    document_number: Mapped[str | None] = mapped_column(String(60))
    sealed_on: Mapped[str | None] = mapped_column(DAY)
    sealed_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    sealed_at: Mapped[datetime | None] = mapped_column(MOMENT)
    signer: Mapped[str | None] = mapped_column(String(200))
    signer_title: Mapped[str | None] = mapped_column(String(200))
    rev: Mapped[int | None] = mapped_column(BigInteger)
    row_count: Mapped[int | None]
    totals: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(String(64))
    __table_args__ = (
        Index("ix_card_list_commune_id_state", "commune_id", "state"),
        Index("ix_card_list_unit_id_rev", "unit_id", "rev", unique=True),
    )


class CardListRow(Base):
    """One person on a list. `claim` is set while the row may still bring a card, and unique: nobody
    is on two open lists for the same card. `data` is empty until the list is sealed."""

    __tablename__ = "card_list_row"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    list_id: Mapped[str] = mapped_column(ForeignKey("card_list.id"))
    place: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    member_id: Mapped[str] = mapped_column(ForeignKey("member.id"), index=True)
    enrolment_id: Mapped[str | None] = mapped_column(ID, index=True)
    village_id: Mapped[str] = mapped_column(ID)
    claim: Mapped[str | None] = mapped_column(String(80), unique=True)
    state: Mapped[str] = mapped_column(String(10), default="open")
    decrease_reason: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(Text)
    data: Mapped[str | None] = mapped_column(Text)
    answered_at: Mapped[datetime | None] = mapped_column(MOMENT)
    __table_args__ = (
        Index("ix_card_list_row_list_id_place", "list_id", "place", unique=True),
        Index("ix_card_list_row_village_id_state", "village_id", "state"),
    )
