"""What a decider writes: changes of their own, applied as a whole or not at all."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import select

from schemas.kinds import ChangeStatus, Entity
from server.errors import Problem
from server.store.changes.write import Author, Result, new_change, write_changes
from server.store.db import db
from server.store.records import TABLES, SyncedRecord


def write_all_or_nothing(
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
    """The same for one change."""
    (result,), _refused = write_all_or_nothing([change], author)
    return result


def set_or_nothing(
    entity: Entity, record: str, values: dict[str, Any], author: Author
) -> tuple[Result, dict[str, Any]]:
    """Write these values over what the record says now; the result, and the record before."""
    current = record_data(entity.value, record)
    was = {name: current.get(name) for name in values}
    return write_or_nothing(new_change(entity.value, record, values, was), author), current


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


def winner_of(entity: str, record: str) -> str:
    """The record that a merged one is read through to; itself when it was not merged."""
    seen = {record}
    while (step := record_data(entity, record).get("merged_into")) and step not in seen:
        seen.add(step)
        record = step
    return record
