"""The population of a village as the police count it, and as the offices agreed on it, dated."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from server.store.bulk import among
from server.store.db import Base, db, new_id, now

ID, DAY = String(36), String(10)


class PopulationCount(Base):
    """What was counted of a village on a day: by the police, and agreed between UBND, Công an and
    the village. Never changed: who counts again writes another. `source`: the paper it is on."""

    __tablename__ = "population_count"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"))
    on: Mapped[str] = mapped_column(DAY)
    police: Mapped[int | None]
    agreed: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(300))
    added_by: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    __table_args__ = (Index("ix_population_count_area_id_on", "area_id", "on"),)


def counted_by(day: str, areas: Collection[str]) -> dict[str, PopulationCount]:
    """The last count of each of these areas that holds on the day."""
    rows = db.session.scalars(
        select(PopulationCount)
        .where(among(PopulationCount.area_id, areas), PopulationCount.on <= day)
        .order_by(PopulationCount.on, PopulationCount.added_at)
    )
    return {row.area_id: row for row in rows}


def counts_of(areas: Collection[str]) -> list[PopulationCount]:
    """Every count of these areas, the newest first."""
    return list(
        db.session.scalars(
            select(PopulationCount)
            .where(among(PopulationCount.area_id, areas))
            .order_by(PopulationCount.on.desc(), PopulationCount.added_at.desc())
        )
    )
