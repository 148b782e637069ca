"""Freezes reports and tells them anew."""

import time
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_login import current_user

from schemas.kinds import AreaLevel, Role
from server.domain.reports.kinds import Kind, Level, kinds
from server.errors import Problem
from server.reports.figures import counted_then, figures_of
from server.store.audit import note_act
from server.store.changes.loading import lock_feeds
from server.store.coverage.ground import UNIT_LEVEL, Ground, ground_of
from server.store.db import db, today
from server.store.reports import Report, figures_text, report_before, report_called

TYPED = ("number", "signed_on", "signer", "difficulties", "proposals")
MAKERS = {Level.COMMUNE: (Role.OFFICER, Role.ADMIN), Level.UNIT: (Role.BHXH,)}


@dataclass(frozen=True, slots=True)
class Difference:
    """A count that is not told again as it was frozen."""

    line: str
    count: str
    frozen: int
    told: int


def kind_called(key: str) -> Kind:
    """Problem: not_found."""
    kind = kinds().get(key)
    if kind is None:
        raise Problem("not_found")
    return kind


def ground_for(kind: Kind, place: str | None) -> Ground:
    """The commune or unit a report of the kind is about, one's own without asking.
    Problems: not_found, not_allowed."""
    ground = ground_of(place or None, current_user.id, current_user, today())
    level = {Level.COMMUNE: AreaLevel.COMMUNE.value, Level.UNIT: UNIT_LEVEL}[kind.level]
    if ground.level != level:
        raise Problem("not_found")
    return ground


def level_of(ground: Ground) -> Level:
    return Level.UNIT if ground.level == UNIT_LEVEL else Level.COMMUNE


def may_make(kind: Kind) -> bool:
    return current_user.role in MAKERS[kind.level]


def freeze(kind: Kind, ground: Ground, day: str, id_: str, by: str) -> Report:
    """Freeze the figures of the end of the day: nobody writes while they are counted, so that they
    can be told again by the moment. The caller commits."""
    lock_feeds(set(db.session.scalars(ground.villages)))
    moment = time.time_ns()
    period = kind.period(day)
    previous = report_before(kind.key, ground.id, period.key)
    figures = figures_of(ground, day, previous)
    text, digest = figures_text({"name": ground.name, "period": period.words, **figures})
    is_unit = kind.level is Level.UNIT
    report = Report(
        id=id_,
        kind=kind.key,
        area_id=None if is_unit else ground.id,
        unit_id=ground.id if is_unit else None,
        period=period.key,
        day=day,
        moment=moment,
        frozen_by=by,
        previous_id=previous.id if previous else None,
        figures=text,
        digest=digest,
    )
    db.session.add(report)
    note_act(
        "report_frozen",
        by=by,
        subject=id_,
        area=report.area_id,
        count=figures["coverage"]["total"]["counts"]["people"],
        report=kind.key,
        day=day,
    )
    return report


def report_seen(id_: str) -> tuple[Report, Kind, Ground]:
    """A report of somewhere one may look. Problems: not_found, not_allowed."""
    report = report_called(id_)
    place = report.area_id or report.unit_id
    ground = ground_of(place, current_user.id, current_user, today())
    return report, kind_called(report.kind), ground


def told_again(report: Report, ground: Ground) -> list[Difference]:
    """What the records and their past say of the report's day and moment and the report does not:
    nothing, as long as nothing was purged."""
    again = counted_then(ground, report.day, report.moment)
    found = []
    for row in report.numbers["coverage"]["rows"] or [report.numbers["coverage"]["total"]]:
        told = again.get(row["area"]["id"], {})
        found += [
            Difference(row["area"]["name"], name, row["counts"][name], number)
            for name, number in told.items()
            if row["counts"][name] != number
        ]
    return found


def typed_on(report: Report) -> dict[str, Any]:
    """What was typed on the paper, as its form takes it."""
    values: dict[str, Any] = {name: getattr(report, name) for name in TYPED}
    day = report.signed_on
    return {**values, "signed_on": date.fromisoformat(day) if day else None}


def write_on_paper(report: Report, values: dict[str, Any]) -> None:
    """Number, day and signer, difficulties, proposals: what stands beside the figures."""
    for name in TYPED:
        setattr(report, name, values.get(name) or None)
    note_act(
        "report_written",
        by=current_user.id,
        subject=report.id,
        area=report.area_id,
        report=report.kind,
    )
