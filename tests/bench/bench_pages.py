"""The pages of the desk on the demo commune of 8,060 people, whole requests in processor time, the
database's included, beside counting the same people in the database alone. And how long the demo
takes to make."""

import gc
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from time import perf_counter

from flask import Flask
from sqlalchemy import func, insert, select, text

from server.demo.seed import COMMUNE, seed
from server.lists.catalogue import CATALOGUE
from server.lists.kinds import Link
from server.store.changes.write import author_at_desk, new_change, write_changes
from server.store.db import db, is_sqlite, new_id, now, reading, transaction
from server.store.kept import KeptByVillage
from server.store.people import Audit, User
from server.store.places import Area
from server.store.receipts import ReceiptBook
from server.store.records import Enrolment, FarmRequest, Member
from tests.actors import Desk
from tests.bench.busy import CARDS, ENROLMENTS, HARD_UP, REQUESTS, make_busy
from tests.bench.processor import processor_ms, processor_seconds
from tests.bench.table import Row
from tests.conftest import migrated
from tests.support import postgres

DAY = date(2026, 11, 22)
PAGE_MS, SEED_SECONDS = 50, 25
LOG_ROWS = 7_000
"""A busy week of a commune: ten people who look at a hundred pages a day."""
PASSWORD = "mật khẩu để đo"
FIRST_REPEATS, LOOKS_AFTER = 5, 20
"""Of what must be made to forget before each turn."""


FILTERED = (
    ("women of farm households by name", "uninsured?farm=1&sex=female&age=18-59&sort=name"),
    ("one status of the poor", "poor?status=covered"),
    ("pupils without a school", "pupils?mark=no_school"),
    ("the last page of everybody covered", "covered?page=100"),
)


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
        officer, commune, village, member, home = _somebody(app)
        desk = Desk(app, officer)
        floor = processor_ms(url, lambda: _count(app))

        def row(name: str, work: Callable[[], object]) -> Row:
            figure = processor_ms(url, work)
            return Row(f"{name}, {engine}", figure, "ms", floor, "select count(*)",
                       f"under {PAGE_MS} ms", figure < PAGE_MS)  # fmt: skip

        for name, path in _pages(commune, village, member, home):
            rows.append(row(name, lambda path=path: _get(desk, path)))  # type: ignore[misc]
        first = processor_ms(url, lambda: _first_of_a_day(desk), FIRST_REPEATS)
        rows.append(Row(f"index of lists, first of a day, {engine}", first, "ms", floor,
                        "select count(*)"))  # fmt: skip
        numbers = count(2)
        rows.append(
            row(
                "list page, each look logged",
                lambda: _get(desk, f"/lists/covered?page={next(numbers)}"),
            )
        )
        rows.append(Row(f"list page, first after a change, {engine}",
                        _after_a_change(app, desk, member, url), "ms", floor,
                        "select count(*)"))  # fmt: skip
        with app.app_context():
            sponsor = make_busy(db.session.merge(officer, load=True), commune, DAY)
            db.session.rollback()
            _settle()
        for name, path in _busy_pages(app, officer, sponsor):
            rows.append(row(name, lambda path=path: _get(desk, path)))  # type: ignore[misc]
        return rows


def _pages(commune: str, village: str, member: str, home: str) -> Iterator[tuple[str, str]]:
    yield "coverage page", f"/coverage?area={commune}&on={DAY}"
    yield "heads missing", f"/heads?area={commune}&on={DAY}"
    yield "heads missing, a village by name", f"/heads/{village}?on={DAY}"
    yield "100 % board", f"/full-cover?area={commune}&on={DAY}"
    yield "100 % board, pupils by name", f"/full-cover/pupils?area={commune}&on={DAY}"
    yield "index of lists", "/lists"
    yield "list page", f"/lists/uninsured?area={commune}&on={DAY}"
    yield "list page, farm households by name", f"/lists/uninsured?farm=1&sort=name&on={DAY}"
    yield "list page, ending soon", f"/lists/ending?days=60&on={DAY}"
    for one in CATALOGUE:
        if not isinstance(one, Link):
            yield f"list page, {one.key}", f"/lists/{one.key}?on={DAY}"
    for name, asked in FILTERED:
        yield f"list page, {name}", f"/lists/{asked}&on={DAY}"
    yield "list page, covered by latest end", f"/lists/covered?sort=end&on={DAY}"
    yield "people page", "/people"
    yield "review queue", "/review"
    yield "people page, by name", "/people?q=nguyen"
    yield "people page, covered by name", "/people?q=hoa&status=covered"
    yield "households page", "/households"
    yield "households page, by name", "/households?q=hoa"
    yield "household page", f"/households/{home}"
    yield "person page", f"/people/{member}"
    yield "start page", "/"
    yield f"log page, {LOG_ROWS} lines", "/audit"


def _busy_pages(app: Flask, officer: User, sponsor: str) -> Iterator[tuple[str, str]]:
    """With what a busy year leaves: requests, enrolments, cash, sponsored cards."""
    with app.app_context():
        request = db.session.scalars(select(FarmRequest.id).limit(1)).one()
        enrolment = db.session.scalars(select(Enrolment.id).limit(1)).one()
        book = db.session.scalars(select(ReceiptBook.id).where(ReceiptBook.series == "ĐO")).one()
        db.session.rollback()
    yield f"start page, {REQUESTS} requests, {ENROLMENTS} enrolments", "/"
    yield "farm board", "/farm"
    yield "farm board, one state", "/farm?state=checked"
    yield "farm request", f"/farm/requests/{request}"
    yield "farm register", "/farm/register"
    yield "farm papers", "/farm/papers"
    yield "campaign list", "/farm/campaign"
    yield "enrolments list", "/enrolments"
    yield "enrolments list, to check", "/enrolments?state=submitted"
    yield "enrolment page", f"/enrolments/{enrolment}"
    yield "receipt books", "/receipt-books"
    yield f"receipt book, {ENROLMENTS} numbers used", f"/receipt-books/{book}"
    yield "cash of a day", f"/cash?day={DAY}"
    yield "cash sheet", f"/cash/{officer.id}/{DAY}"
    yield f"hardship list, {HARD_UP} households", "/hardship"
    yield "sponsors", "/sponsors"
    yield f"sponsor, {CARDS} cards", f"/sponsors/{sponsor}"
    yield "list page, losing support, after it all", f"/lists/losing?on={DAY}"
    yield "funding need of the uninsured", "/lists/funding?list=uninsured"


def _settle() -> None:
    """What autovacuum does within a minute of such a load."""
    if not is_sqlite():
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))


def _somebody(app: Flask) -> tuple[User, str, str, str, str]:
    """The officer, their commune, and of one of its villages a person with their household; with a
    week's log behind them."""
    with app.app_context():
        officer = db.session.scalars(select(User).where(User.username == "officer")).one()
        commune = db.session.scalars(select(Area.id).where(Area.name == COMMUNE)).one()
        someone = select(Member.village_id, Member.id, Member.household_id).limit(1)
        village, member, home = db.session.execute(someone).one()
        with transaction():
            db.session.execute(insert(Audit), [
                {"id": new_id(), "at": now(), "user_id": officer.id, "area_id": commune,
                 "kind": "look", "subject": "people_list", "count": 50}
                for _ in range(LOG_ROWS)
            ])  # fmt: skip
        db.session.refresh(officer)
        db.session.expunge(officer)
        db.session.rollback()
    return officer, commune, village, member, home


def _first_of_a_day(desk: Desk) -> None:
    """Nothing that was worked out for another day is of use."""
    for kept in (it for it in gc.get_objects() if isinstance(it, KeptByVillage)):
        kept.forget()
    _get(desk, "/lists")


def _after_a_change(app: Flask, desk: Desk, member: str, url: str) -> float:
    """The first look after somebody of one village changed: that village is read anew."""
    spent = 0.0
    for number in range(LOOKS_AFTER):
        changes = [new_change("member", member, {"note": str(number)}, {"note": _note(number)})]
        with app.app_context(), transaction():
            write_changes(changes, author_at_desk(db.session.merge(desk.user, load=True)))
        before = processor_seconds(url)
        _get(desk, "/lists/expired")
        spent += processor_seconds(url) - before
    return spent * 1000 / LOOKS_AFTER


def _note(number: int) -> str | None:
    return str(number - 1) if number else None


@contextmanager
def _demo(url: str) -> Iterator[tuple[Flask, float]]:
    app = migrated(url)
    with app.app_context():
        start = perf_counter()
        seed(DAY, PASSWORD)
        seconds = perf_counter() - start
        _settle()
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
