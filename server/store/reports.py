"""Reports as they were frozen: their numbers never change, only what is written on the paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson
from sqlalchemy import BigInteger, DateTime, ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from server.domain.reports.kinds import Kind, Level, kinds
from server.domain.reports.periods import Period
from server.errors import Problem
from server.store.db import Base, db, new_id, now

ID, DAY = String(36), String(10)


class Report(Base):
    """A report of a commune (`area_id`) or an insurance unit (`unit_id`). `day`: the figures are of
    its end. `moment`: when they were frozen, by the server's clock in nanoseconds, while nobody
    wrote. `previous_id`: the report of the period before, from which its changes count. `figures`:
    JSON, of `digest`. What follows stands on the paper and may still be typed."""

    __tablename__ = "report"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(30))
    area_id: Mapped[str | None] = mapped_column(ForeignKey("area.id"))
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("bhxh_unit.id"))
    period: Mapped[str] = mapped_column(DAY)
    day: Mapped[str] = mapped_column(DAY)
    moment: Mapped[int] = mapped_column(BigInteger)
    frozen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    frozen_by: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    previous_id: Mapped[str | None] = mapped_column(ForeignKey("report.id"), index=True)
    figures: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    number: Mapped[str | None] = mapped_column(String(50))
    signed_on: Mapped[str | None] = mapped_column(DAY)
    signer: Mapped[str | None] = mapped_column(String(200))
    difficulties: Mapped[str | None] = mapped_column(Text)
    proposals: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        Index("ix_report_area_id_kind_period", "area_id", "kind", "period", "moment"),
        Index("ix_report_unit_id_kind_period", "unit_id", "kind", "period", "moment"),
    )

    @property
    def numbers(self) -> dict[str, Any]:
        """What was frozen."""
        found: dict[str, Any] = orjson.loads(self.figures)
        return found

    def is_of(self, place: str, kind: Kind) -> bool:
        """True for a report of that kind of this commune or unit."""
        return self.kind == kind.key and place in (self.area_id, self.unit_id)

    @property
    def period_words(self) -> str:
        """What people call the period: 'tháng 11 năm 2026'."""
        return str(self.numbers["period"])


def figures_text(figures: dict[str, Any]) -> tuple[str, str]:
    """Figures as they are kept, and their digest."""
    text = orjson.dumps(figures, option=orjson.OPT_SORT_KEYS)
    return text.decode(), sha256(text).hexdigest()


def report_called(id_: str) -> Report:
    """Problem: not_found."""
    report = db.session.get(Report, id_)
    if report is None:
        raise Problem("not_found")
    return report


def reports_of(places: Sequence[str], kinds: Sequence[str] = (), most: int = 200) -> list[Report]:
    """The reports of these communes and units, the newest first."""
    query = select(Report).where(Report.area_id.in_(places) | Report.unit_id.in_(places))
    if kinds:
        query = query.where(Report.kind.in_(kinds))
    return list(db.session.scalars(query.order_by(Report.moment.desc()).limit(most)))


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that a commune or unit owes for a period; `made`: the last frozen for it."""

    kind: Kind
    period: Period
    place: str
    made: Report | None
    overdue: bool


def owed(day: str, places: Mapping[str, Level]) -> list[Owed]:
    """What these communes and units owe: the report of the running period, and that of the period
    before where it was missed although reports had begun. Those to be made come first."""
    made = reports_of(list(places))
    found = [
        Owed(kind, period, place, done, done is None and day > period.due)
        for place, level in places.items()
        for kind in kinds().values()
        if kind.level is level
        for period, done in _periods(kind, day, [it for it in made if it.is_of(place, kind)])
    ]
    return sorted(found, key=lambda one: (one.made is not None, one.period.due, one.kind.key))


def _periods(kind: Kind, day: str, made: list[Report]) -> list[tuple[Period, Report | None]]:
    running = kind.period(day)
    before = kind.before(running)
    by_period = {one.period: one for one in reversed(made)}
    periods = [(running, by_period.get(running.key))]
    if before.key not in by_period and any(one.period < before.key for one in made):
        periods.insert(0, (before, None))
    return periods


def report_before(kind: str, place: str, period: str) -> Report | None:
    """The last report of that kind and place that tells an earlier period."""
    return db.session.scalars(
        select(Report)
        .where(
            (Report.area_id == place) | (Report.unit_id == place),
            Report.kind == kind,
            Report.period < period,
        )
        .order_by(Report.period.desc(), Report.moment.desc())
        .limit(1)
    ).first()
