"""What a person decides about records: settle what waits, move, merge, undo. A value enters a
record only as a change; what waits is settled under its feed's lock, so that phones hear of it."""

from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import exists, select

from schemas.kinds import ChangeStatus, Entity, WaitingState
from server.errors import Problem
from server.store import loading
from server.store.db import db
from server.store.feeds import Waiting
from server.store.records import TABLES, Household, SyncedRecord
from server.store.workspace import FeedState, Wait, Workspace
from server.store.write import Author, Result, new_change, write_changes


def waiting_record(waiting_id: str, author: Author) -> Waiting:
    """The waiting record, or a problem: not found, or in another's village. What lies in no village
    is for whoever oversees the one who sent it, and those are asked by the desk."""
    found = db.session.get(Waiting, waiting_id)
    if found is None:
        raise Problem("not_found")
    if found.village_id is not None and found.village_id not in author.villages:
        raise Problem("not_allowed")
    return found


def accept(
    waiting_id: str, author: Author, values: Mapping[str, Any] | None = None
) -> list[Result]:
    """Take what waits into the record: the incoming values, or those given instead by field.

    A value that breaks a rule is refused: the result says so, and it goes on waiting.
    """
    waiting = waiting_record(waiting_id, author)
    data = orjson.loads(waiting.data)
    incoming = {n: it["set"] for n, it in data["fields"].items() if "state" not in it}
    chosen = {**incoming, **{n: v for n, v in (values or {}).items() if n in data["fields"]}}
    if not chosen:
        settle(waiting_id, author, WaitingState.APPLIED)
        return []
    current = record_data(data["entity"], data["record"])
    was = {name: current.get(name) for name in chosen}
    change = new_change(data["entity"], data["record"], chosen, was, village=waiting.village_id)
    # Refused, it must not wait a second time, as the decider's own change.
    with db.session.begin_nested() as attempt:
        results = write_changes([change], author)
        if results[0].status != ChangeStatus.APPLIED.value:
            attempt.rollback()
            return results
    settle(waiting_id, author, WaitingState.APPLIED)
    return results


def settle(
    waiting_id: str,
    author: Author,
    state: WaitingState,
    note: str | None = None,
    notes: Mapping[str, str] | None = None,
) -> None:
    """Give a waiting record its state: rejected, returned to the field with notes, or applied."""
    waiting_record(waiting_id, author)
    ws = _locked(waiting_id)
    wait = ws.waits[waiting_id]
    if not wait.unsettled:
        return
    _decide(ws, wait, state)
    wait.data.update({"note": note, "notes": dict(notes or {})})
    wait.data["decided_by"] = author.user_id
    ws.touch(wait)
    ws.flush()


def _locked(waiting_id: str) -> Workspace:
    """The waiting record, read under the lock of its feed: it may move or settle meanwhile."""
    feeds: dict[str, FeedState] = {}
    while True:
        ws = Workspace(feeds=feeds)
        loading.load_waits_by_id(ws, {waiting_id})
        village = ws.waits[waiting_id].village
        if village is None or village in feeds:
            return ws
        feeds |= loading.lock_feeds({village})


def _decide(ws: Workspace, wait: Wait, state: WaitingState) -> None:
    wait.data["state"] = state.value
    if state is WaitingState.RETURNED:
        return
    wait.missing = None
    for it in wait.data["fields"].values():
        it.setdefault("state", state.value)
    loading.load_fates(ws, [wait.change_id])
    fate = ws.fates.get(wait.change_id)
    if fate is None or wait.id != wait.change_id:
        return
    fate.changed = True
    if state is WaitingState.APPLIED:
        fate.status, fate.reasons = ChangeStatus.APPLIED.value, []
    else:
        fate.reasons = [{**reason, "code": state.value} for reason in fate.reasons]


def record_data(entity: str, record_id: str) -> dict[str, Any]:
    """The record as it stands; empty when there is none."""
    table = TABLES[Entity(entity)]
    found = db.session.scalar(select(table.data).where(table.id == record_id))
    return orjson.loads(found) if found else {}


def record_of(entity: Entity, record_id: str, author: Author) -> SyncedRecord:
    """The record, or a problem: not found, or not the author's to change."""
    found = db.session.get(TABLES[entity], record_id)
    if found is None:
        raise Problem("not_found")
    if found.village_id not in author.villages:
        raise Problem("not_allowed")
    return found


def move_household(household: str, village: str, author: Author) -> Result:
    """Move a household, with all that hangs on it, to another village of the author."""
    record_of(Entity.HOUSEHOLD, household, author)
    if village not in author.villages:
        raise Problem("not_allowed")
    return _set(Entity.HOUSEHOLD, household, {"village": village}, author)


def holds_households(village: str) -> bool:
    """True when any household lies in the village, ended ones too."""
    lies_there = exists().where(Household.village_id == village)
    return bool(db.session.scalar(select(lies_there)))


def move_village(old: str, new: str, author: Author) -> int:
    """Move all households of a village to another; how many they were."""
    if not {old, new} <= author.villages:
        raise Problem("not_allowed")
    ids = db.session.scalars(select(Household.id).where(Household.village_id == old)).all()
    name = Entity.HOUSEHOLD.value
    write_changes(
        [new_change(name, id_, {"village": new}, {"village": old}) for id_ in ids], author
    )
    return len(ids)


def merge(entity: Entity, loser: str, winner: str, author: Author) -> Result:
    """Say that two records are one: the loser is read through to the winner from now on."""
    record_of(entity, loser, author)
    record_of(entity, winner, author)
    return _set(entity, loser, {"merged_into": winner}, author)


def unmerge(entity: Entity, loser: str, author: Author) -> Result:
    """Take a merge back: one field is cleared, nothing was rewritten."""
    record_of(entity, loser, author)
    return _set(entity, loser, {"merged_into": None}, author)


def _set(entity: Entity, record: str, values: dict[str, Any], author: Author) -> Result:
    current = record_data(entity.value, record)
    was = {name: current.get(name) for name in values}
    return write_changes([new_change(entity.value, record, values, was)], author)[0]
