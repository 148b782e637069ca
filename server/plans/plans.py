"""Plans as the office keeps them: made, changed, put in force, followed by a new version; their
lines; and which plan counts."""

from dataclasses import dataclass, fields
from typing import Any

from flask_login import current_user
from sqlalchemy import select

from schemas.kinds import PlanState, TargetHolder
from server.domain.partial import add_days
from server.errors import Problem
from server.pages.once import written_before
from server.plans.doors import own_areas
from server.plans.reading import targets_of
from server.store.audit import note_act
from server.store.db import db, new_id, now
from server.store.duties import DutyRow
from server.store.places import School
from server.store.plan_documents import PlanChoice, PlanDocument, PlanNumber
from server.store.plan_targets import (
    VALUES,
    Holder,
    known_target,
    put_target,
    source_of,
    tell_phones,
)
from server.store.plans import Target
from server.store.reference import retire

COPIED = ("area_id", "unit_id", "year", "number", "signed_on", "title", "issuer", "note", "totals")
LINE_COPIED = ("area_id", "indicator", "year", "month", *VALUES, "source", "holder_kind", "holder",
               "duty_id", "school_id")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody typed about a plan; a whole day or None."""

    title: str
    number: str | None
    signed_on: str | None
    issuer: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class ToldLine:
    """What somebody typed about a line of a plan."""

    area_id: str
    indicator: str
    month: int | None
    holder: Holder
    population: int | None
    planned: int | None
    goal_percent: str | None
    printed_percent: str | None
    deadline: str | None

    @property
    def values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in VALUES}


def add_plan(id_: str, owner: dict[str, str], year: int, told: Told, state: str) -> None:
    """A new plan, once for each form. `owner`: `area_id` or `unit_id`."""
    if written_before(PlanDocument, id_):
        return
    plan = PlanDocument(id=id_, year=year, version=1, state=state, added_by=current_user.id)
    for name, value in owner.items():
        setattr(plan, name, value)
    _tell(plan, told)
    db.session.add(plan)
    db.session.flush()
    _note("plan_add", plan)


def change_plan(plan: PlanDocument, told: Told) -> None:
    """Its targets call it by its new name, too."""
    _tell(plan, told)
    for target in targets_of(plan.id):
        target.source = source_of(plan)
    db.session.flush()
    _tell_phones(plan)
    _note("plan_change", plan)


def put_in_force(plan: PlanDocument, day: str) -> None:
    """A draft counts from now on; a new version from this day, and the one before it until the day
    before. Problem: already_decided when it is no draft any more."""
    if plan.state != PlanState.DRAFT:
        raise Problem("already_decided")
    plan.state = PlanState.IN_FORCE.value
    before = db.session.get(PlanDocument, plan.replaces_id) if plan.replaces_id else None
    if before is not None:
        plan.valid_from = day
        before.state, before.valid_to = PlanState.REPLACED.value, add_days(day, -1)
    db.session.flush()
    _tell_phones(plan)
    _note("plan_force", plan, day=day)


def new_version(plan: PlanDocument, id_: str) -> str:
    """A draft that holds all that a plan in force says, to be changed and put in force: its id, or
    that of the draft that is there already. Problem: already_decided for any other plan."""
    if plan.state != PlanState.IN_FORCE:
        raise Problem("already_decided")
    query = select(PlanDocument.id).where(
        PlanDocument.replaces_id == plan.id, PlanDocument.state == PlanState.DRAFT
    )
    written_before(PlanDocument, id_)  # of two at the same moment the second waits
    if known := db.session.scalar(query):
        return known
    draft = PlanDocument(id=id_, version=plan.version + 1, state=PlanState.DRAFT.value,
                         replaces_id=plan.id, added_by=current_user.id)  # fmt: skip
    for name in COPIED:
        setattr(draft, name, getattr(plan, name))
    db.session.add(draft)
    db.session.flush()
    for target in targets_of(plan.id):
        copied = {name: getattr(target, name) for name in LINE_COPIED}
        db.session.add(Target(id=new_id(), plan_id=draft.id, **copied))
    for row in db.session.scalars(select(PlanNumber).where(PlanNumber.plan_id == plan.id)):
        db.session.add(
            PlanNumber(plan_id=draft.id, area_id=row.area_id, basis=row.basis, count=row.count)
        )
    db.session.flush()
    _note("plan_version", draft)
    return id_


def choose_plan(plan: PlanDocument, indicator: str) -> int:
    """From now on this plan counts for the indicator, in all its areas that are one's own; how many
    areas that are. Problem: already_decided for a plan that does not count any more, or yet."""
    if plan.state != PlanState.IN_FORCE:
        raise Problem("already_decided")
    own = own_areas()
    areas = {it.area_id for it in targets_of(plan.id) if it.indicator == indicator} & own
    for area_id in sorted(areas):
        key = {"area_id": area_id, "indicator": indicator, "year": plan.year}
        choice = db.session.get(PlanChoice, key) or PlanChoice(**key)
        choice.plan_id, choice.chosen_by, choice.chosen_at = plan.id, current_user.id, now()
        db.session.add(choice)
    db.session.flush()
    tell_phones(areas)
    _note("plan_choose", plan, indicator=indicator)
    return len(areas)


def put_line(plan: PlanDocument, told: ToldLine, target: Target | None) -> None:
    """Write a line, a new one or one that is there. Problem: conflict when another line of the plan
    says the same of the same holder."""
    known = known_target(plan.id, told.area_id, told.indicator, told.month, told.holder)
    if known is not None and known is not target:
        raise Problem("conflict", {"area": "twice"})
    if target is not None:
        target.area_id, target.indicator, target.month = told.area_id, told.indicator, told.month
        target.holder_kind, target.holder = told.holder.kind, told.holder.name
        db.session.flush()
    written = put_target(plan, told.area_id, told.indicator, told.month, told.holder, told.values)
    tell_phones([told.area_id])
    note_act("plan_line", by=current_user.id, subject=plan.id, area=told.area_id,
             indicator=told.indicator, target=written.id)  # fmt: skip


def drop_line(plan: PlanDocument, target: Target) -> None:
    """Take a line out of a plan; the log keeps that it was there."""
    area_id, indicator = target.area_id, target.indicator
    note_act("plan_line_drop", by=current_user.id, subject=plan.id, area=area_id,
             indicator=indicator, target=target.id, planned=target.planned)  # fmt: skip
    retire(target.id)
    db.session.delete(target)
    db.session.flush()
    tell_phones([area_id])


def holder_of(kind: str, duty_id: str, school_id: str, agency: str) -> Holder | None:
    """Whose target a form says it is; None when it names nobody."""
    if kind == TargetHolder.PERSON:
        duty = db.session.get(DutyRow, duty_id) if duty_id else None
        return Holder(kind, duty.full_name, duty_id=duty.id) if duty else None
    if kind == TargetHolder.SCHOOL:
        school = db.session.get(School, school_id) if school_id else None
        return Holder(kind, school.name, school_id=school.id) if school else None
    if kind == TargetHolder.AGENCY:
        return Holder(kind, agency) if agency else None
    return Holder()


def _tell(plan: PlanDocument, told: Told) -> None:
    for each in fields(Told):
        setattr(plan, each.name, getattr(told, each.name))


def _tell_phones(plan: PlanDocument) -> None:
    areas = {target.area_id for target in targets_of(plan.id)}
    if plan.replaces_id:
        areas |= {target.area_id for target in targets_of(plan.replaces_id)}
    if areas:
        tell_phones(areas)


def _note(kind: str, plan: PlanDocument, **more: Any) -> None:
    note_act(kind, by=current_user.id, subject=plan.id, area=plan.area_id, **more)
