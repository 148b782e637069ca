"""An officer asks the field about a record: a waiting record of its village's feed, so that it
reaches whichever phone serves that village now."""

import time
from collections.abc import Mapping

from schemas.kinds import Entity, WaitingState
from server.errors import Problem
from server.store.changes import loading
from server.store.changes.workspace import Workspace, new_wait
from server.store.changes.write import Author
from server.store.db import db, new_id, now, timestamp
from server.store.review.decided import DecisionKind, note_decision
from server.store.review.writing import record_of


def return_to_field(
    entity: Entity, record_id: str, author: Author, note: str | None, notes: Mapping[str, str]
) -> str:
    """Send a record back to the field with a note, and one per field; the waiting record's id.

    It carries no values: what it asks is settled by a change that answers it, never by itself.
    """
    record = record_of(entity, record_id, author)
    ws = Workspace(feeds=loading.lock_feeds({record.village_id}))
    db.session.refresh(record)
    if record.village_id not in ws.feeds:
        raise Problem("conflict")
    id_, at = new_id(), timestamp()
    data = {
        "change": id_,
        "entity": entity.value,
        "record": record_id,
        "household": record.household_id,
        "fields": {},
        "reasons": [{"field": None, "code": "returned"}],
        "by": author.user_id,
        "device": None,
        "at": at,
        "state": WaitingState.RETURNED.value,
        "note": note,
        "notes": dict(notes),
        "decided_by": author.user_id,
        "decided_at": at,
    }
    ws.add_wait(new_wait(id_, record.village_id, time.time_ns(), now(), data))
    ws.flush()
    part = (Entity.WAITING.value, id_, None, WaitingState.RETURNED.value)
    note_decision(DecisionKind.SENT_BACK, author, record.village_id, [part])
    return id_
