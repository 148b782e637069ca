"""The repair of twenty rows that differ in a village of 2,000 people: trips, bytes and waiting,
beside the first download of the same village."""

import tempfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from server.store.db import new_id
from tests.actors import Phone
from tests.bench.phones import BATCH, ENGINES, PEOPLE, Surveyor, databases, new_households
from tests.bench.table import Row, in_turns
from tests.bench.wire import Wire, connect, pushed, send, send_all, unzipped, zipped
from tests.conftest import migrated
from tests.factories import Factory
from tests.fake_phone import FakePhone
from tests.support import postgres
from tests.support.live import Live, live_server
from tests.support.phone_copies import Copies, Key, Record

PUSHES = 5
OLDER, MISSING, FOREIGN = 8, 6, 6
DIFFERING = OLDER + MISSING + FOREIGN


def measure() -> list[Row]:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, postgres.cluster(durable=True) as server:
        for engine in ENGINES:
            with databases(engine, Path(folder), server, 1) as [url]:
                rows += _rows(engine, url, Path(folder))
    return rows


class Carrier:
    """Takes a phone's trips over real HTTP, zipped both ways as a browser has them, and counts."""

    def __init__(self, live: Live, token: str) -> None:
        self.line, self.token = connect(live.url), token
        self.trips, self.bytes, self.seconds = 0, 0, 0.0

    def __call__(self, body: Wire) -> "Answer":
        trip = zipped(body)
        start = perf_counter()
        status, answer = send(self.line, self.token, trip)
        self.seconds += perf_counter() - start
        self.trips += 1
        self.bytes += len(trip) + len(answer)
        return Answer(status, unzipped(answer))


@dataclass(frozen=True)
class Answer:
    status_code: int
    body: Any

    def get_json(self) -> Any:
        return self.body


def _rows(engine: str, url: str, folder: Path) -> Iterator[Row]:
    app = migrated(url)
    make = Factory(app)
    village = make.village("Thôn Hưng Long", make.places().commune)
    user = make.user("surveyor", username="lan", areas=[village])
    device, token = make.device(user)
    with live_server(url, folder / "log") as live:
        pushing = Surveyor(village.id, token, user.id, device.id)
        send_all(live, token, [pushed(new_households(pushing)) for _ in range(PUSHES)])
        field = Field(live, Phone(app, user, device, token), village.id)
        first, quiet, repair = in_turns([field.first, field.quiet, field.repair])
    trips, size, waited = repair
    extra = trips - quiet[0]
    name = f"repair of {DIFFERING} rows, {len(PEOPLE) * BATCH * PUSHES:,} people"
    yield Row(f"{name}, {engine}, extra trips", extra, "", None, "", "exactly one", extra == 1)
    yield Row(f"{name}, {engine}, all bodies", size, "bytes", first[1], "first download")
    yield Row(f"{name}, {engine}, waiting", waited * 1000, "ms", first[2] * 1000, "first download")


class Field:
    """One phone at different mornings. Each gives its trips, their bytes, and seconds waited."""

    def __init__(self, live: Live, phone: Phone, village: str) -> None:
        self.live, self.phone, self.village = live, phone, village
        self.whole = Copies()

    def first(self) -> tuple[float, ...]:
        """It knows nothing yet."""
        phone = FakePhone(self.phone, [self.village])
        counted = self._sync(phone)
        self.whole = phone.copies
        return counted

    def quiet(self) -> tuple[float, ...]:
        """It has everything."""
        return self._sync(self._waking())

    def repair(self) -> tuple[float, ...]:
        """Its store went wrong in all three ways; afterwards it equals the server again."""
        phone = self._waking()
        _spoil(phone.copies.records[self.village])
        counted = self._sync(phone)
        assert phone.copies == self.whole
        assert phone.repairs == 1
        return counted

    def _waking(self) -> FakePhone:
        return FakePhone(self.phone, [self.village], copies=deepcopy(self.whole))

    def _sync(self, phone: FakePhone) -> tuple[float, ...]:
        carrier = phone.carry = Carrier(self.live, self.phone.token)
        phone.sync()
        return carrier.trips, carrier.bytes, carrier.seconds


def _spoil(copy: dict[Key, Record]) -> None:
    """Rows of an older revision, rows that are missing, rows that nobody else has."""
    keys = list(copy)[:: len(copy) // DIFFERING][:DIFFERING]
    for key in keys[:OLDER]:
        copy[key] = {**copy[key], "rev": 0, "data": {"note": "cũ"}}
    for entity, id_ in keys[OLDER : OLDER + MISSING]:
        del copy[entity, id_]
    for entity, id_ in keys[OLDER + MISSING :]:
        foreign = (entity, new_id())
        copy[foreign] = {**copy[entity, id_], "id": foreign[1]}
