"""A list of 100,000 people as a workbook: seconds, beside writing as many cells alone; and memory
while it is written, beside that of a list of one commune."""

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

import xlsxwriter
from sqlalchemy import select

from schemas.kinds import AreaLevel
from server.demo.seed import COMMUNE
from server.lists.catalogue import PEOPLE
from server.lists.export import COLUMNS, Rows, list_xlsx
from server.lists.filters import read_filters
from server.lists.query import whole_list
from server.pages.sheets import Notes
from server.store.db import db, reading, today
from server.store.places import Area
from tests.bench.commune import demo_communes
from tests.bench.table import Row
from tests.conftest import migrated

COMMUNES = 14
"""Of 8,060 people each, some 7,400 of them covered."""
ALONE = 10_000
MORE_MB = 25
KEY = "covered"


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        demo_communes(url, COMMUNES)
        few, _seconds, little = _apart(url, "one")
        many, seconds, much = _apart(url, "all")
        floor = _cells_alone(Path(folder)) * many / ALONE
    return [
        Row(f"export {many:,} rows XLSX", seconds, "s", floor, "the cells alone"),
        Row(f"memory while {many:,} rows are written", much, "MB", little, f"{few:,} rows",
            f"at most {MORE_MB} MB more", much <= little + MORE_MB),
    ]  # fmt: skip


def _apart(url: str, ground: str) -> tuple[int, float, float]:
    """In a process of its own: what a larger job left behind would hide what this one takes."""
    code = f"from tests.bench.bench_export import export; export({url!r}, {ground!r})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    rows, seconds, megabytes = done.stdout.split()[-3:]
    return int(rows), float(seconds), float(megabytes)


def export(url: str, ground: str) -> None:
    """Export the list of one commune or of all, and print rows, seconds and megabytes."""
    app = migrated(url)
    with app.app_context(), reading():
        one, everywhere = _villages()
        print(*_export(one if ground == "one" else everywhere))


def _villages() -> tuple[dict[str, str], dict[str, str]]:
    """Those of the demo commune, and all."""
    villages = select(Area.id, Area.name).where(Area.level == AreaLevel.VILLAGE)
    commune = db.session.scalars(select(Area.id).where(Area.name == COMMUNE)).first()
    one = villages.where(Area.parent_id == commune)
    return dict(db.session.execute(one).all()), dict(db.session.execute(villages).all())


def _export(villages: Mapping[str, str]) -> tuple[int, float, float]:
    """Rows, seconds of the whole export, and by how many MB writing them raised the peak."""
    which, day = PEOPLE[KEY], today()
    start = perf_counter()
    found, batches = whole_list(which, read_filters(which, {}, day), villages)
    before = _reset_peak_mb()
    with list_xlsx(Rows(which, day, batches), Notes("", ())) as file:
        size = file.seek(0, 2)
    assert size > found.total
    return found.total, perf_counter() - start, _peak_mb() - before


def _reset_peak_mb() -> float:
    """The kernel counts the peak anew from here on."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _peak_mb()


def _peak_mb() -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    [peak] = (line for line in lines if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


def _cells_alone(folder: Path) -> float:
    """Seconds for as many cells of one word each, of rows that nobody had to read."""
    start = perf_counter()
    with xlsxwriter.Workbook(folder / "alone.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(ALONE):
            for at in range(len(COLUMNS) + 1):
                sheet.write_string(row, at, "một ô của bảng")
    return perf_counter() - start
