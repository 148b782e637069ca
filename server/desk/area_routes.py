"""Areas: the tree, one area, and what officers and administrators write about it."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _

from schemas.fields import FULL_LENGTH, is_partial_date
from schemas.kinds import Role
from server.desk.areas import (
    area_in_scope,
    area_lines,
    close_area,
    everything_about,
    finish_fact,
    name_also,
    open_village,
    state_fact,
)
from server.desk.doors import blueprint
from server.errors import Problem
from server.http import page

WRITERS = (Role.OFFICER, Role.ADMIN)


@page(blueprint, "/areas")
def areas() -> Any:
    q = request.args.get("q", "")[:200]
    return render_template("desk/areas.html", lines=area_lines(q), q=q)


@page(blueprint, "/areas/<area_id>")
def area_page(area_id: str) -> Any:
    area = area_in_scope(area_id)
    return render_template("desk/area.html", area=area, **everything_about(area))


@page(blueprint, "/areas/<area_id>/facts", roles=WRITERS, methods=("POST",))
def add_fact(area_id: str) -> Any:
    area = area_in_scope(area_id)
    form = request.form
    start, end = _day("valid_from", needed=False), _day("valid_to", needed=False)
    state_fact(area, form.get("fact", ""), form.get("source", "")[:300], start, end)
    return _back(area_id, _("Đã ghi."))


@page(blueprint, "/areas/<area_id>/facts/<fact_id>/end", roles=WRITERS, methods=("POST",))
def end_fact(area_id: str, fact_id: str) -> Any:
    finish_fact(area_in_scope(area_id), fact_id, _day("last_day"))
    return _back(area_id, _("Đã ghi ngày cuối."))


@page(blueprint, "/areas/<area_id>/aliases", roles=WRITERS, methods=("POST",))
def add_alias(area_id: str) -> Any:
    name_also(area_in_scope(area_id), request.form.get("name", "")[:200])
    return _back(area_id, _("Đã thêm tên gọi."))


@page(blueprint, "/areas/<area_id>/villages", roles=WRITERS, methods=("POST",))
def add_village(area_id: str) -> Any:
    form = request.form
    name, code = form.get("name", "")[:200], form.get("code", "")[:40]
    village = open_village(area_in_scope(area_id), name, code, _day("valid_from"))
    return _back(area_id, _("Đã thêm %(name)s.", name=village.name))


@page(blueprint, "/areas/<area_id>/end", roles=WRITERS, methods=("POST",))
def end_area(area_id: str) -> Any:
    area = area_in_scope(area_id)
    close_area(area, request.form.getlist("successors"), _day("last_day"))
    return _back(area_id, _("Đã ghi ngày cuối của %(name)s.", name=area.name))


def _back(area_id: str, words: str) -> Any:
    flash(words, "success")
    return redirect(f"/areas/{area_id}")


def _day(name: str, needed: bool = True) -> Any:
    """A whole day of the form, or None where it may be empty. Problem: malformed."""
    typed = request.form.get(name, "").strip()
    if not typed and not needed:
        return None
    if len(typed) != FULL_LENGTH or not is_partial_date(typed):
        raise Problem("malformed", {name: "not_a_date"})
    return typed
