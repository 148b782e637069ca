"""An import from file to log: looked through first, written only when nothing is wrong, or when the
person chose the good rows."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import select

from server.domain.numbers import day_words
from server.roster import areas, duties, households, kept, numbers, schools
from server.roster.faults import Fault, Faults, Parts, row_words
from server.roster.lines import How, Reading, read_lines
from server.roster.places import Places
from server.roster.plan import Kind, Plan
from server.store.audit import note_act
from server.store.db import db, new_id, timestamp
from server.store.plans import ImportRun


@cache
def kinds() -> dict[str, Kind]:
    """The kinds of import, by name, in the order in which a commune needs them."""
    found = (areas.KIND, *numbers.KINDS, schools.KIND, duties.KIND, households.KIND, *kept.KINDS)
    return {kind.layout.kind: kind for kind in found}


@dataclass(frozen=True)
class Looked:
    """What a look through a file found. `rows`: not empty, below the heading."""

    kind: Kind
    rows: int
    plan: Plan
    faults: Faults

    @property
    def bad_rows(self) -> int:
        return len(self.faults.blocked_rows)

    @property
    def good_rows(self) -> int:
        return self.plan.new + self.plan.changed + self.plan.same

    @property
    def may_write(self) -> bool:
        return not self.faults.blocking and bool(self.plan.new + self.plan.changed)

    @property
    def may_write_good_rows(self) -> bool:
        return not self.faults.whole_file and bool(self.plan.new + self.plan.changed)


def look_through(kind: str, data: bytes, places: Places, how: How | None = None) -> Looked:
    """Read and judge a file; nothing is written."""
    chosen, faults = kinds()[kind], Faults()
    assert chosen.plan is not None
    if before := run_before(hashlib.sha256(data).hexdigest(), chosen, places):
        faults.add(0, "", "file_known", blocks=False, what=before)
    reading = Reading(chosen.layout, faults, how or How())
    plan = chosen.plan(read_lines(data, reading), faults, places)
    return Looked(chosen, reading.rows, plan, faults)


def carry_out(
    kind: str,
    data: bytes,
    places: Places,
    *,
    file_name: str,
    good_rows: bool,
    how: How | None = None,
) -> tuple[Looked, ImportRun | None]:
    """Look through the file again as things stand now, and write it: all of it, or with `good_rows`
    what is right of it. Without a run nothing was written."""
    looked = look_through(kind, data, places, how)
    if not (looked.may_write or good_rows and looked.may_write_good_rows):
        return looked, None
    with db.session.begin_nested() as savepoint:
        told = looked.faults.total
        written = looked.plan.write(looked.faults)
        if looked.faults.total > told and not good_rows:
            # What no check foresaw waits for review; the person decides again, seeing why.
            savepoint.rollback()
            return looked, None
    return looked, _log(looked, data, places, file_name, written)


def _log(looked: Looked, data: bytes, places: Places, file_name: str, written: int) -> ImportRun:
    run = ImportRun(
        id=new_id(),
        kind=looked.kind.layout.kind,
        file_name=file_name[:200],
        file_digest=hashlib.sha256(data).hexdigest(),
        user_id=places.author.user_id,
        area_id=places.commune.id if places.commune else None,
        rows=looked.rows,
        written=written,
        report=orjson.dumps(report_of(looked)).decode(),
    )
    db.session.add(run)
    db.session.flush()
    note_act("import", by=run.user_id, subject=run.id, area=run.area_id, count=written,
             file_kind=run.kind)  # fmt: skip
    return run


def report_of(looked: Looked) -> dict[str, Any]:
    """What the log keeps of a look: counts, and the faults without what the cells held, because
    the log outlives the data."""
    return {
        "new": looked.plan.new,
        "changed": looked.plan.changed,
        "same": looked.plan.same,
        "bad_rows": looked.bad_rows,
        "faults": looked.faults.total,
        "told": without_cells(looked.faults),
        "parts": looked.faults.parts,
    }


def without_cells(faults: Faults) -> list[dict[str, Any]]:
    """Faults as the log keeps them."""
    return [
        {**fault, "more": {k: v for k, v in fault["more"].items() if _may_stay(k, v)}}
        for fault in faults.as_json()
    ]


def run_before(digest: str, kind: Kind, places: Places) -> str | None:
    """The day on which this very file was imported, in words; None when it never was."""
    about = (
        ImportRun.area_id == places.commune.id if places.commune else ImportRun.area_id.is_(None)
    )
    query = select(ImportRun.at).where(
        ImportRun.file_digest == digest, ImportRun.kind == kind.layout.kind, about
    )
    at = db.session.scalar(query.order_by(ImportRun.at).limit(1))
    return day_words(timestamp(at)[:10]) if at else None


def _may_stay(name: str, value: Any) -> bool:
    return name not in ("value", "read") and (name != "other" or isinstance(value, int))


def every_row(looked: Looked) -> Iterator[tuple[str, str, str, str]]:
    """Each row with what would become of it, then its faults, in the order of the file: row,
    column, weight, words. Kinds that judge as a whole tell their faults only."""
    weights = {"new": _("Mới"), "changed": _("Thay đổi"), "same": _("Như cũ")}
    parts = looked.faults.parts
    told = [(fault.row, fault_rows([fault], _, parts)[0]) for fault in looked.faults.told]
    for outcome in getattr(looked.plan, "outcomes", ()):
        words = "; ".join(change_words(change) for change in outcome.changes)
        at = row_words(outcome.row, parts)
        told.append((outcome.row, (at, "", weights[outcome.kind], words)))
    return (line for _row, line in sorted(told, key=lambda each: each[0]))


def change_words(change: Sequence[Any]) -> str:
    """A field that changes: what was known, what it becomes."""
    label, was, now = change
    return str(_("%(field)s: %(was)s → %(now)s", field=label, was=_value(was), now=_value(now)))


def _value(value: Any) -> str:
    if value is None:
        return "–"
    text = str(value)
    return day_words(text) if text[:4].isdecimal() and "-" in text[4:5] else text


def fault_rows(
    faults: list[Fault], translate: Any = None, parts: Parts = ()
) -> list[tuple[str, str, str, str]]:
    """Faults as rows for people: row, column, weight, words."""
    blocking, pointing = (_("Lỗi"), _("Lưu ý")) if translate else ("Lỗi", "Lưu ý")
    lang = str(get_locale()) if translate else "vi"
    return [
        (
            row_words(fault.row, parts),
            fault.column,
            blocking if fault.blocks else pointing,
            fault.words(translate, lang, parts),
        )
        for fault in sorted(faults, key=lambda fault: (fault.row, not fault.blocks))
    ]
