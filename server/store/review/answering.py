"""The office answers what the field wrote to it, as a change of the note."""

from schemas.kinds import ChangeStatus, Entity, FieldNoteState
from server.errors import Problem
from server.store.changes.write import Author, new_change
from server.store.review.decided import CHANGE, DecisionKind, Part, note_decision
from server.store.review.writing import record_data, record_of, write_or_nothing

NOTE = Entity.FIELD_NOTE
OPEN = FieldNoteState.OPEN.value


def answer(note_id: str, author: Author, text: str) -> None:
    """Answer a note from the door: the words reach the phone it came from by the feed."""
    _settle(note_id, author, FieldNoteState.ANSWERED, text, DecisionKind.ANSWERED)


def close(note_id: str, author: Author) -> None:
    """Close a note that needs no answer."""
    _settle(note_id, author, FieldNoteState.CLOSED, None, DecisionKind.CLOSED)


def _settle(
    note_id: str, author: Author, state: FieldNoteState, text: str | None, kind: DecisionKind
) -> None:
    """Only an open note: the change says that its author saw it open, so two cannot both answer."""
    village = record_of(NOTE, note_id, author).village_id
    current = record_data(NOTE.value, note_id)
    if current.get("state", OPEN) != OPEN:
        raise Problem("already_decided")
    values = {"state": state.value, "answer": text}
    was = {name: current.get(name) for name in values}
    change = new_change(NOTE.value, note_id, values, was)
    if write_or_nothing(change, author).status != ChangeStatus.APPLIED:
        raise Problem("already_decided")
    parts: list[Part] = [
        (NOTE.value, note_id, OPEN, state.value),
        (CHANGE, change["id"], None, None),
    ]
    note_decision(kind, author, village, parts)


def household_stays(visit_id: str, author: Author) -> None:
    """Remember that a household stays where it is, though a visit said otherwise."""
    village = record_of(Entity.VISIT, visit_id, author).village_id
    parts: list[Part] = [(Entity.VISIT.value, visit_id, None, None)]
    note_decision(DecisionKind.STAYS, author, village, parts)
