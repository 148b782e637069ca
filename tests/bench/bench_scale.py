"""Sync with one commune in the database and with sixty-two of them, half a million people: both
servers run at once and are asked in turns."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

from flask import Flask
from sqlalchemy import delete, func, select, update

from schemas.kinds import Entity
from server.demo.seed import COMMUNE
from server.domain.digest import NO_RECORDS, feed_digest
from server.store.changes.workspace import table_of
from server.store.db import db, transaction
from server.store.feeds import ChangeRow, VillageFeed
from server.store.places import Area
from server.store.records import TABLES, Member
from tests.bench.commune import demo_communes
from tests.bench.phones import (
    BATCH,
    ENGINES,
    Surveyor,
    change,
    databases,
    new_households,
    surveyor,
    surveyors,
)
from tests.bench.processor import spent
from tests.bench.table import Row, in_turns
from tests.bench.wire import (
    Wire,
    connect,
    download,
    envelope,
    pushed,
    send,
    send_all,
    unzipped,
    zipped,
)
from tests.support import postgres
from tests.support.live import Live, live_server

COMMUNES = (1, 62)
VILLAGE = "Thôn Hưng Long"
TURNS, POLLS, DOWNLOADS = 7, 101, 15
BATCHES = 4
EDITS = 400
"""Changes in one push of edits."""
SLOWEST, LONGEST = 0.8, 1.25
"""Of the throughput, and of a time that should not change, on a machine that is never quiet."""


@dataclass
class Side:
    """A database of a size, its server, a phone in an empty village and one in a full village."""

    app: Flask
    people: int
    live: Live
    newcomer: Surveyor
    neighbour: Surveyor
    members: list[str]
    edited: int = 0


def measure() -> list[Row]:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, postgres.cluster(durable=True) as server:
        for engine in ENGINES:
            with _sides(engine, Path(folder), server) as (small, large):
                rows += _rows(engine, small, large)
    return rows


def _rows(engine: str, small: Side, large: Side) -> Iterator[Row]:
    """Edits come last: they give the village that is read new revisions."""

    def row(name: str, unit: str, figures: tuple[float, float], aim: str, ok: bool) -> Row:
        title = f"{name}, {engine}, {large.people:,} people"
        return Row(title, figures[1], unit, figures[0], f"{small.people:,} people", aim, ok)

    def times(name: str, work: Callable[[Side], Callable[[], tuple[float]]], repeats: int) -> Row:
        (few,), (many,) = in_turns([work(small), work(large)], repeats)
        return row(name, "ms", (few * 1000, many * 1000), "unchanged", many < few * LONGEST)

    def throughput(
        name: str, unit: str, work: Callable[[Side], tuple[float, ...]]
    ) -> Iterator[Row]:
        few, many = in_turns([partial(work, small), partial(work, large)], TURNS)
        for what, figures in zip(("processor", "wall"), zip(few, many, strict=True), strict=True):
            enough = figures[1] >= SLOWEST * figures[0]
            yield row(f"{name}, {what}", unit, figures, "four fifths at least", enough)

    yield times("poll without news", _poll, POLLS)
    yield times("first download of a village", _download, DOWNLOADS)
    yield from throughput("push of new households", "households/s", _push_new)
    yield from throughput("push of edits", "people/s", _push_edits)


@contextmanager
def _sides(engine: str, folder: Path, server: str) -> Iterator[list[Side]]:
    with databases(engine, folder, server, len(COMMUNES)) as urls, ExitStack() as servers:
        yield [
            _side(url, communes, servers.enter_context(live_server(url, folder / "log")))
            for url, communes in zip(urls, COMMUNES, strict=True)
        ]


def _side(url: str, communes: int, live: Live) -> Side:
    """The village that is full is of the copy made last, so that copies are shown to be whole."""
    app = demo_communes(url, communes)
    with app.app_context():
        people = db.session.scalar(select(func.count()).select_from(Member)) or 0
        home = db.session.scalars(select(Area).where(Area.name == COMMUNE)).one()
        latest = select(Area).where(Area.name == VILLAGE).order_by(Area.id.desc()).limit(1)
        full = db.session.scalars(latest).one()
        db.session.expunge_all()
        db.session.rollback()
    [newcomer] = surveyors(app, home, 1)
    neighbour = surveyor(app, "tu", [full])
    _seconds, _bodies, feeds = download(connect(live.url), neighbour.token, [full.id])
    members = [it["id"] for it in feeds[full.id] if it["entity"] == Entity.MEMBER]
    return Side(app, people, live, newcomer, neighbour, members)


def _poll(side: Side) -> Callable[[], tuple[float]]:
    """The digest must be that of what a first download gives."""
    line, village = connect(side.live.url), side.neighbour.village
    _seconds, _bodies, feeds = download(line, side.neighbour.token, [village])
    records = [(it["id"], it["rev"]) for it in feeds[village]]
    trip = zipped(envelope([], since={village: max(rev for _id, rev in records)}))

    def poll() -> tuple[float]:
        start = perf_counter()
        _status, answer = send(line, side.neighbour.token, trip)
        took = perf_counter() - start
        feed = unzipped(answer)["feeds"][village]
        assert (feed["records"], feed["digest"]) == ([], feed_digest(records))
        return (took,)

    return poll


def _download(side: Side) -> Callable[[], tuple[float]]:
    line, phone = connect(side.live.url), side.neighbour
    return lambda: (download(line, phone.token, [phone.village])[0],)


def _push_new(side: Side) -> tuple[float, ...]:
    """Households a second of the processor and of the clock, into a village that is empty again
    at every turn: the smaller database must stay small."""
    figures = _pushed(side, side.newcomer, [new_households(side.newcomer) for _ in range(BATCHES)])
    _empty(side)
    return tuple(BATCH * BATCHES / seconds for seconds in figures)


def _push_edits(side: Side) -> tuple[float, ...]:
    """People a second; each has the same field edited at every turn."""
    phone, members = side.neighbour, side.members
    before, after = _note(side.edited), _note(side.edited + 1)
    edits = [change(phone, "member", id_, after, before) for id_ in members]
    figures = _pushed(side, phone, [edits[at : at + EDITS] for at in range(0, len(edits), EDITS)])
    side.edited += 1
    return tuple(len(members) / seconds for seconds in figures)


def _note(number: int) -> Wire:
    return {"note": f"lần {number}" if number else None}


def _pushed(side: Side, phone: Surveyor, batches: list[list[Wire]]) -> tuple[float, float]:
    """Seconds of all processors, the database's included, and of the clock."""
    bodies = [pushed(batch) for batch in batches]
    took = spent(side.live, lambda: send_all(side.live, phone.token, bodies))
    return took.server + took.database, took.wall


def _empty(side: Side) -> None:
    village, log = side.newcomer.village, table_of(ChangeRow)
    with side.app.app_context(), transaction():
        for table in reversed([table_of(model) for model in TABLES.values()]):
            there = table.c.village_id == village
            written = select(table.c.id).where(there)
            db.session.execute(delete(log).where(log.c.record_id.in_(written)))
            db.session.execute(delete(table).where(there))
        feed = update(VillageFeed).where(VillageFeed.village_id == village)
        db.session.execute(feed.values(digest=NO_RECORDS))
