"""The one way to write records. Phones, desk pages and importers all make changes; each
is judged, and what may not apply waits for a person. Runs inside the caller's transaction."""

import logging
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy.exc import DBAPIError, IntegrityError, InternalError, OperationalError

from schemas.kinds import ChangeStatus, Entity
from schemas.records import PARENT_FIELD
from server.domain.change import Change, Malformed, is_id, read_again, read_change
from server.store.changes import loading
from server.store.changes.authors import Author, Result, author_at_desk
from server.store.changes.enrolling import receipt_lock
from server.store.changes.following import follow_duplicates
from server.store.changes.judging import Judge, Poisoned, reuse_id
from server.store.changes.workspace import Fate, PlacesChanged, Workspace
from server.store.db import db, is_sqlite, new_id, timestamp
from server.store.records import TABLES
from server.store.scope import successions

__all__ = [
    "SLICE",
    "Author",
    "Result",
    "author_at_desk",
    "new_change",
    "take_up_waiting",
    "write_changes",
    "write_slice",
]

SLICE = 500
HUNG_ON = ("household", "member", "about")
NOBODY = Author(None, None, "desk", "", frozenset())
LOOKS = 5
"""How often a slice looks again when records moved between looking and locking."""

log = logging.getLogger("baophu")


def new_change(
    entity: str,
    record: str,
    values: Mapping[str, Any],
    was: Mapping[str, Any] | None = None,
    *,
    village: str | None = None,
    answers: str | None = None,
) -> dict[str, Any]:
    """A change made here, as it would come over the wire."""
    return {
        "id": new_id(),
        "entity": entity,
        "record": record,
        "village": village,
        "by": None,
        "device": None,
        "at": timestamp(),
        "was": dict(was or {}),
        "set": dict(values),
        "answers": answers,
    }


def write_changes(changes: Sequence[Any], author: Author) -> list[Result]:
    """Judge and write changes in their order. Never raises for what a change holds: it is applied,
    waits, or is `malformed`; the results stand in the order of the changes."""
    results: list[Result] = []
    for start in range(0, len(changes), SLICE):
        results += write_slice(changes[start : start + SLICE], author)
    return results


def write_slice(raw_changes: Sequence[Any], author: Author) -> list[Result]:
    """One slice, its feeds locked until the caller commits. What no rule foresaw holds that
    one change as `server_error`, with its raw content."""
    poison: set[int] = set()
    raced = False
    while True:
        try:
            return _write(raw_changes, author, poison)
        except Poisoned as failure:
            log.error("change %s could not be judged", failure.at, exc_info=failure.__cause__)
            poison.add(failure.at)
        except DBAPIError as failure:
            if isinstance(failure, IntegrityError) and not raced:
                # Somebody else may have made the same record meanwhile: now it is seen.
                raced = True
                continue
            if _passing(failure) or len(raw_changes) == 1:
                raise
            log.error("a slice could not be written, each change alone: %s", _kind(failure))
            return [result for raw in raw_changes for result in _write_alone(raw, author)]


def _write_alone(raw: Any, author: Author) -> list[Result]:
    try:
        return write_slice([raw], author)
    except DBAPIError as failure:
        if _passing(failure):
            raise
        log.error("a change could not be written: %s", _kind(failure))
        return _write([raw], author, {0})


def _passing(failure: DBAPIError) -> bool:
    """True for what another try may mend: a deadlock, a lost connection."""
    return isinstance(failure, OperationalError | InternalError)


def _kind(failure: DBAPIError) -> str:
    """What went wrong, without the values: a driver's message may quote them."""
    return type(failure.orig).__name__


def take_up_waiting(raw_changes: Sequence[Any]) -> bool:
    """Judge again what waits for a record that these changes made, or for one they hang on, though
    it has come: of two writers at the same moment neither saw the other. To be called once the
    changes are committed; True when there was something."""
    come = loading.come_by_now(set().union(*map(_names_of_records, raw_changes)))
    if come:
        _write([], NOBODY, set(), come)
    return bool(come)


def _names_of_records(raw: Any) -> set[str]:
    told = raw if isinstance(raw, dict) else {}
    values = told.get("set")
    set_ = values if isinstance(values, dict) else {}
    named = (told.get("record"), *(set_.get(name) for name in HUNG_ON))
    return {str(id_) for id_ in named if is_id(id_)}


def _write(
    raw_changes: Sequence[Any],
    author: Author,
    poison: set[int],
    come: frozenset[str] | set[str] = frozenset(),
) -> list[Result]:
    read: list[Change | Result] = [_read(raw) for raw in raw_changes]
    changes = [change for change in read if isinstance(change, Change)]
    villages: set[str] = set()
    for _ in range(LOOKS):
        try:
            with db.session.begin_nested():
                ws = _open(changes, author, villages, come)
                judge = Judge(ws, author)
                results = [
                    item if isinstance(item, Result) else judge.take(item, at, at in poison)
                    for at, item in enumerate(read)
                ]
                for record in sorted(come):
                    judge.arrived(record)
                ws.flush()
                follow_duplicates(ws)
                return results
        except PlacesChanged as moved:
            villages |= moved.villages
    raise RuntimeError("records kept moving between looking and locking")


def _read(raw: Any) -> Change | Result:
    try:
        return read_change(raw)
    except Malformed as malformed:
        id_ = raw.get("id") if isinstance(raw, dict) else None
        reasons = [{"field": None, "code": malformed.code}]
        name = id_ if isinstance(id_, str) else ""
        return Result(name[:40], ChangeStatus.MALFORMED.value, reasons=reasons)


def _open(
    changes: list[Change], author: Author, known: set[str], come: Collection[str]
) -> Workspace:
    """Lock where the changes say they belong, then look: what is read under the lock is what is
    judged. Whoever is wrong about a place is looked at again with the right feeds locked. SQLite's
    one lock is held already."""
    if is_sqlite():
        ws = _look(changes, author, come)
        ws.feeds = loading.lock_feeds(known | _villages(ws, changes, author))
        return ws
    seen = known or _villages(Workspace(), changes, author)
    feeds = loading.lock_feeds(seen)
    db.session.expire_all()
    ws = _look(changes, author, come)
    needed = _villages(ws, changes, author)
    if not needed <= seen:
        raise PlacesChanged(needed | seen)
    ws.feeds = feeds
    return ws


def _look(changes: list[Change], author: Author, come: Collection[str]) -> Workspace:
    ws = Workspace()
    loading.load_fates(ws, (change.id for change in changes))
    fresh = [change for change in changes if change.id not in ws.fates]
    reused = {
        reuse_id(change)
        for change in changes
        if _waits_beside(change, ws.fates.get(change.id), author)
    }
    loading.load_waits_by_id(ws, reused)
    wanted = loading.wanted_by(list(changes) if reused else fresh)
    loading.note_unheard_of(ws, set().union(*wanted.values()))
    loading.load_records(ws, wanted)
    loading.load_other_kinds(ws, fresh)
    loading.load_all_that_waited(ws, fresh)
    loading.load_records(ws, {entity: set(come) for entity in TABLES})
    _look_for_moves(ws, fresh + _look_for_waits(ws, fresh, come))
    return ws


def _waits_beside(change: Change, fate: Fate | None, author: Author) -> bool:
    return author.unproven if fate is None else fate.content != change.content


def _look_for_waits(ws: Workspace, changes: list[Change], come: Collection[str]) -> list[Change]:
    """What waits about these records, and, step by step, what waits for what waits. Gives the
    changes that may be judged again."""
    ids = {*come, *(change.record for change in changes)}
    ids |= {change.answers for change in changes if change.answers}
    loading.load_answered(ws, {change.answers for change in changes if change.answers})
    seen: set[str] = set()
    while ids - seen:
        fresh = ids - seen
        seen |= fresh
        ids = loading.load_waits(ws, fresh)
    waiting = [wait for group in ws.by_missing.values() for wait in group]
    again = [
        read_again(body) for body, *_ in loading.bodies_of(w.change_id for w in waiting).values()
    ]
    loading.load_records(ws, loading.wanted_by(again))
    return again


def _look_for_moves(ws: Workspace, changes: list[Change]) -> None:
    """A household takes along what hangs on it, a member their cards, a card its notes."""
    for change in changes:
        rec = ws.record(change.entity, change.record)
        if rec is None:
            continue
        if change.entity is Entity.HOUSEHOLD and "village" in change.set:
            loading.load_household(ws, rec.id)
        elif PARENT_FIELD[change.entity] in change.set:
            loading.load_hanging(ws, rec.id)


def _villages(ws: Workspace, changes: list[Change], author: Author) -> set[str]:
    """The feeds a slice may write to: where its records lie, where they go, where its waits lie."""
    places = {rec.village for rec in ws.records.values()}
    places |= {wait.village for wait in ws.waits.values() if wait.village is not None}
    claimed = {change.village for change in changes if change.village is not None}
    targets: list[Any] = [c.set.get("village") for c in changes if c.entity is Entity.HOUSEHOLD]
    claimed |= {village for village in targets if is_id(village)}
    places |= claimed & author.villages
    places |= {receipt_lock(book) for book in _receipt_books(ws, changes)}
    foreign = claimed - author.villages - places
    if foreign:
        places |= set(successions(foreign).values()) & author.villages
    return places


def _receipt_books(ws: Workspace, changes: list[Change]) -> set[str]:
    """The books of which these changes use a number, and those of what waits and may be taken up
    with them: an enrolment whose person arrives is judged only now."""
    books: list[Any] = []
    for change in changes:
        if change.entity is Entity.ENROLMENT:
            rec = ws.record(change.entity, change.record)
            books += [change.set.get("receipt_book"), rec and rec.data.get("receipt_book")]
    for wait in ws.waits.values():
        if wait.entity == Entity.ENROLMENT.value and wait.unsettled:
            rec = ws.record(Entity.ENROLMENT, wait.record)
            books += [wait.offers("receipt_book"), rec and rec.data.get("receipt_book")]
    return {book for book in books if is_id(book)}
