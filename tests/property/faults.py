"""What goes wrong on the way, on the server and on the phone: one fault a trip, counted when it
truly happened."""

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from flask import Flask
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from server.store.db import db, is_sqlite, only_reads
from tests.fake_phone import FakePhone, TripFailed

ON_THE_WIRE = ("request lost", "response lost", "duplicated", "delivered late")
ON_THE_SERVER = (
    "server killed",
    "killed after a commit",
    "connection dropped",
    "disk full",
    "writer between",
)
KINDS = (*ON_THE_WIRE, "server killed", *ON_THE_SERVER, "tab killed", "tab killed")
Fault = tuple[str, int]
"""What, and at which request, statement or step."""

NO_FAULT: Fault = ("none", 1)
WRITES = ("INSERT", "UPDATE", "DELETE")

happened: Counter[str] = Counter()
"""Over the whole run: how often each fault was injected, and how many schedules ran."""


class Killed(BaseException):
    """The process died here: nothing may catch it and go on."""


@dataclass
class Faults:
    app: Flask
    late: list[tuple[FakePhone, dict[str, Any]]] = field(default_factory=list)
    """Requests that were sent and will arrive after newer ones."""

    @contextmanager
    def during(
        self, phone: FakePhone, fault: Fault, other: Callable[[], None] = lambda: None
    ) -> Iterator[None]:
        """One trip with one fault, at the named request, statement or step. Ends quietly."""
        kind, at = fault
        carry = self._carrier(phone, kind, at, other)
        phone.carry = carry
        phone.step = _dying_step(at) if kind == "tab killed" else lambda: None
        try:
            yield
        except Killed:
            happened["tab killed"] += 1
        except TripFailed as failure:
            happened[f"trip ended {failure.args[0]}"] += 1
        finally:
            phone.carry, phone.step = None, lambda: None

    def _carrier(
        self, phone: FakePhone, kind: str, at: int, other: Callable[[], None]
    ) -> Callable[[dict[str, Any]], Any]:
        number = 0

        def post(body: dict[str, Any]) -> Any:
            try:
                with self._on_the_server(kind, at, other):
                    return phone.phone.post("/api/v1/sync", body)
            except Killed:
                happened[kind] += 1
                raise TripFailed("offline") from None

        def carry(body: dict[str, Any]) -> Any:
            nonlocal number
            number += 1
            if kind not in ON_THE_WIRE or number != 1 + at // 8:
                return post(body)
            happened[kind] += 1
            if kind == "request lost":
                raise TripFailed("offline")
            if kind == "delivered late":
                self.late.append((phone, body))
                raise TripFailed("offline")
            post(body)
            if kind == "duplicated":
                return post(body)
            raise TripFailed("offline")

        return carry

    def arrives_late(self, choice: int) -> None:
        if self.late:
            phone, body = self.late.pop(choice % len(self.late))
            phone.phone.post("/api/v1/sync", body)

    @contextmanager
    def _on_the_server(self, kind: str, at: int, other: Callable[[], None]) -> Iterator[None]:
        """A listener sees every statement of the request, the commits too."""
        if kind not in ON_THE_SERVER:
            yield
            return
        counted: set[str] = set()
        with self.app.app_context():
            engine = db.engine
            sqlite = is_sqlite(engine)
        if kind == "disk full" and sqlite and at % 2:
            with _no_page_more(engine, counted):
                yield
            happened.update(counted)
            return
        listen = _listener(kind, at, other, counted)
        hears = [("before_cursor_execute", listen), ("commit", lambda c: listen(c, None, "COMMIT"))]
        for name, function in hears:
            event.listen(engine, name, function)
        try:
            yield
        finally:
            for name, function in hears:
                event.remove(engine, name, function)
            happened.update(counted)


def _listener(
    kind: str, at: int, other: Callable[[], None], counted: set[str]
) -> Callable[..., None]:
    left = 1 + at // 10 if kind == "killed after a commit" else at
    thread = threading.get_ident()

    def listen(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        nonlocal left
        if threading.get_ident() != thread:
            return
        if kind == "disk full":
            if statement.startswith(WRITES):
                counted.add("disk full")
                full = sqlite3.OperationalError("database or disk is full")
                orig = full if is_sqlite(connection) else psycopg.errors.DiskFull()
                raise OperationalError(statement, {}, orig)
            return
        if kind == "writer between" and not only_reads():
            return
        if kind == "killed after a commit":
            if left == 0:
                left = -1
                raise Killed
            left -= statement == "COMMIT"
            return
        left -= 1
        if left != 0:
            return
        if kind == "server killed":
            raise Killed
        if kind == "connection dropped":
            if not is_sqlite(connection):
                happened["connection dropped"] += 1
                driver: Any = connection.connection.driver_connection
                driver.close()
        elif kind == "writer between":
            happened["writer between"] += 1
            _meanwhile(other)

    return listen


def _meanwhile(work: Callable[[], None]) -> None:
    """Another thread does its work to the end while this one stands still."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except TripFailed:
            pass
        except BaseException as failure:
            failures.append(failure)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failures:
        raise failures[0]


@contextmanager
def _no_page_more(engine: Any, counted: set[str]) -> Iterator[None]:
    """SQLite's file may not grow: what needs room fails, as on a full disk."""

    def small(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")

    def full(context: Any) -> None:
        if "full" in str(context.original_exception):
            counted.add("disk full")

    event.listen(engine, "begin", small)
    event.listen(engine, "handle_error", full)
    try:
        yield
    finally:
        event.remove(engine, "begin", small)
        event.remove(engine, "handle_error", full)
        engine.dispose()


def _dying_step(at: int) -> Callable[[], None]:
    left = at

    def step() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed

    return step
