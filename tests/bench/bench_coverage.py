"""Coverage on any day and over two years, whole pages in processor time, the database's included:
of a commune, alone in its database and among half a million people, and of the whole province."""

import gc
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from flask import Flask
from sqlalchemy import delete, func, select

from server.demo.seed import COMMUNE
from server.domain.partial import add_days
from server.store.coverage.stored import VillageSteps
from server.store.db import db, reading, today, transaction
from server.store.kept import KeptByVillage
from server.store.people import User
from server.store.places import Area
from server.store.records import Member
from server.work import refresh
from tests.actors import Desk
from tests.bench.commune import demo_communes
from tests.bench.processor import processor_seconds
from tests.bench.table import Row
from tests.support import postgres

COMMUNES = 62
DAY_MS, MONTHS_MS, WHOLE_MS = 50, 500, 500
MANY, FEW = 20, 5


def measure() -> list[Row]:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, postgres.cluster() as server:
        rows += _on("SQLite", f"sqlite:///{Path(folder) / 'demo.db'}", 1)
        with postgres.database(server, "coverage") as url:
            rows += _on("PostgreSQL", url, COMMUNES)
    return rows


def _on(engine: str, url: str, communes: int) -> Iterator[Row]:
    app = demo_communes(url, communes)
    officer, admin, commune, province, people = _somebody(app)
    places: list[tuple[str, Desk, str, int, int | None]] = [
        ("a commune", officer, commune, DAY_MS, MONTHS_MS)
    ]
    if communes > 1:
        places.append(("the whole", admin, province, WHOLE_MS, None))

    def rows(
        when: str, before: Callable[[], None], repeats: int, *, asked: bool = True
    ) -> Iterator[Row]:
        days = (add_days(today(), -number) for number in count(1))
        for name, desk, area, day_ms, months_ms in places:
            of_day = _ms(url, before, lambda: _get(desk, _day(area, next(days))), repeats)  # noqa: B023
            aims = (day_ms, months_ms) if asked else (None, None)
            yield _row(f"coverage of {name} on a day, {when}", engine, people, of_day, aims[0])
            months = _ms(url, before, lambda: _get(desk, _months(area)), repeats)  # noqa: B023
            yield _row(f"24 month-ends of {name}, {when}", engine, people, months, aims[1])

    def unknown() -> None:
        _forget()
        with app.app_context(), transaction():
            db.session.execute(delete(VillageSteps))

    before = processor_seconds(url)
    while refresh(app):
        pass
    stored = (processor_seconds(url) - before) * 1000
    yield _row("storing the steps of every village", engine, people, stored, None)
    yield from rows("kept", lambda: None, MANY)
    yield from rows("first of a process", _forget, FEW)
    # Until the worker has come by for the first time, a minute at most.
    yield from rows("nothing stored", unknown, FEW if communes == 1 else 1, asked=False)


def _row(name: str, engine: str, people: int, ms: float, aim: int | None) -> Row:
    title = f"{name}, {engine}, {people:,} people"
    if aim is None:
        return Row(title, ms, "ms")
    return Row(title, ms, "ms", aim=f"under {aim} ms", ok=ms < aim)


def _ms(url: str, before: Callable[[], None], work: Callable[[], None], repeats: int) -> float:
    """The mean of many turns, what is done before each of them left out."""
    work()
    spent = 0.0
    for _ in range(repeats):
        before()
        start = processor_seconds(url)
        work()
        spent += processor_seconds(url) - start
    return spent * 1000 / repeats


def _forget() -> None:
    for kept in (it for it in gc.get_objects() if isinstance(it, KeptByVillage)):
        kept.forget()


def _day(area: str, day: str) -> str:
    return f"/coverage?area={area}&on={day}"


def _months(area: str) -> str:
    return f"/coverage/over-time?area={area}&from={add_days(today(), -715)}"


def _get(desk: Desk, path: str) -> None:
    answer = desk.get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)[:300]


def _somebody(app: Flask) -> tuple[Desk, Desk, str, str, int]:
    """The officer of a commune, somebody who sees everything, the commune, its province, and how
    many people there are."""
    with app.app_context(), reading():
        users = {user.username: user for user in db.session.scalars(select(User))}
        commune = db.session.scalars(select(Area).where(Area.name == COMMUNE)).one()
        place, above = commune.id, commune.parent_id or ""
        people = db.session.scalar(select(func.count(Member.id))) or 0
        db.session.expunge_all()
        db.session.rollback()
    return Desk(app, users["officer"]), Desk(app, users["admin"]), place, above, people
