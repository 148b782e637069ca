"""What a person decides about what waits. A value enters a record only as a change; what waits is
settled under its feed's lock, so that phones hear of it and nobody decides the same thing twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select

from schemas.kinds import ChangeStatus, Entity, WaitingState
from schemas.records import PARENT_FIELD
from server.domain.change import is_id
from server.errors import Problem
from server.store.changes import loading
from server.store.changes.workspace import UNSETTLED, FeedState, Wait, Workspace
from server.store.changes.write import Author, Result, new_change, write_changes
from server.store.db import db, timestamp
from server.store.feeds import Waiting
from server.store.records import TABLES, SyncedRecord
from server.store.review.decided import CHANGE, CREATED, DecisionKind, Part, note_decision

KIND_OF_STATE = {
    WaitingState.APPLIED: DecisionKind.ACCEPTED,
    WaitingState.REJECTED: DecisionKind.REJECTED,
    WaitingState.RETURNED: DecisionKind.RETURNED,
}
PARENTS_FIRST = {entity.value: place for place, entity in enumerate(TABLES)}


@dataclass(frozen=True, slots=True)
class Words:
    """What the decider writes to the field: about the whole, and by field."""

    note: str | None = None
    notes: Mapping[str, str] | None = None


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
    """Take what waits into the record: the incoming values, or those given instead by field."""
    fields = orjson.loads(waiting_record(waiting_id, author).data)["fields"]
    incoming = {name: it["set"] for name, it in fields.items() if "state" not in it}
    given = {name: value for name, value in (values or {}).items() if name in fields}
    return resolve(waiting_id, author, {**incoming, **given})


def resolve(
    waiting_id: str,
    author: Author,
    take: Mapping[str, Any],
    seen: Mapping[str, Any] | None = None,
    note: str | None = None,
) -> list[Result]:
    """Write these values into the record; the other waiting fields are not taken.

    `seen`: what the decider saw recorded, by field; where the record says something else by now,
    nothing is written. A value that breaks a rule is refused: the result says so, and it goes on
    waiting.
    """
    waiting_record(waiting_id, author)
    ws = _locked([waiting_id], _places(take))
    wait = _undecided(ws, waiting_id)
    before, were_open = wait.state, _open_of([wait])
    changes = [_taking(wait, take, seen or {})] if take else []
    results, refused = _write_or_nothing(changes, author)
    if refused:
        return results
    state = WaitingState.APPLIED if take or not wait.open_fields() else WaitingState.REJECTED
    _close(were_open, author, state, Words(note), taken={waiting_id: set(take)})
    parts: list[Part] = [(Entity.WAITING.value, waiting_id, before, state.value)]
    parts += [_written(change) for change in changes]
    note_decision(KIND_OF_STATE[state], author, wait.village, parts)
    return results


def accept_all(waiting_ids: Sequence[str], author: Author) -> tuple[int, int]:
    """Take many waiting changes at once, as they came, what others hang on first. Gives how many
    were taken, and how many go on waiting because their values are refused."""
    ws = _locked(waiting_ids)
    waits = [ws.waits[id_] for id_ in waiting_ids if id_ in ws.waits and ws.waits[id_].unsettled]
    waits = sorted(_overseen(waits, author), key=lambda it: (PARENTS_FIRST[it.entity], it.seq))
    changes = {wait.id: _taking(wait, _offered(wait), {}) for wait in waits}
    left = list(changes)
    while left:
        results, refused = _write_or_nothing([changes[id_] for id_ in left], author)
        if not refused:
            break
        left = [id_ for at, id_ in enumerate(left) if at not in refused]
    taken = {id_: set(changes[id_]["set"]) for id_ in left}
    were_open = _open_of(wait for wait in waits if wait.id in taken)
    _close(were_open, author, WaitingState.APPLIED, Words(), taken)
    parts: list[Part] = []
    for wait in waits:
        if wait.id in taken:
            parts.append((Entity.WAITING.value, wait.id, wait.state, WaitingState.APPLIED.value))
            parts.append(_written(changes[wait.id]))
    if parts:
        note_decision(DecisionKind.ACCEPTED, author, waits[0].village, parts)
    return len(left), len(waits) - len(left)


def settle(
    waiting_id: str,
    author: Author,
    state: WaitingState,
    note: str | None = None,
    notes: Mapping[str, str] | None = None,
) -> None:
    """Give a waiting record its state: rejected, returned to the field with notes, or applied."""
    waiting_record(waiting_id, author)
    _undecided(_locked([waiting_id]), waiting_id)
    settle_all([waiting_id], author, state, Words(note, notes))


def settle_all(
    waiting_ids: Sequence[str], author: Author, state: WaitingState, words: Words
) -> int:
    """The same decision about many; what somebody else decided meanwhile is left alone. How many
    there were."""
    ws = _locked(waiting_ids)
    waits = [ws.waits[id_] for id_ in waiting_ids if id_ in ws.waits and ws.waits[id_].unsettled]
    waits = _overseen(waits, author)
    before = {wait.id: wait.state for wait in waits}
    _close(_open_of(waits), author, state, words, {})
    parts: list[Part] = [
        (Entity.WAITING.value, id_, was, state.value) for id_, was in before.items()
    ]
    if parts:
        note_decision(KIND_OF_STATE[state], author, waits[0].village, parts)
    return len(parts)


def _overseen(waits: Iterable[Wait], author: Author) -> list[Wait]:
    return [wait for wait in waits if wait.village is None or wait.village in author.villages]


Opened = Mapping[str, tuple[list[str], str | None]]
"""For each waiting record: the fields that waited, and what it waited for to arrive."""


def _open_of(waits: Iterable[Wait]) -> Opened:
    return {wait.id: (list(wait.open_fields()), wait.missing) for wait in waits}


def _offered(wait: Wait) -> dict[str, Any]:
    return {name: it["set"] for name, it in wait.open_fields().items()}


def _places(take: Mapping[str, Any]) -> set[str]:
    """Where a household that these values move will lie."""
    village = take.get("village")
    return {str(village)} if is_id(village) else set()


def _taking(wait: Wait, take: Mapping[str, Any], seen: Mapping[str, Any]) -> dict[str, Any]:
    """The decider's own change. What was said of a merged record is written into its winner."""
    merging = "merged_into" in take
    record = wait.record if merging else _winner(wait.entity, wait.record)
    current = record_data(wait.entity, record)
    if record != wait.record:
        seen = {}
    was = {name: seen.get(name, current.get(name)) for name in take}
    values = dict(take)
    parent = PARENT_FIELD[Entity(wait.entity)]
    if record != wait.record and not merging:
        values.pop(parent, None)
    return new_change(wait.entity, record, values, was, village=wait.village)


def _written(change: dict[str, Any]) -> Part:
    """The part of a decision that names its change. One that saw nothing under the field that every
    record needs made the record."""
    parent = PARENT_FIELD[Entity(change["entity"])]
    made = parent in change["set"] and change["was"].get(parent) is None
    return (CHANGE, change["id"], None, CREATED if made else None)


def _winner(entity: str, record: str) -> str:
    seen = {record}
    while (step := record_data(entity, record).get("merged_into")) and step not in seen:
        seen.add(step)
        record = step
    return record


def _write_or_nothing(
    changes: Sequence[dict[str, Any]], author: Author
) -> tuple[list[Result], set[int]]:
    """The results, and the places of those refused. Refused, a change must not wait a second time
    as the decider's own, so nothing of any is written then."""
    if not changes:
        return [], set()
    with db.session.begin_nested() as attempt:
        results = write_changes(changes, author)
        refused = {at for at, it in enumerate(results) if it.status != ChangeStatus.APPLIED.value}
        if refused:
            attempt.rollback()
    return results, refused


def write_or_nothing(change: dict[str, Any], author: Author) -> Result:
    """One change of a decider: applied as a whole, or nothing of it."""
    results, _refused = _write_or_nothing([change], author)
    return results[0]


def _locked(waiting_ids: Iterable[str], more: Iterable[str] = ()) -> Workspace:
    """The waiting records, read under the locks of their feeds: they may move or settle meanwhile.
    `more`: feeds that are written to besides, locked together to keep one order of locking."""
    ids, feeds = set(waiting_ids), dict[str, FeedState]()
    wanted = set(more)
    while True:
        ws = Workspace(feeds=feeds)
        loading.load_waits_by_id(ws, ids)
        wanted |= {wait.village for wait in ws.waits.values() if wait.village is not None}
        if wanted <= feeds.keys():
            return ws
        feeds = loading.lock_feeds(wanted)


def _undecided(ws: Workspace, waiting_id: str) -> Wait:
    wait = ws.waits[waiting_id]
    if wait.unsettled:
        return wait
    by, at = wait.data.get("decided_by"), wait.data.get("decided_at")
    raise Problem("already_decided", {"by": by, "at": at, "state": wait.state})


def _close(
    were_open: Opened,
    author: Author,
    state: WaitingState,
    words: Words,
    taken: Mapping[str, set[str]],
) -> None:
    """Settle waiting records, their feeds being locked. Of fields, those taken are applied. What
    the decision itself has settled by writing values is remembered as decided, too."""
    ws = _locked(were_open)
    loading.load_fates(ws, {wait.change_id for wait in ws.waits.values()})
    for id_, (fields, missing) in were_open.items():
        wait = ws.waits[id_]
        _decide(ws, wait, state, taken.get(id_))
        wait.data["decided_fields"], wait.data["decided_missing"] = fields, missing
        wait.data.update({"note": words.note, "notes": dict(words.notes or {})})
        wait.data["decided_by"], wait.data["decided_at"] = author.user_id, timestamp()
        ws.touch(wait)
    ws.flush()


def _decide(ws: Workspace, wait: Wait, state: WaitingState, taken: set[str] | None) -> None:
    wait.data["state"] = state.value
    if state is WaitingState.RETURNED:
        return
    wait.missing = None
    for name, it in wait.open_fields().items():
        dropped = taken is not None and name not in taken
        it["state"] = (WaitingState.REJECTED if dropped else state).value
    fate = ws.fates.get(wait.change_id)
    if fate is None or wait.id != wait.change_id:
        return
    fate.changed = True
    states = {name: it["state"] for name, it in wait.data["fields"].items()}
    fate.reasons = [
        {"field": name, "code": code}
        for name, code in states.items()
        if code != WaitingState.APPLIED.value
    ]
    if state is not WaitingState.APPLIED:
        fate.reasons = fate.reasons or [{"field": None, "code": state.value}]
    elif not fate.reasons:
        fate.status = ChangeStatus.APPLIED.value


def reopen(waiting_id: str, author: Author, state: str, before: str) -> None:
    """Let what was decided wait again; not when its answer or another decision came meanwhile."""
    waiting_record(waiting_id, author)
    ws = _locked([waiting_id])
    wait = ws.waits[waiting_id]
    if wait.state != state:
        raise Problem("cannot_undo")
    wait.data["state"] = before
    wait.missing = wait.data.pop("decided_missing", None)
    for name in wait.data.pop("decided_fields", []):
        wait.data["fields"][name].pop("state", None)
    for name in ("note", "notes", "decided_by", "decided_at"):
        wait.data.pop(name, None)
    loading.load_fates(ws, [wait.change_id])
    fate = ws.fates.get(wait.change_id)
    if fate is not None and wait.id == wait.change_id:
        fate.changed, fate.reasons = True, wait.data["reasons"]
        partly = fate.rev is not None
        fate.status = (ChangeStatus.MERGED if partly else ChangeStatus.HELD).value
    ws.touch(wait)
    ws.flush()


def withdraw(waiting_id: str, author: Author) -> None:
    """Take back what was sent to the field, while nobody has answered it."""
    ws = _locked([waiting_id])
    wait = ws.waits[waiting_id]
    if wait.state not in UNSETTLED:
        raise Problem("cannot_undo")
    wait.data["state"] = WaitingState.SUPERSEDED.value
    ws.touch(wait)
    ws.flush()


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
