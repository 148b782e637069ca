"""Coverage of some ground over a period: every day as `coverage` tells it, and the pace."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from server.domain.coverage.pace import PACE_DAYS, pace_of
from server.domain.numbers import percent
from server.domain.partial import add_days
from server.store.coverage.ground import Ground
from server.store.coverage.planned import milestones_on
from server.store.coverage.standing import completeness_of, coverage_on

Row = Mapping[str, Any]


def over_time(ground: Ground, days: Sequence[str]) -> dict[str, Any]:
    """`points`: the ground and its lines on each of the days. `pace`: of the ground and of each
    line on the last of them. `milestones`: what the ground is to have reached in that day's year.
    Days that are gone are counted from what is known today."""
    day = days[-1]
    *points, before = coverage_on(ground, [*days, add_days(day, -PACE_DAYS)])
    now = points[-1]
    return {
        "points": points,
        "pace": {
            "total": _paced(now["total"], before["total"], day),
            "rows": [_paced(row, _same(row, before["rows"]), day) for row in now["rows"]],
        },
        "milestones": _milestones(ground, day, now["total"]),
        "completeness": completeness_of(ground, now),
    }


def _same(row: Row, rows: Sequence[Row]) -> Row | None:
    return next((other for other in rows if other["area"]["id"] == row["area"]["id"]), None)


def _paced(row: Row, before: Row | None, day: str) -> dict[str, Any]:
    target, covered = row["target"] or {}, row["counts"]["covered"]
    missing = target.get("heads_missing")
    pace = pace_of(
        day,
        covered,
        before["counts"]["covered"] if before else 0,
        missing,
        target.get("population"),
        target.get("deadline"),
    )
    return {"area": row["area"], **asdict(pace), "heads_missing": missing}


def _milestones(ground: Ground, day: str, total: Row) -> list[dict[str, Any]]:
    """Months' ends with the people to be covered by then, of the population planned."""
    return [
        {
            "month": f"{day[:4]}-{step.month:02}",
            "heads": step.heads,
            "population": step.population,
            "percent": step.goal_percent or percent(step.heads or 0, step.population),
        }
        for step in milestones_on(day, [ground.id]).get(ground.id, [])
    ]
