"""The phones of `bench_crowd`, in a process of their own: reads who pushes and who polls as JSON,
prints how long each request took and what was refused. A phone connects anew for every trip, as one
does that wakes up, and zips what it sends."""

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Event, Thread
from time import perf_counter
from typing import Any

import orjson

from tests.bench.phones import Surveyor, new_household, new_households
from tests.bench.wire import connect, envelope, send, unzipped, zipped


@dataclass
class Load:
    """What the phones met with. `over`: the last push is through."""

    url: str
    push: list[float] = field(default_factory=list)
    poll: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    over: Event = field(default_factory=Event)

    def trip(self, phone: Surveyor, body: bytes, times: list[float]) -> Any:
        """One request, from connecting to the last byte; None when it was not taken, which is
        counted and is no time."""
        start = perf_counter()
        try:
            line = connect(self.url)
            status, answer = send(line, phone.token, body)
            took = perf_counter() - start
            line.close()
        except (OSError, HTTPException) as failure:
            self.refused[type(failure).__name__] += 1
            return None
        if status != 200:
            self.refused[str(status)] += 1
            return None
        times.append(took)
        return unzipped(answer)

    def pushes(self, phone: Surveyor, bodies: Iterable[bytes]) -> None:
        for body in bodies:
            answer = self.trip(phone, body, self.push)
            results = answer["results"] if answer else ()
            self.refused["not applied"] += sum(it["status"] != "applied" for it in results)

    def polls(self, phone: Surveyor, rev: int, wait: float, pause: float) -> None:
        """Again and again until the last push is through, the phones spread over the pause."""
        body = zipped(envelope([], since={phone.village: rev}))
        if self.over.wait(wait):
            return
        while True:
            due = perf_counter() + pause
            answer = self.trip(phone, body, self.poll)
            self.refused["not quiet"] += bool(answer and answer["feeds"][phone.village]["records"])
            if self.over.wait(max(0.0, due - perf_counter())):
                return


def run(plan: dict[str, Any]) -> dict[str, Any]:
    load = Load(plan["url"])
    pushing = [Surveyor(*phone) for phone in plan["pushing"]]
    polling = [Surveyor(*phone) for phone in plan["polling"]]
    pause = plan["pause"]
    revs = [_settled(load, phone) for phone in polling]
    bodies = [[_packed(new_households(phone)) for _ in range(plan["pushes"])] for phone in pushing]
    waits = [pause * at / len(polling) for at in range(len(polling))]
    pollers = [
        Thread(target=load.polls, args=(*work, pause))
        for work in zip(polling, revs, waits, strict=True)
    ]
    pushers = [Thread(target=load.pushes, args=work) for work in zip(pushing, bodies, strict=True)]
    start = perf_counter()
    _through([*pollers, *pushers], pushers)
    wall = perf_counter() - start
    load.over.set()
    _through([], pollers)
    return {"push": load.push, "poll": load.poll, "refused": +load.refused, "wall": wall}


def _settled(load: Load, phone: Surveyor) -> int:
    """The revision of its feed once the phone has sent a household and been heard."""
    answer = load.trip(phone, _packed(new_household(phone, 1)), [])
    return max(result["rev"] for result in answer["results"])


def _through(begun: list[Thread], awaited: list[Thread]) -> None:
    for thread in begun:
        thread.start()
    for thread in awaited:
        thread.join()


def _packed(changes: list[dict[str, Any]]) -> bytes:
    return zipped(envelope(changes))


if __name__ == "__main__":
    sys.stdout.buffer.write(orjson.dumps(run(orjson.loads(sys.stdin.buffer.read()))))
