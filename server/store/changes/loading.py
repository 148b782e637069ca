"""Reads into a workspace what a slice may touch, and takes the locks under which it is read."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import orjson
from sqlalchemy import CompoundSelect, Select, or_, select, union_all
from sqlalchemy.dialects import postgresql, sqlite

from schemas.kinds import Entity
from schemas.records import record_fields
from server.domain.change import Change, is_id
from server.domain.digest import digest_hex
from server.store.bulk import among, among_ids, ids_value
from server.store.changes.workspace import (
    UNSETTLED,
    Fate,
    FeedState,
    Rec,
    Wait,
    Workspace,
    read_rec,
    table_of,
)
from server.store.db import db, is_sqlite
from server.store.feeds import ChangeRow, VillageFeed, Waiting
from server.store.records import (
    TABLES,
    Card,
    Enrolment,
    Entitlement,
    FieldNote,
    Lead,
    Listing,
    Sponsorship,
)

PARENT_ENTITY: dict[str, Entity] = {"household": Entity.HOUSEHOLD, "member": Entity.MEMBER}
POINTERS: dict[Entity, tuple[str, ...]] = {
    entity: tuple({*PARENT_ENTITY, "merged_into", "about"} & record_fields(entity).keys())
    for entity in TABLES
}
"""The fields of each kind that name another record."""

Wanted = dict[Entity, set[str]]


def wanted_by(changes: Iterable[Change]) -> Wanted:
    """Every record a slice may read: what it edits, where that hangs, what it points to."""
    wanted: Wanted = {entity: set() for entity in TABLES}
    for change in changes:
        entity, values = change.entity, change.set
        wanted[entity].add(change.record)
        for name in POINTERS[entity]:
            target = values.get(name)
            if target is None or not is_id(target):
                continue
            if name in PARENT_ENTITY:
                wanted[PARENT_ENTITY[name]].add(target)
            elif name == "merged_into":
                wanted[entity].add(target)
            else:
                for ids in wanted.values():
                    ids.add(target)
    return wanted


def note_unheard_of(ws: Workspace, ids: set[str]) -> None:
    """Note which ids are new to this database. Every record came with a change, so the log tells at
    once what need not be looked for among the records of any kind."""
    ids = ids - ws.unheard_of
    if ids:
        heard_of = db.session.scalars(_changed_ever(is_sqlite()), ids_value(ids))
        ws.unheard_of |= ids.difference(heard_of)


@cache
def _changed_ever(_sqlite: bool) -> Select[Any]:
    about = table_of(ChangeRow).c.record_id
    return select(about).where(among_ids(about)).distinct()


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
    unread = ids - ws.records.keys() - ws.unheard_of
    if not unread:
        return []
    statement = _records_by_id(entity, is_sqlite())
    found = [read_rec(entity, *row) for row in db.session.execute(statement, ids_value(unread))]
    ws.records.update({rec.id: rec for rec in found})
    return found


@cache
def _records_by_id(entity: Entity, _sqlite: bool) -> Select[Any]:
    """Built once: a slice asks this of every kind, and building costs as much as asking."""
    at = table_of(TABLES[entity]).c
    columns: list[Any] = [at.id, at.village_id, at.household_id, at.rev, at.data]
    return select(*columns).where(among_ids(at.id))


def load_household(ws: Workspace, household: str) -> None:
    """Read all that hangs on a household: it moves as one."""
    for entity, table in TABLES.items():
        columns = (table.id, table.village_id, table.household_id, table.rev, table.data)
        for row in db.session.execute(select(*columns).where(table.household_id == household)):
            ws.records.setdefault(row[0], read_rec(entity, *row))
    _keep_waits(ws, select(*table_of(Waiting).c).where(Waiting.household_id == household))


def load_hanging(ws: Workspace, record: str) -> None:
    """Read what hangs on a record that is no household: its papers, the notes about it and about
    them, and what waits about any of these."""
    hanging = {record}
    for entity, table, owner in (
        (Entity.CARD, Card, Card.member_id),
        (Entity.ENTITLEMENT, Entitlement, Entitlement.member_id),
        (Entity.ENROLMENT, Enrolment, Enrolment.member_id),
        (Entity.SPONSORSHIP, Sponsorship, Sponsorship.member_id),
        (Entity.LEAD, Lead, Lead.member_id),
        (Entity.LISTING, Listing, Listing.member_id),
        (Entity.FIELD_NOTE, FieldNote, FieldNote.about_id),
    ):
        columns = (table.id, table.village_id, table.household_id, table.rev, table.data)
        for row in db.session.execute(select(*columns).where(among(owner, hanging))):
            ws.records.setdefault(row[0], read_rec(entity, *row))
            hanging.add(row[0])
    hanging |= {rec.id for rec in ws.records.values() if rec.data.get("member") == record}
    _keep_waits(ws, select(*table_of(Waiting).c).where(among(Waiting.record_id, hanging)))


def load_other_kinds(ws: Workspace, changes: Iterable[Change]) -> None:
    """Note which of the records that were not found are ids of records of another kind."""
    unknown = {change.record for change in changes} - ws.records.keys() - ws.unheard_of
    if unknown:
        ws.other_kinds |= set(db.session.scalars(_ids_of_any_kind(is_sqlite()), ids_value(unknown)))


@cache
def _ids_of_any_kind(_sqlite: bool) -> Any:
    tables = [table_of(model).c for model in TABLES.values()]
    return union_all(*(select(at.id).where(among_ids(at.id)) for at in tables))


def load_all_that_waited(ws: Workspace, changes: Iterable[Change]) -> None:
    """Read all that ever waited about records that are offered after a restore, or that are not
    here although something was heard of them: it may lie elsewhere than they will."""
    absent = {change.record for change in changes} - ws.records.keys() - ws.unheard_of
    for chunk in _some(absent | {change.record for change in changes if change.rescue}):
        _keep_waits(ws, select(*table_of(Waiting).c).where(among(Waiting.record_id, chunk)))


def load_waits(ws: Workspace, ids: set[str]) -> set[str]:
    """Read what is unsettled about these records or waits for them to arrive.
    Returns the records that those waiting changes are about."""
    if not ids:
        return set()
    kept = _keep_waits(ws, _waits_of(is_sqlite()), ids_value(ids))
    return {wait.record for wait in kept if wait.missing in ids}


@cache
def _waits_of(_sqlite: bool) -> CompoundSelect[Any]:
    """Two searches in one statement, each on its own index."""
    at = table_of(Waiting).c
    about = select(*at).where(among_ids(at.record_id), at.state.in_(UNSETTLED))
    return about.union_all(select(*at).where(among_ids(at.missing_id)))


def come_by_now(ids: set[str]) -> set[str]:
    """Which of these records are here although something waits for them to arrive."""
    waited_for = set(db.session.scalars(_waited_for(is_sqlite()), ids_value(ids))) if ids else set()
    if not waited_for:
        return set()
    return set(db.session.scalars(_ids_of_any_kind(is_sqlite()), ids_value(waited_for)))


@cache
def _waited_for(_sqlite: bool) -> Select[Any]:
    at = table_of(Waiting).c
    return select(at.missing_id).where(among_ids(at.missing_id), at.state.in_(UNSETTLED)).distinct()


def load_waits_by_id(ws: Workspace, ids: set[str]) -> None:
    for chunk in _some(ids):
        _keep_waits(ws, select(*table_of(Waiting).c).where(among(Waiting.id, chunk)))


def load_answered(ws: Workspace, ids: set[str]) -> None:
    """Read what changes answer, named by the waiting record or by the change behind it."""
    for chunk in _some(ids):
        named = or_(among(Waiting.id, chunk), among(Waiting.change_id, chunk))
        _keep_waits(ws, select(*table_of(Waiting).c).where(named))


def _keep_waits(
    ws: Workspace, query: Select[Any] | CompoundSelect[Any], values: dict[str, Any] | None = None
) -> list[Wait]:
    kept: list[Wait] = []
    for row in db.session.execute(query, values):
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
    unread = set(ids) - ws.fates.keys()
    if not unread:
        return
    for row in db.session.execute(_fates_by_id(is_sqlite()), ids_value(unread)):
        reasons = orjson.loads(row.reasons) if row.reasons else []
        ws.fates[row.id] = Fate(row.content, row.status, row.rev, reasons)


@cache
def _fates_by_id(_sqlite: bool) -> Select[Any]:
    at = table_of(ChangeRow).c
    columns: list[Any] = [at.id, at.content, at.status, at.rev, at.reasons]
    return select(*columns).where(among_ids(at.id))


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
    wanted, asked = _feeds_by_village(is_sqlite()), ids_value(villages)
    found = db.session.execute(wanted, asked).all()
    if len(found) < len(villages):
        dialect: Any = sqlite if is_sqlite() else postgresql
        missing = sorted(villages - {row.village_id for row in found})
        rows = [{"village_id": village, "rev": 0, "digest": digest_hex(0)} for village in missing]
        db.session.execute(dialect.insert(VillageFeed).on_conflict_do_nothing(), rows)
        found = db.session.execute(wanted, asked).all()
    return {row.village_id: FeedState(row.rev, int(row.digest, 16)) for row in found}


@cache
def _feeds_by_village(on_sqlite: bool) -> Select[Any]:
    at = table_of(VillageFeed).c
    columns: list[Any] = [at.village_id, at.rev, at.digest]
    wanted = select(*columns).where(among_ids(at.village_id)).order_by(at.village_id)
    return wanted if on_sqlite else wanted.with_for_update(key_share=True)


def _some(ids: set[str]) -> Iterable[set[str]]:
    """Nothing to ask for is nothing to ask."""
    return (ids,) if ids else ()
