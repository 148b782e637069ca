"""A list of 10,000 against 10,000 surveyed people: seconds and memory, beside reading both alone;
and what is found on labelled lists that the rules were not written on."""

import subprocess
import sys
import tempfile
from pathlib import Path

from sqlalchemy import insert, select

from server.domain.reconciling.rows import mended
from server.reconcile import running
from server.store.changes.write import Author, new_change, write_changes
from server.store.db import db, new_id, reading, transaction
from server.store.imported_lists import ImportedRow, add_rows, finish_list, open_list
from server.store.places import Area
from server.store.records import Member
from tests.bench.bench_duplicates import held_meanwhile
from tests.bench.table import Row, median_ms
from tests.conftest import migrated
from tests.reconcile.figures import find, score, table
from tests.reconcile.lists import Lists, make_lists

SEEDS = (301, 302, 303)
PEOPLE, SECONDS, CHILD_MB, OWN_MB = 10_000, 20, 500, 300
PRECISION, RECALL = 0.98, 0.95
COMMUNE, LIST = new_id(), new_id()
REACHED = f"at least {100 * PRECISION:.0f} and {100 * RECALL:.0f} %"


def measure() -> list[Row]:
    lists = make_lists(SEEDS[0], PEOPLE)
    with tempfile.TemporaryDirectory() as folder:
        rows = _run(f"sqlite:///{Path(folder) / 'bench.db'}", lists)
    return [*rows, *_figures()]


def _run(url: str, lists: Lists) -> list[Row]:
    app = migrated(url)
    with app.app_context():
        _write(lists)
        floor = median_ms(_read_only) / 1000
        seconds = median_ms(_compare, repeats=3) / 1000
        with held_meanwhile() as peak:
            _compare()
        db.engine.dispose()
    people, rows = len(lists.sample.beings), len(lists.rows)
    own = _own_peak(url)
    return [
        Row(f"reconcile {rows:,} rows against {people:,} people", seconds, "s", floor,
            "reading both", f"under {SECONDS} s", seconds < SECONDS),
        Row("memory of the comparing process, peak", peak[0], "MB", None, "",
            f"under {CHILD_MB} MB", peak[0] < CHILD_MB),
        Row("memory of the process that asks it, peak", own, "MB", None, "",
            f"under {OWN_MB} MB", own < OWN_MB),
    ]  # fmt: skip


def _write(lists: Lists) -> None:
    villages = {id_: new_id() for id_ in lists.villages.values()}
    named = {id_: name for name, id_ in lists.villages.items()}
    with transaction():
        db.session.add(Area(id=COMMUNE, level="commune", name="Xã đo", search="xa do"))
        db.session.flush()
        for key, id_ in villages.items():
            row = {"id": id_, "level": "village", "name": named[key], "search": named[key]}
            db.session.execute(insert(Area).values(parent_id=COMMUNE, **row))
    author = Author(None, None, "import", "admin", frozenset(villages.values()))
    changes = [
        new_change("household", house.id, _known(house.data | {"village": villages[house.village]}))
        for house in lists.sample.houses
    ]
    changes += [
        new_change("member", one.id, _known({"household": one.house.id, **one.data}))
        for one in lists.sample.beings
    ]
    with transaction():
        results = write_changes(changes, author)
    assert {result.status for result in results} <= {"applied", "merged"}
    with transaction():
        open_list(LIST, commune=COMMUNE, kind="bhxh_list", name="Danh sách đo", digest="0", by=None)
        add_rows(LIST, [(at, mended(row)) for at, row in enumerate(lists.rows.values(), start=2)])
        finish_list(LIST)


def _known(data: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in data.items() if value is not None}


def _read_only() -> None:
    with reading():
        assert db.session.execute(select(Member.id, Member.data)).all()
        assert db.session.execute(select(ImportedRow.row_number, ImportedRow.data)).all()
        db.session.rollback()


def _compare() -> None:
    with transaction():
        found = running.run(LIST, None)
    assert found.by_kind["sure"] > 0


def _own_peak(url: str) -> float:
    """What a process of its own holds at most that does nothing else."""
    code = (
        "import resource, sys; from tests.conftest import settings_for; "
        "from server import create_app; from server.reconcile.running import run; "
        "from server.store.db import transaction\n"
        f"app = create_app(settings_for({url!r}))\n"
        "with app.app_context(), transaction(): "
        f"run({LIST!r}, None)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def _figures() -> list[Row]:
    found = told = pairs = wrong = 0
    for seed in SEEDS:
        lists = make_lists(seed, PEOPLE)
        figures = score(lists, find(lists))
        print(f"labelled lists, seed {seed}: {len(lists.rows):,} rows\n{table(figures)}")
        found, told, pairs = found + figures.found, told + figures.told, pairs + figures.pairs
        wrong += figures.sure_wrong
    precision, recall = found / told, found / pairs
    return [
        Row("reconciliation, precision", 100 * precision, "%", None, "", REACHED,
            precision >= PRECISION),
        Row("reconciliation, recall", 100 * recall, "%", None, "", REACHED, recall >= RECALL),
        Row("sure pairs that are wrong", wrong, "pairs", None, "", "none", wrong == 0),
    ]  # fmt: skip
