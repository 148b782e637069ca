"""Households go to another village, and back."""

from collections.abc import Sequence

from sqlalchemy import exists, select

from schemas.kinds import ChangeStatus, Entity
from server.errors import Problem
from server.store.bulk import among
from server.store.changes.write import Author, Result, new_change, write_changes
from server.store.db import db
from server.store.records import Household
from server.store.review.decided import (
    Decision,
    DecisionKind,
    DecisionPart,
    Part,
    note_decision,
    parts_of,
)
from server.store.review.writing import record_of, set_or_nothing

HOUSEHOLD = Entity.HOUSEHOLD.value


def move_household(household: str, village: str, author: Author) -> Result:
    """Move a household, with all that hangs on it, to another village of the author."""
    record_of(Entity.HOUSEHOLD, household, author)
    if village not in author.villages:
        raise Problem("not_allowed")
    result, old = set_or_nothing(Entity.HOUSEHOLD, household, {"village": village}, author)
    if result.status == ChangeStatus.APPLIED and old["village"] != village:
        along = _leaving(set(merged_into({household})), village, author)
        _move(along, dict.fromkeys(along, village), author)
        parts = _parts({household: old["village"], **along}, village)
        note_decision(DecisionKind.MOVED, author, old["village"], parts)
    return result


def move_households(households: Sequence[str], village: str, author: Author) -> str:
    """Move many households as one decision; its id. All of them move or none. What is one with
    them goes along: its people live there."""
    places = _places_of(households)
    if len(places) < len(set(households)):
        raise Problem("not_found")
    if not {*places.values(), village} <= author.villages:
        raise Problem("not_allowed")
    going = {id_: old for id_, old in places.items() if old != village}
    if not going:
        raise Problem("nothing_to_move")
    first = next(iter(going.values()))
    going |= _leaving(set(merged_into(set(going))), village, author)
    _move(going, dict.fromkeys(going, village), author)
    return note_decision(DecisionKind.MOVED, author, first, _parts(going, village))


def _parts(going: dict[str, str], village: str) -> list[Part]:
    return [(HOUSEHOLD, id_, old, village) for id_, old in going.items()]


def _leaving(households: set[str], village: str, author: Author) -> dict[str, str]:
    """Where those lie that the author may move and that are not there yet."""
    places = _places_of(list(households))
    return {id_: old for id_, old in places.items() if old != village and old in author.villages}


def merged_into(households: set[str]) -> dict[str, str]:
    """The households that are read through to these, step by step, each with the one of these."""
    found: dict[str, str] = {}
    step = {id_: id_ for id_ in households}
    while step:
        query = select(Household.id, Household.merged_into).where(
            among(Household.merged_into, step.keys())
        )
        rows = [(id_, str(into)) for id_, into in db.session.execute(query)]
        step = {id_: step[into] for id_, into in rows if id_ not in found | step}
        found |= step
    return found


def move_back(decision: Decision, author: Author) -> None:
    """Undo a move as a whole; not when one of its households has moved on since."""
    parts = parts_of(decision.id)
    places = _places_of([part.record_id for part in parts])
    there = {part.record_id: str(part.after) for part in parts}
    if any(places.get(id_) != village for id_, village in there.items()) or _moved_since(decision):
        raise Problem("cannot_undo")
    if not {str(part.before) for part in parts} | set(there.values()) <= author.villages:
        raise Problem("not_allowed")
    _move(there, {part.record_id: str(part.before) for part in parts}, author)


def _move(old: dict[str, str], new: dict[str, str], author: Author) -> None:
    changes = [
        new_change(HOUSEHOLD, id_, {"village": new[id_]}, {"village": old[id_]}) for id_ in old
    ]
    if any(result.status != ChangeStatus.APPLIED for result in write_changes(changes, author)):
        raise Problem("conflict")


def _places_of(households: Sequence[str]) -> dict[str, str]:
    found = select(Household.id, Household.village_id).where(among(Household.id, set(households)))
    return dict(db.session.execute(found.order_by(Household.id)).all())


def _moved_since(decision: Decision) -> bool:
    mine = select(DecisionPart.record_id).where(DecisionPart.decision_id == decision.id)
    later = (
        select(Decision.id)
        .join(DecisionPart, DecisionPart.decision_id == Decision.id)
        .where(
            DecisionPart.record_id.in_(mine),
            Decision.kind == DecisionKind.MOVED,
            Decision.at > decision.at,
            Decision.undone_at.is_(None),
        )
    )
    return db.session.scalar(later.limit(1)) is not None


def holds_households(village: str) -> bool:
    """True when any household lies in the village, ended ones too."""
    lies_there = exists().where(Household.village_id == village)
    return bool(db.session.scalar(select(lies_there)))


def move_village(old: str, new: str, author: Author) -> int:
    """Move all households of a village to another; how many they were."""
    if not {old, new} <= author.villages:
        raise Problem("not_allowed")
    ids = db.session.scalars(select(Household.id).where(Household.village_id == old)).all()
    write_changes(
        [new_change(HOUSEHOLD, id_, {"village": new}, {"village": old}) for id_ in ids], author
    )
    return len(ids)
