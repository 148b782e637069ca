"""Two records become one: the values chosen go to the winner, the loser is read through to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from schemas.kinds import ChangeStatus, Entity
from server.errors import Problem
from server.store.changes.write import Author, Result, new_change, write_changes
from server.store.db import db, now
from server.store.duplicates import PairState, PossibleDuplicate
from server.store.review.decided import CHANGE, DecisionKind, Part, decision_about, note_decision
from server.store.review.decisions import record_data, record_of
from server.store.review.undoing import undo


def merge_pair(
    pair: PossibleDuplicate, winner: str, values: Mapping[str, Any], author: Author
) -> list[Result]:
    """Merge the other record of the pair into `winner`, which takes `values`. Applied whole, or
    the results tell what was refused and nothing is written."""
    entity, loser = Entity(pair.entity), pair.other_id if winner == pair.one_id else pair.one_id
    village = record_of(entity, loser, author).village_id
    record_of(entity, winner, author)
    current = record_data(entity.value, winner)
    taken = {name: value for name, value in values.items() if current.get(name) != value}
    was = {name: current.get(name) for name in taken}
    changes = [new_change(entity.value, winner, taken, was)] if taken else []
    merging = new_change(entity.value, loser, {"merged_into": winner}, {"merged_into": None})
    results = _all_or_nothing([*changes, merging], author)
    if all(result.status == ChangeStatus.APPLIED for result in results):
        parts: list[Part] = [(entity.value, loser, None, winner)]
        parts += [(CHANGE, change["id"], None, None) for change in changes]
        note_decision(DecisionKind.MERGED, author, village, parts)
        pair.state, pair.decided_by, pair.decided_at = PairState.MERGED, author.user_id, now()
    return results


def _all_or_nothing(changes: Sequence[dict[str, Any]], author: Author) -> list[Result]:
    with db.session.begin_nested() as attempt:
        results = write_changes(changes, author)
        if any(result.status != ChangeStatus.APPLIED for result in results):
            attempt.rollback()
    return results


def take_apart(pair: PossibleDuplicate, author: Author) -> None:
    """Undo the merge of a pair, the values it took along too; the pair is open again, because
    somebody has to say what it is instead. `cannot_undo` when these values have changed since."""
    entity = Entity(pair.entity)
    loser = _loser(pair)
    record_of(entity, pair.one_id, author)
    record_of(entity, pair.other_id, author)
    decision = decision_about(loser)
    if decision is not None and decision[0].kind == DecisionKind.MERGED:
        undo(decision[0].id, author)
        return
    # Merged by an import or before decisions were kept: the one field is all there is.
    winner = record_data(pair.entity, loser)["merged_into"]
    [result] = _all_or_nothing(
        [new_change(pair.entity, loser, {"merged_into": None}, {"merged_into": winner})], author
    )
    if result.status != ChangeStatus.APPLIED:
        raise Problem("cannot_undo")


def _loser(pair: PossibleDuplicate) -> str:
    for id_, other in ((pair.one_id, pair.other_id), (pair.other_id, pair.one_id)):
        if record_data(pair.entity, id_).get("merged_into") == other:
            return id_
    raise Problem("cannot_undo")


def say_apart(pair: PossibleDuplicate, author: Author) -> None:
    """The two are not the same: remembered for ever, no pass raises them again."""
    pair.state, pair.decided_by, pair.decided_at = PairState.NOT_SAME, author.user_id, now()


def open_again(pair: PossibleDuplicate) -> None:
    """Take 'not the same' back."""
    pair.state, pair.decided_by, pair.decided_at = PairState.OPEN, None, None
