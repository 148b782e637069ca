"""Trips of phones over real HTTP, for what is measured from outside."""

import gzip
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from time import perf_counter
from typing import Any
from urllib.parse import urlsplit

import orjson

from schemas.sync import PROTOCOL
from tests.support.live import Live

PAGE = 2000
Wire = dict[str, Any]


def connect(url: str) -> HTTPConnection:
    where = urlsplit(url)
    return HTTPConnection(where.hostname or "", where.port, timeout=120)


def envelope(changes: list[Wire], **more: Any) -> Wire:
    """A trip as a phone that knows nothing of the database yet would make it."""
    return {
        "protocol": PROTOCOL, "database": None, "epoch": None, "last": None, "sent_at": None,
        "phone": {"app": "1.0.0", "unsent": len(changes), "persisted": True},
        "changes": changes, "since": {}, "have": {}, "limit": 1000, **more,
    }  # fmt: skip


def pushed(changes: list[Wire]) -> bytes:
    return orjson.dumps(envelope(changes))


def zipped(trip: Wire) -> bytes:
    return gzip.compress(orjson.dumps(trip), mtime=0)


def unzipped(body: bytes) -> Any:
    packed = body.startswith(b"\x1f\x8b")
    return orjson.loads(gzip.decompress(body) if packed else body)


def send(line: HTTPConnection, token: str, body: bytes, **headers: str) -> tuple[int, bytes]:
    """A body as it is, zipped or not; status and body as they came."""
    told = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    if body.startswith(b"\x1f\x8b"):
        told |= {"Content-Encoding": "gzip", "Accept-Encoding": "gzip"}
    line.request("POST", "/api/v1/sync", body, told | headers)
    response = line.getresponse()
    return response.status, response.read()


def send_all(live: Live, token: str, bodies: Iterable[bytes]) -> None:
    """Push one after the other; nothing may be refused or wait."""
    line = connect(live.url)
    for body in bodies:
        status, answer = send(line, token, body)
        assert status == 200, answer[:300]
        assert b'"held"' not in answer, answer[:300]
        assert b'"merged"' not in answer, answer[:300]


def send_at_once(live: Live, work: list[tuple[str, list[bytes]]]) -> None:
    """So many phones push at the same time; each its token and its bodies."""
    with ThreadPoolExecutor(len(work)) as pool:
        for done in [pool.submit(send_all, live, *one) for one in work]:
            done.result()


def get(line: HTTPConnection, path: str) -> bytes:
    line.request("GET", path)
    return line.getresponse().read()


def download(
    line: HTTPConnection, token: str, feeds: Iterable[str], **more: Any
) -> tuple[float, list[bytes], dict[str, list[Wire]]]:
    """Seconds spent waiting for the server, every body as it came, and the records of each feed."""
    seconds = 0.0
    bodies: list[bytes] = []
    records: dict[str, list[Wire]] = {}
    for feed in feeds:
        after, going_on = 0, True
        records[feed] = []
        while going_on:
            trip = envelope([], since={feed: after}, limit=PAGE, **more)
            body = orjson.dumps(trip)
            start = perf_counter()
            _status, answer = send(line, token, body, **{"Accept-Encoding": "gzip"})
            seconds += perf_counter() - start
            bodies.append(answer)
            page = unzipped(answer)["feeds"][feed]
            after, going_on = page["next"], page["more"]
            records[feed] += page["records"]
    return seconds, bodies, records
