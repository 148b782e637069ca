"""Plans as documents: whose they are, which year, which version, and which of several counts."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from schemas.kinds import PlanState
from server.store.db import Base, new_id, now

ID, DAY = String(36), String(10)


class PlanDocument(Base):
    """A plan of an area, or of a BHXH unit, for a year. Several stand side by side; a new version
    names the one it `replaces`. `valid_from`, `valid_to`: the days for which a version counts,
    where another version came before or after it. `totals`: JSON of indicator → what the plan
    prints for all its lines together, where that is no area's target."""

    __tablename__ = "plan_document"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    area_id: Mapped[str | None] = mapped_column(ForeignKey("area.id"))
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("bhxh_unit.id"), index=True)
    year: Mapped[int]
    number: Mapped[str | None] = mapped_column(String(60))
    signed_on: Mapped[str | None] = mapped_column(DAY)
    title: Mapped[str] = mapped_column(String(300))
    issuer: Mapped[str | None] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(10), default=PlanState.IN_FORCE.value)
    valid_from: Mapped[str | None] = mapped_column(DAY)
    valid_to: Mapped[str | None] = mapped_column(DAY)
    replaces_id: Mapped[str | None] = mapped_column(ForeignKey("plan_document.id"), index=True)
    note: Mapped[str | None] = mapped_column(Text)
    totals: Mapped[str | None] = mapped_column(Text)
    added_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    __table_args__ = (Index("ix_plan_document_area_id_year", "area_id", "year"),)


class PlanChoice(Base):
    """Which plan counts for an indicator of an area in a year, as somebody said; without a word
    the newest in force does."""

    __tablename__ = "plan_choice"
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"), primary_key=True)
    indicator: Mapped[str] = mapped_column(String(40), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan_document.id"), index=True)
    chosen_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    chosen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)


class PlanNumber(Base):
    """A number of people that a plan names for an area beside its targets (`PlanBasis`)."""

    __tablename__ = "plan_number"
    plan_id: Mapped[str] = mapped_column(ForeignKey("plan_document.id"), primary_key=True)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"), primary_key=True)
    basis: Mapped[str] = mapped_column(String(20), primary_key=True)
    count: Mapped[int]
