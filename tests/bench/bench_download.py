"""The first download of the whole commune on loopback, village by village, as bytes and as time."""

import gzip
import tempfile
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import orjson

from schemas.sync import PROTOCOL, REFERENCE_FEED
from tests.bench.commune import PASSWORD, demo_commune
from tests.bench.table import REPEATS, Row
from tests.support.live import Live, live_server

MOST_BYTES, MOST_SECONDS = 900_000, 1.0
PAGE = 2000


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        with live_server(demo_commune(folder), folder / "log") as live:
            line = _connect(live)
            phone = _sign_in(line)
            times: list[float] = []
            for _ in range(REPEATS + 1):
                seconds, bodies, records = _download(line, phone)
                times.append(seconds)
        for number, body in enumerate(bodies):
            (folder / f"{number:04}.gz").write_bytes(body)
        floor_app = "tests.bench.static_app:app"
        with live_server(str(folder), folder / "log", app=floor_app) as live:
            line = _connect(live)
            floors = [_floor(line, len(bodies)) for _ in range(REPEATS + 1)]
    size, spent, floor = sum(map(len, bodies)), median(times[1:]), median(floors[1:])
    return [
        Row(f"first download, {records} records, gzip", size, "bytes", None, "", "under 900,000",
            size < MOST_BYTES),
        Row("first download, village by village", spent * 1000, "ms", floor * 1000,
            "same bytes, static", "under 1,000 ms", spent < MOST_SECONDS),
    ]  # fmt: skip


def _connect(live: Live) -> HTTPConnection:
    where = urlsplit(live.url)
    return HTTPConnection(where.hostname or "", where.port, timeout=60)


def _sign_in(line: HTTPConnection) -> dict[str, Any]:
    body = {"username": "surveyor", "password": PASSWORD, "name": "Máy đo", "device": None}
    headers = {"Content-Type": "application/json"}
    line.request("POST", "/api/v1/devices", orjson.dumps(body), headers)
    answer = orjson.loads(line.getresponse().read())
    return dict(answer)


def _download(line: HTTPConnection, phone: dict[str, Any]) -> tuple[float, list[bytes], int]:
    """Seconds spent waiting for the server, every body as it came, and the records in them."""
    seconds, records = 0.0, 0
    bodies: list[bytes] = []
    headers = {
        "Authorization": f"Bearer {phone['token']}",
        "Content-Type": "application/json",
        "Accept-Encoding": "gzip",
    }
    for feed in (REFERENCE_FEED, *(village["id"] for village in phone["villages"])):
        after, more = 0, True
        while more:
            body = orjson.dumps(_request(phone, feed, after))
            start = perf_counter()
            line.request("POST", "/api/v1/sync", body, headers)
            response = line.getresponse()
            bodies.append(response.read())
            seconds += perf_counter() - start
            packed = response.getheader("Content-Encoding") == "gzip"
            text = gzip.decompress(bodies[-1]) if packed else bodies[-1]
            page = orjson.loads(text)["feeds"][feed]
            after, more = page["next"], page["more"]
            records += len(page["records"])
    return seconds, bodies, records


def _request(phone: dict[str, Any], feed: str, after: int) -> dict[str, Any]:
    return {
        "protocol": PROTOCOL, "database": phone["database"], "epoch": phone["epoch"], "last": None,
        "sent_at": None, "phone": {"app": "1.0.0", "unsent": 0, "persisted": True}, "changes": [],
        "since": {feed: after}, "have": {}, "limit": PAGE,
    }  # fmt: skip


def _floor(line: HTTPConnection, count: int) -> float:
    start = perf_counter()
    for number in range(count):
        line.request("GET", f"/{number}")
        line.getresponse().read()
    return perf_counter() - start
