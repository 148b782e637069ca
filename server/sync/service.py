"""A trip: decoded without a lock, written slice by slice, then read from one snapshot."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypeVar

import orjson
from sqlalchemy import Select, bindparam, func, select, update
from sqlalchemy.exc import DBAPIError, OperationalError

from schemas.kinds import ChangeStatus, DeviceState
from schemas.sync import CHANGES_LIMIT, DECODED_LIMIT, PROTOCOL, RECORDS_LIMIT, SyncRequest
from server.errors import Problem
from server.http import load, parse_json
from server.store import db as database
from server.store import sealing_keys
from server.store.audit import note_act
from server.store.backups import newest_begin
from server.store.changes.workspace import table_of
from server.store.changes.write import SLICE, Author, Result, take_up_waiting, write_slice
from server.store.db import (
    BUSY_S,
    POSTGRES_CANNOT,
    db,
    is_sqlite,
    new_id,
    now,
    timestamp,
    today,
)
from server.store.devices import Caller, utc
from server.store.emptied import on_coming_back_empty
from server.store.feeds import ChangeRow, Instance
from server.store.locks import one_at_a_time
from server.store.people import Device
from server.store.scope import phone_villages, village_refs
from server.store.unreadable import note_unreadable
from server.sync.feeds import Behind, read_feeds

TRIES = 6
SEEN_EVERY = timedelta(minutes=1)
"""How often a phone without news has its last use written down."""

UNSENT_LIMIT = 2**31 - 1
"""What a column holds; no phone comes near."""

T = TypeVar("T")

log = logging.getLogger("baophu")


@dataclass(frozen=True)
class Trip:
    changes: list[Any]
    envelope: dict[str, Any]


def round_trip(caller: Caller, body: bytes) -> bytes:
    """Take what the phone sends, answer what it lacks."""
    trip = read_trip(body)
    if trip.envelope["database"] not in (None, caller.database):
        raise Problem("database_unknown", {"database": caller.database})
    with one_at_a_time(f"sync:{caller.device_id}"):
        _see_to_key(caller)
        results = take(caller, trip)
        with database.reading():
            try:
                answer = _answer(caller, trip, results)
            finally:
                db.session.rollback()
        notices = answer["reoffer"] and answer["epoch"] == trip.envelope["epoch"]
        if notices and not caller.revoked:
            answer["epoch"] = _again(lambda: _renew(answer["epoch"]))
        return orjson.dumps(answer)


def _renew(old: str) -> str:
    """Somebody put an older copy back by hand, and this phone is the first to notice: a new epoch
    tells the others, before revisions that they know come to mean something else."""
    if db.session.scalar(select(Instance.epoch)) == old:
        db.session.execute(update(Instance).values(epoch=new_id()))
        note_act("epoch_renewed", by=None)
    return str(db.session.scalar(select(Instance.epoch)))


def _see_to_key(caller: Caller) -> None:
    """Phones learn what to seal files to while they have signal, long before they need it."""
    if not sealing_keys.is_seen_to(caller.newest_key):
        newest = _again(lambda: sealing_keys.publish_key(caller.database))
        sealing_keys.seen_to(newest)


def read_trip(body: bytes) -> Trip:
    """The trip in the body, or a problem. Its changes are judged one by one later."""
    if len(body) > DECODED_LIMIT:
        raise Problem("too_large", {"limit": DECODED_LIMIT})
    decoded = parse_json(body)
    if not isinstance(decoded, dict):
        raise Problem("malformed")
    changes = decoded.pop("changes", None) or []
    if not isinstance(changes, list):
        raise Problem("malformed", {"fields": {"changes": ["not_a_list"]}})
    if len(changes) > CHANGES_LIMIT:
        raise Problem("too_many_changes", {"limit": CHANGES_LIMIT})
    envelope = load(SyncRequest, decoded)
    if envelope["protocol"] != PROTOCOL:
        raise Problem("protocol_unknown", {"protocol": PROTOCOL})
    return Trip(changes, envelope)


def take(caller: Caller, trip: Trip) -> list[Result]:
    """Write the changes, slice by slice, with the last one what the phone says of itself;
    a slice that met another is tried again."""
    parts = [trip.changes[at : at + SLICE] for at in range(0, len(trip.changes), SLICE)]
    results: list[Result] = []
    for part in parts[:-1]:
        results += _again(lambda part=part: _write(caller, part))  # type: ignore[misc]
    said = _said(caller, trip)
    if parts or said:
        results += _again(lambda: _write_last(caller, parts[-1] if parts else [], said))
    if parts and not is_sqlite():
        _take_up_waiting(trip.changes)
    return results


def _take_up_waiting(changes: Sequence[Any]) -> None:
    """Two phones at the same moment may have missed each other; SQLite takes one after the other.
    What the phone sent is written: whatever happens here must not end its trip."""
    try:
        _again(lambda: take_up_waiting(changes))
    except Exception as failure:
        log.error("what waits could not be judged again: %s", type(failure).__name__)


def _write(caller: Caller, part: Sequence[Any]) -> list[Result]:
    results = write_slice(part, _author(caller))
    note_unreadable(caller.device_id, part, results)
    return results


def _write_last(caller: Caller, part: Sequence[Any], said: dict[str, Any]) -> list[Result]:
    results = _write(caller, part) if part else []
    if said:
        db.session.execute(update(Device).where(Device.id == caller.device_id).values(said))
    return results


def _author(caller: Caller) -> Author:
    """The author with the rights of this moment: an assignment may just have ended."""
    villages = frozenset(phone_villages(caller.user_id, caller, today()))
    return Author(
        caller.user_id, caller.device_id, "phone", caller.role, villages, revoked=caller.revoked
    )


def _again(work: Callable[[], T]) -> T:
    for attempt in range(1, TRIES + 1):
        try:
            done = work()
            db.session.commit()
        except DBAPIError as failure:
            db.session.rollback()
            if attempt == TRIES:
                if not _is_nobodys_fault(failure):
                    raise
                log.error("the database cannot write: %s", type(failure.orig).__name__)
                raise Problem("database_busy", {"retry_after": BUSY_S}) from None
        except BaseException:
            db.session.rollback()
            raise
        else:
            return done
    raise AssertionError("unreachable")


def _is_nobodys_fault(failure: DBAPIError) -> bool:
    """A full disk, a lost connection, a lock: the phone must not look for the guilty change."""
    if not isinstance(failure, OperationalError):
        return False
    state = getattr(failure.orig, "sqlstate", None)
    return state is None or state[:2] in POSTGRES_CANNOT


@cache
def _instance() -> Select[Any]:
    instance = Instance.__table__.c
    backed_up = newest_begin().scalar_subquery().label("backed_up")
    columns: list[Any] = [instance.database, instance.epoch, backed_up]
    return select(*columns)


def _said(caller: Caller, trip: Trip) -> dict[str, Any]:
    """What the phone says of itself, as far as it is news: the desk shows phones that fall
    behind."""
    phone = trip.envelope["phone"]
    fresh = caller.last_sync_at is not None and caller.last_sync_at + SEEN_EVERY > now()
    left = max(0, min(phone["unsent"], UNSENT_LIMIT) - len(trip.changes))
    told = (left, phone["persisted"], phone["app"][:40])
    if fresh and caller.told == told and not phone["came_back_empty"] and not trip.envelope["have"]:
        return {}
    moment = now()
    values: dict[str, Any] = {
        "last_used_at": moment,
        "last_sync_at": moment,
        "unsent": left,
        "persisted": phone["persisted"],
        "app_version": phone["app"][:40],
        "clock_offset_s": _clock_offset(trip.envelope["sent_at"], moment),
    }
    if phone["came_back_empty"]:
        values |= on_coming_back_empty(moment)
    if trip.envelope["have"]:
        values["repairs"] = Device.repairs + len(trip.envelope["have"])
    return values


def _clock_offset(sent_at: str | None, moment: datetime) -> int | None:
    """By how many seconds the phone's clock runs ahead, as far as its word can be read."""
    try:
        told = datetime.fromisoformat(sent_at or "")
        if told.tzinfo is None:
            return None
        return max(-(2**31), min(2**31 - 1, round((told - moment).total_seconds())))
    except (ValueError, OverflowError):
        return None


def _answer(caller: Caller, trip: Trip, results: list[Result]) -> dict[str, Any]:
    instance = db.session.execute(_instance()).one()
    envelope = trip.envelope
    reoffer = envelope["epoch"] not in (None, instance.epoch) or _lost(envelope["last"])
    villages = {} if caller.revoked else phone_villages(caller.user_id, caller, today())
    feeds: dict[str, Any] = {}
    if not reoffer and not caller.revoked:
        limit = max(1, min(envelope["limit"], RECORDS_LIMIT))
        try:
            feeds = read_feeds(caller, villages, envelope["since"], envelope["have"], limit)
        except Behind:
            reoffer = True
    answer = {
        "database": instance.database,
        "epoch": instance.epoch,
        "reoffer": reoffer,
        "server_time": timestamp(),
        "backed_up_until": timestamp(utc(instance.backed_up)) if instance.backed_up else None,
        "device": {"state": _state(caller, trip, results, reoffer)},
        "villages": village_refs(villages),
        "results": [result.on_the_wire() for result in results],
        "feeds": feeds,
    }
    if results:
        answer["records_held"] = _held(caller)
    return answer


def _lost(last: str | None) -> bool:
    """True when the phone holds the result of a change this database has never seen."""
    return last is not None and (
        db.session.scalar(select(ChangeRow.id).where(ChangeRow.id == last)) is None
    )


def _held(caller: Caller) -> dict[str, int]:
    counted = db.session.execute(_changes_by_status(), {"device": caller.device_id})
    return dict(counted.all())


@cache
def _changes_by_status() -> Select[Any]:
    at = table_of(ChangeRow).c
    of_device = at.device_id == bindparam("device")
    return select(at.status, func.count()).where(of_device).group_by(at.status)


def _state(caller: Caller, trip: Trip, results: Sequence[Result], reoffer: bool) -> str:
    """A revoked phone sends what it holds, all of it again to a restored server, then erases
    itself; a stolen one erases at once. What could not be read lies on the phone alone."""
    if not caller.revoked:
        return DeviceState.ACTIVE.value
    unread = any(result.status == ChangeStatus.MALFORMED for result in results)
    all_sent = trip.envelope["phone"]["unsent"] <= len(trip.changes)
    done = all_sent and not unread and not reoffer
    return (DeviceState.ERASE if caller.stolen or done else DeviceState.CLOSING).value
