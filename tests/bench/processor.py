"""Processor time of the servers that are measured."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from sqlalchemy.engine import make_url

from tests.support.live import Live

TICK = os.sysconf("SC_CLK_TCK")
GROUP, USER, SYSTEM = 2, 11, 12
"""Fields of /proc/…/stat, counted from after the name."""


@dataclass(frozen=True)
class Spent:
    """Seconds of the clock, of the server's processor, and of PostgreSQL's for its database."""

    wall: float
    server: float
    database: float


def spent(live: Live, work: Callable[[], object]) -> Spent:
    before, start = (_of_server(live), _of_database(live)), perf_counter()
    work()
    wall, after = perf_counter() - start, (_of_server(live), _of_database(live))
    return Spent(wall, after[0] - before[0], after[1] - before[1])


def _of_server(live: Live) -> float:
    """The server and its workers; SQLite is within."""
    assert live.process is not None
    group = live.process.pid
    return _seconds(lambda process, fields: fields[GROUP] == group)


def _of_database(live: Live) -> float:
    """PostgreSQL's processes for the connections to this database, as they name themselves."""
    name = f"postgres: postgres {make_url(live.database_url).database} "
    if live.database_url.startswith("sqlite"):
        return 0.0
    return _seconds(lambda process, fields: (process / "cmdline").read_text().startswith(name))


def _seconds(theirs: Callable[[Path, list[int]], bool]) -> float:
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            numbers = [0, *map(int, fields[1:13])]
            if theirs(process, numbers):
                total += numbers[USER] + numbers[SYSTEM]
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total / TICK
