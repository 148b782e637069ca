"""An officer asks the field about a record: a waiting record of its village's feed, so that it
reaches whichever phone serves that village now."""

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from schemas.kinds import Entity, WaitingState
from server.errors import Problem
from server.store.bulk import among
from server.store.changes import loading
from server.store.changes.workspace import Wait, Workspace, new_wait, table_of
from server.store.changes.write import Author
from server.store.db import db, new_id, now, timestamp
from server.store.records import TABLES
from server.store.review.decided import DecisionKind, Part, note_decisions
from server.store.review.writing import record_of


@dataclass(frozen=True, slots=True)
class Asking:
    """What the field is asked about one record: a note, and one per field."""

    record: str
    note: str | None
    notes: Mapping[str, str]


def return_to_field(
    entity: Entity, record_id: str, author: Author, note: str | None, notes: Mapping[str, str]
) -> str:
    """Send a record back to the field with a note, and one per field; the waiting record's id.

    It carries no values: what it asks is settled by a change that answers it, never by itself.
    """
    record_of(entity, record_id, author)
    (id_,) = return_all_to_field(entity, [Asking(record_id, note, notes)], author)
    return id_


def return_all_to_field(entity: Entity, asked: Sequence[Asking], author: Author) -> list[str]:
    """The same for many records of one kind, a decision about each; the ids in their order."""
    ids = {one.record for one in asked}
    ws = Workspace(feeds=loading.lock_feeds({village for village, _ in _lie(entity, ids).values()}))
    # Behind the lock: whoever moved meanwhile lies elsewhere.
    places = _lie(entity, ids)
    if any(village not in ws.feeds for village, _household in places.values()):
        raise Problem("conflict")
    if places.keys() != ids:
        raise Problem("not_found")
    if not {village for village, _household in places.values()} <= author.villages:
        raise Problem("not_allowed")
    at, moment, seq = timestamp(), now(), time.time_ns()
    for place, one in enumerate(asked):
        ws.add_wait(_wait(entity, one, places[one.record], author, (at, moment, seq + place)))
    ws.flush()
    waits = list(ws.waits.values())
    note_decisions(
        DecisionKind.SENT_BACK, author, [(wait.village, [_part(wait)]) for wait in waits]
    )
    return [wait.id for wait in waits]


def _lie(entity: Entity, ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Village and household of these records."""
    at = table_of(TABLES[entity]).c
    query = select(at.id, at.village_id, at.household_id).where(among(at.id, ids))
    return {id_: (village, household) for id_, village, household in db.session.execute(query)}


def _wait(
    entity: Entity,
    asked: Asking,
    place: tuple[str, str],
    author: Author,
    when: tuple[str, datetime, int],
) -> Wait:
    id_, (village, household), (at, moment, seq) = new_id(), place, when
    data = {
        "change": id_,
        "entity": entity.value,
        "record": asked.record,
        "household": household,
        "fields": {},
        "reasons": [{"field": None, "code": "returned"}],
        "by": author.user_id,
        "device": None,
        "at": at,
        "state": WaitingState.RETURNED.value,
        "note": asked.note,
        "notes": dict(asked.notes),
        "decided_by": author.user_id,
        "decided_at": at,
    }
    return new_wait(id_, village, seq, moment, data)


def _part(wait: Wait) -> Part:
    return (Entity.WAITING.value, wait.id, None, WaitingState.RETURNED.value)
