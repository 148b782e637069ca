"""Coverage of some ground on a day, or on many: one answer for pages, files, the API and papers."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from server.domain.coverage.steps import added, tally_of
from server.domain.numbers import percent
from server.store.completeness import completeness
from server.store.counts import Numbers, numbers_by_village
from server.store.coverage.ground import Ground
from server.store.coverage.planned import Plan, added_up, figures_on, plans_on
from server.store.coverage.steps import steps_by_village
from server.store.db import db
from server.store.places import Area


def coverage(ground: Ground, day: str) -> dict[str, Any]:
    """Counts, rates, targets and published figures of the ground and of each of its lines."""
    answer = _standing(ground, day, _by_line(ground, numbers_by_village(day, _villages(ground))))
    return {**answer, "completeness": completeness_of(ground, answer)}


def coverage_on(ground: Ground, days: Sequence[str]) -> list[dict[str, Any]]:
    """The same of many days, as all of it is known today; without the completeness line, which is
    about today."""
    steps = steps_by_village(_villages(ground))
    return [
        _standing(ground, day, _by_line(ground, {id_: its.on(day) for id_, its in steps.items()}))
        for day in days
    ]


def completeness_of(ground: Ground, answer: Mapping[str, Any]) -> dict[str, int]:
    """What this answer does not know yet."""
    not_asked = answer["total"]["counts"]["not_asked"]
    return asdict(completeness(ground.phones, ground.villages, not_asked))


def _villages(ground: Ground) -> list[str]:
    return list(db.session.scalars(ground.villages))


def _by_line(ground: Ground, by_village: Mapping[str, Numbers]) -> dict[str, Numbers]:
    lines: dict[str, list[Numbers]] = {line: [] for line in ground.line_of.values()}
    for village, numbers in by_village.items():
        lines[ground.line_of[village]].append(numbers)
    return {line: added(numbers) for line, numbers in lines.items()}


def _standing(ground: Ground, day: str, numbers: Mapping[str, Numbers]) -> dict[str, Any]:
    ids = [line.id for line in ground.lines]
    plans, figures = plans_on(day, [*ids, ground.id]), figures_on(day, [*ids, ground.id])
    own = plans.get(ground.id) or added_up(plans.get(line) for line in ids)
    rows = [
        _row(_named(line), numbers[line.id], plans.get(line.id), figures.get(line.id), day)
        for line in ground.lines
        if _living(line, day) or numbers[line.id][0]
    ]
    total = _row(_named(ground), added(numbers.values()), own, figures.get(ground.id), day)
    return {"on": day, "total": total, "rows": rows}


def _living(line: Area, day: str) -> bool:
    return (line.valid_from or day) <= day <= (line.valid_to or day)


def _named(place: Ground | Area) -> dict[str, Any]:
    return {"id": place.id, "code": place.code, "name": place.name, "level": place.level}


def _row(
    area: dict[str, Any],
    numbers: Numbers,
    plan: Plan | None,
    figures: list[dict[str, object]] | None,
    day: str,
) -> dict[str, Any]:
    """Two rates, each of its own denominator: people counted, and the population of the plan."""
    tally, households = tally_of(numbers)
    return {
        "area": area,
        "households": households,
        "counts": {**asdict(tally), "uninsured": tally.uninsured},
        "percent": percent(tally.covered, tally.people),
        "percent_of_official": percent(tally.covered, plan.population) if plan else None,
        "target": plan.on(day, tally.covered) if plan else None,
        "figures": figures or [],
    }
