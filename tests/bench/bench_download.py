"""The first download of the whole commune on loopback, village by village, as bytes and as time."""

import tempfile
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import orjson

from schemas.sync import REFERENCE_FEED
from tests.bench.commune import PASSWORD, demo_commune
from tests.bench.table import REPEATS, Row
from tests.bench.wire import connect, download, get
from tests.support.live import live_server

MOST_BYTES, MOST_SECONDS = 900_000, 1.0


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        with live_server(demo_commune(folder), folder / "log") as live:
            line = connect(live.url)
            phone = _sign_in(line)
            feeds = [REFERENCE_FEED, *(village["id"] for village in phone["villages"])]
            known = {name: phone[name] for name in ("database", "epoch")}
            times: list[float] = []
            for _ in range(REPEATS + 1):
                seconds, bodies, found = download(line, phone["token"], feeds, **known)
                times.append(seconds)
        for number, body in enumerate(bodies):
            (folder / f"{number:04}.gz").write_bytes(body)
        floor_app = "tests.bench.static_app:app"
        with live_server(str(folder), folder / "log", app=floor_app) as live:
            line = connect(live.url)
            floors = [_floor(line, len(bodies)) for _ in range(REPEATS + 1)]
    size, spent, floor = sum(map(len, bodies)), median(times[1:]), median(floors[1:])
    records = sum(map(len, found.values()))
    return [
        Row(f"first download, {records} records, gzip", size, "bytes", None, "", "under 900,000",
            size < MOST_BYTES),
        Row("first download, village by village", spent * 1000, "ms", floor * 1000,
            "same bytes, static", "under 1,000 ms", spent < MOST_SECONDS),
    ]  # fmt: skip


def _sign_in(line: HTTPConnection) -> dict[str, Any]:
    body = {"username": "surveyor", "password": PASSWORD, "name": "Máy đo", "device": None}
    headers = {"Content-Type": "application/json"}
    line.request("POST", "/api/v1/devices", orjson.dumps(body), headers)
    answer = orjson.loads(line.getresponse().read())
    return dict(answer)


def _floor(line: HTTPConnection, count: int) -> float:
    start = perf_counter()
    for number in range(count):
        get(line, f"/{number}")
    return perf_counter() - start
