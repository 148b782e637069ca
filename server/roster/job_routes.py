"""Doors of imports that a worker does: how far it is, what it found, the word to write, the
report."""

from collections.abc import Iterator
from typing import Any

import orjson
from flask import Response, flash, make_response, redirect, render_template, request
from flask_babel import get_locale
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from server.domain.numbers import day_words
from server.errors import Problem
from server.http import page
from server.pages.plurals import said as _
from server.pages.sheets import CSV_TYPE, XLSX_TYPE, Notes, Sheet, csv_file, sent_file, workbook
from server.roster.doors import Form, blueprint, kind_called, places_for, school_of
from server.roster.faults import Fault, Faults, Parts, row_words
from server.roster.importing import JOBS, LOOK, WRITE, how_as_params
from server.roster.lines import columns_of
from server.roster.mapping import Table, remember
from server.roster.plan import Kind
from server.roster.service import change_words, kinds
from server.store.audit import note_look
from server.store.db import db, today
from server.store.jobs import OPEN, Job, JobState, ask_for, cancel, lines_of
from server.store.scope import IMPORTING_ROLES, areas_of

SMALL = 512 * 1024
"""Bytes up to which a roster is looked through in the request; what is longer is a job."""
SHOWN = 50
REFRESH_S = 2
OUTCOMES = {
    "new": "Mới", "changed": "Thay đổi", "same": "Như cũ", "faulty": "Lỗi",
    "left_out": "Không phải người",
}  # fmt: skip
OUTCOMES_TOLD = ("faulty", "changed", "left_out", "new", "same")
ERRORS = {
    "not_found": "Tệp không còn trên máy chủ. Hãy chọn lại tệp.",
    "not_allowed": "Bạn không còn quyền nhập cho địa bàn này.",
    "worker_lost": "Đã thử 3 lần nhưng lần nào máy chủ cũng dừng giữa chừng, nên không thử nữa. "
    "Các phần đã ghi vẫn còn. Hãy chia tệp thành nhiều tệp nhỏ rồi nhập lại, hoặc báo quản trị "
    "viên.",
}


def takes_a_job(kind: Kind, data: bytes) -> bool:
    return kind.kept or (kind.layout.kind == "households" and len(data) > SMALL)


def ask_to_look(form: Form, table: Table) -> AnyResponse:
    """Put the dry run into the line; what was said about the columns is remembered."""
    commune = places_for(form.commune).commune
    if form.kind.kept and commune is None:
        flash(_("Hãy chọn xã mà danh sách này nói về."), "danger")
        return redirect(f"/imports?kind={form.kind.layout.kind}")
    school = school_of(form.school, commune.id if commune else None)
    if commune is not None and table.how.columns is not None:
        heading = table.found.heading
        remember(form.kind.layout, heading, table.how.columns, commune.id, current_user.id)
    params = {
        "kind": form.kind.layout.kind, "digest": form.digest, "file_name": form.file_name,
        "how": how_as_params(table.how), "school": school,
    }  # fmt: skip
    job = ask_for(LOOK, params, by=current_user.id, commune=commune.id if commune else None)
    return redirect(f"/imports/jobs/{job.id}")


def more_like(kind: Kind, table: Table) -> str | None:
    """The kind of file whose columns these are, when they are not those of the one chosen."""
    if not table.faults.whole_file:
        return None
    best, most = None, table.found.heading.known
    for other in kinds().values():
        faults = Faults()
        known = len(columns_of(table.found.heading, other.layout, table.how, faults))
        if other is not kind and not faults.whole_file and known > most:
            best, most = other.layout.title, known
    return best


@page(blueprint, "/imports/jobs/<job>", roles=IMPORTING_ROLES)
def job_page(job: str) -> AnyResponse:
    found = _job(job)
    if found.kind == WRITE and found.state == JobState.DONE and not found.found["whole_file"]:
        return redirect(f"/imports/{found.id}")
    asked, result = found.asked, found.found
    outcome = request.args.get("outcome", "")
    if found.is_open or outcome not in OUTCOMES:
        outcome = _first_told(result)
    body = render_template(
        "roster/job.html",
        job=found,
        asked=asked,
        result=result,
        kind=kind_called(asked["kind"]),
        error=_(ERRORS.get(found.error or "", "Máy chủ gặp lỗi. Dữ liệu không thay đổi thêm.")),
        notes=[_fault_words(fault) for fault in result.get("faults", [])],
        outcomes=OUTCOMES,
        outcome=outcome,
        rows=[] if found.is_open else list(_rows(found, outcome, SHOWN)),
        may_write=_may_write(found),
    )
    response = make_response(body)
    if found.is_open:
        response.headers["Refresh"] = str(REFRESH_S)
    else:
        _looked_at(found)
    return response


@page(blueprint, "/imports/jobs/<job>/write", methods=("POST",), roles=IMPORTING_ROLES)
def write_file(job: str) -> AnyResponse:
    """The word: the good rows of a file that was looked through are written."""
    found = _job(job)
    if not _may_write(found):
        raise Problem("not_allowed")
    params = found.asked | {"looked": found.id}
    made = ask_for(WRITE, params, by=current_user.id, commune=found.commune_id)
    return redirect(f"/imports/jobs/{made.id}")


@page(blueprint, "/imports/jobs/<job>/cancel", methods=("POST",), roles=IMPORTING_ROLES)
def cancel_job(job: str) -> AnyResponse:
    found = _job(job)
    cancel(found)
    flash(_("Đã yêu cầu dừng. Dòng nào đã ghi thì vẫn còn."), "info")
    return redirect(f"/imports/jobs/{job}")


@page(blueprint, "/imports/jobs/<job>/report.<ending>", roles=IMPORTING_ROLES)
def job_report(job: str, ending: str) -> Response:
    """Every row of the file with what became of it, and why."""
    found = _job(job)
    if found.is_open or ending not in ("csv", "xlsx"):
        raise Problem("not_found")
    _looked_at(found)
    head = (_("Dòng"), _("Kết quả"), _("Nội dung"))
    rows = _rows(found, None, None)
    name = f"bao-cao-{found.asked['kind']}.{ending}"
    if ending == "csv":
        return sent_file(csv_file(head, rows), CSV_TYPE, name)
    table = Sheet(_("Báo cáo"), tuple(zip(head, (10, 18, 90), strict=True)), rows)
    notes = [(_("Tệp"), found.asked["file_name"]), (_("Ngày"), day_words(today()))]
    notes += [("", _fault_words(fault)) for fault in found.found.get("faults", [])]
    return sent_file(workbook([table], Notes(_("Báo cáo nhập tệp"), notes)), XLSX_TYPE, name)


def open_jobs() -> list[tuple[Job, str]]:
    """One's own imports that a worker has not ended, with the title of their kind."""
    mine = select(Job).where(
        Job.user_id == current_user.id, Job.kind.in_(JOBS), Job.state.in_(OPEN)
    )
    found = db.session.scalars(mine.order_by(Job.made_at.desc()).limit(10))
    return [(job, kinds()[job.asked["kind"]].layout.title) for job in found]


def _job(job_id: str) -> Job:
    """An import job of one's own, or of a commune one oversees."""
    found = db.session.get(Job, job_id)
    if found is None or found.kind not in JOBS:
        raise Problem("not_found")
    if found.user_id != current_user.id and found.commune_id not in areas_of(
        current_user.id, current_user, today()
    ):
        raise Problem("not_allowed")
    return found


def _may_write(job: Job) -> bool:
    """Whether a dry run leaves something to write, to whoever asked for it."""
    if job.kind != LOOK or job.state != JobState.DONE or job.user_id != current_user.id:
        return False
    result, kept = job.found, kind_called(job.asked["kind"]).kept
    counts = result["counts"]
    fresh = counts["new"] + counts["changed"]
    good = fresh + counts["same"] if kept and not result["known"] else fresh
    return not result["whole_file"] and good > 0 and not (kept and result["known"])


def _first_told(result: dict[str, Any]) -> str:
    counts = result.get("counts", {})
    return next((kind for kind in OUTCOMES_TOLD if counts.get(kind)), "new")


def _rows(job: Job, outcome: str | None, most: int | None) -> Iterator[tuple[str, str, str]]:
    query, parts = lines_of(job.id, outcome), job.found.get("parts", ())
    if most is not None:
        query = query.limit(most)
    words = {kind: _(word) for kind, word in OUTCOMES.items()}
    for row, kind, data in db.session.execute(query.execution_options(yield_per=1_000)):
        yield row_words(row, parts), words[kind], _line_words(orjson.loads(data), parts)


def _line_words(data: dict[str, Any], parts: Parts) -> str:
    told = [_fault_words(fault, parts) for fault in data["faults"]]
    told += map(change_words, data.get("changes", []))
    return " ".join(told)


def _fault_words(fault: dict[str, Any], parts: Parts = ()) -> str:
    told = Fault(**fault)
    words = told.words(_, str(get_locale()), parts)
    return f"{told.column}: {words}" if told.column else words


def _looked_at(job: Job) -> None:
    areas = [job.commune_id] if job.commune_id else []
    count = min(SHOWN, sum(job.found.get("counts", {}).values()))
    note_look(current_user, "import_report", count=count, areas=areas, job=job.id)
