"""Doors: the population under each denominator, who makes the difference, the paper to sign."""

from typing import Any

from flask import Response, flash, redirect, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from schemas.kinds import AreaLevel
from server.errors import Problem
from server.http import page
from server.pages.once import id_of_form, written_before
from server.pages.papers.pdf import pdf_file
from server.pages.papers.word import word_file
from server.pages.sheets import XLSX_TYPE, sent_file
from server.steering.doors import Asked, area_of, asked_for, blueprint, whole_name
from server.steering.forms import CountForm
from server.steering.recount import found_not_registered, recount, registered_not_found
from server.steering.recount_files import counts_workbook, minutes
from server.steering.recount_words import COUNT
from server.store.audit import note_act, note_look
from server.store.db import db, today
from server.store.places import Area
from server.store.population import PopulationCount, counts_of
from server.store.scope import IMPORTING_ROLES, PEOPLE_ROLES, may_see_people, may_take_lists

SUBJECT = "recount"
PAPERS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@page(blueprint, "/recount")
def recount_page() -> str:
    """Each village under each denominator: numbers only."""
    asked = asked_for(request.args.get("area"), request.args.get("on"))
    lines, total = recount(asked)
    return render_template(
        "steering/recount.html",
        asked=asked,
        name=whole_name(asked.ground),
        lines=lines,
        total=total,
        count_words=COUNT,
        today=today(),
    )


@page(blueprint, "/recount.xlsx")
def recount_workbook() -> Response:
    asked = asked_for(request.args.get("area"), request.args.get("on"))
    lines, total = recount(asked)
    with force_locale("vi"):
        body = counts_workbook(whole_name(asked.ground), asked.day, lines, total)
    return sent_file(body, XLSX_TYPE, f"dan-so-{asked.day}.xlsx")


@page(blueprint, "/recount/<village_id>")
def recount_village(village_id: str) -> str:
    """One village: its counts, who makes the difference, and where to type the agreed figure."""
    return _village_page(_village(village_id), CountForm())


@page(blueprint, "/recount/<village_id>", methods=("POST",), roles=IMPORTING_ROLES)
def recount_typed(village_id: str) -> AnyResponse | str:
    """Keep what a signed paper says; a wrong figure is followed by another, never changed."""
    asked, form, id_ = _village(village_id), CountForm(), id_of_form()
    if not form.validate():
        return _village_page(asked, form)
    if not written_before(PopulationCount, id_):
        told = {name: form.data[name] for name in ("police", "agreed", "source")}
        on = form.on.data.isoformat()
        row = PopulationCount(id=id_, area_id=village_id, on=on, added_by=current_user.id, **told)
        db.session.add(row)
        note_act("population_counted", by=current_user.id, subject=id_, area=village_id, on=on)
        flash(_("Đã ghi. Tỷ lệ theo số này hiện ở bảng dưới."), "ok")
    return redirect(f"/recount/{village_id}")


@page(blueprint, "/recount/<village_id>/minutes.<form>", roles=PEOPLE_ROLES)
def recount_minutes(village_id: str, form: str) -> Response:
    """The paper to sign, with the names in its annex."""
    asked = _village(village_id)
    if form not in PAPERS:
        raise Problem("not_found")
    if not may_take_lists(current_user):
        raise Problem("not_allowed")
    [line], _total = recount(asked)
    found = found_not_registered(asked.day, village_id)
    missing = registered_not_found(asked.day, village_id)
    note_look(current_user, SUBJECT, count=len(found) + len(missing), areas=[village_id])
    with force_locale("vi"):
        paper = minutes(_commune_of(village_id), line, asked.day, found, missing)
        body = word_file(paper) if form == "docx" else pdf_file(paper)
    return sent_file(body, PAPERS[form], f"bien-ban-dan-so.{form}")


def _village(village_id: str) -> Asked:
    """Problems: not_found, also for what is no village; not_allowed."""
    asked = asked_for(village_id, request.args.get("on"))
    if asked.ground.level != AreaLevel.VILLAGE or asked.ground.id != village_id:
        raise Problem("not_found")
    return asked


def _commune_of(village_id: str) -> str:
    village = db.session.get(Area, village_id)
    commune = db.session.get(Area, village.parent_id) if village and village.parent_id else None
    return commune.name if commune else ""


def _village_page(asked: Asked, form: CountForm) -> str:
    [line], _total = recount(asked)
    people: dict[str, Any] = {"found": [], "missing": []}
    if may_see_people(current_user):
        people["found"] = found_not_registered(asked.day, asked.ground.id)
        people["missing"] = registered_not_found(asked.day, asked.ground.id)
        shown = len(people["found"]) + len(people["missing"])
        if shown:
            note_look(current_user, SUBJECT, count=shown, areas=[area_of(asked) or asked.ground.id])
    return render_template(
        "steering/recount_village.html",
        asked=asked,
        line=line,
        history=counts_of([asked.ground.id]),
        form=form,
        count_words=COUNT,
        may_see=may_see_people(current_user),
        may_take=may_take_lists(current_user),
        may_type=current_user.role in IMPORTING_ROLES,
        today=today(),
        **people,
    )
