"""One list against the commune: read, compare in a process of its own, write."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select

from server.domain.partial import last_day
from server.domain.reconciling.pairing import Kind, Pair, Verdict
from server.domain.reconciling.rows import mended, row_key
from server.errors import Problem
from server.linking.reading import households_of, people_of, villages_in
from server.linking.running import Likely, linked
from server.reconcile.comparing import Comparison, Link
from server.store.audit import note_act
from server.store.db import db, reading
from server.store.imported_lists import ImportedList, ImportedRow
from server.store.jobs import Job, Run
from server.store.places import Area
from server.store.reconciling import Answer, Row, decided_pairs, note_run, put_matches

ACT = "reconcile_run"
JOB = "reconcile"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found: people compared, rows of each kind."""

    people: int
    rows: int
    by_kind: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Read:
    commune: str
    comparison: Comparison
    rows: dict[str, dict[str, Any]]
    keys: dict[str, str]
    same: set[Pair]
    not_same: set[Pair]


def job(run_: Run) -> dict[str, Any]:
    """The comparison as a job: it says that it is alive while the model works."""
    step = run_.done

    def link(left: list[dict[str, Any]], right: list[dict[str, Any]]) -> Likely:
        return linked(left, right, lambda: run_.commit(step))

    found = run(run_.params["list"], run_.user_id, link)
    return {"rows": found.rows, "people": found.people, **found.by_kind}


JOBS: dict[str, Callable[[Run], dict[str, Any]]] = {JOB: job}


def last_job(list_id: str, commune: str) -> Job | None:
    """The last comparison asked for of a list."""
    query = select(Job).where(Job.kind == JOB, Job.commune_id == commune)
    for each in db.session.scalars(query.order_by(Job.made_at.desc(), Job.id.desc())):
        if each.asked["list"] == list_id:
            return each
    return None


def run(list_id: str, by: str | None, link: Link | None = linked) -> Outcome:
    """Compare a kept list with everybody of its commune; what people decided before holds. Runs in
    the caller's transaction, and keeps no lock while it compares. Problem: `not_found`."""
    # Whatever was read so far may hold SQLite's one lock; comparing takes seconds.
    db.session.rollback()
    with reading():
        read = _read(list_id)
        db.session.rollback()
    same, not_same = (_pairs_of_rows(read, pairs) for pairs in (read.same, read.not_same))
    verdicts = read.comparison.verdicts(same, not_same, link)
    # Of two runs at the same moment the second replaces what the first wrote.
    db.session.get_one(ImportedList, list_id, with_for_update=True)
    put_matches(list_id, [_row(read, each) for each in verdicts], read.same)
    people = len(read.comparison.roll.people)
    note_run(list_id, people, by)
    by_kind = {kind.value: sum(each.kind is kind for each in verdicts) for kind in Kind}
    note_act(ACT, by=by, subject=list_id, area=read.commune, count=people, **by_kind)
    return Outcome(people, len(verdicts), by_kind)


def _read(list_id: str) -> _Read:
    found = db.session.get(ImportedList, list_id)
    if found is None or not found.whole:
        raise Problem("not_found")
    query = select(ImportedRow.row_number, ImportedRow.data).where(ImportedRow.list_id == list_id)
    rows = {
        str(number): mended(orjson.loads(data))
        for number, data in db.session.execute(query.order_by(ImportedRow.row_number))
    }
    commune = found.commune_id
    named = select(Area.name, Area.id).where(Area.id.in_(villages_in(commune)))
    villages: dict[str, str] = dict(db.session.execute(named).all())
    people, households = people_of(commune, {}), households_of(commune)
    decided = decided_pairs(commune)
    return _Read(
        commune,
        Comparison(people, households, rows, villages),
        rows,
        {id_: row_key(row) for id_, row in rows.items()},
        decided[Answer.SAME],
        decided[Answer.NOT_SAME],
    )


def _pairs_of_rows(read: _Read, pairs: set[Pair]) -> list[Pair]:
    """Pairs remembered by key as pairs of this list's rows."""
    rows: dict[str, list[str]] = defaultdict(list)
    for id_, key in read.keys.items():
        rows[key].append(id_)
    return [(person, row) for person, key in pairs for row in rows[key]]


def _row(read: _Read, verdict: Verdict) -> Row:
    told = read.rows[verdict.row]
    end = told.get("valid_to")
    return Row(
        int(verdict.row),
        read.keys[verdict.row],
        verdict,
        last_day(end) if end else None,
        told.get("household_code"),
    )
