"""Processor time of what is measured: it says the same on a busy machine as on an idle one, as far
as anything does."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

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


def processor_ms(url: str, work: Callable[[], object], repeats: int = 20) -> float:
    """What the work costs in this process and in PostgreSQL's for this database: milliseconds, the
    mean of many turns, because PostgreSQL's are counted in hundredths of a second; after one turn
    that does not count."""
    work()
    before = processor_seconds(url)
    for _ in range(repeats):
        work()
    return (processor_seconds(url) - before) * 1000 / repeats


def processor_seconds(url: str) -> float:
    """Spent until now by this process and by PostgreSQL's for this database."""
    return process_time() + _of_connections(url)


def _of_server(live: Live) -> float:
    """The server and its workers; SQLite is within."""
    assert live.process is not None
    group = live.process.pid
    return _seconds(lambda process, fields: fields[GROUP] == group)


def _of_database(live: Live) -> float:
    return _of_connections(live.database_url)


def _of_connections(url: str) -> float:
    """PostgreSQL's processes for the connections to this database, as they name themselves."""
    if url.startswith("sqlite"):
        return 0.0
    name = f"postgres: postgres {make_url(url).database} "
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
