"""What people decided, kept so that it can be shown and taken back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import DateTime, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from server.store.bulk import among
from server.store.changes.authors import Author
from server.store.db import Base, db, new_id, now
from server.store.places import Area

ID = String(36)
MOMENT = DateTime(timezone=True)


class DecisionKind(StrEnum):
    """`accepted` `rejected` `returned`: of something that waited. `sent_back`: a record returned to
    the field of the officer's own accord. `answered` `closed`: a note from the door. `stays`: a
    visit said 'wrong village', and the household stays where it is."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RETURNED = "returned"
    SENT_BACK = "sent_back"
    ANSWERED = "answered"
    CLOSED = "closed"
    MOVED = "moved"
    MERGED = "merged"
    STAYS = "stays"


class Decision(Base):
    """One decision of one person, about one thing or many at once."""

    __tablename__ = "decision"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(MOMENT, default=now)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[str] = mapped_column(String(12))
    commune_id: Mapped[str | None] = mapped_column(ID)
    village_id: Mapped[str | None] = mapped_column(ID)
    count: Mapped[int]
    undone_at: Mapped[datetime | None] = mapped_column(MOMENT)
    undone_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    __table_args__ = (
        Index("ix_decision_commune_id_at", "commune_id", "at"),
        Index("ix_decision_user_id_at", "user_id", "at"),
    )


class DecisionPart(Base):
    """What a decision was about, and what it changed there: the village of a household that moved,
    whom a record was merged into, the state of what waited, the change that wrote a value."""

    __tablename__ = "decision_part"
    decision_id: Mapped[str] = mapped_column(ForeignKey("decision.id"), primary_key=True)
    record_id: Mapped[str] = mapped_column(ID, primary_key=True)
    entity: Mapped[str] = mapped_column(String(20))
    before: Mapped[str | None] = mapped_column(ID)
    after: Mapped[str | None] = mapped_column(ID)
    __table_args__ = (Index("ix_decision_part_record_id", "record_id"),)


CHANGE = "change"
"""Entity of a part that names the change by which a value was written."""
CREATED = "created"
"""`after` of such a part when the change made a record: records are never unmade."""

ALONG = "decision"
"""Entity of a part that names another decision, taken along with this one: undone with it, and by
itself when only that one was wrong."""

Part = tuple[str, str, str | None, str | None]
"""Entity, record, before, after."""


def note_decision(
    kind: DecisionKind, author: Author, village: str | None, parts: Iterable[Part]
) -> str:
    """Keep a decision in the running transaction; its id. `village`: where it was decided about."""
    (id_,) = note_decisions(kind, author, [(village, list(parts))])
    return id_


def note_decisions(
    kind: DecisionKind, author: Author, decided: Sequence[tuple[str | None, Sequence[Part]]]
) -> list[str]:
    """Many decisions of one kind, each by the village it was decided about and its parts; their ids
    in the same order."""
    villages = {village for village, _parts in decided if village}
    query = select(Area.id, Area.parent_id).where(among(Area.id, villages))
    communes = dict(db.session.execute(query).all())
    made = [
        Decision(
            id=new_id(),
            user_id=author.user_id,
            kind=kind.value,
            commune_id=communes.get(village or ""),
            village_id=village,
            count=sum(1 for entity, *_ in parts if entity != CHANGE),
        )
        for village, parts in decided
    ]
    db.session.add_all(made)
    db.session.flush()
    _add_parts(
        (one.id, part)
        for one, (_village, parts) in zip(made, decided, strict=True)
        for part in parts
    )
    return [one.id for one in made]


def _add_parts(parts: Iterable[tuple[str, Part]]) -> None:
    """Each with the id of its decision."""
    db.session.add_all(
        DecisionPart(decision_id=id_, entity=entity, record_id=record, before=before, after=after)
        for id_, (entity, record, before, after) in parts
    )
    db.session.flush()


def take_along(decision: Decision, others: Iterable[str]) -> None:
    """Say that these decisions belong to another one."""
    parts: list[Part] = [(ALONG, other, None, None) for other in others]
    decision.count += len(parts)
    _add_parts((decision.id, part) for part in parts)


def decision_about(record: str) -> tuple[Decision, DecisionPart] | None:
    """The latest decision about a record that nobody took back."""
    found = db.session.execute(
        select(Decision, DecisionPart)
        .join(DecisionPart, DecisionPart.decision_id == Decision.id)
        .where(DecisionPart.record_id == record, Decision.undone_at.is_(None))
        .order_by(Decision.at.desc())
        .limit(1)
    ).first()
    return (found[0], found[1]) if found else None


def undoable(decision_ids: Iterable[str]) -> set[str]:
    """Those of these decisions that were not undone yet and made no record."""
    ids = list(decision_ids)
    made = select(DecisionPart.decision_id).where(
        DecisionPart.decision_id.in_(ids), DecisionPart.after == CREATED
    )
    open_ = select(Decision.id).where(
        Decision.id.in_(ids), Decision.undone_at.is_(None), Decision.id.not_in(made)
    )
    return set(db.session.scalars(open_))


def taken_along(decision_id: str) -> set[str]:
    """The decisions that belong to this one."""
    query = select(DecisionPart.record_id).where(
        DecisionPart.decision_id == decision_id, DecisionPart.entity == ALONG
    )
    return set(db.session.scalars(query))


def parts_of(decision_id: str) -> list[DecisionPart]:
    query = select(DecisionPart).where(DecisionPart.decision_id == decision_id)
    return list(db.session.scalars(query.order_by(DecisionPart.record_id)))
