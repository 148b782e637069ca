"""Coverage of some ground on a day: one answer for the page, the API and whoever prints it."""

from collections import defaultdict
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import func, or_, select

from schemas.kinds import Status
from server.domain.counting import Tally
from server.domain.numbers import percent
from server.store.completeness import completeness
from server.store.counts import counts_by_village
from server.store.coverage.ground import Ground
from server.store.coverage.planned import Plan, added_up, figures_on, plans_on
from server.store.db import db
from server.store.places import Area
from server.store.records import Household

COUNTS = tuple(field.name for field in fields(Tally))


def coverage(ground: Ground, day: str) -> dict[str, Any]:
    """Counts, rates, targets and published figures of the ground and of each of its lines."""
    tallies, households = _tallies(ground, day), _households(ground, day)
    ids = [line.id for line in ground.lines]
    plans, figures = plans_on(day, [*ids, ground.id]), figures_on(day, [*ids, ground.id])
    total = sum_of(tallies.values())
    own = plans.get(ground.id) or added_up(plans.get(line) for line in ids)
    return {
        "on": day,
        "total": _row(
            _named(ground), sum(households.values()), total, own, figures.get(ground.id), day
        ),
        "rows": [
            _row(
                _named(line),
                households[line.id],
                tallies[line.id],
                plans.get(line.id),
                figures.get(line.id),
                day,
            )
            for line in ground.lines
            if _living(line, day) or tallies[line.id].people
        ],
        "completeness": asdict(completeness(ground.phones, ground.villages, total.not_asked)),
    }


def _tallies(ground: Ground, day: str) -> dict[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    for row in counts_by_village(day, list(ground.line_of)):
        tally = tallies[ground.line_of[row.village_id]]
        covered = row.status == Status.COVERED
        tally.people += row.people
        setattr(tally, row.status, getattr(tally, row.status) + row.people)
        tally.abroad += row.abroad
        tally.registered += row.registered
        tally.present += row.present
        tally.registered_covered += row.registered if covered else 0
        tally.present_covered += row.present if covered else 0
    return tallies


def _households(ground: Ground, day: str) -> dict[str, int]:
    """Households that stand on the day, by line."""
    counts = (
        select(Household.village_id, func.count())
        .where(
            Household.village_id.in_(ground.villages),
            Household.merged_into.is_(None),
            or_(Household.last_day.is_(None), Household.last_day >= day),
        )
        .group_by(Household.village_id)
    )
    households: dict[str, int] = defaultdict(int)
    for village, count in db.session.execute(counts):
        households[ground.line_of[village]] += count
    return households


def sum_of(tallies: Any) -> Tally:
    total = Tally()
    for tally in tallies:
        for name in COUNTS:
            setattr(total, name, getattr(total, name) + getattr(tally, name))
    return total


def _living(line: Area, day: str) -> bool:
    return (line.valid_from or day) <= day <= (line.valid_to or day)


def _named(place: Ground | Area) -> dict[str, Any]:
    return {"id": place.id, "code": place.code, "name": place.name, "level": place.level}


def _row(
    area: dict[str, Any],
    households: int,
    tally: Tally,
    plan: Plan | None,
    figures: list[dict[str, object]] | None,
    day: str,
) -> dict[str, Any]:
    """Two rates, each of its own denominator: people counted, and the population of the plan."""
    return {
        "area": area,
        "households": households,
        "counts": {**asdict(tally), "uninsured": tally.uninsured},
        "percent": percent(tally.covered, tally.people),
        "percent_of_official": percent(tally.covered, plan.population) if plan else None,
        "target": plan.on(day, tally.covered) if plan else None,
        "figures": figures or [],
    }
