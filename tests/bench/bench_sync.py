"""Push and poll, on SQLite and on PostgreSQL, each beside its floor."""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from tests.bench.phones import (
    BATCH,
    CHANGES,
    ENGINES,
    Surveyor,
    databases,
    new_household,
    new_households,
    surveyor,
    surveyors,
)
from tests.bench.processor import spent
from tests.bench.table import Row, in_turns, median_ms
from tests.bench.wire import connect, envelope, get, pushed, send, send_at_once, zipped
from tests.conftest import migrated
from tests.factories import Factory
from tests.support import postgres
from tests.support.live import Live, live_server

BATCHES = 20
CLIENTS = 20
POLL_MS, POLL_BYTES = 3, 600


def measure() -> list[Row]:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, postgres.cluster(durable=True) as server:
        for engine in ENGINES:
            for clients in (1, CLIENTS):
                with databases(engine, Path(folder), server, 2) as urls:
                    rows += _push(engine, clients, urls, Path(folder))
        for count in (1, 7):
            with databases("SQLite", Path(folder), server, 1) as [ours]:
                rows += _poll(ours, Path(folder), count)
    return rows


def _push(engine: str, clients: int, urls: Sequence[str], folder: Path) -> list[Row]:
    """Both servers run at once and are asked in turns, so that a busy machine is busy for both."""
    batches = max(1, BATCHES // clients)
    with ExitStack() as servers:
        sides = [
            (
                _phones(url, clients),
                servers.enter_context(live_server(url, folder / "log", app=app)),
            )
            for url, app in zip(urls, ("wsgi:app", "tests.bench.floor_app:app"), strict=True)
        ]
        (wall, cpu), (floor_wall, floor_cpu) = in_turns(
            [partial(_push_once, phones, batches, live) for phones, live in sides]
        )
    name = f"push, {engine}, {clients} client{'s' if clients > 1 else ''}"
    return [
        Row(f"{name}, processor", cpu, "households/s", floor_cpu, "bare route",
            "half, a third at least", cpu >= floor_cpu / 3),
        Row(f"{name}, wall", wall, "households/s", floor_wall, "bare route"),
    ]  # fmt: skip


def _phones(url: str, count: int) -> list[Surveyor]:
    app = migrated(url)
    return surveyors(app, Factory(app).places().commune, count)


def _push_once(phones: list[Surveyor], batches: int, live: Live) -> tuple[float, float]:
    """Households a second of the clock, and of the server's processor."""
    work = [
        (phone.token, [pushed(new_households(phone)) for _ in range(batches)]) for phone in phones
    ]
    get(connect(live.url), "/healthz")
    took = spent(live, lambda: send_at_once(live, work))
    households = BATCH * batches * len(phones)
    return households / took.wall, households / took.server


def _poll(url: str, folder: Path, count: int) -> list[Row]:
    """A trip without news of a phone that serves so many villages."""
    app = migrated(url)
    make = Factory(app)
    commune = make.places().commune
    villages = [make.village(f"Thôn {number}", commune) for number in range(count)]
    phone = surveyor(app, "lan", villages)
    with live_server(url, folder / "log") as live:
        line = connect(live.url)
        for village in villages:
            there = phone._replace(village=village.id)
            send(line, phone.token, pushed(new_household(there, 1)))
        sent = zipped(envelope([], since={village.id: CHANGES for village in villages}))
        received = b""

        def poll() -> None:
            nonlocal received
            _status, received = send(line, phone.token, sent)

        figure = median_ms(poll, 101)
        floor = median_ms(lambda: get(line, "/healthz"), 101)
    size = len(sent) + len(received)
    name = f"poll without news, {count} village{'s' if count > 1 else ''}"
    return [
        Row(f"{name}, time", figure, "ms", floor, "healthz", "under 3 ms",
            figure < POLL_MS),
        Row(f"{name}, both bodies", size, "bytes", None, "", "under 600",
            size < POLL_BYTES),
    ]  # fmt: skip
