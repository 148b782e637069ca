"""Lets writers on PostgreSQL go on one step at a time, in any order one likes: a writer stands
still before it takes locks, before it writes revisions and before it commits. Nobody sleeps: a
writer has come to such a place, is done, or waits for another one's lock, as PostgreSQL says."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, event

LOOK_AGAIN_S = 0.002
PATIENCE = 10_000


class Conductor:
    def __init__(self, engine: Engine) -> None:
        self._news = threading.Condition()
        self._at: dict[str, str] = {}
        self._may_go: set[str] = set()
        self._server_process: dict[str, int] = {}
        self._failures: list[BaseException] = []
        self._threads: list[threading.Thread] = []
        url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._watch = psycopg.connect(url, autocommit=True)

    def add(self, name: str, work: Callable[[], Any]) -> None:
        """A writer; it goes as far as its first stop, or until it waits for somebody."""

        def run() -> None:
            try:
                work()
            except BaseException as failure:
                self._failures.append(failure)
            finally:
                self._come_to(name, "end")

        self._at[name] = "on the way"
        thread = threading.Thread(target=run, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()
        self._until_it_stands(name)

    def ready(self) -> list[str]:
        """Who stands before a step and may take it; nobody once all are done. Waits while everybody
        is on the way: whom a commit has just let go PostgreSQL may still show as waiting."""
        with self._news:
            if not self._news.wait_for(self._stands_or_ends, PATIENCE * LOOK_AGAIN_S):
                raise AssertionError("nobody goes on")
            return sorted(name for name, at in self._at.items() if at == "stop")

    def _stands_or_ends(self) -> bool:
        places = set(self._at.values())
        return "stop" in places or places <= {"end"}

    def step(self, name: str) -> None:
        with self._news:
            self._at[name] = "on the way"
            self._may_go.add(name)
            self._news.notify_all()
        self._until_it_stands(name)

    def _until_it_stands(self, name: str) -> None:
        for _ in range(PATIENCE):
            with self._news:
                if self._at[name] != "on the way":
                    return
                self._news.wait(LOOK_AGAIN_S)
                if self._at[name] != "on the way":
                    return
            if self._waits_for_a_lock(name):
                return
        raise AssertionError(f"{name} is stuck")

    def _waits_for_a_lock(self, name: str) -> bool:
        process = self._server_process.get(name)
        asked = "SELECT 1 FROM pg_stat_activity WHERE pid = %s AND wait_event_type = 'Lock'"
        return process is not None and self._watch.execute(asked, [process]).fetchone() is not None

    def settle(self) -> None:
        """Whoever was let go by another's commit comes to its next stop."""
        for name in list(self._at):
            self._until_it_stands(name)

    def close(self) -> None:
        with self._news:
            self._may_go = set(self._at)
            self._at = dict.fromkeys(self._at, "free")
            self._news.notify_all()
        for thread in self._threads:
            thread.join()
        self._watch.close()
        if self._failures:
            raise self._failures[0]

    def _come_to(self, name: str, place: str) -> None:
        with self._news:
            if self._at[name] == "free":
                return
            self._at[name] = place
            self._news.notify_all()
            if place == "stop":
                self._news.wait_for(lambda: name in self._may_go)
                self._may_go.discard(name)

    def arrive(self, connection: Connection, stops: bool) -> None:
        name = threading.current_thread().name
        if name not in self._at:
            return
        driver: Any = connection.connection.driver_connection
        self._server_process[name] = driver.info.backend_pid
        if stops:
            self._come_to(name, "stop")


@contextmanager
def conducting(engine: Engine) -> Iterator[Conductor]:
    conductor = Conductor(engine)

    def before(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        locks = "FOR NO KEY UPDATE" in statement or "advance the feeds" in statement
        conductor.arrive(connection, locks or statement.startswith("UPDATE village_feed"))

    def commits(connection: Connection) -> None:
        conductor.arrive(connection, True)

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "commit", commits)
    try:
        yield conductor
    finally:
        try:
            conductor.close()
        finally:
            event.remove(engine, "before_cursor_execute", before)
            event.remove(engine, "commit", commits)
