"""What a person decides about what waits: it is taken, refused or sent back to the field. A value
enters a record only as a change."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from schemas.kinds import Entity, WaitingState
from schemas.records import PARENT_FIELD
from server.domain.change import is_id
from server.store.changes.workspace import Wait
from server.store.changes.write import Author, Result, new_change
from server.store.records import TABLES
from server.store.review.decided import CHANGE, CREATED, DecisionKind, Part, note_decision
from server.store.review.waits import (
    Words,
    close,
    locked,
    open_of,
    undecided,
    unsettled_of,
    waiting_record,
)
from server.store.review.writing import record_data, winner_of, write_all_or_nothing

KIND_OF_STATE = {
    WaitingState.APPLIED: DecisionKind.ACCEPTED,
    WaitingState.REJECTED: DecisionKind.REJECTED,
    WaitingState.RETURNED: DecisionKind.RETURNED,
}
PARENTS_FIRST = {entity.value: place for place, entity in enumerate(TABLES)}


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
    ws = locked([waiting_id], _places(take))
    wait = undecided(ws, waiting_id)
    before, were_open = wait.state, open_of([wait])
    changes = [_taking(wait, take, seen or {})] if take else []
    results, refused = write_all_or_nothing(changes, author)
    if refused:
        return results
    state = WaitingState.APPLIED if take or not wait.open_fields() else WaitingState.REJECTED
    close(were_open, author, state, Words(note), taken={waiting_id: set(take)})
    parts: list[Part] = [(Entity.WAITING.value, waiting_id, before, state.value)]
    parts += [_written(change) for change in changes]
    note_decision(KIND_OF_STATE[state], author, wait.village, parts)
    return results


def accept_all(waiting_ids: Sequence[str], author: Author) -> tuple[int, int]:
    """Take many waiting changes at once, as they came, what others hang on first. Gives how many
    were taken, and how many go on waiting because their values are refused."""
    waits = unsettled_of(locked(waiting_ids), waiting_ids, author)
    waits.sort(key=lambda it: (PARENTS_FIRST[it.entity], it.seq))
    changes = {wait.id: _taking(wait, _offered(wait), {}) for wait in waits}
    left = list(changes)
    while left:
        results, refused = write_all_or_nothing([changes[id_] for id_ in left], author)
        if not refused:
            break
        left = [id_ for at, id_ in enumerate(left) if at not in refused]
    taken = {id_: set(changes[id_]["set"]) for id_ in left}
    were_open = open_of(wait for wait in waits if wait.id in taken)
    close(were_open, author, WaitingState.APPLIED, Words(), taken)
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
    undecided(locked([waiting_id]), waiting_id)
    settle_all([waiting_id], author, state, Words(note, notes))


def settle_all(
    waiting_ids: Sequence[str], author: Author, state: WaitingState, words: Words
) -> int:
    """The same decision about many; what somebody else decided meanwhile is left alone. How many
    there were."""
    waits = unsettled_of(locked(waiting_ids), waiting_ids, author)
    before = {wait.id: wait.state for wait in waits}
    close(open_of(waits), author, state, words, {})
    parts: list[Part] = [
        (Entity.WAITING.value, id_, was, state.value) for id_, was in before.items()
    ]
    if parts:
        note_decision(KIND_OF_STATE[state], author, waits[0].village, parts)
    return len(parts)


def _offered(wait: Wait) -> dict[str, Any]:
    return {name: it["set"] for name, it in wait.open_fields().items()}


def _places(take: Mapping[str, Any]) -> set[str]:
    """Where a household that these values move will lie."""
    village = take.get("village")
    return {str(village)} if is_id(village) else set()


def _taking(wait: Wait, take: Mapping[str, Any], seen: Mapping[str, Any]) -> dict[str, Any]:
    """The decider's own change. What was said of a merged record is written into its winner."""
    merging = "merged_into" in take
    record = wait.record if merging else winner_of(wait.entity, wait.record)
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
