"""The records a slice of changes touches: changed in memory, written back in bulk.
`server.store.changes.loading` reads them, `server.store.changes.judging` decides."""

import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Table, Update, bindparam, delete, insert, update

from schemas.kinds import Entity, WaitingState
from server.domain.digest import digest_hex, record_digest
from server.domain.reviewing import review_kind
from server.store.bulk import insert_rows, moment
from server.store.changes.lifting import LIFT
from server.store.db import Base, db
from server.store.feeds import (
    ChangeRow,
    FeedMark,
    PastRecord,
    Tombstone,
    VillageFeed,
    Waiting,
)
from server.store.records import TABLES, SyncedRecord

PLACED = ("id", "village_id", "household_id", "rev", "data")
"""The columns that every kind of record has, before those that are lifted from its data."""

REPLACED = ("record", *PLACED[1:])
"""The same of a record that has a row: its id finds it."""

LOGGED = (
    "id",
    "seq",
    "content",
    "entity",
    "record_id",
    "user_id",
    "device_id",
    "channel",
    "at",
    "received_at",
    "body",
)
FATED = ("status", "rev", "reasons")
"""The columns of the log: what came in, and what became of it."""

PAST = (
    "record_id",
    "seq",
    "entity",
    "village_id",
    "household_id",
    "went_to",
    "merged_into",
    "data",
)
"""The columns of what a record said before."""

UNSETTLED = (WaitingState.OPEN.value, WaitingState.RETURNED.value)


class PlacesChanged(Exception):
    """These feeds must be locked, too: a record moved between looking and locking, or goes to a
    village that nobody foresaw."""

    def __init__(self, villages: set[str]) -> None:
        super().__init__()
        self.villages = villages


class Stored(NamedTuple):
    """Where a record's row lies and what it says, until the slice is written."""

    village: str
    household: str
    data: dict[str, Any]


@dataclass(slots=True)
class Rec:
    """A record in memory. `stored`: its row, if it has one. `changed`: its row must be written.
    `data` is replaced as a whole, so that what is stored stays as it was."""

    entity: Entity
    id: str
    village: str
    household: str
    rev: int
    data: dict[str, Any]
    stored: Stored | None = None
    changed: bool = False


def read_rec(entity: Entity, id_: str, village: str, household: str, rev: int, text: str) -> Rec:
    """A record as its row has it."""
    data = orjson.loads(text)
    return Rec(entity, id_, village, household, rev, data, Stored(village, household, data))


@dataclass(slots=True)
class Wait:
    """A waiting record in memory. Fields that are settled carry a `state` of their own."""

    id: str
    village: str | None
    household: str | None
    rev: int
    change_id: str
    seq: int
    entity: str
    record: str
    user_id: str | None
    missing: str | None
    received_at: datetime
    data: dict[str, Any]
    stored: bool = True
    changed: bool = False

    @property
    def state(self) -> str:
        return str(self.data["state"])

    @property
    def unsettled(self) -> bool:
        return self.state in UNSETTLED

    def offers(self, name: str) -> Any:
        """The value of a field that waits, None where it sets none."""
        return self.data["fields"].get(name, {}).get("set")

    def open_fields(self) -> dict[str, dict[str, Any]]:
        return {name: it for name, it in self.data["fields"].items() if "state" not in it}


def new_wait(
    id_: str,
    village: str | None,
    seq: int,
    received_at: datetime,
    data: dict[str, Any],
    missing: str | None = None,
) -> Wait:
    """A waiting record that has no row yet; what queries need of its data stands beside it."""
    about = (data["household"], 0, data["change"], seq, data["entity"], data["record"], data["by"])
    return Wait(id_, village, *about, missing, received_at, data, stored=False, changed=True)


@dataclass(slots=True)
class Fate:
    """What became of a change: kept with it, answered whenever it is sent again."""

    content: str
    status: str
    rev: int | None
    reasons: list[dict[str, Any]]
    changed: bool = False


@dataclass(slots=True)
class FeedState:
    rev: int
    digest: int
    changed: bool = False


@dataclass
class Workspace:
    records: dict[str, Rec] = field(default_factory=dict)
    waits: dict[str, Wait] = field(default_factory=dict)
    by_record: dict[str, list[Wait]] = field(default_factory=lambda: defaultdict(list))
    by_missing: dict[str, list[Wait]] = field(default_factory=lambda: defaultdict(list))
    fates: dict[str, Fate] = field(default_factory=dict)
    feeds: dict[str, FeedState] = field(default_factory=dict)
    ledger: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    """What goes into the log of each new change, in the order of LOGGED."""
    tombstones: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    unheard_of: set[str] = field(default_factory=set)
    """Ids that no change was ever about: no record has them."""
    other_kinds: set[str] = field(default_factory=set)
    """Ids under which a change looked for a record of its kind and another kind has one."""
    raised: set[tuple[str, str]] = field(default_factory=set)
    """Tombstones to take away: (village, record) of records that returned."""

    def record(self, entity: Entity, id_: str) -> Rec | None:
        found = self.records.get(id_)
        return found if found is not None and found.entity is entity else None

    def touch(self, item: Rec | Wait) -> int:
        """Give the item the next revision of its feed; 0 where it lies in none."""
        item.changed = True
        if item.village is None:
            return 0
        feed = self.feeds[item.village]
        if item.rev:
            feed.digest ^= record_digest(item.id, item.rev)
        feed.rev += 1
        feed.changed = True
        item.rev = feed.rev
        feed.digest ^= record_digest(item.id, item.rev)
        return item.rev

    def leave(self, item: Rec | Wait, village: str) -> None:
        """Move the item to another village's feed; a tombstone stays in the old one."""
        old = self.feeds[item.village] if item.village else None
        if old is not None and item.village is not None and item.rev:
            old.digest ^= record_digest(item.id, item.rev)
            old.rev += 1
            old.changed = True
            key = (item.village, item.id)
            entity = item.entity.value if isinstance(item, Rec) else Entity.WAITING.value
            self.tombstones[key] = {
                "village_id": item.village,
                "record_id": item.id,
                "entity": entity,
                "rev": old.rev,
            }
            self.raised.discard(key)
        item.village, item.rev = village, 0
        self.raised.add((village, item.id))
        self.tombstones.pop((village, item.id), None)
        self.touch(item)

    def add_wait(self, wait: Wait) -> None:
        self.waits[wait.id] = wait
        self.by_record[wait.record].append(wait)
        self.await_missing(wait)
        self.touch(wait)

    def await_missing(self, wait: Wait) -> None:
        if wait.missing is not None and wait not in self.by_missing[wait.missing]:
            self.by_missing[wait.missing].append(wait)

    def hangs_on(self, record: str) -> list[Rec | Wait]:
        """What hangs on a record that is no household, and what waits about it or them."""
        ids = {record}
        ids |= {it.id for it in self.records.values() if it.data.get("member") == record}
        ids |= {it.id for it in self.records.values() if it.data.get("about") in ids}
        waits = [wait for wait in self.waits.values() if wait.record in ids]
        return [*(self.records[id_] for id_ in sorted(ids)), *waits]

    def of_household(self, household: str) -> list[Rec]:
        return [rec for rec in self.records.values() if rec.household == household]

    def flush(self) -> None:
        """Write everything back, each table once."""
        moment = time.time_ns()
        self._flush_past(moment)
        self._flush_records()
        self._flush_waits()
        self._flush_tombstones()
        self._flush_fates()
        self._flush_feeds(moment)

    def _flush_past(self, moment: int) -> None:
        """Keep what the rows say that are about to be replaced. Of a new record its change tells
        since when it is known, unless that came earlier and waited."""
        come = {entry[LOGGED.index("record_id")] for entry in self.ledger.values()}
        rows = [
            (rec.id, moment, rec.entity.value, *_past(rec))
            for rec in self.records.values()
            if rec.changed and (_differs(rec) if rec.stored else rec.id not in come)
        ]
        insert_rows(table_of(PastRecord), PAST, rows)

    def _flush_records(self) -> None:
        new: dict[Entity, list[Rec]] = {entity: [] for entity in TABLES}
        known: dict[Entity, list[Rec]] = {entity: [] for entity in TABLES}
        for rec in self.records.values():
            if rec.changed:
                (known if rec.stored else new)[rec.entity].append(rec)
        # New ones first: a card may go over to a person who has only just come.
        for entity, recs in new.items():
            if recs:
                lift = LIFT[entity]
                columns = (*PLACED, *lift(recs[0].data))
                rows = [(*_placed(rec), *lift(rec.data).values()) for rec in recs]
                insert_rows(table_of(TABLES[entity]), columns, rows)
        for entity, recs in known.items():
            if recs:
                db.session.connection().execute(_replace(entity), [_replaced(rec) for rec in recs])

    def _flush_waits(self) -> None:
        new: list[dict[str, Any]] = []
        for wait in self.waits.values():
            if not wait.changed:
                continue
            row = {
                "id": wait.id,
                "village_id": wait.village,
                "household_id": wait.household,
                "rev": wait.rev,
                "change_id": wait.change_id,
                "seq": wait.seq,
                "entity": wait.entity,
                "record_id": wait.record,
                "user_id": wait.user_id,
                "missing_id": wait.missing,
                "state": wait.state,
                "kind": review_kind(wait.data["reasons"]).value,
                "received_at": wait.received_at,
                "data": orjson.dumps(wait.data).decode(),
            }
            if wait.stored:
                db.session.execute(update(Waiting).where(Waiting.id == wait.id).values(row))
            else:
                new.append(row | {"received_at": moment(wait.received_at)})
        if new:
            insert_rows(table_of(Waiting), tuple(new[0]), [tuple(row.values()) for row in new])

    def _flush_tombstones(self) -> None:
        for village, record in self.raised:
            db.session.execute(
                delete(Tombstone).where(
                    Tombstone.village_id == village, Tombstone.record_id == record
                )
            )
        for (village, record), row in self.tombstones.items():
            db.session.execute(
                delete(Tombstone).where(
                    Tombstone.village_id == village, Tombstone.record_id == record
                )
            )
            db.session.execute(insert(Tombstone).values(row))

    def _flush_fates(self) -> None:
        """New changes go into the log with what became of them by the end of the slice."""
        rows = [(*entry, *_fated(self.fates[id_])) for id_, entry in self.ledger.items()]
        insert_rows(table_of(ChangeRow), (*LOGGED, *FATED), rows)
        for id_, fate in self.fates.items():
            if fate.changed and id_ not in self.ledger:
                changed = update(ChangeRow).where(ChangeRow.id == id_)
                db.session.execute(changed.values(dict(zip(FATED, _fated(fate), strict=True))))

    def _flush_feeds(self, moment: int) -> None:
        advanced = [
            {"village": village, "to_rev": feed.rev, "to_digest": digest_hex(feed.digest)}
            for village, feed in self.feeds.items()
            if feed.changed
        ]
        if advanced:
            db.session.connection().execute(_advance(), advanced)
            marks = [(it["village"], moment, it["to_rev"]) for it in advanced]
            insert_rows(table_of(FeedMark), ("village_id", "seq", "rev"), marks)


def _differs(rec: Rec) -> bool:
    return rec.stored != (rec.village, rec.household, rec.data)


def _past(rec: Rec) -> tuple[str, str, str | None, str | None, str | None]:
    """Where the record lay, where it went, and what it said of what it now says otherwise."""
    if rec.stored is None:
        return rec.village, rec.household, None, None, None
    village, household, was = rec.stored
    changed = {
        name: was.get(name)
        for name in sorted(was.keys() | rec.data.keys())
        if was.get(name) != rec.data.get(name)
    }
    went_to = rec.village if rec.village != village else None
    told = orjson.dumps(changed).decode()
    return village, household, went_to, changed.get("merged_into"), told


def _placed(rec: Rec) -> tuple[Any, ...]:
    return (rec.id, rec.village, rec.household, rec.rev, orjson.dumps(rec.data).decode())


def _replaced(rec: Rec) -> dict[str, Any]:
    return dict(zip(REPLACED, _placed(rec), strict=True)) | LIFT[rec.entity](rec.data)


def _fated(fate: Fate) -> tuple[Any, ...]:
    reasons = orjson.dumps(fate.reasons).decode() if fate.reasons else None
    return (fate.status, fate.rev, reasons)


@cache
def _replace(entity: Entity) -> Update:
    """Sets the columns that it is executed with; built once, building costs ten times the rest."""
    table = table_of(TABLES[entity])
    return update(table).where(table.c.id == bindparam("record"))


@cache
def _advance() -> Update:
    feed = table_of(VillageFeed)
    return (
        update(feed)
        .where(feed.c.village_id == bindparam("village"))
        .values(rev=bindparam("to_rev"), digest=bindparam("to_digest"))
    )


def table_of(model: type[SyncedRecord] | type[Base]) -> Table:
    assert issubclass(model, Base)
    table = model.__table__
    assert isinstance(table, Table)
    return table
