"""Pairs of records that may be one person or one household, and what people decided about them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import DateTime, Float, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.store.db import Base, new_id, now

ID = String(36)


class PairState(StrEnum):
    """`gone`: no longer alike, because a record was corrected, merged elsewhere or has ended."""

    OPEN = "open"
    MERGED = "merged"
    NOT_SAME = "not_same"
    GONE = "gone"


class PossibleDuplicate(Base):
    """Two records that may be one, `one_id` < `other_id`. `why`: a JSON list of codes; the villages
    are where the two lie, kept true when a household moves."""

    __tablename__ = "possible_duplicate"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    entity: Mapped[str] = mapped_column(String(20))
    one_id: Mapped[str] = mapped_column(ID)
    other_id: Mapped[str] = mapped_column(ID)
    commune_id: Mapped[str] = mapped_column(ID)
    village_id: Mapped[str] = mapped_column(ID)
    other_village_id: Mapped[str] = mapped_column(ID)
    score: Mapped[float] = mapped_column(Float)
    why: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default=PairState.OPEN.value)
    found_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    __table_args__ = (
        UniqueConstraint("one_id", "other_id"),
        Index("ix_possible_duplicate_commune_id_state_found_at", "commune_id", "state", "found_at"),
        Index("ix_possible_duplicate_other_id", "other_id"),
    )
