"""Doors of the imports room."""

from typing import Any

import orjson
from flask import Blueprint, Response, flash, redirect, render_template, request
from flask_login import current_user
from sqlalchemy import ColumnElement, or_, select
from werkzeug.wrappers import Response as AnyResponse

from schemas.kinds import AreaLevel
from server.errors import Problem
from server.http import UPLOAD_LIMIT, page
from server.pages.plurals import said as _
from server.pages.sheets import CSV_TYPE, XLSX_TYPE, csv_file, sent_file
from server.roster import shelf
from server.roster.faults import Fault
from server.roster.places import Places
from server.roster.plan import Kind
from server.roster.samples import sample_csv, sample_xlsx
from server.roster.service import Looked, carry_out, fault_rows, kinds, look_through
from server.store.changes.write import author_at_desk
from server.store.db import db, reading, today
from server.store.people import User
from server.store.places import Area
from server.store.plans import ImportRun
from server.store.scope import IMPORTING_ROLES, areas_of, require_area
from server.tables.opening import ROW_LIMIT

blueprint = Blueprint("imports", __name__, template_folder="templates")

RUNS_SHOWN = 20


@page(blueprint, "/imports", roles=IMPORTING_ROLES)
def imports_page() -> str:
    return render_template(
        "roster/imports.html",
        kinds=kinds(),
        chosen=request.args.get("kind", "households"),
        communes=_communes(),
        runs=_runs(),
        megabytes=UPLOAD_LIMIT // (1024 * 1024),
        row_limit=ROW_LIMIT,
    )


@page(blueprint, "/imports", methods=("POST",), roles=IMPORTING_ROLES)
def look() -> str | AnyResponse:
    """The dry run: nothing is written, the file waits for the person's word."""
    kind = _kind(request.form.get("kind", ""))
    file = request.files.get("file")
    if file is None or not file.filename:
        flash(_("Hãy chọn tệp trước."), "danger")
        return redirect(f"/imports?kind={kind.layout.kind}")
    data = file.read()
    file.close()
    db.session.rollback()  # a long look at a large file must not hold the one writer's lock
    with reading():
        places = _places(request.form.get("commune", ""))
        looked = look_through(kind.layout.kind, data, places)
        digest = shelf.put(current_user.id, data) if looked.may_write_good_rows else ""
        return _report(looked, digest, file.filename[:200])


@page(blueprint, "/imports/confirm", methods=("POST",), roles=IMPORTING_ROLES)
def confirm() -> str | AnyResponse:
    """The person's word: everything, or the good rows."""
    kind = _kind(request.form.get("kind", ""))
    digest = request.form.get("digest", "")
    data = shelf.get(current_user.id, digest)
    places = _places(request.form.get("commune", ""))
    file_name = request.form.get("file_name", "")[:200]
    good_rows = request.form.get("good_rows") == "1"
    looked, run = carry_out(
        kind.layout.kind, data, places, file_name=file_name, good_rows=good_rows
    )
    if run is None:
        return _report(looked, digest if looked.may_write_good_rows else "", file_name)
    shelf.drop(current_user.id, digest)
    flash(_("Đã ghi %(n)s dòng.", n=run.written), "success")
    return redirect(f"/imports/{run.id}")


def _report(looked: Looked, digest: str, file_name: str) -> str:
    return render_template(
        "roster/report.html",
        looked=looked,
        kind=looked.kind,
        digest=digest,
        file_name=file_name,
        commune=request.form.get("commune", ""),
        fault_rows=fault_rows(looked.faults.told, _),
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
        fault_rows=fault_rows(_told(report), _),
    )


@page(blueprint, "/imports/<run>/report.csv", roles=IMPORTING_ROLES)
def run_csv(run: str) -> Response:
    return _csv(fault_rows(_told(orjson.loads(_run(run).report)), _), f"bao-cao-{run}.csv")


@page(blueprint, "/imports/report.csv", methods=("POST",), roles=IMPORTING_ROLES)
def look_csv() -> Response:
    """The report of a dry run, made again from the waiting file."""
    kind = _kind(request.form.get("kind", ""))
    data = shelf.get(current_user.id, request.form.get("digest", ""))
    db.session.rollback()  # as in `look`: nothing is written, so nobody waits for it
    with reading():
        looked = look_through(kind.layout.kind, data, _places(request.form.get("commune", "")))
    return _csv(fault_rows(looked.faults.told, _), f"bao-cao-{kind.layout.kind}.csv")


@page(blueprint, "/imports/templates/<name>", roles=IMPORTING_ROLES)
def template(name: str) -> Response:
    stem, _dot, ending = name.partition(".")
    kind = _kind(stem)
    if ending == "xlsx":
        return sent_file(sample_xlsx(kind.layout), XLSX_TYPE, f"mau-{name}")
    if ending == "csv":
        return sent_file(sample_csv(kind.layout), CSV_TYPE, f"mau-{name}")
    raise Problem("not_found")


def _kind(name: str) -> Kind:
    kind = kinds().get(name)
    if kind is None:
        raise Problem("not_found")
    return kind


def _places(commune: str) -> Places:
    """Where this person may write, and the commune that rows without one belong to."""
    day = today()
    areas = frozenset(areas_of(current_user.id, current_user, day))
    chosen = require_area(commune, current_user.id, current_user, day) if commune else None
    if chosen is None:
        own = [area for area in _communes() if area.id in areas]
        chosen = own[0] if len(own) == 1 else None
    return Places(author_at_desk(current_user, "import"), day, areas, chosen)


def _communes() -> list[Area]:
    seen = areas_of(current_user.id, current_user, today())
    query = select(Area).where(Area.id.in_(seen), Area.level == AreaLevel.COMMUNE)
    return list(db.session.scalars(query.order_by(Area.name)))


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


def _told(report: dict[str, Any]) -> list[Fault]:
    return [Fault(**fault) for fault in report["told"]]


def _csv(rows: list[tuple[str, str, str, str]], name: str) -> Response:
    head = (_("Dòng"), _("Cột"), _("Mức"), _("Nội dung"))
    return sent_file(csv_file(head, rows), CSV_TYPE, name)
