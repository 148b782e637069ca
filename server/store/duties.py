"""Who answers for a village or a commune, from and to: read by every page that names somebody."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from schemas.kinds import DutyKind
from server.domain.partial import holds_on
from server.store.bulk import among
from server.store.db import Base, db, new_id, now

ID, DAY = String(36), String(10)
MOMENT = DateTime(timezone=True)
ORDER = {kind.value: place for place, kind in enumerate(DutyKind)}


class DutyRow(Base):
    """A duty (`DutyKind`) of a named person in an area, with or without an account. Dates are
    partial; whoever hands it on ends it, so that the past keeps its names."""

    __tablename__ = "duty"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"))
    kind: Mapped[str] = mapped_column(String(20))
    full_name: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(30))
    post: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(Text)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"), index=True)
    valid_from: Mapped[str | None] = mapped_column(DAY)
    valid_to: Mapped[str | None] = mapped_column(DAY)
    added_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    added_at: Mapped[datetime] = mapped_column(MOMENT, default=now)
    __table_args__ = (Index("ix_duty_area_id_kind", "area_id", "kind"),)


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty as pages and papers show it; dates as far as they are known."""

    id: str
    area_id: str
    kind: str
    full_name: str
    phone: str | None
    post: str | None
    note: str | None
    user_id: str | None
    valid_from: str | None
    valid_to: str | None


COLUMNS = tuple(getattr(DutyRow, name) for name in Duty.__slots__)


def duties_on(day: str, area_ids: Collection[str]) -> dict[str, list[Duty]]:
    """Who answers for each of these areas on the day, in the order of `DutyKind`, then by name.
    An area nobody answers for is not in it; what somebody does for a commune is not repeated for
    its villages."""
    found: dict[str, list[Duty]] = defaultdict(list)
    for duty in duties_of(area_ids):
        if holds_on(day, duty.valid_from, duty.valid_to):
            found[duty.area_id].append(duty)
    return dict(found)


def duties_of(area_ids: Collection[str]) -> list[Duty]:
    """Every duty of these areas, ended ones too, in the order of `DutyKind`, then by name."""
    rows = db.session.execute(select(*COLUMNS).where(among(DutyRow.area_id, area_ids)))
    return sorted((Duty(*row) for row in rows), key=_place)


def _place(duty: Duty) -> tuple[int, str, str]:
    return ORDER.get(duty.kind, len(ORDER)), duty.full_name, duty.id
