"""Taking a decision back: what it changed is changed again, the log keeps both."""

from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import select

from schemas.kinds import ChangeStatus, Entity
from server.errors import Problem
from server.store.changes.write import Author, Result, new_change
from server.store.db import db, now
from server.store.duplicates import PossibleDuplicate
from server.store.feeds import ChangeRow
from server.store.records import TABLES
from server.store.review.decided import (
    CHANGE,
    Decision,
    DecisionKind,
    DecisionPart,
    decision_about,
    parts_of,
    take_along,
    taken_along,
    undoable,
)
from server.store.review.moving import move_back
from server.store.review.waits import reopen, withdraw
from server.store.review.writing import record_data, record_of, set_or_nothing, write_or_nothing


def undo(decision_id: str, author: Author) -> Decision:
    """Take a decision back as a whole, or raise: `already_decided` when somebody did, `cannot_undo`
    when what it changed has changed again since."""
    held = _held({decision_id, *taken_along(decision_id)})
    decision = held.pop(decision_id, None)
    if decision is None:
        raise Problem("not_found")
    if decision.undone_at is not None:
        raise Problem("already_decided")
    if decision_id not in undoable([decision_id]):
        raise Problem("cannot_undo")
    for each in (*(it for it in held.values() if _stands(it)), decision):
        _take_back(each, author)
        each.undone_at, each.undone_by = now(), author.user_id
    db.session.flush()
    return decision


def _held(ids: set[str]) -> dict[str, Decision]:
    """Decisions as they stand, nobody else undoing them until commit; locked in one order."""
    query = select(Decision).where(Decision.id.in_(ids)).order_by(Decision.id).with_for_update()
    found = db.session.scalars(query.execution_options(populate_existing=True))
    return {decision.id: decision for decision in found}


def _stands(decision: Decision) -> bool:
    """Whether there is still something to undo in what was decided along: one person may have been
    taken out by hand before."""
    return decision.undone_at is None and all(
        record_data(part.entity, part.record_id).get("merged_into") == part.after
        for part in parts_of(decision.id)
        if part.entity in TABLES
    )


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
        elif decision.kind == DecisionKind.MERGED and part.entity in TABLES:
            _unmerge(part, author)


def _unmerge(part: DecisionPart, author: Author) -> None:
    if record_data(part.entity, part.record_id).get("merged_into") != part.after:
        raise Problem("cannot_undo")
    if _part_again(Entity(part.entity), part.record_id, author).status != ChangeStatus.APPLIED:
        raise Problem("cannot_undo")


def _part_again(entity: Entity, loser: str, author: Author) -> Result:
    result, _before = set_or_nothing(entity, loser, {"merged_into": None}, author)
    return result


def unmerge(entity: Entity, loser: str, author: Author) -> Result:
    """Take the merge of a record back, with the values it had taken along; `cannot_undo` when these
    have changed since. Merged by an import or a phone, the one field is all there is to clear."""
    record_of(entity, loser, author)
    decision = decision_about(loser)
    if decision is not None and decision[0].kind == DecisionKind.MERGED:
        undo(decision[0].id, author)
    return _part_again(entity, loser, author)


def tie(pair: PossibleDuplicate, along: Iterable[PossibleDuplicate]) -> None:
    """The merges of people that came with the merge of their households are one decision with it:
    who takes the households apart takes their people apart."""
    ids = [found[0].id for each in along if (found := decision_about(_loser(each)))]
    merged = decision_about(_loser(pair))
    if merged is not None and ids:
        take_along(merged[0], ids)


def take_apart(pair: PossibleDuplicate, author: Author) -> None:
    """Undo the merge of a pair. It is open again: somebody has to say what it is instead."""
    entity, loser = Entity(pair.entity), _loser(pair)
    for id_ in (pair.one_id, pair.other_id):
        record_of(entity, id_, author)
    if unmerge(entity, loser, author).status != ChangeStatus.APPLIED:
        raise Problem("cannot_undo")


def _loser(pair: PossibleDuplicate) -> str:
    for id_, other in ((pair.one_id, pair.other_id), (pair.other_id, pair.one_id)):
        if record_data(pair.entity, id_).get("merged_into") == other:
            return id_
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
