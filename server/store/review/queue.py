"""The review queue: everything that waits for an officer, whatever table it stands in."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import aliased

from schemas.kinds import FieldNoteState, Role, VisitOutcome, WaitingState
from server.domain.reviewing import ReviewKind
from server.store.bulk import among
from server.store.db import db
from server.store.duplicates import PairState, PossibleDuplicate
from server.store.feeds import ChangeRow, Waiting
from server.store.people import User, UserArea
from server.store.records import ID, FieldNote, Household, Visit
from server.store.review.decided import Decision, DecisionKind, DecisionPart
from server.store.scope import Village

NO_VILLAGE = "none"
"""Asks for what could not be placed in any village."""


class Item(NamedTuple):
    """One thing that waits: `id` is that of the waiting record, pair, note or visit."""

    kind: str
    id: str
    village_id: str | None
    household_id: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Overseer:
    """Whose queue it is."""

    user: User
    villages: Mapping[str, Village]


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the queue is asked for. `village` may be `none`; empty means all."""

    kind: str = ""
    village: str = ""


def queue_of(overseer: Overseer, state: WaitingState = WaitingState.OPEN) -> Subquery:
    """Everything in this state that the overseer may decide. Only changes can be in another state
    than open: the rest is open or gone."""
    parts = [_changes(overseer, state)]
    if state is WaitingState.OPEN:
        parts += [_pairs(overseer), _notes(overseer), _wrong_villages(overseer)]
    return union_all(*parts).subquery("queue")


def items(queue: Subquery, asked: Asked, limit: int, offset: int) -> list[Item]:
    """A stretch of the queue, the oldest first."""
    query = _asked(queue, asked).order_by(queue.c.at, queue.c.id).limit(limit).offset(offset)
    return [Item._make(row) for row in db.session.execute(query)]


def item_after(queue: Subquery, asked: Asked, item: tuple[datetime, str] | None) -> Item | None:
    """The next of what is asked for; after the last one the first again."""
    first = _asked(queue, asked).order_by(queue.c.at, queue.c.id).limit(1)
    if item is not None:
        later = first.where(tuple_(queue.c.at, queue.c.id) > item)
        if row := db.session.execute(later).first():
            return Item._make(row)
    row = db.session.execute(first).first()
    return Item._make(row) if row else None


def place_of(queue: Subquery, item_id: str) -> tuple[datetime, str] | None:
    """Where in its order an item stands; None when it is no longer in the queue."""
    at = db.session.scalar(select(queue.c.at).where(queue.c.id == item_id))
    return (at, item_id) if at is not None else None


def counts(queue: Subquery) -> dict[tuple[str, str | None], int]:
    """How many wait, by kind and village."""
    counted = select(queue.c.kind, queue.c.village_id, func.count()).group_by(
        queue.c.kind, queue.c.village_id
    )
    return {(kind, village): n for kind, village, n in db.session.execute(counted)}


def of_household(queue: Subquery, household: str, but: str) -> list[Item]:
    """What else waits about the same household."""
    query = select(*queue.c).where(queue.c.household_id == household, queue.c.id != but)
    rows = db.session.execute(query.order_by(queue.c.at, queue.c.id).limit(20))
    return [Item._make(row) for row in rows]


def _asked(queue: Subquery, asked: Asked) -> Select[Any]:
    query = select(*queue.c)
    if asked.kind:
        query = query.where(queue.c.kind == asked.kind)
    if asked.village == NO_VILLAGE:
        query = query.where(queue.c.village_id.is_(None))
    elif asked.village:
        query = query.where(queue.c.village_id == asked.village)
    return query


def may_decide(overseer: Overseer) -> ColumnElement[bool]:
    """What lies in one's villages; and what found no village, if its author serves one's areas."""
    placeless: ColumnElement[bool] = Waiting.village_id.is_(None)
    if overseer.user.role != Role.ADMIN:
        parents = {village.parent_id for village in overseer.villages.values()} - {None}
        areas: set[str] = {*overseer.villages, *(parent for parent in parents if parent)}
        authors = select(UserArea.user_id).where(among(UserArea.area_id, areas))
        placeless = placeless & Waiting.user_id.in_(authors)
    return or_(_own(Waiting.village_id, overseer), placeless)


def _own(column: Any, overseer: Overseer) -> ColumnElement[bool]:
    return among(column, set(overseer.villages))


def _changes(overseer: Overseer, state: WaitingState) -> Any:
    return select(
        Waiting.kind.label("kind"),
        Waiting.id.label("id"),
        Waiting.village_id.label("village_id"),
        Waiting.household_id.label("household_id"),
        Waiting.received_at.label("at"),
    ).where(Waiting.state == state.value, may_decide(overseer))


def _pairs(overseer: Overseer) -> Any:
    communes: Collection[str] = {
        village.parent_id for village in overseer.villages.values() if village.parent_id
    }
    return select(
        literal(ReviewKind.DUPLICATE.value),
        PossibleDuplicate.id,
        PossibleDuplicate.village_id,
        cast(null(), ID),
        PossibleDuplicate.found_at,
    ).where(
        among(PossibleDuplicate.commune_id, communes),
        PossibleDuplicate.state == PairState.OPEN.value,
        _own(PossibleDuplicate.village_id, overseer),
        _own(PossibleDuplicate.other_village_id, overseer),
    )


def _notes(overseer: Overseer) -> Select[Any]:
    return select(
        literal(ReviewKind.NOTE.value),
        FieldNote.id,
        FieldNote.village_id,
        FieldNote.household_id,
        _arrived(FieldNote.id),
    ).where(_own(FieldNote.village_id, overseer), FieldNote.state == FieldNoteState.OPEN.value)


def _wrong_villages(overseer: Overseer) -> Select[Any]:
    """The newest visit of a living household says that it belongs to another village, nobody has
    moved it since, and nobody said that it stays."""
    return select(
        literal(ReviewKind.WRONG_VILLAGE.value),
        Visit.id,
        Visit.village_id,
        Visit.household_id,
        _arrived(Visit.id),
    ).where(_own(Visit.village_id, overseer), *_still_wrong())


def _still_wrong() -> tuple[ColumnElement[bool], ...]:
    newer = aliased(Visit)
    part = aliased(DecisionPart)
    suggested = literal('"suggested_village":"').op("||")(Visit.village_id)
    return (
        Visit.outcome == VisitOutcome.WRONG_VILLAGE.value,
        ~Visit.data.contains(suggested),
        select(Household.id)
        .where(
            Household.id == Visit.household_id,
            Household.last_day.is_(None),
            Household.merged_into.is_(None),
        )
        .exists(),
        ~select(newer.id)
        .where(
            newer.household_id == Visit.household_id,
            tuple_(newer.on, newer.id) > tuple_(Visit.on, Visit.id),
        )
        .exists(),
        ~select(part.record_id)
        .join(Decision, Decision.id == part.decision_id)
        .where(
            Decision.undone_at.is_(None),
            or_(
                (part.record_id == Visit.id) & (Decision.kind == DecisionKind.STAYS.value),
                (part.record_id == Visit.household_id)
                & (Decision.kind == DecisionKind.MOVED.value)
                & (Decision.at > _arrived(Visit.id)),
            ),
        )
        .exists(),
    )


def says_wrong_village(visit_id: str) -> bool:
    """True while the visit proposes a move that nobody has decided about."""
    still = select(Visit.id).where(Visit.id == visit_id, *_still_wrong())
    return db.session.scalar(still) is not None


def _arrived(record: Any) -> Any:
    """When the server first heard of a record."""
    log = aliased(ChangeRow)
    return select(func.min(log.received_at)).where(log.record_id == record).scalar_subquery()
