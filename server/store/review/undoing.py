"""Taking a decision back: what it changed is changed again, the log keeps both."""

from typing import Any

import orjson
from sqlalchemy import select

from schemas.kinds import ChangeStatus, Entity
from server.errors import Problem
from server.store.changes.write import Author, new_change
from server.store.db import db, now
from server.store.feeds import ChangeRow
from server.store.review.decided import (
    CHANGE,
    Decision,
    DecisionKind,
    DecisionPart,
    parts_of,
    undoable,
)
from server.store.review.decisions import record_data, reopen, withdraw, write_or_nothing
from server.store.review.moving import move_back, unmerge


def undo(decision_id: str, author: Author) -> Decision:
    """Take a decision back as a whole, or raise: `already_decided` when somebody did, `cannot_undo`
    when what it changed has changed again since."""
    query = select(Decision).where(Decision.id == decision_id).with_for_update()
    decision = db.session.scalar(query.execution_options(populate_existing=True))
    if decision is None:
        raise Problem("not_found")
    if decision.undone_at is not None:
        raise Problem("already_decided")
    if decision_id not in undoable([decision_id]):
        raise Problem("cannot_undo")
    _take_back(decision, author)
    decision.undone_at, decision.undone_by = now(), author.user_id
    db.session.flush()
    return decision


def _take_back(decision: Decision, author: Author) -> None:
    if decision.kind == DecisionKind.MOVED:
        move_back(decision, author)
        return
    parts = parts_of(decision.id)
    for part in reversed([part for part in parts if part.entity == CHANGE]):
        _unwrite(part.record_id, author)
    for part in parts:
        if part.entity == Entity.WAITING and decision.kind == DecisionKind.SENT_BACK:
            withdraw(part.record_id, author)
        elif part.entity == Entity.WAITING:
            reopen(part.record_id, author, str(part.after), str(part.before))
        elif decision.kind == DecisionKind.MERGED and part.entity != CHANGE:
            _unmerge(part, author)


def _unmerge(part: DecisionPart, author: Author) -> None:
    if record_data(part.entity, part.record_id).get("merged_into") != part.after:
        raise Problem("cannot_undo")
    if unmerge(Entity(part.entity), part.record_id, author).status != ChangeStatus.APPLIED:
        raise Problem("cannot_undo")


def _unwrite(change_id: str, author: Author) -> None:
    """Write back what stood before a change of a decider, as long as its values still stand."""
    body: dict[str, Any] = orjson.loads(db.session.get_one(ChangeRow, change_id).body)
    current = record_data(body["entity"], body["record"])
    values = {name: body["was"].get(name) for name in body["set"]}
    if any(current.get(name) != value for name, value in body["set"].items()):
        raise Problem("cannot_undo")
    change = new_change(body["entity"], body["record"], values, body["set"])
    if write_or_nothing(change, author).status != ChangeStatus.APPLIED:
        raise Problem("cannot_undo")
