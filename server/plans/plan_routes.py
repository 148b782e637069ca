"""Plans: the list of a year, one with what is odd in it, made, changed and followed."""

from typing import Any

from flask import flash, redirect, render_template, request

from schemas.kinds import TargetHolder
from server.domain.numbers import day_words, percent_words
from server.errors import Problem
from server.http import page
from server.pages.once import id_of_form
from server.pages.plan_words import indicator_words, odd_words
from server.pages.plurals import said as _
from server.pages.typed import day_of
from server.plans.doors import OFFICE, blueprint, own_areas, writes
from server.plans.plan_forms import (
    FAULTS,
    STATES,
    holders_in,
    line_told,
    lines_of_owner,
    owner_told,
    owners,
    plan_told,
    year_told,
)
from server.plans.plans import (
    add_plan,
    change_plan,
    choose_plan,
    drop_line,
    new_version,
    put_in_force,
    put_line,
)
from server.plans.reading import (
    INDICATORS,
    above_own,
    may_write,
    odd_of,
    owner_name,
    plan_in_scope,
    plan_lines,
    plan_to_write,
    tables_of,
    targets_of,
    years_seen,
)
from server.store.db import db, today
from server.store.plan_documents import PlanDocument
from server.store.plans import Target

blueprint.add_app_template_filter(percent_words, "rate")
blueprint.add_app_template_filter(odd_words, "odd_words")


@page(blueprint, "/plans")
def plans() -> Any:
    years, asked = years_seen(), request.args.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else None
    chosen = year or next((one for one in years if one <= int(today()[:4])), None)
    chosen = chosen or next(iter(years), int(today()[:4]))
    return render_template(
        "plans/plans.html",
        years=years,
        year=chosen,
        lines=plan_lines(chosen),
        writes=writes(),
        called=indicator_words,
    )


@page(blueprint, "/plans/new", roles=OFFICE)
def new_plan() -> Any:
    return _new_plan()


def _new_plan(wrong: str = "") -> Any:
    body = render_template(
        "plans/new_plan.html",
        owners=owners(),
        states=STATES,
        year=today()[:4],
        wrong=wrong,
        typed=request.form,
    )
    return (body, 400) if wrong else body


@page(blueprint, "/plans/new", roles=OFFICE, methods=("POST",))
def make_plan() -> Any:
    owner, (told, fault), year = owner_told(), plan_told(), year_told()
    state = request.form.get("state", "")
    fault = fault or ("" if year else "year") or ("" if state in STATES else "state")
    if fault or year is None:
        return _new_plan(str(FAULTS[fault]))
    id_ = id_of_form()
    add_plan(id_, owner, year, told, state)
    flash(_("Đã lập kế hoạch. Ghi các dòng chỉ tiêu ở dưới đây."), "success")
    return redirect(f"/plans/{id_}")


@page(blueprint, "/plans/<plan_id>")
def plan(plan_id: str) -> Any:
    return _shown(plan_in_scope(plan_id))


def _shown(found: PlanDocument, wrong: str = "") -> Any:
    """One plan's page; `wrong` is said at the form of a new line."""
    write = may_write(found)
    areas = lines_of_owner(found) if write else []
    seen = own_areas() | above_own()
    body = render_template(
        "plans/plan.html",
        it=found,
        owner=owner_name(found),
        tables=tables_of(found),
        odd=[
            it
            for it in odd_of(found, targets_of(found.id))
            if it.area in seen or it.area == found.unit_id
        ],  # fmt: skip
        writes=write,
        areas=areas,
        holders=holders_in(areas) if write else {},
        kinds=list(TargetHolder),
        indicators=INDICATORS,
        called=indicator_words,
        before=_before(found),
        after=_after(found),
        today=today(),
        wrong=wrong,
        typed=request.form,
    )
    return (body, 400) if wrong else body


def _before(found: PlanDocument) -> PlanDocument | None:
    return db.session.get(PlanDocument, found.replaces_id) if found.replaces_id else None


def _after(found: PlanDocument) -> list[PlanDocument]:
    """The versions that follow a plan."""
    query = db.select(PlanDocument).where(PlanDocument.replaces_id == found.id)
    return list(db.session.scalars(query.order_by(PlanDocument.version)))


@page(blueprint, "/plans/<plan_id>", roles=OFFICE, methods=("POST",))
def edit_plan(plan_id: str) -> Any:
    found, (told, fault) = plan_to_write(plan_id), plan_told()
    if fault:
        return _shown(found, str(FAULTS[fault]))
    change_plan(found, told)
    flash(_("Đã lưu."), "success")
    return redirect(f"/plans/{found.id}")


@page(blueprint, "/plans/<plan_id>/force", roles=OFFICE, methods=("POST",))
def force_plan(plan_id: str) -> Any:
    found, day = plan_to_write(plan_id), day_of("day")
    if day is None:
        raise Problem("malformed", {"day": "not_a_date"})
    put_in_force(found, day)
    flash(_("Kế hoạch áp dụng từ ngày %(day)s.", day=day_words(day)) if found.valid_from
          else _("Kế hoạch đang áp dụng."), "success")  # fmt: skip
    return redirect(f"/plans/{found.id}")


@page(blueprint, "/plans/<plan_id>/version", roles=OFFICE, methods=("POST",))
def next_version(plan_id: str) -> Any:
    made = new_version(plan_to_write(plan_id), id_of_form())
    flash(_("Bản mới là dự thảo, chép từ bản đang áp dụng. Sửa xong thì cho áp dụng."), "success")
    return redirect(f"/plans/{made}")


@page(blueprint, "/plans/<plan_id>/choose", roles=OFFICE, methods=("POST",))
def choose(plan_id: str) -> Any:
    found, indicator = plan_in_scope(plan_id), request.form.get("indicator", "")
    if indicator not in INDICATORS:
        raise Problem("malformed", {"indicator": "not_in_list"})
    count = choose_plan(found, indicator)
    flash(_("Từ nay tính theo kế hoạch này ở %(n)s địa bàn.", n=count), "success")
    return redirect(f"/plans/{found.id}")


@page(blueprint, "/plans/<plan_id>/lines", roles=OFFICE, methods=("POST",))
def add_line(plan_id: str) -> Any:
    found = plan_to_write(plan_id)
    told, fault = line_told(lines_of_owner(found))
    if told is None:
        return _shown(found, str(FAULTS[fault]))
    try:
        put_line(found, told, None)
    except Problem as problem:
        if problem.code != "conflict":
            raise
        return _shown(found, str(FAULTS["twice"]))
    flash(_("Đã ghi dòng chỉ tiêu."), "success")
    return redirect(f"/plans/{found.id}")


@page(blueprint, "/plans/<plan_id>/lines/<line_id>", roles=OFFICE)
def line(plan_id: str, line_id: str) -> Any:
    found = plan_to_write(plan_id)
    return _line(found, _target(found, line_id))


def _target(found: PlanDocument, line_id: str) -> Target:
    target = db.session.get(Target, line_id)
    if target is None or target.plan_id != found.id:
        raise Problem("not_found")
    return target


def _line(found: PlanDocument, target: Target, wrong: str = "") -> Any:
    areas = lines_of_owner(found)
    body = render_template(
        "plans/line.html",
        it=found,
        target=target,
        areas=areas,
        holders=holders_in(areas),
        kinds=list(TargetHolder),
        indicators=INDICATORS,
        called=indicator_words,
        wrong=wrong,
        typed=request.form if wrong else _typed(target),
    )
    return (body, 400) if wrong else body


def _typed(target: Target) -> dict[str, Any]:
    """What the form of a line shows before anybody changes it."""
    rates = {name: (getattr(target, name) or "").replace(".", ",")
             for name in ("goal_percent", "printed_percent")}  # fmt: skip
    return {
        "area": target.area_id,
        "indicator": target.indicator,
        "month": target.month,
        "holder_kind": target.holder_kind,
        "duty": target.duty_id,
        "school": target.school_id,
        "agency": target.holder if target.holder_kind == TargetHolder.AGENCY else "",
        "population": target.population,
        "planned": target.planned,
        "deadline": day_words(target.deadline),
        **rates,
    }


@page(blueprint, "/plans/<plan_id>/lines/<line_id>", roles=OFFICE, methods=("POST",))
def edit_line(plan_id: str, line_id: str) -> Any:
    found = plan_to_write(plan_id)
    target = _target(found, line_id)
    told, fault = line_told(lines_of_owner(found))
    if told is None:
        return _line(found, target, str(FAULTS[fault]))
    try:
        put_line(found, told, target)
    except Problem as problem:
        if problem.code != "conflict":
            raise
        return _line(found, target, str(FAULTS["twice"]))
    flash(_("Đã lưu."), "success")
    return redirect(f"/plans/{found.id}")


@page(blueprint, "/plans/<plan_id>/lines/<line_id>/drop", roles=OFFICE, methods=("POST",))
def remove_line(plan_id: str, line_id: str) -> Any:
    found = plan_to_write(plan_id)
    drop_line(found, _target(found, line_id))
    flash(_("Đã bỏ dòng chỉ tiêu khỏi kế hoạch."), "success")
    return redirect(f"/plans/{found.id}")
