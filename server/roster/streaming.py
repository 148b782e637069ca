"""A file of any length, slice by slice: read in a moment's snapshot, judged or written, told row by
row. What a worker does for an import; each slice stands or falls with the progress it tells."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from time import monotonic, sleep
from typing import Any, Protocol

import orjson

from server.roster.faults import Fault, Faults
from server.roster.layout import Line
from server.roster.lines import Reading, read_lines
from server.roster.plan import Outcome
from server.store.db import db, reading
from server.store.jobs import Run
from server.tables import leaving

FEW, MANY = 100, 2_000
"""Rows of a slice, at least and at most."""
QUICK_S, SLOW_S = 0.08, 0.25
"""A slice takes about this long, so that whoever else wants to write waits no longer."""
PAUSE_S = 0.01
"""Between two slices: SQLite gives its lock to whoever happens to ask."""
COUNTED = ("new", "changed", "same", "faulty", "left_out")


class Importer(Protocol):
    def begin(self, titles: Any) -> None: ...
    def take(self, line: Line) -> None: ...
    def judge(self, lines: list[Line]) -> list[Outcome]: ...
    def write(self, lines: list[Line], name: str) -> list[Outcome]: ...
    def finish(self) -> int | None: ...


@dataclass(slots=True)
class RowFaults(Faults):
    """Faults that are also told row by row, until the slice they belong to is told."""

    fresh: dict[int, list[Fault]] = field(default_factory=dict)

    def add(self, row: int, column: str, code: str, /, *, blocks: bool = True, **more: Any) -> None:
        Faults.add(self, row, column, code, blocks=blocks, **more)
        if row:
            self.fresh.setdefault(row, []).append(Fault(row, column, code, blocks, more))

    def take_fresh(self) -> dict[int, list[Fault]]:
        taken, self.fresh = self.fresh, {}
        return taken


@dataclass(slots=True)
class Tally:
    """What became of the rows so far."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    last: int = 0
    size: int = FEW

    def keep_pace(self, seconds: float) -> None:
        if seconds < QUICK_S:
            self.size = min(self.size * 2, MANY)
        elif seconds > SLOW_S:
            self.size = max(self.size // 2, FEW)


def slices(data: bytes, read: Reading, importer: Importer, tally: Tally) -> Iterator[list[Line]]:
    """The good lines of the file in slices, each checked against all before it."""
    batch: list[Line] = []
    begun = False
    for line in read_lines(data, read):
        if not begun:
            importer.begin(read.titles)
            begun = True
        importer.take(line)
        tally.last = line.number
        if line.number not in read.faults.blocked_rows:
            batch.append(line)
        if len(batch) >= tally.size:
            yield batch
            batch = []
    yield batch


def look(run: Run, data: bytes, read: Reading, importer: Importer) -> Tally:
    """Judge the whole file and tell what would become of each row; nothing else is written."""
    run.forget_lines()
    run.commit(0)
    tally = Tally()
    parts = slices(data, read, importer, tally)
    while True:
        started = monotonic()
        with reading():
            part = next(parts, None)
            outcomes = importer.judge(part) if part else []
            _let_go()
        if part is None:
            return tally
        _tell(run, read, outcomes, tally, 0)
        run.commit(tally.last, _about(read, tally))
        tally.keep_pace(monotonic() - started)


def write(run: Run, data: bytes, read: Reading, importer: Importer, name: str) -> Tally:
    """Write what is good of the file, a slice at a time. What a worker wrote before it was
    killed is read again, not written again."""
    before, tally = run.done, Tally()
    parts = slices(data, read, importer, tally)
    while True:
        with reading():
            part = next(parts, None)
            _let_go()
        if part is None or read.faults.whole_file:
            return tally
        started = monotonic()
        fresh = [line for line in part if line.number > before]
        outcomes = importer.write(fresh, name) if fresh else []
        _tell(run, read, outcomes, tally, before)
        db.session.flush()
        db.session.expunge_all()
        run.commit(max(tally.last, before), _about(read, tally))
        tally.keep_pace(monotonic() - started)
        sleep(PAUSE_S)


def _let_go() -> None:
    """End the snapshot, and keep what was loaded as it is."""
    db.session.expunge_all()
    db.session.rollback()


def _about(read: Reading, tally: Tally) -> int | None:
    return max(read.about, tally.last) if read.about else None


def _tell(run: Run, read: Reading, outcomes: list[Outcome], tally: Tally, before: int) -> None:
    """A line of the report for each row of the slice, also for those that nothing becomes of."""
    assert isinstance(read.faults, RowFaults)
    faults = read.faults.take_fresh()
    by_row = {outcome.row: outcome for outcome in outcomes}
    lines = []
    for row in sorted(faults.keys() | by_row.keys()):
        if row <= before:
            continue
        outcome, told = by_row.get(row), faults.get(row, [])
        kind = _kind(read.faults, row, outcome, told)
        if kind is None:
            continue
        tally.counts[kind] += 1
        data: dict[str, Any] = {"faults": [asdict(fault) for fault in told]}
        if outcome is not None and outcome.changes:
            data["changes"] = [list(change) for change in outcome.changes]
        lines.append((row, kind, orjson.dumps(data).decode()))
    run.tell(lines)


def _kind(faults: Faults, row: int, outcome: Outcome | None, told: list[Fault]) -> str | None:
    if row in faults.blocked_rows:
        return "faulty"
    if any(fault.code in leaving.WORDS for fault in told):
        return "left_out"
    return outcome.kind if outcome else None
