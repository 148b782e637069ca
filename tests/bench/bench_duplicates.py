"""The duplicate pass over a commune of 10,000 people: seconds and memory, beside reading the same
people alone; and what it finds, slip by slip, on labelled communes it was not tuned on."""

import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep

from flask import Flask
from sqlalchemy import insert, select

from server.review import matching_pass
from server.store.changes.write import Author, new_change, write_changes
from server.store.db import db, new_id, reading, transaction
from server.store.duplicates import PossibleDuplicate
from server.store.people import Audit
from server.store.places import Area
from server.store.records import Member
from tests.bench.table import Row, median_ms
from tests.conftest import migrated
from tests.duplicates.figures import Figures, find, score, table
from tests.duplicates.sample import Sample, make_sample

SEEDS = (301, 302, 303)
SECONDS, CHILD_MB = 10, 500
REACHED = 0.95
COMMUNE = new_id()


def measure() -> list[Row]:
    sample = make_sample(SEEDS[0])
    with tempfile.TemporaryDirectory() as folder:
        rows = _pass(f"sqlite:///{Path(folder) / 'bench.db'}", sample)
    return [*rows, *_start(), *_figures()]


def _pass(url: str, sample: Sample) -> list[Row]:
    app = migrated(url)
    with app.app_context():
        _write(sample)
        floor = median_ms(lambda: _read_only(app)) / 1000
        seconds = median_ms(_whole_pass, repeats=3) / 1000
        with held_meanwhile() as peak:
            _whole_pass()
        db.engine.dispose()
    people = len(sample.beings)
    return [
        Row(f"duplicate pass over {people:,} people", seconds, "s", floor, "reading them",
            f"under {SECONDS} s", seconds < SECONDS),
        Row("memory of the comparing process, peak", peak[0], "MB", None, "",
            f"under {CHILD_MB} MB", peak[0] < CHILD_MB),
    ]  # fmt: skip


def _write(sample: Sample) -> None:
    villages = {house.village: new_id() for house in sample.houses}
    with transaction():
        db.session.add(Area(id=COMMUNE, level="commune", name="Xã đo", search="xa do"))
        db.session.flush()
        for name, id_ in villages.items():
            row = {"id": id_, "level": "village", "name": name, "search": name}
            db.session.execute(insert(Area).values(parent_id=COMMUNE, **row))
    author = Author(None, None, "import", "admin", frozenset(villages.values()))
    changes = [
        new_change("household", house.id, _known(house.data | {"village": villages[house.village]}))
        for house in sample.houses
    ]
    changes += [
        new_change("member", one.id, _known({"household": one.house.id, **one.data}))
        for one in sample.beings
    ]
    with transaction():
        results = write_changes(changes, author)
    assert {result.status for result in results} <= {"applied", "merged"}


def _known(data: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in data.items() if value is not None}


def _read_only(app: Flask) -> None:
    with app.app_context(), reading():
        assert db.session.execute(select(Member.id, Member.data)).all()
        db.session.rollback()


def _whole_pass() -> None:
    with transaction():
        found = matching_pass.find_in(COMMUNE, by=None)
    assert found.people > 0
    with transaction():
        db.session.query(PossibleDuplicate).delete()
        db.session.query(Audit).delete()


@contextmanager
def held_meanwhile() -> Iterator[list[float]]:
    """The most memory that a child of this process held meanwhile, in MB."""
    peak, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.is_set():
            for status in Path("/proc").glob("[0-9]*/status"):
                peak[0] = max(peak[0], _held(status))
            sleep(0.02)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()


def _held(status: Path) -> float:
    try:
        if "linking/model.py" not in (status.parent / "cmdline").read_text():
            return 0.0
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        return int(lines["VmHWM"].split()[0]) / 1024
    except (OSError, KeyError, ValueError):
        return 0.0


def _start() -> list[Row]:
    """What an ordinary worker pays: nothing of the linkage library is loaded."""
    code = (
        "import sys, wsgi; "
        "print([name for name in ('splink', 'duckdb', 'pyarrow') if name in sys.modules])"
    )
    environment = {
        "PATH": "/usr/bin:/bin",
        "SECRET_KEY": "a secret key that only the bench knows",
        "DATABASE_URL": "sqlite://",
    }
    start = perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    loaded = done.stdout.strip()
    return [
        Row("start of a worker, linkage parts loaded: " + loaded, perf_counter() - start, "s",
            ok=loaded == "[]"),
    ]  # fmt: skip


def _figures() -> list[Row]:
    total: Figures | None = None
    for seed in SEEDS:
        sample = make_sample(seed)
        figures = score(sample, find(sample))
        print(f"labelled commune, seed {seed}: {len(sample.beings):,} records")
        if total is None:
            total = figures
        else:
            total.add(figures)
    assert total is not None
    print(f"seeds {', '.join(map(str, SEEDS))} together, none of them tuned on")
    print(table(total))
    people = total.total
    twins = total.apart_proposed["twins"]
    return [
        Row("duplicates, recall", 100 * people.recall, "%", None, "", "at least 95 %",
            people.recall >= REACHED),
        Row("duplicates, precision", 100 * people.precision, "%", None, "", "at least 95 %",
            people.precision >= REACHED),
        Row("twins proposed as one", twins, "pairs", None, "", "none", twins == 0),
    ]  # fmt: skip
