"""Sponsors and their money: who promised what for other people's cards, and what came. The cards
themselves are records of the wire (`sponsorship`), so that the phones learn of them."""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.store.db import Base, new_id, now

ID, DAY = String(36), String(10)
MOMENT = DateTime(timezone=True)
PROMISED, RECEIVED = "promised", "received"


class Sponsor(Base):
    """Who pays for cards in one commune: a business, a person, a fund, a school, its own budget."""

    __tablename__ = "sponsor"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    commune_id: Mapped[str] = mapped_column(ForeignKey("area.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    contact: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(Text)
    ended_on: Mapped[str | None] = mapped_column(DAY)
    added_by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime] = mapped_column(MOMENT, default=now)


class SponsorMoney(Base):
    """Whole đồng promised or received on a day. What was wrong is cancelled, never deleted."""

    __tablename__ = "sponsor_money"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    sponsor_id: Mapped[str] = mapped_column(ForeignKey("sponsor.id"))
    kind: Mapped[str] = mapped_column(String(10))
    amount: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[str] = mapped_column(DAY)
    document: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(String(500))
    recorded_by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(MOMENT, default=now)
    cancelled_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    cancelled_at: Mapped[datetime | None] = mapped_column(MOMENT)
    cancelled_reason: Mapped[str | None] = mapped_column(String(500))
    __table_args__ = (Index("ix_sponsor_money_sponsor_id_day", "sponsor_id", "day"),)
