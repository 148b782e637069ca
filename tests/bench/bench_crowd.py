"""Twenty phones that push while fifty poll without news, over the server as `make run` starts it,
beside one that pushes and one that polls. Each request of the crowd is timed, none left out."""

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import orjson

from tests.bench.phones import BATCH, ENGINES, Surveyor, databases, surveyors
from tests.bench.table import Row
from tests.conftest import migrated
from tests.factories import Factory
from tests.support import postgres
from tests.support.live import ROOT, Live, live_server

WORKERS, THREADS = 2, 4
ROUNDS = 2


@dataclass(frozen=True)
class Size:
    """`pushes`: of each phone that pushes, one after the other. `pause`: seconds from one poll of
    a phone to its next; the app itself polls every five minutes."""

    pushing: int
    polling: int
    pushes: int
    pause: float


ALONE, CROWD = Size(1, 1, 10, 0.05), Size(20, 50, 3, 1.0)


@dataclass
class Met:
    push: list[float] = field(default_factory=list)
    poll: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, told: dict[str, Any]) -> None:
        self.push += told["push"]
        self.poll += told["poll"]
        self.refused.update(told["refused"])
        self.seconds += told["wall"]


def measure() -> list[Row]:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as home, postgres.cluster(durable=True) as server:
        folder = Path(home)
        for engine in ENGINES:
            with databases(engine, folder, server, 1) as [url]:
                rows += _rows(engine, *_meet(url, folder))
    return rows


def _meet(url: str, folder: Path) -> tuple[Met, Met]:
    """Those alone and those of the crowd, in turns."""
    app = migrated(url)
    phones = surveyors(app, Factory(app).places().commune, CROWD.pushing + CROWD.polling)
    alone, crowd = Met(), Met()
    with live_server(url, folder / "log", workers=WORKERS, threads=THREADS) as live:
        _send(live, phones, ALONE)  # Both workers build their statements.
        for _ in range(ROUNDS):
            alone.add(_send(live, phones, ALONE))
            crowd.add(_send(live, phones, CROWD))
    return alone, crowd


def _send(live: Live, phones: list[Surveyor], size: Size) -> dict[str, Any]:
    plan = {
        "url": live.url,
        "pushing": [list(phone) for phone in phones[: size.pushing]],
        "polling": [list(phone) for phone in phones[CROWD.pushing :][: size.polling]],
        "pushes": size.pushes,
        "pause": size.pause,
    }
    command = [sys.executable, "-m", "tests.bench.crowd_load"]
    done = subprocess.run(
        command, cwd=ROOT, input=orjson.dumps(plan), stdout=subprocess.PIPE, check=True
    )
    return dict(orjson.loads(done.stdout))


def _rows(engine: str, alone: Met, crowd: Met) -> Iterator[Row]:
    who = f"{CROWD.pushing} push, {CROWD.polling} poll, {engine}"
    for name, few, many in (
        (f"push of {BATCH} households", alone.push, crowd.push),
        ("poll without news", alone.poll, crowd.poll),
    ):
        for share, of in (("p50", median), ("p95", _p95)):
            yield Row(f"{who}: {name}, {share}", of(many) * 1000, "ms", of(few) * 1000,
                      f"one of each, {share}")  # fmt: skip
    yield Row(f"{who}: pushed", BATCH * len(crowd.push) / crowd.seconds, "households/s",
              BATCH * len(alone.push) / alone.seconds, "one of each")  # fmt: skip
    refused = crowd.refused + alone.refused
    kinds = ", ".join(f"{count} x {kind}" for kind, count in sorted(refused.items()))
    yield Row(f"{who}: not taken{': ' if kinds else ''}{kinds}", refused.total(), "requests",
              None, "", f"none of {len(crowd.push) + len(crowd.poll):,}", not refused)  # fmt: skip


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]
