"""Exactly once, whatever happens: five equal requests at once, and a server killed at work."""

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from select import select as select_ready
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
from psycopg.errors import DiskFull, LockNotAvailable
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from server.store import db as database
from server.store.db import db, new_id
from server.store.feeds import ChangeRow
from server.store.records import Household
from tests.actors import csrf_token
from tests.factories import PASSWORD
from tests.fake_phone import TripFailed
from tests.support.live import Live, live_server

BATCH = 400
HOUSEHOLDS = 2000


@pytest.fixture
def live(app, tmp_path):
    """The application's database served by a real server: two workers of four threads."""
    with app.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
        db.engine.dispose()
    with live_server(url, tmp_path / "server.log", workers=2, threads=4) as server:
        yield server


@contextmanager
def sending(live: Live, token: str, body: dict[str, Any]) -> Iterator[HTTPConnection]:
    """A connection on which the request is on its way."""
    where = urlsplit(live.url)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    with closing(HTTPConnection(where.hostname or "", where.port, timeout=20)) as connection:
        connection.request("POST", "/api/v1/sync", orjson.dumps(body), headers)
        yield connection


def send(live: Live, token: str, body: dict[str, Any]) -> tuple[int, Any]:
    with sending(live, token, body) as connection, connection.getresponse() as response:
        return response.status, orjson.loads(response.read())


def count(app, table) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_five_equal_requests_at_once_are_stored_once(app, live, lan):
    for number in range(50):
        lan.household(code=f"HL-{number}")
    body = lan.request(lan.outbox)
    barrier = threading.Barrier(5)

    def push() -> int:
        barrier.wait()
        return send(live, lan.phone.token, body)[0]

    with ThreadPoolExecutor(5) as pool:
        statuses = [future.result() for future in [pool.submit(push) for _ in range(5)]]
    assert 200 in statuses
    assert set(statuses) <= {200, 429}
    repeated = send(live, lan.phone.token, body)
    assert repeated[0] == 200
    assert {result["status"] for result in repeated[1]["results"]} == {"applied"}
    assert count(app, Household) == 50
    assert count(app, ChangeRow) == 50


def test_a_server_killed_during_a_push_of_2000_households_has_exactly_2000_after_the_retry(
    app, live, lan
):
    for number in range(HOUSEHOLDS):
        lan.household(code=f"HL-{number}")
    unsent = list(lan.outbox)
    batches = [unsent[i : i + BATCH] for i in range(0, len(unsent), BATCH)]
    for number, batch in enumerate(batches):
        body = lan.request(batch)
        if number % 2:
            _send_and_kill(live, lan.phone.token, body, within=0.05 * number)
            live.start()
        _send_until_taken(live, lan.phone.token, body)
    assert count(app, Household) == HOUSEHOLDS
    assert count(app, ChangeRow) == HOUSEHOLDS


def _send_and_kill(live: Live, token: str, body: dict[str, Any], within: float) -> None:
    """Send the batch and kill the server at work on it, unless it answers within that time."""
    with sending(live, token, body) as connection:
        select_ready([connection.sock], [], [], within)
        live.kill()


def _send_until_taken(live: Live, token: str, body: dict[str, Any]) -> None:
    for _ in range(50):
        try:
            status, answer = send(live, token, body)
        except (HTTPException, OSError):
            continue
        if status == 200:
            assert {result["status"] for result in answer["results"]} == {"applied"}
            return
    raise AssertionError("the server never took the batch")


class Killed(Exception):
    """The server died here."""


def test_a_server_that_dies_between_any_two_statements_loses_nothing(app, lan):
    household = lan.household(code="HL-1")
    member = lan.member(household)
    lan.card(member, valid_from="2026-05-01", valid_to="2026-01-01")
    body = lan.request(lan.outbox)
    with app.app_context():
        engine = db.engine
    died_at = 0
    while True:
        died_at += 1
        left = died_at

        def die(*_: Any) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Killed

        event.listen(engine, "before_cursor_execute", die)
        try:
            response = lan.phone.post("/api/v1/sync", body)
        finally:
            event.remove(engine, "before_cursor_execute", die)
        if response.status_code == 200:
            break
    assert died_at > 10
    assert [r["status"] for r in response.get_json()["results"]] == ["applied", "applied", "merged"]
    assert (count(app, Household), count(app, ChangeRow)) == (1, 3)
    again = lan.phone.post("/api/v1/sync", body).get_json()
    assert again["results"] == response.get_json()["results"]


def test_a_server_without_room_takes_nothing_and_blames_no_change(app, lan):
    """Its phones wait: none looks for a guilty change, for there is none."""
    for _ in range(20):
        lan.household(note="dài " * 400)
    with app.app_context():
        engine = db.engine
        sqlite = engine.dialect.name == "sqlite"

    def full(connection: Any, *_: Any) -> None:
        if sqlite:
            connection.exec_driver_sql("PRAGMA max_page_count = 1")

    def refused(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not sqlite and statement.startswith("UPDATE village_feed"):
            raise OperationalError(statement, {}, DiskFull())

    event.listen(engine, "begin", full)
    event.listen(engine, "before_cursor_execute", refused)
    try:
        with pytest.raises(TripFailed, match="busy"):
            lan.sync()
    finally:
        event.remove(engine, "begin", full)
        event.remove(engine, "before_cursor_execute", refused)
        engine.dispose()
    assert (len(lan.outbox), lan.needs_help) == (20, [])
    assert count(app, ChangeRow) == 0
    lan.sync()
    assert count(app, Household) == 20


@contextmanager
def writing_elsewhere(app, monkeypatch) -> Iterator[None]:
    """Somebody else writes, and goes on writing: a whole commune is loaded."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 20)
    with app.app_context():
        engine = db.engine
    sqlite = engine.dialect.name == "sqlite"

    def refused(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not sqlite and statement.startswith(("INSERT", "UPDATE", "DELETE")):
            raise OperationalError(statement, {}, LockNotAvailable())

    engine.dispose()
    event.listen(engine, "before_cursor_execute", refused)
    other = sqlite3.connect(str(engine.url.database), isolation_level=None) if sqlite else None
    try:
        if other is not None:
            other.execute("BEGIN IMMEDIATE")
        yield
    finally:
        if other is not None:
            other.close()
        event.remove(engine, "before_cursor_execute", refused)
        engine.dispose()


def test_a_desk_and_a_phone_that_come_while_somebody_writes_are_asked_to_come_again(
    app, lan, as_officer, monkeypatch
):
    household = lan.household()
    lan.member(household, full_name="Lê Văn Tám")
    lan.sync()
    token = csrf_token(as_officer.get("/users/new").get_data(as_text=True))
    name = {"username": lan.phone.user.username, "password": PASSWORD}
    asking = {"csrf_token": token, "note": "Hỏi lại"}
    with writing_elsewhere(app, monkeypatch):
        form = as_officer.client.post(f"/review/return/household/{household}", data=asking)
        looked = as_officer.get("/people?q=le")
        entered = lan.phone.client.post("/api/v1/devices", json=name)
        missing = as_officer.get("/nothing/here")
    assert "Máy chủ đang bận" in looked.get_data(as_text=True)
    answers = (form, looked, entered, missing)
    assert [it.status_code for it in answers] == [429, 429, 429, 404]
    assert entered.get_json()["code"] == "database_busy"
    assert as_officer.get("/people?q=le").status_code == 200


def test_an_unforeseen_error_holds_the_one_change_and_lets_the_others_pass(app, lan, monkeypatch):
    from server.store.changes import judging

    judge = judging.Judge._judge

    def fails_on_one(self, change, author):
        if change.set.get("code") == "độc":
            raise ZeroDivisionError
        return judge(self, change, author)

    monkeypatch.setattr(judging.Judge, "_judge", fails_on_one)
    poison = new_id()
    lan.save("household", {"village": lan.villages[0], "code": "độc"}, poison)
    for _ in range(3):
        lan.household()
    answer = lan.sync()
    statuses = [result["status"] for result in answer["results"]]
    assert statuses == ["held", "applied", "applied", "applied"]
    assert answer["results"][0]["reasons"][0]["code"] == "server_error"
    assert count(app, Household) == 3
