"""A list of 200,000 people from XLSX: rows a second and memory of the worker, beside reading the
file alone; and how long another writer waits meanwhile."""

import tempfile
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

import orjson
import xlsxwriter
from flask import Flask
from sqlalchemy import insert, select

from schemas.kinds import AreaLevel, Role
from server.roster import shelf
from server.store.db import db, new_id, now, transaction
from server.store.imported_lists import ImportedList
from server.store.jobs import Job, JobState, ask_for
from server.store.people import Audit, User, UserArea
from server.store.places import Area
from server.tables.opening import open_rows
from tests.bench.table import Row
from tests.conftest import migrated
from tests.support.worker import peak_mb, until, worker

ROWS = 200_000
MEMORY_MB, WAIT_S = 300, 1.0
HEADING = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Mã số BHXH", "Số CCCD", "Từ ngày",
           "Đến ngày", "Nơi KCB ban đầu", "Địa chỉ")  # fmt: skip
FAMILIES = ("Nguyễn Văn", "Lê Thị", "Cầm Bá", "Vi Thị", "Phạm Đức", "Hà Văn", "Lương Thị")


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        data = _list(Path(folder) / "list.xlsx")
        started = perf_counter()
        read = sum(1 for _ in open_rows(data))
        floor = read / (perf_counter() - started)
        return _import(f"sqlite:///{Path(folder) / 'bench.db'}", data, floor, Path(folder))


def _list(path: Path) -> bytes:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADING)
        for n in range(1, ROWS + 1):
            sheet.write_row(n, 0, (
                n, f"{FAMILIES[n % 7]} {n}", f"{n % 28 + 1:02}/{n % 12 + 1:02}/{1940 + n % 80}",
                ("Nam", "Nữ")[n % 2], f"38{n:08}", f"038{n:09}", "01/01/2026", "31/12/2026",
                "Trạm y tế xã", f"Thôn {n % 40}",
            ))  # fmt: skip
    return path.read_bytes()


def _import(url: str, data: bytes, floor: float, folder: Path) -> list[Row]:
    app = migrated(url)
    with app.app_context():
        user, commune = _officer()
        digest = shelf.put(user, data)
        asked: dict[str, object] = {"kind": "bhxh_list", "digest": digest}
        asked |= {"file_name": "list.xlsx", "how": {}, "school": None}
        try:
            with worker(url, folder / "worker.log") as process:
                looked = _seconds(app, "import_look", asked, user, commune)
                with _other_writer(app) as waits:
                    wrote = _seconds(app, "import_write", asked, user, commune)
                peak = peak_mb(process)
        finally:
            shelf.drop(user, digest)
        kept = db.session.scalar(select(ImportedList.row_count))
        assert kept == ROWS, f"{kept} rows are kept"
        db.session.remove()
        db.engine.dispose()
    worst = max(waits.seconds, default=0.0)
    return [
        Row(f"dry run of {ROWS:,} rows (XLSX)", ROWS / looked, "rows/s", floor, "reading the file"),
        Row(f"keeping {ROWS:,} rows (XLSX)", ROWS / wrote, "rows/s", floor, "reading the file"),
        Row("memory of the worker, peak", peak, "MB", None, "", f"under {MEMORY_MB} MB",
            peak < MEMORY_MB),
        Row("longest wait of another writer meanwhile", worst * 1000, "ms", None, "",
            f"under {WAIT_S:.0f} s", worst < WAIT_S),
    ]  # fmt: skip


def _officer() -> tuple[str, str]:
    province, commune, user = new_id(), new_id(), new_id()
    areas = [
        {"id": province, "level": AreaLevel.PROVINCE, "name": "Tỉnh", "search": "tinh"},
        {"id": commune, "level": AreaLevel.COMMUNE, "name": "Xã", "search": "xa",
         "parent_id": province, "province_id": province},
    ]  # fmt: skip
    with transaction():
        for area in areas:
            db.session.execute(insert(Area).values(valid_from="2025-07-01", **area))
        db.session.add(User(id=user, username="bench", name="Bench", role=Role.OFFICER,
                            password_hash="-"))  # fmt: skip
        db.session.flush()
        db.session.add(UserArea(user_id=user, area_id=commune, valid_from="2025-07-01"))
    return user, commune


def _seconds(app: Flask, kind: str, asked: dict[str, object], user: str, commune: str) -> float:
    """From asking for the job until it is done, as the worker's own clock has it."""
    with transaction():
        job = ask_for(kind, dict(asked), by=user, commune=commune).id

    def ended() -> bool:
        with db.engine.connect() as connection:
            state = connection.scalar(select(Job.state).where(Job.id == job))
        return state not in (JobState.WAITING, JobState.RUNNING)

    until(ended)
    with transaction():
        done = db.session.get_one(Job, job)
        assert done.state == JobState.DONE, (done.error, orjson.loads(done.result or "{}"))
        assert done.started_at is not None
        assert done.ended_at is not None
        return (done.ended_at - done.started_at).total_seconds()


class _other_writer:  # noqa: N801  (used as a context manager only)
    """Somebody who writes a line twenty times a second, and how long each took."""

    def __init__(self, app: Flask) -> None:
        self.app, self.seconds, self.over = app, list[float](), Event()
        self.thread = Thread(target=self._write)

    def __enter__(self) -> "_other_writer":
        self.thread.start()
        return self

    def __exit__(self, *_failure: object) -> None:
        self.over.set()
        self.thread.join()

    def _write(self) -> None:
        with self.app.app_context():
            while not self.over.wait(0.05):
                started = perf_counter()
                with transaction():
                    db.session.execute(insert(Audit).values(id=new_id(), at=now(), kind="bench"))
                self.seconds.append(perf_counter() - started)
