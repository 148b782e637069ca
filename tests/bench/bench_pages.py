"""The coverage page and the list page on the demo commune of 8,060 people, whole requests, beside
counting the same people in the database alone. And how long the demo takes to make."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter

from flask import Flask
from sqlalchemy import func, select, text

from server.demo.seed import COMMUNE, seed
from server.store.db import db, is_sqlite, reading
from server.store.people import User
from server.store.places import Area
from server.store.records import Member
from tests.actors import Desk
from tests.bench.table import Row, median_ms
from tests.conftest import migrated
from tests.support import postgres

DAY = date(2026, 11, 22)
PAGE_MS, SEED_SECONDS = 50, 25
PASSWORD = "mật khẩu để đo"


def measure() -> list[Row]:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, postgres.cluster() as server:
        rows += _on("SQLite", f"sqlite:///{Path(folder) / 'demo.db'}")
        with postgres.database(server, "pages") as url:
            rows += _on("PostgreSQL", url)
    return rows


def _on(engine: str, url: str) -> list[Row]:
    with _demo(url) as (app, seconds):
        rows = [Row(f"demo seed, {engine}", seconds, "s", aim=f"under {SEED_SECONDS} s",
                    ok=seconds < SEED_SECONDS)]  # fmt: skip
        with app.app_context():
            officer = db.session.scalars(select(User).where(User.username == "officer")).one()
            commune = db.session.scalars(select(Area.id).where(Area.name == COMMUNE)).one()
            db.session.expunge(officer)
            db.session.rollback()
        floor = median_ms(lambda: _count(app))
        desk = Desk(app, officer)
        for name, path in (
            ("coverage page", f"/coverage?area={commune}&on={DAY}"),
            ("list page", f"/lists?area={commune}&on={DAY}"),
            ("list page, farm households by name", f"/lists?farm=1&sort=name&on={DAY}"),
        ):
            figure = median_ms(lambda path=path: _get(desk, path))  # type: ignore[misc]
            rows.append(
                Row(f"{name}, {engine}", figure, "ms", floor, "select count(*)",
                    f"under {PAGE_MS} ms", figure < PAGE_MS)
            )  # fmt: skip
        return rows


@contextmanager
def _demo(url: str) -> Iterator[tuple[Flask, float]]:
    app = migrated(url)
    with app.app_context():
        start = perf_counter()
        seed(DAY, PASSWORD)
        seconds = perf_counter() - start
        if not is_sqlite():
            # What autovacuum does within a minute of such a load.
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("ANALYZE"))
    try:
        yield app, seconds
    finally:
        with app.app_context():
            db.engine.dispose()


def _count(app: Flask) -> None:
    with app.app_context(), reading():
        assert db.session.scalar(select(func.count()).select_from(Member)) == 8060
        db.session.rollback()


def _get(desk: Desk, path: str) -> None:
    answer = desk.get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:300]
