"""Imports as jobs: the dry run, and the writing, of files that are too long for a request, and of
all lists that are kept."""

from collections.abc import Callable
from typing import Any

import orjson

from server.errors import Problem
from server.roster import shelf
from server.roster.faults import Faults
from server.roster.households import HouseholdImport
from server.roster.kept import KeptImport
from server.roster.lines import How, Reading
from server.roster.places import Places
from server.roster.plan import Kind
from server.roster.service import kinds, run_before, without_cells
from server.roster.streaming import COUNTED, Importer, RowFaults, look, write
from server.store.audit import note_act
from server.store.changes.write import author_at_desk
from server.store.db import db, now, reading, today
from server.store.jobs import Run, counts_of
from server.store.people import User
from server.store.places import Area
from server.store.plans import ImportRun
from server.store.scope import areas_of

LOOK, WRITE = "import_look", "import_write"


def look_job(run: Run) -> dict[str, Any]:
    """What the file would do, row by row."""
    data, read, importer = _open(run)
    look(run, data, read, importer)
    return _result(run, read) | {"known": getattr(importer, "known", False)}


def write_job(run: Run) -> dict[str, Any]:
    """Write the file's good rows, and log that it was done."""
    data, read, importer = _open(run)
    write(run, data, read, importer, run.params["file_name"])
    result = _result(run, read)
    if not read.faults.whole_file:
        kept = importer.finish()
        result["list"] = getattr(importer, "id", None) if kept is not None else None
        result["written"] = result["counts"]["new"] + result["counts"]["changed"]
        if kept is not None:
            result["written"] = kept
        _log(run, read, result)
    return result


JOBS: dict[str, Callable[[Run], dict[str, Any]]] = {LOOK: look_job, WRITE: write_job}


def how_of(params: dict[str, Any]) -> How:
    """What a person said about a file, as it is carried along."""
    columns = params.get("columns")
    return How(
        sheet=params.get("sheet"),
        heading=params.get("heading"),
        encoding=params.get("encoding"),
        columns={int(at): key for at, key in columns.items()} if columns is not None else None,
    )


def how_as_params(how: How) -> dict[str, Any]:
    columns = {str(at): key for at, key in how.columns.items()} if how.columns else None
    told = {"sheet": how.sheet, "heading": how.heading, "encoding": how.encoding}
    return {k: v for k, v in {**told, "columns": columns}.items() if v is not None}


def _open(run: Run) -> tuple[bytes, Reading, Importer]:
    """The waiting file and who reads it, with the rights its owner has now."""
    asked = run.params
    data = shelf.get(run.user_id or "", asked["digest"])
    with reading():
        kind, places = kinds()[asked["kind"]], _places(run)
        faults = RowFaults()
        importer = _importer(kind, places, faults, asked)
        if run.kind == LOOK and (before := run_before(asked["digest"], kind, places)):
            faults.add(0, "", "file_known", blocks=False, what=before)
        db.session.expunge_all()
        db.session.rollback()
    return data, Reading(kind.layout, faults, how_of(asked["how"]), raw=kind.kept), importer


def _importer(kind: Kind, places: Places, faults: Faults, asked: dict[str, Any]) -> Importer:
    if kind.kept:
        return KeptImport(kind.layout, places, faults, asked["digest"], asked.get("school"))
    return HouseholdImport(places, faults)


def _places(run: Run) -> Places:
    user = db.session.get(User, run.user_id) if run.user_id else None
    if user is None or user.ended_at is not None:
        raise Problem("not_allowed")
    areas = frozenset(areas_of(user.id, user, today()))
    if run.commune_id is not None and run.commune_id not in areas:
        raise Problem("not_allowed")
    commune = db.session.get(Area, run.commune_id) if run.commune_id else None
    return Places(author_at_desk(user, "import"), today(), areas, commune)


def _result(run: Run, read: Reading) -> dict[str, Any]:
    """Counts, and the faults of the file as a whole; those of rows are lines of the report."""
    return {
        "rows": read.rows,
        "counts": dict.fromkeys(COUNTED, 0) | counts_of(run.id),
        "faults": [fault for fault in read.faults.as_json() if not fault["row"]],
        "total": read.faults.total,
        "parts": read.faults.parts,
        "whole_file": read.faults.whole_file,
    }


def _log(run: Run, read: Reading, result: dict[str, Any]) -> None:
    asked, counts = run.params, result["counts"]
    report = {
        "new": counts["new"], "changed": counts["changed"], "same": counts["same"],
        "bad_rows": counts["faulty"], "faults": read.faults.total, "list": result["list"],
        "told": without_cells(read.faults), "parts": read.faults.parts,
    }  # fmt: skip
    db.session.merge(
        ImportRun(
            id=run.id,
            kind=asked["kind"],
            file_name=asked["file_name"][:200],
            file_digest=asked["digest"],
            user_id=run.user_id,
            area_id=run.commune_id,
            at=now(),
            rows=result["rows"],
            written=result["written"],
            report=orjson.dumps(report).decode(),
        )
    )
    note_act("import", by=run.user_id, subject=run.id, area=run.commune_id,
             count=result["written"], file_kind=asked["kind"])  # fmt: skip
    db.session.flush()
