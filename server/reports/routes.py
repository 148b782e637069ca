"""Doors of the reports room: what is owed, a report before it is frozen, and one that is."""

from typing import Any

from flask import Response, flash, redirect, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from schemas.kinds import AreaLevel, Role
from server.domain.reports.kinds import Kind
from server.errors import Problem
from server.http import page
from server.pages.once import id_of_form, written_before
from server.pages.papers.pdf import pdf_file
from server.pages.papers.word import word_file
from server.pages.sheets import XLSX_TYPE, sent_file
from server.pages.typed import day_asked
from server.reports import words
from server.reports.doors import blueprint
from server.reports.figures import figures_of
from server.reports.forms import PaperForm
from server.reports.paper import paper_of, whole_of
from server.reports.service import (
    freeze,
    ground_for,
    kind_called,
    level_of,
    may_make,
    report_seen,
    told_again,
    typed_on,
    write_on_paper,
)
from server.reports.sheet import report_sheet
from server.reports.titles import TITLES
from server.store.bulk import among
from server.store.completeness import UNSYNCED_DAYS
from server.store.coverage.ground import Ground, ground_of, ground_within
from server.store.db import db, today
from server.store.places import Area
from server.store.reports import Report, owed, report_before, reports_of
from server.store.scope import areas_of, communes_of

__all__ = ["blueprint"]

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": XLSX_TYPE,
}


@page(blueprint, "/reports")
def reports_page() -> str:
    """What one's communes and unit owe, and what was frozen."""
    grounds = _own_grounds()
    day = today()
    return render_template(
        "reports/reports.html",
        owed=owed(day, {ground.id: level_of(ground) for ground in grounds}),
        made=reports_of([ground.id for ground in grounds]),
        may_make=may_make,
        names={ground.id: ground.name for ground in grounds},
        titles=TITLES,
        today=day,
    )


@page(blueprint, "/reports/new/<kind>")
def report_new(kind: str) -> str:
    """The figures as they would be frozen, and how whole they are."""
    asked = kind_called(kind)
    ground = ground_for(asked, request.args.get("place"))
    if not may_make(asked):
        raise Problem("not_allowed")
    day = _day(request.args.get("on"))
    period = asked.period(day)
    previous = report_before(asked.key, ground.id, period.key)
    figures = figures_of(ground, day, previous)
    return render_template(
        "reports/new.html",
        kind=asked,
        title=TITLES[asked.key],
        ground=ground,
        day=day,
        period=period,
        previous=previous,
        figures=figures,
        words=words,
        whole=whole_of(ground.name, asked),
        today=today(),
        unsynced_days=UNSYNCED_DAYS,
    )


@page(blueprint, "/reports/new/<kind>", methods=("POST",))
def report_freeze(kind: str) -> AnyResponse:
    asked = kind_called(kind)
    ground = ground_for(asked, request.form.get("place"))
    if not may_make(asked):
        raise Problem("not_allowed")
    day, id_ = _day(request.form.get("on")), id_of_form()
    if not written_before(Report, id_):
        freeze(asked, ground, day, id_, current_user.id)
        flash(_("Đã chốt số liệu. Con số của báo cáo này không đổi nữa."), "ok")
    return redirect(f"/reports/{id_}")


@page(blueprint, "/reports/<report_id>")
def report_page(report_id: str) -> str:
    """A frozen report: its figures, its files, and whether they are told again the same."""
    report, kind, ground = report_seen(report_id)
    return _shown(report, kind, ground, PaperForm(data=typed_on(report)))


@page(blueprint, "/reports/<report_id>/paper", methods=("POST",))
def report_paper_form(report_id: str) -> AnyResponse | str:
    report, kind, ground = report_seen(report_id)
    if not may_make(kind):
        raise Problem("not_allowed")
    form = PaperForm()
    if not form.validate():
        return _shown(report, kind, ground, form)
    day = form.signed_on.data
    write_on_paper(report, {**form.data, "signed_on": day.isoformat() if day else None})
    flash(_("Đã ghi. Tải lại tệp để in."), "ok")
    return redirect(f"/reports/{report_id}")


@page(blueprint, "/reports/<report_id>/file.<form>")
def report_file(report_id: str, form: str) -> Response:
    """The paper as PDF or Word, or the figures as a workbook: in Vietnamese, whoever asks."""
    report, kind, _ground = report_seen(report_id)
    if form not in TYPES:
        raise Problem("not_found")
    with force_locale("vi"):
        if form == "xlsx":
            body = report_sheet(report, kind)
        else:
            paper = paper_of(report, kind)
            body = word_file(paper) if form == "docx" else pdf_file(paper)
    name = f"bao-cao-{report.kind.replace('_', '-')}-{report.period}.{form}"
    return sent_file(body, TYPES[form], name)


def _shown(report: Report, kind: Kind, ground: Ground, form: PaperForm) -> str:
    figures: dict[str, Any] = report.numbers
    return render_template(
        "reports/report.html",
        report=report,
        kind=kind,
        title=TITLES[kind.key],
        ground=ground,
        figures=figures,
        words=words,
        whole=whole_of(ground.name, kind),
        form=form,
        mine=may_make(kind),
        differences=told_again(report, ground),
        today=today(),
    )


def _own_grounds() -> list[Ground]:
    """The communes one may look at, or one's unit."""
    if current_user.role == Role.BHXH:
        return [ground_of(None, current_user.id, current_user, today())]
    ids = areas_of(current_user.id, current_user, today())
    ids |= set(communes_of(current_user.id, current_user, today()))
    communes = select(Area).where(among(Area.id, ids), Area.level == AreaLevel.COMMUNE)
    return [ground_within(area) for area in db.session.scalars(communes.order_by(Area.name))]


def _day(asked: str | None) -> str:
    """The day asked for, today without one; no day to come. Problem: malformed."""
    now = today()
    day = day_asked(asked) or now
    if day > now:
        raise Problem("malformed", {"fields": {"on": ["not_a_date"]}})
    return day
