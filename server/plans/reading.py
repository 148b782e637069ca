"""Plans as the pages show them: which one may see, and one with its lines and what is odd in it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

import orjson
from flask_login import current_user
from sqlalchemy import ColumnElement, func, or_, select

from schemas.kinds import Indicator, PlanState
from server.domain.numbers import percent
from server.domain.plans import Line, Odd, odd_figures, rate_fits
from server.errors import Problem
from server.plans.doors import OFFICE, own_areas
from server.store.bulk import among
from server.store.db import db, today
from server.store.places import Area, BhxhUnit, BhxhUnitCommune
from server.store.plan_documents import PlanDocument, PlanNumber
from server.store.plan_targets import OWN, counting_targets, parts_of
from server.store.plans import Target

INDICATORS = tuple(indicator.value for indicator in Indicator)


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of a plan: what was given, what its counts come to, whether it counts today."""

    target: Target
    area: Area
    rate: str | None
    differs: bool
    counts: bool


@dataclass(slots=True)
class Table:
    """One indicator of a plan. `total`: the owner's own line, or what the plan prints for all;
    `population`, `planned`: the sums of the lines, None where a line lacks its number."""

    indicator: str
    lines: list[Shown] = field(default_factory=list)
    held: list[Shown] = field(default_factory=list)
    total: Shown | None = None
    months: list[int] = field(default_factory=list)
    steps: list[tuple[str, dict[int, Target]]] = field(default_factory=list)
    population: int | None = None
    planned: int | None = None
    odd: list[Odd] = field(default_factory=list)
    counts: bool = False

    @property
    def rate(self) -> str | None:
        return None if self.planned is None else percent(self.planned, self.population)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan of the list: whose it is, how much it says, how much of it is odd."""

    plan: PlanDocument
    owner: str
    lines: int
    indicators: list[str]
    odd: int


def above_own() -> set[str]:
    """The areas above one's own: their plans give one's own areas their targets."""
    ids, found = own_areas(), set[str]()
    level = ids
    while level:
        query = select(Area.parent_id).where(among(Area.id, level), Area.parent_id.is_not(None))
        level = {one for one in db.session.scalars(query.distinct()) if one} - found - ids
        found |= level
    return found


def units_seen() -> set[str]:
    """The BHXH units that serve one of one's communes."""
    day = today()
    query = select(BhxhUnitCommune.unit_id).where(
        among(BhxhUnitCommune.commune_id, own_areas()),
        or_(BhxhUnitCommune.valid_to.is_(None), BhxhUnitCommune.valid_to >= day),
    )
    return set(db.session.scalars(query.distinct()))


def plan_in_scope(plan_id: str) -> PlanDocument:
    """A plan that concerns one's areas. Problems: not_found, not_allowed."""
    found = db.session.get(PlanDocument, plan_id)
    if found is None:
        raise Problem("not_found")
    if found.area_id not in own_areas() | above_own() and found.unit_id not in units_seen():
        raise Problem("not_allowed")
    return found


def may_write(plan: PlanDocument) -> bool:
    """The office of the area it is of; of a unit's plan who oversees all its communes."""
    if current_user.role not in OFFICE:
        return False
    return plan.area_id in own_areas() if plan.area_id else plan.unit_id in units_written()


def units_written() -> set[str]:
    """The units all of whose communes one oversees."""
    own, seen = own_areas(), units_seen()
    query = select(BhxhUnitCommune.unit_id, BhxhUnitCommune.commune_id)
    rows = db.session.execute(query.where(among(BhxhUnitCommune.unit_id, seen))).all()
    return seen - {unit for unit, commune in rows if commune not in own}


def plan_to_write(plan_id: str) -> PlanDocument:
    """Problems: not_found, not_allowed."""
    found = plan_in_scope(plan_id)
    if not may_write(found):
        raise Problem("not_allowed")
    return found


def years_seen() -> list[int]:
    """The years for which there is a plan one may see, the latest first."""
    query = select(PlanDocument.year).where(_seen()).distinct()
    return sorted(db.session.scalars(query), reverse=True)


def plan_lines(year: int) -> list[PlanLine]:
    """The plans of a year, those in force first, the newest of each first."""
    query = select(PlanDocument).where(_seen(), PlanDocument.year == year)
    order = {PlanState.IN_FORCE: 0, PlanState.DRAFT: 1, PlanState.REPLACED: 2}
    plans = sorted(
        db.session.scalars(query),
        key=lambda plan: (order[PlanState(plan.state)], plan.signed_on or "", plan.version),
    )
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    numbers = select(Target.plan_id, Target.indicator, func.count()).where(
        among(Target.plan_id, [plan.id for plan in plans])
    )
    for plan_id, indicator, count in db.session.execute(
        numbers.group_by(Target.plan_id, Target.indicator)
    ):
        counted[plan_id or ""][indicator] = count
    return [
        PlanLine(
            plan,
            owner_name(plan),
            sum(counted[plan.id].values()),
            [one for one in INDICATORS if one in counted[plan.id]],
            len(odd_of(plan, targets_of(plan.id))),
        )
        for plan in plans
    ]


def _seen() -> ColumnElement[bool]:
    areas = own_areas() | above_own()
    return or_(among(PlanDocument.area_id, areas), among(PlanDocument.unit_id, units_seen()))


def owner_name(plan: PlanDocument) -> str:
    """Whose plan it is."""
    owner = db.session.get(Area, plan.area_id) if plan.area_id else None
    unit = db.session.get(BhxhUnit, plan.unit_id) if plan.unit_id else None
    return owner.name if owner else unit.name if unit else "–"


def targets_of(plan_id: str) -> list[Target]:
    query = select(Target).where(Target.plan_id == plan_id)
    return list(db.session.scalars(query.order_by(Target.month.is_not(None), Target.id)))


def areas_of_plan(targets: Collection[Target]) -> dict[str, Area]:
    ids = {target.area_id for target in targets}
    query = select(Area).where(among(Area.id, ids)).order_by(Area.name)
    return {area.id: area for area in db.session.scalars(query)}


def odd_of(plan: PlanDocument, targets: Collection[Target]) -> list[Odd]:
    """What is odd in a plan, over all its lines."""
    areas = areas_of_plan(targets)
    above = parts_of(plan.area_id or plan.unit_id, areas)
    lines = [
        Line(
            target.area_id,
            areas[target.area_id].name,
            target.indicator,
            above.get(target.area_id),
            target.month,
            holder_key(target),
            target.population,
            target.planned,
            target.goal_percent,
            target.printed_percent,
            target.deadline,
        )
        for target in targets
    ]
    lines += _totals(plan)
    query = select(PlanNumber).where(PlanNumber.plan_id == plan.id)
    numbers = {(row.area_id, row.basis): row.count for row in db.session.scalars(query)}
    return odd_figures(plan.year, lines, numbers)


def _totals(plan: PlanDocument) -> list[Line]:
    """What a plan prints for all its lines together, where its owner is no area."""
    told = orjson.loads(plan.totals) if plan.totals else {}
    return [
        Line(plan.unit_id or "", owner_name(plan), indicator, **values)
        for indicator, values in told.items()
    ]


def holder_key(target: Target) -> str:
    return "" if target.holder_kind == OWN else f"{target.holder_kind}:{target.holder}"


def tables_of(plan: PlanDocument) -> list[Table]:
    """A plan's indicators, each with the lines one may see, its sum and what is odd in it."""
    targets = targets_of(plan.id)
    seen, areas = own_areas() | above_own(), areas_of_plan(targets)
    odd = [one for one in odd_of(plan, targets) if one.area in seen or one.area == plan.unit_id]
    counting = {
        target.id
        for target in counting_targets(_counted_on(plan), [id_ for id_ in areas if id_ in seen])
    }
    names = {target.indicator for target in targets}
    return [
        _table(
            name,
            plan,
            [one for one in targets if one.indicator == name and one.area_id in seen],
            areas,
            [one for one in odd if one.indicator == name],
            counting,
        )
        for name in (*INDICATORS, *sorted(names - set(INDICATORS)))
        if name in names
    ]


def _counted_on(plan: PlanDocument) -> str:
    """The day on which a plan is asked whether it counts: today, or the nearest day of its year."""
    return min(max(today(), f"{plan.year}-01-01"), f"{plan.year}-12-31")


def _table(
    indicator: str,
    plan: PlanDocument,
    targets: list[Target],
    areas: dict[str, Area],
    odd: list[Odd],
    counting: set[str],
) -> Table:
    above = parts_of(plan.area_id or plan.unit_id, areas)
    place = _order(plan, areas, above)
    shown = [_shown(one, areas, counting) for one in targets if one.month is None]
    shown.sort(key=lambda it: (place[it.area.id], it.target.holder or ""))
    own = [it for it in shown if it.target.holder_kind == OWN]
    table = Table(indicator, odd=odd, counts=any(one.id in counting for one in targets))
    table.total = next((it for it in own if it.area.id == plan.area_id), None)
    table.lines = [it for it in own if it is not table.total]
    table.held = [it for it in shown if it.target.holder_kind != OWN]
    # A district above its communes is a sum itself.
    sums = set(above.values())
    lowest = [it.target for it in table.lines if it.area.id not in sums]
    table.population = _sum([it.population for it in lowest])
    table.planned = _sum([it.planned for it in lowest])
    table.months = sorted({one.month for one in targets if one.month})
    table.steps = _steps([one for one in targets if one.month], areas)
    return table


def _order(
    plan: PlanDocument, areas: dict[str, Area], above: dict[str, str | None]
) -> dict[str, tuple[str, bool, str]]:
    """By name, each district before its communes."""
    found = {}
    for id_, area in areas.items():
        over = areas.get(above.get(id_) or "")
        inside = over is not None and over.id != plan.area_id
        found[id_] = (over.name if over and inside else area.name, inside, area.name)
    return found


def _shown(target: Target, areas: dict[str, Area], counting: set[str]) -> Shown:
    part, whole, printed = target.planned, target.population, target.printed_percent
    rate = percent(part, whole) if part is not None else None
    differs = bool(printed and part is not None and whole and not rate_fits(printed, part, whole))
    return Shown(target, areas[target.area_id], rate, differs, target.id in counting)


def _sum(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None


def _steps(targets: list[Target], areas: dict[str, Area]) -> list[tuple[str, dict[int, Target]]]:
    """Milestones: who, and what by which month."""
    found: dict[tuple[str, str], dict[int, Target]] = defaultdict(dict)
    for target in targets:
        found[(areas[target.area_id].name, target.holder or "")][target.month or 0] = target
    return [
        (f"{name} · {holder}" if holder else name, steps)
        for (name, holder), steps in sorted(found.items())
    ]
