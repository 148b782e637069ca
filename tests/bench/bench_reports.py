"""What changed, reports and their papers on the demo commune of 8,060 people, in processor time,
the database's included, beside the coverage page. A paper is to take at most three seconds."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import select

from server.demo.seed import COMMUNE, seed
from server.store.db import db, new_id, today
from server.store.people import User
from server.store.places import Area
from server.store.reports import Report
from tests.actors import Desk
from tests.bench.processor import processor_ms
from tests.bench.table import Row
from tests.conftest import migrated
from tests.support import postgres

PAPER_MS = 3_000
REPEATS = 3
PASSWORD = "mật khẩu để đo"
KIND = "monthly_commune"


def measure() -> list[Row]:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, postgres.cluster() as server:
        rows += _on("SQLite", f"sqlite:///{Path(folder) / 'demo.db'}")
        with postgres.database(server, "reports") as url:
            rows += _on("PostgreSQL", url)
    return rows


def _on(engine: str, url: str) -> list[Row]:
    app = migrated(url)
    with app.app_context():
        seed(date.fromisoformat(today()), PASSWORD)
        officer = db.session.scalars(select(User).where(User.username == "officer")).one()
        commune = db.session.scalars(select(Area.id).where(Area.name == COMMUNE)).one()
        last = db.session.scalars(select(Report.id)).one()
        db.session.expunge(officer)
        db.session.rollback()
    desk = Desk(app, officer)
    floor = processor_ms(url, lambda: _ok(desk, f"/coverage?area={commune}"), REPEATS)

    def row(name: str, work: Callable[[], object], most: int | None = None) -> Row:
        figure = processor_ms(url, work, REPEATS)
        aim, ok = (f"under {most} ms", figure < most) if most else ("", None)
        return Row(f"{name}, {engine}", figure, "ms", floor, "coverage page", aim, ok)

    path = f"/reports/new/{KIND}"
    told = {"place": commune, "on": today()}
    return [
        row("what changed in a week", lambda: _ok(desk, f"/changed?area={commune}")),
        row("what changed since a report", lambda: _ok(desk, f"/changed?since={last}")),
        row("reports owed and made", lambda: _ok(desk, "/reports")),
        row("a report before it is frozen", lambda: _ok(desk, f"{path}?place={commune}")),
        row("a report frozen", lambda: _freeze(desk, path, told)),
        row("a frozen report, told again", lambda: _ok(desk, f"/reports/{last}")),
        row("a monthly report as PDF", lambda: _ok(desk, f"/reports/{last}/file.pdf"), PAPER_MS),
        row("population re-counted", lambda: _ok(desk, f"/recount?area={commune}")),
    ]


def _ok(desk: Desk, path: str) -> None:
    answer = desk.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    assert answer.data


def _freeze(desk: Desk, path: str, told: dict[str, str]) -> None:
    answer = desk.submit(path, {**told, "once": new_id()}, form_at="/account")
    assert answer.status_code == 302, answer.status_code
