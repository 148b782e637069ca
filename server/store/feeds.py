"""The change log: fates of changes, what waits, and the feeds that phones read."""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from server.store.db import Base, now

ID = String(36)


class Instance(Base):
    """This database: a constant id, an epoch that every restore renews. `marks_key`: under which
    lists are sealed that leave as workbooks, in hex; empty until one does."""

    __tablename__ = "instance"
    id: Mapped[int] = mapped_column(primary_key=True)
    database: Mapped[str] = mapped_column(ID)
    epoch: Mapped[str] = mapped_column(ID)
    demo: Mapped[bool] = mapped_column(default=False)
    marks_key: Mapped[str | None] = mapped_column(String(64))


class VillageFeed(Base):
    """A feed's last revision and digest. No foreign key points here: nothing else locks its row."""

    __tablename__ = "village_feed"
    village_id: Mapped[str] = mapped_column(String(50), primary_key=True)
    rev: Mapped[int] = mapped_column(BigInteger, default=0)
    digest: Mapped[str] = mapped_column(String(16), default="0" * 16)


class Tombstone(Base):
    """A record that left a feed, because its household moved to another village."""

    __tablename__ = "tombstone"
    village_id: Mapped[str] = mapped_column(ID, primary_key=True)
    record_id: Mapped[str] = mapped_column(ID, primary_key=True)
    entity: Mapped[str] = mapped_column(String(20))
    rev: Mapped[int] = mapped_column(BigInteger)
    __table_args__ = (Index("ix_tombstone_village_id_rev", "village_id", "rev"),)


class ChangeRow(Base):
    """One change as it came, and what became of it. Kept for ever. `seq` orders arrivals by the
    server's clock; it decides nothing, because values are compared, never times."""

    __tablename__ = "change"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    content: Mapped[str] = mapped_column(String(64))
    entity: Mapped[str] = mapped_column(String(20))
    record_id: Mapped[str] = mapped_column(ID)
    user_id: Mapped[str | None] = mapped_column(ID)
    device_id: Mapped[str | None] = mapped_column(ID)
    channel: Mapped[str] = mapped_column(String(10))
    at: Mapped[str | None] = mapped_column(String(40))
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    status: Mapped[str] = mapped_column(String(10))
    rev: Mapped[int | None] = mapped_column(BigInteger)
    reasons: Mapped[str | None] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        Index("ix_change_record_id_seq", "record_id", "seq"),
        Index("ix_change_device_id_status", "device_id", "status"),
    )


class PastRecord(Base):
    """What a record said before a slice of changes was written, so that it can be told what was
    known at any moment. `data`: the fields that the slice changed, as they were, null where there
    was none; empty where the record came to be although its change had arrived long before.
    `village_id`, `household_id`: where it lay. `went_to`: the village it left for. `merged_into`:
    with whom it was one and is no longer. `seq`: the server's clock while the feeds were locked."""

    __tablename__ = "past_record"
    record_id: Mapped[str] = mapped_column(ID, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    entity: Mapped[str] = mapped_column(String(20))
    village_id: Mapped[str] = mapped_column(ID)
    household_id: Mapped[str] = mapped_column(ID)
    went_to: Mapped[str | None] = mapped_column(ID)
    merged_into: Mapped[str | None] = mapped_column(ID)
    data: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        Index("ix_past_record_village_id_seq", "village_id", "seq"),
        Index(
            "ix_past_record_merged_into",
            "merged_into",
            sqlite_where=text("merged_into IS NOT NULL"),
            postgresql_where=text("merged_into IS NOT NULL"),
        ),
    )


class FeedMark(Base):
    """Where a feed stood after a slice: between two marks nothing of the village changed."""

    __tablename__ = "feed_mark"
    village_id: Mapped[str] = mapped_column(String(50), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    rev: Mapped[int] = mapped_column(BigInteger)


class Waiting(Base):
    """What could not be applied: a record of its village's feed. `missing_id`: what must come.
    `kind`: why it waits, as the review queue sorts it (server.domain.reviewing)."""

    __tablename__ = "waiting"
    id: Mapped[str] = mapped_column(ID, primary_key=True)
    village_id: Mapped[str | None] = mapped_column(ID)
    household_id: Mapped[str | None] = mapped_column(ID)
    rev: Mapped[int] = mapped_column(BigInteger, default=0)
    change_id: Mapped[str] = mapped_column(ID, index=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    entity: Mapped[str] = mapped_column(String(20))
    record_id: Mapped[str] = mapped_column(ID, index=True)
    user_id: Mapped[str | None] = mapped_column(ID)
    missing_id: Mapped[str | None] = mapped_column(ID)
    state: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(15))
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    data: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        Index("ix_waiting_village_id_rev", "village_id", "rev"),
        Index("ix_waiting_village_id_state_received_at", "village_id", "state", "received_at"),
        Index("ix_waiting_household_id_state", "household_id", "state"),
        Index(
            "ix_waiting_missing_id",
            "missing_id",
            sqlite_where=text("missing_id IS NOT NULL"),
            postgresql_where=text("missing_id IS NOT NULL"),
        ),
    )


class ReferenceRecord(Base):
    """A row of the reference feed: an area, code, school, clinic, target or notice text.
    `province_id` is empty for what the whole country shares."""

    __tablename__ = "reference_record"
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    entity: Mapped[str] = mapped_column(String(20))
    province_id: Mapped[str | None] = mapped_column(ID)
    rev: Mapped[int] = mapped_column(BigInteger)
    deleted: Mapped[bool] = mapped_column(default=False)
    data: Mapped[str] = mapped_column(Text)
    __table_args__ = (Index("ix_reference_record_province_id_rev", "province_id", "rev"),)
