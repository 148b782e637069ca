"""The records a slice of changes touches: read under their feeds' locks, changed in memory,
written back in bulk. Nothing here decides; `server.store.write` does."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from schemas.kinds import Entity, WaitingState
from server.domain.change import Change, is_id
from server.domain.digest import digest_hex, record_digest
from server.store.bulk import among, insert_rows
from server.store.db import Base, db, is_sqlite
from server.store.feeds import ChangeRow, Tombstone, VillageFeed, Waiting
from server.store.lifting import LIFT
from server.store.records import TABLES, Card, Entitlement, FieldNote, SyncedRecord

UNSETTLED = (WaitingState.OPEN.value, WaitingState.RETURNED.value)


class PlacesChanged(Exception):
    """Between looking and locking, a record moved: look again with these feeds locked too."""

    def __init__(self, villages: set[str]) -> None:
        super().__init__()
        self.villages = villages


@dataclass(slots=True)
class Rec:
    """A record in memory. `stored`: it has a row. `changed`: its row must be written."""

    entity: Entity
    id: str
    village: str
    household: str
    rev: int
    data: dict[str, Any]
    stored: bool = True
    changed: bool = False


@dataclass(slots=True)
class Wait:
    """A waiting record in memory. `fields` of `data` that are settled carry a `state` of their own."""

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

    def open_fields(self) -> dict[str, dict[str, Any]]:
        return {name: it for name, it in self.data["fields"].items() if "state" not in it}


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
    ledger: list[dict[str, Any]] = field(default_factory=list)
    tombstones: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
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
        if wait.missing is not None:
            self.by_missing[wait.missing].append(wait)
        self.touch(wait)

    def of_household(self, household: str) -> list[Rec]:
        return [rec for rec in self.records.values() if rec.household == household]

    def flush(self) -> None:
        """Write everything back, each table once."""
        self._flush_records()
        self._flush_waits()
        self._flush_tombstones()
        self._flush_fates()
        self._flush_feeds()

    def _flush_records(self) -> None:
        new: dict[Entity, list[dict[str, Any]]] = {entity: [] for entity in TABLES}
        for rec in self.records.values():
            if not rec.changed:
                continue
            row = {
                "id": rec.id,
                "village_id": rec.village,
                "household_id": rec.household,
                "rev": rec.rev,
                "data": orjson.dumps(rec.data).decode(),
                **LIFT[rec.entity](rec.data),
            }
            if rec.stored:
                table = _table(TABLES[rec.entity])
                db.session.execute(update(table).where(table.c.id == rec.id).values(row))
            else:
                new[rec.entity].append(row)
        for entity, rows in new.items():
            insert_rows(_table(TABLES[entity]), rows)

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
                "received_at": wait.received_at,
                "data": orjson.dumps(wait.data).decode(),
            }
            if wait.stored:
                db.session.execute(update(Waiting).where(Waiting.id == wait.id).values(row))
            else:
                new.append(row)
        if new:
            insert_rows(_table(Waiting), new)

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
        logged = {row["id"] for row in self.ledger}
        for row in self.ledger:
            row.update(_fate_columns(self.fates[row["id"]]))
        if self.ledger:
            insert_rows(_table(ChangeRow), self.ledger)
        for id_, fate in self.fates.items():
            if fate.changed and id_ not in logged:
                changed = update(ChangeRow).where(ChangeRow.id == id_)
                db.session.execute(changed.values(_fate_columns(fate)))

    def _flush_feeds(self) -> None:
        for village, feed in self.feeds.items():
            if feed.changed:
                db.session.execute(
                    update(VillageFeed)
                    .where(VillageFeed.village_id == village)
                    .values(rev=feed.rev, digest=digest_hex(feed.digest))
                )


def _fate_columns(fate: Fate) -> dict[str, Any]:
    reasons = orjson.dumps(fate.reasons).decode() if fate.reasons else None
    return {"status": fate.status, "rev": fate.rev, "reasons": reasons}


PARENT_ENTITY: dict[str, Entity] = {"household": Entity.HOUSEHOLD, "member": Entity.MEMBER}
POINTERS = frozenset({*PARENT_ENTITY, "merged_into", "about"})
Wanted = dict[Entity, set[str]]


def wanted_by(changes: Iterable[Change]) -> Wanted:
    """Every record a slice may read: what it edits, where that hangs, what it points to."""
    wanted: Wanted = {entity: set() for entity in TABLES}
    for change in changes:
        entity, values = change.entity, change.set
        wanted[entity].add(change.record)
        for name, target in values.items():
            if name not in POINTERS or not is_id(target):
                continue
            if name in PARENT_ENTITY:
                wanted[PARENT_ENTITY[name]].add(target)
            elif name == "merged_into":
                wanted[entity].add(target)
            else:
                for ids in wanted.values():
                    ids.add(target)
    return wanted


def load_records(ws: Workspace, wanted: Wanted) -> None:
    """Read these records, and what they hang on, into the workspace."""
    while any(wanted.values()):
        further: Wanted = {entity: set() for entity in TABLES}
        for entity, ids in wanted.items():
            for rec in _read(ws, entity, ids):
                further[Entity.HOUSEHOLD].add(rec.household)
                if "member" in rec.data:
                    further[Entity.MEMBER].add(rec.data["member"])
                if "merged_into" in rec.data:
                    further[entity].add(rec.data["merged_into"])
        wanted = {entity: ids - ws.records.keys() for entity, ids in further.items()}


def _read(ws: Workspace, entity: Entity, ids: set[str]) -> list[Rec]:
    table = TABLES[entity]
    columns = (table.id, table.village_id, table.household_id, table.rev, table.data)
    found: list[Rec] = []
    for chunk in _some(ids - ws.records.keys()):
        for row in db.session.execute(select(*columns).where(among(table.id, chunk))):
            rec = Rec(entity, *row[:4], orjson.loads(row[4]))
            ws.records[rec.id] = rec
            found.append(rec)
    return found


def load_household(ws: Workspace, household: str) -> None:
    """Read all that hangs on a household: it moves as one."""
    for entity, table in TABLES.items():
        columns = (table.id, table.village_id, table.household_id, table.rev, table.data)
        for row in db.session.execute(select(*columns).where(table.household_id == household)):
            ws.records.setdefault(row[0], Rec(entity, *row[:4], orjson.loads(row[4])))
    _keep_waits(ws, select(Waiting).where(Waiting.household_id == household))


def load_of_member(ws: Workspace, member: str) -> None:
    """Read what hangs on a member."""
    for entity, table, owner in (
        (Entity.CARD, Card, Card.member_id),
        (Entity.ENTITLEMENT, Entitlement, Entitlement.member_id),
        (Entity.FIELD_NOTE, FieldNote, FieldNote.about_id),
    ):
        columns = (table.id, table.village_id, table.household_id, table.rev, table.data)
        for row in db.session.execute(select(*columns).where(owner == member)):
            ws.records.setdefault(row[0], Rec(entity, *row[:4], orjson.loads(row[4])))


def load_waits(ws: Workspace, ids: set[str]) -> set[str]:
    """Read what is unsettled about these records or waits for them to arrive.
    Returns the records that those waiting changes are about."""
    about: set[str] = set()
    for chunk in _some(ids):
        concerned = among(Waiting.record_id, chunk) & Waiting.state.in_(UNSETTLED)
        _keep_waits(ws, select(Waiting).where(concerned))
        for wait in _keep_waits(ws, select(Waiting).where(among(Waiting.missing_id, chunk))):
            about.add(wait.record)
    return about


def load_waits_by_id(ws: Workspace, ids: set[str]) -> None:
    for chunk in _some(ids):
        _keep_waits(ws, select(Waiting).where(among(Waiting.id, chunk)))


def _keep_waits(ws: Workspace, query: Any) -> list[Wait]:
    kept: list[Wait] = []
    for row in db.session.execute(query.with_only_columns(*_table(Waiting).c)):
        if row.id in ws.waits:
            kept.append(ws.waits[row.id])
            continue
        wait = Wait(
            row.id,
            row.village_id,
            row.household_id,
            row.rev,
            row.change_id,
            row.seq,
            row.entity,
            row.record_id,
            row.user_id,
            row.missing_id,
            row.received_at,
            orjson.loads(row.data),
        )
        ws.waits[wait.id] = wait
        ws.by_record[wait.record].append(wait)
        if wait.missing is not None and wait.unsettled:
            ws.by_missing[wait.missing].append(wait)
        kept.append(wait)
    return kept


def load_fates(ws: Workspace, ids: Iterable[str]) -> None:
    """Read what became of changes that came before."""
    columns = (
        ChangeRow.id,
        ChangeRow.content,
        ChangeRow.status,
        ChangeRow.rev,
        ChangeRow.reasons,
    )
    for chunk in _some(set(ids) - ws.fates.keys()):
        for row in db.session.execute(select(*columns).where(among(ChangeRow.id, chunk))):
            reasons = orjson.loads(row.reasons) if row.reasons else []
            ws.fates[row.id] = Fate(row.content, row.status, row.rev, reasons)


def bodies_of(change_ids: Iterable[str]) -> dict[str, tuple[str, str | None, str | None, str]]:
    """What came in with earlier changes: body, user, device, channel."""
    query = select(
        ChangeRow.id, ChangeRow.body, ChangeRow.user_id, ChangeRow.device_id, ChangeRow.channel
    )
    found: dict[str, tuple[str, str | None, str | None, str]] = {}
    for chunk in _some(set(change_ids)):
        for row in db.session.execute(query.where(among(ChangeRow.id, chunk))):
            found[row.id] = (row.body, row.user_id, row.device_id, row.channel)
    return found


def lock_feeds(villages: set[str]) -> dict[str, FeedState]:
    """Take the feeds' row locks in one order, making rows that are missing. Held until commit,
    so that nobody can see revision 12 while 11 may still appear."""
    if not villages:
        return {}
    wanted = (
        select(VillageFeed.village_id, VillageFeed.rev, VillageFeed.digest)
        .where(VillageFeed.village_id.in_(villages))
        .order_by(VillageFeed.village_id)
    )
    if not is_sqlite():
        wanted = wanted.with_for_update(key_share=True)
    found = db.session.execute(wanted).all()
    if len(found) < len(villages):
        dialect: Any = sqlite if is_sqlite() else postgresql
        missing = sorted(villages - {row.village_id for row in found})
        rows = [{"village_id": village, "rev": 0, "digest": digest_hex(0)} for village in missing]
        db.session.execute(dialect.insert(VillageFeed).on_conflict_do_nothing(), rows)
        found = db.session.execute(wanted).all()
    return {row.village_id: FeedState(row.rev, int(row.digest, 16)) for row in found}


def _some(ids: set[str]) -> Iterable[set[str]]:
    """Nothing to ask for is nothing to ask."""
    return (ids,) if ids else ()


def _table(model: type[SyncedRecord] | type[Base]) -> Table:
    assert issubclass(model, Base)
    table = model.__table__
    assert isinstance(table, Table)
    return table
