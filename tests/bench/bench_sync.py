"""Push, first download and poll, on SQLite and on PostgreSQL, each beside its floor."""

import gzip
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import orjson

from server.store.db import db, new_id
from tests.bench.table import REPEATS, Row, median_ms
from tests.conftest import migrated
from tests.factories import Factory
from tests.support import postgres
from tests.support.live import Live, live_server

PEOPLE = (
    ("Vi Văn Tú", "head", "male", "1980"),
    ("Lò Thị Mai", "spouse", "female", "1982-05"),
    ("Vi Thị Lan", "child", "female", "2008-03-02"),
    ("Vi Văn Bình", "child", "male", "2015-11-20"),
)
BATCHES, BATCH = 20, 100
Phone = tuple[str, str, str, str]
CLIENTS = 20
POLL_MS, POLL_BYTES = 3, 600
TICK = os.sysconf("SC_CLK_TCK")


def measure() -> list[Row]:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, postgres.cluster(durable=True) as server:
        for engine in ("SQLite", "PostgreSQL"):
            for clients in (1, CLIENTS):
                with _databases(engine, Path(folder), server) as (ours, floor):
                    rows += _push(engine, clients, ours, floor, Path(folder))
        for count in (1, 7):
            with _databases("SQLite", Path(folder), server) as (ours, _):
                rows += _poll(ours, Path(folder), count)
    return rows


@contextmanager
def _databases(engine: str, folder: Path, server: str) -> Iterator[tuple[str, str]]:
    names = [f"bench_{new_id().replace('-', '')}" for _ in range(2)]
    if engine == "SQLite":
        yield tuple(f"sqlite:///{folder}/{name}.db" for name in names)  # type: ignore[misc]
        return
    with postgres.database(server, names[0]) as ours, postgres.database(server, names[1]) as floor:
        yield ours, floor


def _phones(url: str, count: int) -> list[Phone]:
    """Village, token, user and device of so many surveyors, each with a village of their own."""
    app = migrated(url)
    make = Factory(app)
    places = make.places()
    phones = []
    for number in range(count):
        village = make.village(f"Thôn {number}", places.commune)
        user = make.user("surveyor", username=f"lan{number}", areas=[village])
        device, token = make.device(user)
        phones.append((village.id, token, user.id, device.id))
    with app.app_context():
        db.engine.dispose()
    return phones


def _households(village: str, user: str, device: str) -> list[dict[str, Any]]:
    return [change for n in range(BATCH) for change in _household(village, user, device, n)]


def _household(village: str, user: str, device: str, number: int) -> list[dict[str, Any]]:
    """A household, four members, three cards: eight changes."""

    def change(entity: str, record: str, values: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": new_id(), "entity": entity, "record": record, "village": village, "by": user,
            "device": device, "at": "2026-11-22T07:41:09+07:00", "was": {}, "set": values,
            "answers": None,
        }  # fmt: skip

    household = new_id()
    changes = [
        change(
            "household", household, {"village": village, "code": f"H{number}", "hamlet": "Xóm 2"}
        )
    ]
    for place, (name, relation, sex, birth) in enumerate(PEOPLE):
        member = new_id()
        values = {
            "household": household, "full_name": name, "relation": relation, "sex": sex,
            "birth_date": birth, "registration": "permanent", "presence": "here",
            "ethnic_group": "03", "insurance_answer": "has_card",
            "insurance_asked_on": "2026-11-20",
        }  # fmt: skip
        changes.append(change("member", member, values))
        if place < 3:
            card = {
                "member": member, "evidence": "card_seen", "valid_from": "2026-01-01",
                "valid_to": "2026-12-31", "number": "GB4380123456789", "insurance_group": "GB",
            }  # fmt: skip
            changes.append(change("card", new_id(), card))
    return changes


def _body(village: str, changes: list[dict[str, Any]]) -> bytes:
    return orjson.dumps(
        {
            "protocol": 1, "database": None, "epoch": None, "last": None, "sent_at": None,
            "phone": {"app": "1.0.0", "unsent": len(changes), "persisted": True},
            "changes": changes, "since": {}, "have": {}, "limit": 1000,
        }
    )  # fmt: skip


def _push(engine: str, clients: int, ours: str, floor: str, folder: Path) -> list[Row]:
    """Both servers run at once and are asked in turns, so that a busy machine is busy for both."""
    batches = max(1, BATCHES // clients)
    with ExitStack() as servers:
        sides = [
            (
                _phones(url, clients),
                servers.enter_context(live_server(url, folder / "log", app=app)),
            )
            for url, app in ((ours, "wsgi:app"), (floor, "tests.bench.floor_app:app"))
        ]
        figures = [
            [_push_once(phones, batches, live) for phones, live in sides]
            for _ in range(1 + REPEATS)
        ]
    # The first turn warms up: statements are built, modules read.
    (wall, cpu), (floor_wall, floor_cpu) = (
        [median(figure) for figure in zip(*side, strict=True)]
        for side in zip(*figures[1:], strict=True)
    )
    name = f"push, {engine}, {clients} client{'s' if clients > 1 else ''}"
    return [
        Row(f"{name}, processor", cpu, "households/s", floor_cpu, "bare route",
            "half, a third at least", cpu >= floor_cpu / 3),
        Row(f"{name}, wall", wall, "households/s", floor_wall, "bare route"),
    ]  # fmt: skip


def _push_once(phones: list[Phone], batches: int, live: Live) -> tuple[float, float]:
    """Households a second of the clock, and of the server's processor."""
    work = [
        (token, [_body(village, _households(village, user, device)) for _ in range(batches)])
        for village, token, user, device in phones
    ]
    households = BATCH * batches * len(phones)
    _request(live, "GET", "/healthz", "", b"")
    before, start = _cpu(live), perf_counter()
    with ThreadPoolExecutor(len(phones)) as pool:
        for done in [pool.submit(_send_all, live, *one) for one in work]:
            done.result()
    wall, cpu = perf_counter() - start, _cpu(live) - before
    return households / wall, households / cpu


def _send_all(live: Live, token: str, bodies: list[bytes]) -> None:
    where = urlsplit(live.url)
    connection = HTTPConnection(where.hostname or "", where.port, timeout=120)
    for body in bodies:
        status, answer = _send(connection, token, body)
        assert status == 200, answer[:300]
        assert b'"held"' not in answer, answer[:300]


def _send(connection: HTTPConnection, token: str, body: bytes) -> tuple[int, bytes]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection.request("POST", "/api/v1/sync", body, headers)
    response = connection.getresponse()
    return response.status, response.read()


def _request(live: Live, method: str, path: str, token: str, body: bytes) -> bytes:
    where = urlsplit(live.url)
    connection = HTTPConnection(where.hostname or "", where.port, timeout=60)
    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "gzip"}
    connection.request(method, path, body, headers)
    return connection.getresponse().read()


def _cpu(live: Live) -> float:
    """Processor seconds of the server and its workers so far."""
    assert live.process is not None
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[2]) == live.process.pid:
            total += int(fields[11]) + int(fields[12])
    return total / TICK


def _poll(url: str, folder: Path, count: int) -> list[Row]:
    """A trip without news of a phone that serves so many villages."""
    app = migrated(url)
    make = Factory(app)
    places = make.places()
    villages = [make.village(f"Thôn {number}", places.commune) for number in range(count)]
    user = make.user("surveyor", username="lan", areas=villages)
    device, token = make.device(user)
    with app.app_context():
        db.engine.dispose()
    with live_server(url, folder / "log") as live:
        where = urlsplit(live.url)
        connection = HTTPConnection(where.hostname or "", where.port, timeout=60)
        body = orjson.loads(_body(villages[0].id, []))
        for village in villages:
            _send(
                connection, token, _body(village.id, _household(village.id, user.id, device.id, 1))
            )
        body["since"] = {village.id: 8 for village in villages}
        sent = gzip.compress(orjson.dumps(body), mtime=0)
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Encoding": "gzip",
            "Accept-Encoding": "gzip",
        }  # fmt: skip
        received = b""

        def poll() -> None:
            nonlocal received
            connection.request("POST", "/api/v1/sync", sent, headers)
            received = connection.getresponse().read()

        figure = median_ms(poll, 101)
        floor = median_ms(lambda: _health(connection), 101)
    size = len(sent) + len(received)
    name = f"poll without news, {count} village{'s' if count > 1 else ''}"
    return [
        Row(f"{name}, time", figure, "ms", floor, "healthz", "under 3 ms",
            figure < POLL_MS),
        Row(f"{name}, both bodies", size, "bytes", None, "", "under 600",
            size < POLL_BYTES),
    ]  # fmt: skip


def _health(connection: HTTPConnection) -> None:
    connection.request("GET", "/healthz")
    connection.getresponse().read()
