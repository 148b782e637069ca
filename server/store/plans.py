"""What was planned and what was published: targets, figures, and the log of imports."""

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from schemas.kinds import TargetHolder
from server.store.db import Base, new_id, now
from server.store.duties import DutyRow
from server.store.places import School
from server.store.plan_documents import PlanDocument

ID = String(36)


class Target(Base):
    """What an area is to reach, or a holder in it. `population` is the plan's own denominator,
    frozen with it; percentages are kept as printed, as decimal text, because they may disagree
    with the counts. `holder`: the person or agency as named; without a `plan_id` nobody knows
    which document it is from, and it counts after all that have one."""

    __tablename__ = "target"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"))
    indicator: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    month: Mapped[int | None]
    population: Mapped[int | None]
    planned: Mapped[int | None]
    goal_percent: Mapped[str | None] = mapped_column(String(10))
    printed_percent: Mapped[str | None] = mapped_column(String(10))
    deadline: Mapped[str | None] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(String(300))
    plan_id: Mapped[str | None] = mapped_column(ForeignKey(PlanDocument.id), index=True)
    holder_kind: Mapped[str] = mapped_column(
        String(10), default=TargetHolder.AREA.value, server_default=TargetHolder.AREA.value
    )
    holder: Mapped[str | None] = mapped_column(String(200))
    duty_id: Mapped[str | None] = mapped_column(ForeignKey(DutyRow.id), index=True)
    school_id: Mapped[str | None] = mapped_column(ForeignKey(School.id), index=True)
    __table_args__ = (Index("ix_target_area_id_indicator_year", "area_id", "indicator", "year"),)


class Figure(Base):
    """A result that BHXH publishes: shown beside the survey's counts, never mixed with them."""

    __tablename__ = "figure"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"))
    indicator: Mapped[str] = mapped_column(String(40))
    on: Mapped[str] = mapped_column(String(10))
    count: Mapped[int]
    denominator: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(300))
    __table_args__ = (Index("ix_figure_area_id_indicator_on", "area_id", "indicator", "on"),)


class ImportRun(Base):
    """One import: the file's digest, who, when, how many rows, and its report as JSON."""

    __tablename__ = "import_run"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(String(200))
    file_digest: Mapped[str] = mapped_column(String(64))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"), index=True)
    area_id: Mapped[str | None] = mapped_column(ForeignKey("area.id"), index=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    rows: Mapped[int]
    written: Mapped[int]
    report: Mapped[str] = mapped_column(Text)


class ImportMapping(Base):
    """What the columns of a kind of file are, as an officer of the commune said it once: `headings`
    is the digest of the heading it was said about, `columns` JSON of place → key."""

    __tablename__ = "import_mapping"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    commune_id: Mapped[str] = mapped_column(ForeignKey("area.id"))
    kind: Mapped[str] = mapped_column(String(20))
    headings: Mapped[str] = mapped_column(String(64))
    columns: Mapped[str] = mapped_column(Text)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    __table_args__ = (UniqueConstraint("commune_id", "kind", "headings"),)
