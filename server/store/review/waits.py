"""What waits, settled under its feed's lock, so that phones hear of it and nobody decides the same
thing twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schemas.kinds import ChangeStatus, WaitingState
from server.errors import Problem
from server.store.changes import loading
from server.store.changes.workspace import UNSETTLED, FeedState, Wait, Workspace
from server.store.changes.write import Author
from server.store.db import db, timestamp
from server.store.feeds import Waiting


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


def locked(waiting_ids: Iterable[str], more: Iterable[str] = ()) -> Workspace:
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


def unsettled_of(ws: Workspace, ids: Iterable[str], author: Author) -> list[Wait]:
    """Those of these that nobody has settled yet, in the author's villages or in none."""
    waits = [ws.waits[id_] for id_ in ids if id_ in ws.waits]
    return [
        wait
        for wait in waits
        if wait.unsettled and (wait.village is None or wait.village in author.villages)
    ]


def undecided(ws: Workspace, waiting_id: str) -> Wait:
    """What still waits; a problem that says who was first when somebody has decided it."""
    wait = ws.waits[waiting_id]
    if wait.unsettled:
        return wait
    by, at = wait.data.get("decided_by"), wait.data.get("decided_at")
    raise Problem("already_decided", {"by": by, "at": at, "state": wait.state})


Opened = Mapping[str, tuple[list[str], str | None]]
"""For each waiting record: the fields that waited, and what it waited for to arrive."""


def open_of(waits: Iterable[Wait]) -> Opened:
    """What waits in them now, to be told to `close` once values are written."""
    return {wait.id: (list(wait.open_fields()), wait.missing) for wait in waits}


def close(
    were_open: Opened,
    author: Author,
    state: WaitingState,
    words: Words,
    taken: Mapping[str, set[str]],
) -> None:
    """Settle waiting records, their feeds being locked. Of fields, those `taken` are applied; all
    where nothing is said. What writing the values has settled is remembered as decided, too."""
    ws = locked(were_open)
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
    ws = locked([waiting_id])
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
    ws = locked([waiting_id])
    wait = ws.waits[waiting_id]
    if wait.state not in UNSETTLED:
        raise Problem("cannot_undo")
    wait.data["state"] = WaitingState.SUPERSEDED.value
    ws.touch(wait)
    ws.flush()
