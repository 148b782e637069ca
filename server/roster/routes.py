"""Doors of the imports room: the page, the file, its columns, the dry run, the word."""

from collections.abc import Iterable
from typing import Any

import orjson
from flask import Response, flash, redirect, render_template, request
from flask_login import current_user
from sqlalchemy import ColumnElement, or_, select
from werkzeug.wrappers import Response as AnyResponse

from server.errors import Problem
from server.http import UPLOAD_LIMIT, page
from server.pages.plurals import said as _
from server.pages.sheets import CSV_TYPE, XLSX_TYPE, csv_file, sent_file
from server.roster import job_routes, list_routes, plan_routes, shelf
from server.roster.doors import (
    Form,
    blueprint,
    communes,
    kind_called,
    places_for,
    posted,
    schools,
)
from server.roster.faults import Fault, Unreadable
from server.roster.lines import How
from server.roster.mapping import Table, look_at_columns, remember
from server.roster.samples import sample_csv, sample_xlsx
from server.roster.service import Looked, carry_out, every_row, fault_rows, kinds, look_through
from server.store.db import db, reading, today
from server.store.jobs import Job
from server.store.people import User
from server.store.plans import ImportRun
from server.store.scope import IMPORTING_ROLES, areas_of
from server.tables.encodings import NAMES
from server.tables.opening import ROW_LIMIT, readings

__all__ = ["blueprint", "job_routes", "list_routes", "plan_routes"]

RUNS_SHOWN = 20


@page(blueprint, "/imports", roles=IMPORTING_ROLES)
def imports_page() -> str:
    return render_template(
        "roster/imports.html",
        kinds=kinds(),
        chosen=request.args.get("kind", "households"),
        communes=communes(),
        schools=schools(),
        runs=_runs(),
        jobs=job_routes.open_jobs(),
        lists=list_routes.lists_here(),
        megabytes=UPLOAD_LIMIT // (1024 * 1024),
        row_limit=ROW_LIMIT,
    )


@page(blueprint, "/imports", methods=("POST",), roles=IMPORTING_ROLES)
def look() -> str | AnyResponse:
    """The dry run: nothing is written, the file waits for the person's word."""
    kind = kind_called(request.form.get("kind", ""))
    file = request.files.get("file")
    if file is None or not file.filename:
        flash(_("Hãy chọn tệp trước."), "danger")
        return redirect(f"/imports?kind={kind.layout.kind}")
    data = file.read()
    file.close()
    digest = shelf.put(current_user.id, data)
    return _go_on(posted(digest=digest, file_name=file.filename), data)


@page(blueprint, "/imports/columns", methods=("POST",), roles=IMPORTING_ROLES)
def columns() -> str | AnyResponse:
    """The columns of a waiting file, to be looked at or set right."""
    form = posted()
    data = shelf.get(current_user.id, form.digest)
    db.session.rollback()
    with reading():
        return _columns_page(form, _table(form, data, sheet=request.form.get("sheet")))


@page(blueprint, "/imports/look", methods=("POST",), roles=IMPORTING_ROLES)
def look_with_columns() -> str | AnyResponse:
    """The dry run of a waiting file, its columns as the person says."""
    form = posted()
    data = shelf.get(current_user.id, form.digest)
    told = {
        int(name[4:]): value
        for name, value in request.form.items()
        if name.startswith("col-") and name[4:].isdecimal() and len(name) < 8
    }
    if told:
        how = How(form.how.sheet, form.how.heading, form.how.encoding, told)
        form = Form(form.kind, form.commune, form.school, form.file_name, form.digest, how)
    return _go_on(form, data)


def _go_on(form: Form, data: bytes) -> str | AnyResponse:
    """What comes next for a file: a question about it, a job, or the report at once."""
    db.session.rollback()  # a long look at a large file must not hold the one writer's lock
    with reading():
        try:
            table = _table(form, data)
        except Unreadable as refused:
            return _refused(form, data, refused)
        if not table.sure:
            return _columns_page(form, table)
        form = Form(form.kind, form.commune, form.school, form.file_name, form.digest, table.how)
        if not job_routes.takes_a_job(form.kind, data):
            places = places_for(form.commune)
            looked = look_through(form.kind.layout.kind, data, places, form.how)
            return _report(looked, form)
        db.session.rollback()
    return job_routes.ask_to_look(form, table)


def _table(form: Form, data: bytes, sheet: str | None = None) -> Table:
    how = How(sheet=sheet, encoding=form.how.encoding) if sheet else form.how
    places = places_for(form.commune)
    commune = places.commune.id if places.commune else None
    return look_at_columns(data, form.kind.layout, how, commune, ask=form.kind.kept)


def _columns_page(form: Form, table: Table) -> str:
    layout, faults = form.kind.layout, table.faults
    return render_template(
        "roster/columns.html",
        form=Form(form.kind, form.commune, form.school, form.file_name, form.digest, table.how),
        table=table,
        keys=layout.columns,
        needed=[column.label for column in layout.columns if column.needed],
        problems=[fault.words(_) for fault in faults.told if fault.blocks],
        sheets=[sheet.name for sheet in table.found.book.shown],
        other=job_routes.more_like(form.kind, table),
    )


def _refused(form: Form, data: bytes, refused: Unreadable) -> str:
    fault = Fault(refused.row, refused.column, refused.code, True, refused.more)
    unsure = refused.code == "encoding_unsure"
    return render_template(
        "roster/refused.html",
        form=form,
        words=fault.words(_),
        row=refused.row,
        readings=readings(data) if unsure else {},
        names=NAMES,
    )


@page(blueprint, "/imports/confirm", methods=("POST",), roles=IMPORTING_ROLES)
def confirm() -> str | AnyResponse:
    """The person's word: everything, or the good rows."""
    form = posted()
    data = shelf.get(current_user.id, form.digest)
    places = places_for(form.commune)
    looked, run = carry_out(
        form.kind.layout.kind,
        data,
        places,
        file_name=form.file_name,
        good_rows=request.form.get("good_rows") == "1",
        how=form.how,
    )
    if run is None:
        return _report(looked, form)
    if form.how.columns is not None and places.commune is not None:
        heading = _table(form, data).found.heading
        remember(form.kind.layout, heading, form.how.columns, places.commune.id, current_user.id)
    shelf.drop(current_user.id, form.digest)
    flash(_("Đã ghi %(n)s dòng.", n=run.written), "success")
    return redirect(f"/imports/{run.id}")


def _report(looked: Looked, form: Form) -> str:
    return render_template(
        "roster/report.html",
        looked=looked,
        kind=looked.kind,
        form=form,
        fault_rows=fault_rows(looked.faults.told, _, looked.faults.parts),
        faults_total=looked.faults.total,
    )


@page(blueprint, "/imports/<run>", roles=IMPORTING_ROLES)
def run_page(run: str) -> str:
    found = _run(run)
    report = orjson.loads(found.report)
    return render_template(
        "roster/run.html",
        run=found,
        by=db.session.get(User, found.user_id) if found.user_id else None,
        kind=kinds()[found.kind],
        report=report,
        job=db.session.get(Job, run),
        fault_rows=_report_rows(report),
    )


@page(blueprint, "/imports/<run>/report.csv", roles=IMPORTING_ROLES)
def run_csv(run: str) -> Response:
    return _csv(_report_rows(orjson.loads(_run(run).report)), f"bao-cao-{run}.csv")


@page(blueprint, "/imports/report.csv", methods=("POST",), roles=IMPORTING_ROLES)
def look_csv() -> Response:
    """The report of a dry run, made again from the waiting file."""
    form = posted()
    data = shelf.get(current_user.id, form.digest)
    db.session.rollback()  # as in `_go_on`: nothing is written, so nobody waits for it
    with reading():
        looked = look_through(form.kind.layout.kind, data, places_for(form.commune), form.how)
    return _csv(every_row(looked), f"bao-cao-{form.kind.layout.kind}.csv")


@page(blueprint, "/imports/templates/<name>", roles=IMPORTING_ROLES)
def template(name: str) -> Response:
    stem, _dot, ending = name.partition(".")
    kind = kind_called(stem)
    if ending == "xlsx":
        return sent_file(sample_xlsx(kind.layout), XLSX_TYPE, f"mau-{name}")
    if ending == "csv":
        return sent_file(sample_csv(kind.layout), CSV_TYPE, f"mau-{name}")
    raise Problem("not_found")


def _visible() -> ColumnElement[bool]:
    """One's own runs, and those about the areas one oversees."""
    areas = areas_of(current_user.id, current_user, today())
    return or_(ImportRun.user_id == current_user.id, ImportRun.area_id.in_(areas))


def _runs() -> list[Any]:
    query = (
        select(ImportRun, User.name)
        .outerjoin(User, User.id == ImportRun.user_id)
        .where(_visible())
        .order_by(ImportRun.at.desc())
    )
    return list(db.session.execute(query.limit(RUNS_SHOWN)))


def _run(run_id: str) -> ImportRun:
    if db.session.get(ImportRun, run_id) is None:
        raise Problem("not_found")
    run = db.session.scalar(select(ImportRun).where(ImportRun.id == run_id, _visible()))
    if run is None:
        raise Problem("not_allowed")
    return run


def _report_rows(report: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    told = [Fault(**fault) for fault in report["told"]]
    return fault_rows(told, _, report.get("parts", ()))


def _csv(rows: Iterable[tuple[str, str, str, str]], name: str) -> Response:
    head = (_("Dòng"), _("Cột"), _("Mức"), _("Nội dung"))
    return sent_file(csv_file(head, rows), CSV_TYPE, name)
