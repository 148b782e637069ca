"""What was planned and what BHXH published, beside what the survey counts; never mixed with it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from schemas.kinds import Indicator, TargetHolder
from server.domain.numbers import days_left, heads_for, percent, same_percent
from server.domain.partial import last_day
from server.store.db import db
from server.store.plan_targets import counting_targets
from server.store.plans import Figure, Target


@dataclass(frozen=True, slots=True)
class Plan:
    """A target as it applies on a day; percentages as decimal text."""

    year: int | None
    month: int | None
    population: int | None
    planned: int | None
    goal_percent: str | None
    printed_percent: str | None
    deadline: str | None
    source: str | None

    @property
    def heads(self) -> int | None:
        """How many people are to be covered: as planned, else as the goal asks."""
        if self.planned is not None or not self.goal_percent or self.population is None:
            return self.planned
        return heads_for(self.goal_percent, self.population)

    @property
    def computed_percent(self) -> str | None:
        return None if self.planned is None else percent(self.planned, self.population)

    @property
    def differs(self) -> bool:
        """The document printed another rate than its own counts give."""
        computed, printed = self.computed_percent, self.printed_percent
        return bool(computed and printed and not same_percent(computed, printed))

    def on(self, day: str, covered: int) -> dict[str, object]:
        """As the API gives it."""
        heads = self.heads
        return {
            "year": self.year,
            "month": self.month,
            "population": self.population,
            "planned": self.planned,
            "goal_percent": self.goal_percent,
            "printed_percent": self.printed_percent,
            "computed_percent": self.computed_percent,
            "differs": self.differs,
            "deadline": self.deadline,
            "days_left": days_left(day, self.deadline) if self.deadline else None,
            "heads_missing": None if heads is None else max(0, heads - covered),
            "source": self.source,
        }


def plans_on(
    day: str, areas: Sequence[str], indicator: str = Indicator.BHYT_COVERAGE
) -> dict[str, Plan]:
    """The target of each area that applies on the day: of its month, else of its year, else the
    last one before; of several plans that of the one that counts."""
    year, month = int(day[:4]), int(day[5:7])
    best: dict[str, tuple[tuple[int, int], Target]] = {}
    for target in _own_targets(day, areas, indicator):
        if target.year == year and target.month is not None and target.month > month:
            continue
        rank = (target.year, _closeness(target, year, month))
        if target.area_id not in best or rank >= best[target.area_id][0]:
            best[target.area_id] = (rank, target)
    return {area: _plan(target) for area, (_, target) in best.items()}


def milestones_on(
    day: str, areas: Sequence[str], indicator: str = Indicator.BHYT_COVERAGE
) -> dict[str, list[Plan]]:
    """What each area is to have reached by the end of which month of the day's year, in their
    order, of the plan that counts on the day. An area without milestones is not in it."""
    found: dict[str, list[Plan]] = defaultdict(list)
    year = int(day[:4])
    for target in _own_targets(day, areas, indicator):
        if target.year == year and target.month is not None:
            found[target.area_id].append(_plan(target))
    return {area: sorted(steps, key=lambda step: step.month or 0) for area, steps in found.items()}


def _own_targets(day: str, areas: Sequence[str], indicator: str) -> list[Target]:
    """Of the areas themselves, not the parts that somebody in them answers for."""
    counting = counting_targets(day, areas, [str(indicator)])
    return sorted(
        (target for target in counting if target.holder_kind == TargetHolder.AREA),
        key=lambda target: (target.year, target.month or 0),
    )


def _closeness(target: Target, year: int, month: int) -> int:
    """A month's own target goes before the year's; the year's before those of other months."""
    if target.month is None:
        return 12
    return 13 if (target.year, target.month) == (year, month) else target.month - 1


def _plan(target: Target) -> Plan:
    return Plan(
        target.year,
        target.month,
        target.population,
        target.planned,
        target.goal_percent,
        target.printed_percent,
        target.deadline,
        target.source,
    )


def added_up(plans: Iterable[Plan | None]) -> Plan | None:
    """The plans of all lines together, where each line has one with its counts: counts are added,
    rates never. The deadline is the last of them."""
    known = [plan for plan in plans if plan is not None]
    if not known or not all(plan.heads is not None and plan.population for plan in known):
        return None
    deadlines = [plan.deadline for plan in known if plan.deadline]
    years = {plan.year for plan in known}
    return Plan(
        years.pop() if len(years) == 1 else None,
        None,
        sum(plan.population or 0 for plan in known),
        sum(plan.heads or 0 for plan in known),
        None,
        None,
        max(deadlines, key=last_day) if deadlines else None,
        None,
    )


def figures_on(day: str, areas: Sequence[str]) -> dict[str, list[dict[str, object]]]:
    """The latest published figure of each indicator, by area."""
    latest = (
        select(Figure.area_id, Figure.indicator, func.max(Figure.on).label("on"))
        .where(Figure.area_id.in_(areas), Figure.on <= day)
        .group_by(Figure.area_id, Figure.indicator)
        .subquery()
    )
    rows = db.session.scalars(
        select(Figure)
        .join(
            latest,
            (latest.c.area_id == Figure.area_id)
            & (latest.c.indicator == Figure.indicator)
            & (latest.c.on == Figure.on),
        )
        .order_by(Figure.indicator, Figure.source)
    )
    found: dict[str, list[dict[str, object]]] = {}
    for figure in rows:
        found.setdefault(figure.area_id, []).append(
            {
                "indicator": figure.indicator,
                "on": figure.on,
                "count": figure.count,
                "denominator": figure.denominator,
                "percent": percent(figure.count, figure.denominator),
                "source": figure.source,
            }
        )
    return found
