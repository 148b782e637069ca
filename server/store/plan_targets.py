"""Targets of plans: which plan counts where and when, what is written of it, what phones show."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import select

from schemas.kinds import AreaLevel, Indicator, PlanState, TargetHolder
from server.domain.plan_choice import Document, number_and_day, the_one
from server.store.areas import district_name
from server.store.bulk import among
from server.store.db import db, new_id, today
from server.store.feeds import ReferenceRecord
from server.store.places import Area
from server.store.plan_documents import PlanChoice, PlanDocument
from server.store.plans import Target
from server.store.reference import Item, publish_all, retire

VALUES = ("population", "planned", "goal_percent", "printed_percent", "deadline")
OWN = TargetHolder.AREA.value
UNKNOWN = Document("", "", PlanState.IN_FORCE, None, 0, None, None)
"""A target that came before plans were known counts after all that have one."""


class Holder(NamedTuple):
    """Whose target it is; the area's own without a name."""

    kind: str = OWN
    name: str | None = None
    duty_id: str | None = None
    school_id: str | None = None


def counting_targets(
    day: str, areas: Collection[str], indicators: Collection[str] | None = None
) -> list[Target]:
    """The targets of these areas, their holders' and milestones too, of the plans that count on
    the day: for each area, indicator and year up to the day's, those of one plan."""
    query = (
        select(Target, PlanDocument)
        .outerjoin(PlanDocument, PlanDocument.id == Target.plan_id)
        .where(among(Target.area_id, areas), Target.year <= int(day[:4]))
        .order_by(Target.year, Target.id)
    )
    if indicators is not None:
        query = query.where(Target.indicator.in_(indicators))
    groups: dict[tuple[str, str, int], list[tuple[Target, PlanDocument | None]]] = defaultdict(list)
    for target, plan in db.session.execute(query):
        groups[(target.area_id, target.indicator, target.year)].append((target, plan))
    plans = {plan.id: plan for group in groups.values() for _target, plan in group if plan}
    chosen = _chosen(areas)
    family = families({*plans, *chosen.values()})
    found: list[Target] = []
    for key, group in groups.items():
        told = {plan.id: document(plan, family) for _target, plan in group if plan}
        told |= {} if all(plan for _target, plan in group) else {"": UNKNOWN}
        wanted = family.get(chosen.get(key, ""))
        counting = the_one(day, told.values(), wanted)
        if counting:
            found += [target for target, _plan in group if (target.plan_id or "") == counting.id]
    return found


def _chosen(areas: Collection[str]) -> dict[tuple[str, str, int], str]:
    query = select(PlanChoice).where(among(PlanChoice.area_id, areas))
    return {(it.area_id, it.indicator, it.year): it.plan_id for it in db.session.scalars(query)}


def families(ids: Iterable[str]) -> dict[str, str]:
    """The first version of each of these plans, by id: what all its versions share."""
    before: dict[str, str | None] = {}
    level = set(ids)
    while level:
        query = select(PlanDocument.id, PlanDocument.replaces_id)
        before |= dict(db.session.execute(query.where(among(PlanDocument.id, level))).all())
        level = {one for one in before.values() if one} - before.keys()
    found = {}
    for id_ in before:
        step = id_
        while (earlier := before.get(step)) is not None:
            step = earlier
        found[id_] = step
    return found


def document(plan: PlanDocument, family: dict[str, str]) -> Document:
    return Document(
        plan.id,
        family.get(plan.id, plan.id),
        plan.state,
        plan.signed_on,
        plan.version,
        plan.valid_from,
        plan.valid_to,
    )


def plan_called(source: str, owner: Area, year: int, by: str | None) -> PlanDocument:
    """The plan of an area that a source text names, made where nobody has named it before."""
    known = select(PlanDocument).where(
        PlanDocument.area_id == owner.id, PlanDocument.year == year, PlanDocument.title == source
    )
    found = db.session.scalars(known.order_by(PlanDocument.version.desc())).first()
    if found is None:
        number, day = number_and_day(source)
        found = PlanDocument(
            id=new_id(),
            area_id=owner.id,
            year=year,
            number=number,
            signed_on=day,
            title=source[:300],
            version=1,
            state=PlanState.IN_FORCE.value,
            added_by=by,
        )
        db.session.add(found)
        db.session.flush()
    return found


def owner_of(area: Area) -> Area:
    """Whose plan gives an area its target when nobody says: a village's is its commune's."""
    if area.level == AreaLevel.VILLAGE and area.parent_id:
        return db.session.get(Area, area.parent_id) or area
    return area


def parts_of(owner: str | None, areas: Mapping[str, Area]) -> dict[str, str | None]:
    """Of each area of a plan the one of the plan that it is part of, else the plan's owner."""
    parents = {area.id: area.parent_id for area in areas.values()}
    missing = {one for one in parents.values() if one} - parents.keys()
    while missing:
        query = select(Area.id, Area.parent_id).where(among(Area.id, missing))
        parents |= dict(db.session.execute(query).all())
        missing = {one for one in parents.values() if one} - parents.keys()
    districts = {
        district_name(area.name): area.id
        for area in areas.values()
        if area.level == AreaLevel.FORMER_DISTRICT
    }
    found: dict[str, str | None] = {}
    for id_, area in areas.items():
        step = districts.get(district_name(area.former_district or "")) or parents.get(id_)
        while step and step not in areas:
            step = parents.get(step)
        found[id_] = step or (owner if owner != id_ else None)
    return found


def known_target(
    plan_id: str, area_id: str, indicator: str, month: int | None, holder: Holder
) -> Target | None:
    """The target of a plan that says this of this holder."""
    query = select(Target).where(
        Target.plan_id == plan_id,
        Target.area_id == area_id,
        Target.indicator == indicator,
        Target.month.is_(None) if month is None else Target.month == month,
        Target.holder_kind == holder.kind,
        Target.holder.is_(None) if holder.name is None else Target.holder == holder.name,
    )
    return db.session.scalars(query.order_by(Target.id)).first()


def put_target(
    plan: PlanDocument,
    area_id: str,
    indicator: str,
    month: int | None,
    holder: Holder,
    values: dict[str, Any],
) -> Target:
    """Write what a plan says; what `values` leaves out stays. Phones are told by `tell_phones`."""
    target = known_target(plan.id, area_id, indicator, month, holder) or Target(
        id=new_id(), plan_id=plan.id, area_id=area_id, indicator=indicator, month=month
    )
    target.year, target.source = plan.year, source_of(plan)
    target.holder_kind, target.holder = holder.kind, holder.name
    target.duty_id, target.school_id = holder.duty_id, holder.school_id
    for name, value in values.items():
        setattr(target, name, value)
    db.session.add(target)
    db.session.flush()
    return target


def source_of(plan: PlanDocument) -> str:
    """What pages and papers call a plan: its title, with number and day where it does not say."""
    words = [plan.title]
    if plan.number and plan.number not in plan.title:
        words.append(f"số {plan.number}")
    if plan.signed_on and len(plan.signed_on) == 10 and "ngày" not in plan.title.lower():
        words.append(f"ngày {'/'.join(reversed(plan.signed_on.split('-')))}")
    return " ".join(words)[:300]


def tell_phones(areas: Collection[str], day: str | None = None) -> None:
    """Phones show of each area the year's BHYT targets that count; all others are taken back."""
    day = day or today()
    latest = f"{max(int(day[:4]), _last_year(areas))}-12-31"
    counting = [
        target
        for when in {day, latest}
        for target in counting_targets(when, areas, [Indicator.BHYT_COVERAGE.value])
        if target.month is None and target.holder_kind == OWN
    ]
    shown = {target.id: target for target in counting}
    places = {
        area.id: area for area in db.session.scalars(select(Area).where(among(Area.id, areas)))
    }
    publish_all(_item(target, places[target.area_id]) for target in shown.values())
    told = select(ReferenceRecord.id).where(
        ReferenceRecord.entity == "target",
        ReferenceRecord.deleted.is_(False),
        ReferenceRecord.id.in_(select(Target.id).where(among(Target.area_id, areas))),
    )
    for id_ in set(db.session.scalars(told)) - shown.keys():
        retire(id_)


def _last_year(areas: Collection[str]) -> int:
    query = select(Target.year).where(among(Target.area_id, areas))
    return db.session.scalar(query.order_by(Target.year.desc()).limit(1)) or 0


def _item(target: Target, area: Area) -> Item:
    names = ("indicator", "year", "month", *VALUES, "source")
    data = {"area": area.id, **{name: getattr(target, name) for name in names}}
    return Item("target", target.id, area.province_id or area.id, data)
