"""Pairs of records that may be one person or one household, and what people decided about them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import combinations
from typing import Any

import orjson
from sqlalchemy import (
    ColumnElement,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Select,
    String,
    Text,
    UniqueConstraint,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from schemas.kinds import Entity
from server.store.bulk import among
from server.store.changes.workspace import Rec, Workspace
from server.store.db import Base, db, is_sqlite, new_id, now
from server.store.places import Area
from server.store.records import TABLES, Household, Member

ID = String(36)
MERGEABLE = (Entity.HOUSEHOLD, Entity.MEMBER)
NUMBERS = ("personal_id", "bhxh_number")
SURE = 0.99
"""The score of two people who carry one number."""


class PairState(StrEnum):
    """`gone`: no longer alike, because a record was corrected, merged elsewhere or has ended."""

    OPEN = "open"
    MERGED = "merged"
    NOT_SAME = "not_same"
    GONE = "gone"


class PossibleDuplicate(Base):
    """Two records that may be one, `one_id` < `other_id`. `why`: a JSON list of codes; the villages
    are where the two lie, kept true when a household moves."""

    __tablename__ = "possible_duplicate"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    entity: Mapped[str] = mapped_column(String(20))
    one_id: Mapped[str] = mapped_column(ID)
    other_id: Mapped[str] = mapped_column(ID)
    commune_id: Mapped[str] = mapped_column(ID)
    village_id: Mapped[str] = mapped_column(ID)
    other_village_id: Mapped[str] = mapped_column(ID)
    score: Mapped[float] = mapped_column(Float)
    why: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default=PairState.OPEN.value)
    found_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    __table_args__ = (
        UniqueConstraint("one_id", "other_id"),
        Index("ix_possible_duplicate_commune_id_state_found_at", "commune_id", "state", "found_at"),
        Index("ix_possible_duplicate_other_id", "other_id"),
    )

    @property
    def reasons(self) -> list[str]:
        codes: list[str] = orjson.loads(self.why)
        return codes


@dataclass(frozen=True, slots=True)
class Found:
    """A pair as it was found. `why`: codes, the weightiest first."""

    entity: str
    one: str
    other: str
    score: float
    why: tuple[str, ...]


def within(villages: Collection[str]) -> ColumnElement[bool]:
    """Pairs both of whose records lie in these villages: nobody else may see or settle them."""
    here = list(villages)
    return PossibleDuplicate.village_id.in_(here) & PossibleDuplicate.other_village_id.in_(here)


def pairs_in_state(villages: Collection[str], state: PairState) -> Select[Any]:
    """The pairs of these villages in a state, the oldest first."""
    return (
        select(PossibleDuplicate)
        .where(within(villages), PossibleDuplicate.state == state)
        .order_by(PossibleDuplicate.found_at, PossibleDuplicate.id)
    )


def open_by_village(villages: Collection[str]) -> dict[str, int]:
    """How many open pairs lie in each village; one between two villages counts for the first."""
    counts = (
        select(PossibleDuplicate.village_id, func.count())
        .where(within(villages), PossibleDuplicate.state == PairState.OPEN)
        .group_by(PossibleDuplicate.village_id)
    )
    return dict(db.session.execute(counts).all())


def raise_pairs(found: Iterable[Found], places: Mapping[str, tuple[str, str]]) -> int:
    """Put pairs before people; how many are new. `places`: village and commune of each record.

    A decision is remembered: 'not the same' is raised again only when the two have come to share
    a number since, which one of them must then have lost or mistyped.
    """
    wanted = {(each.one, each.other): each for each in found}
    known = _known({one for one, _other in wanted})
    for key, each in wanted.items():
        if key in known:
            _raise_again(known[key], each)
    # In one order for everybody, so that two runs never wait for each other; households first:
    # whoever settles them settles their people with them.
    fresh = sorted(wanted.keys() - known.keys(), key=lambda key: (wanted[key].entity, key))
    rows = [_row(wanted[key], places) for key in fresh]
    if rows:
        insert = sqlite.insert if is_sqlite() else postgresql.insert
        # Another run may have found the same pair a moment ago.
        db.session.execute(insert(PossibleDuplicate).on_conflict_do_nothing(), rows)
    return len(rows)


def _known(ones: set[str]) -> dict[tuple[str, str], PossibleDuplicate]:
    query = select(PossibleDuplicate).where(among(PossibleDuplicate.one_id, ones))
    return {(pair.one_id, pair.other_id): pair for pair in db.session.scalars(query)}


def _raise_again(pair: PossibleDuplicate, found: Found) -> None:
    shared = {code for code in found.why if code in NUMBER_CODES}
    if pair.state == PairState.NOT_SAME and not shared - set(pair.reasons):
        return
    if pair.state == PairState.MERGED:
        return
    if pair.state != PairState.OPEN:
        pair.state, pair.decided_by, pair.decided_at = PairState.OPEN.value, None, None
        pair.found_at = now()
    pair.score, pair.why = found.score, _codes(found.why)


def _row(found: Found, places: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    (village, commune), (other_village, _) = places[found.one], places[found.other]
    return {
        "id": new_id(),
        "entity": found.entity,
        "one_id": found.one,
        "other_id": found.other,
        "commune_id": commune,
        "village_id": village,
        "other_village_id": other_village,
        "score": found.score,
        "why": _codes(found.why),
        "state": PairState.OPEN.value,
        "found_at": now(),
    }


def let_go(commune: str, found: Iterable[Found], begun: datetime) -> int:
    """Open pairs that a pass begun at that moment did not find any more are gone; how many."""
    still = {(each.one, each.other) for each in found}
    query = select(PossibleDuplicate).where(
        PossibleDuplicate.commune_id == commune,
        PossibleDuplicate.state == PairState.OPEN,
        PossibleDuplicate.found_at < begun,
    )
    gone = [it for it in db.session.scalars(query) if (it.one_id, it.other_id) not in still]
    for pair in gone:
        pair.state = PairState.GONE.value
    return len(gone)


# What follows every write, in its transaction: the pairs are always true.

NUMBER_CODES = {f"same_{name}": name for name in NUMBERS}


def follow(ws: Workspace) -> None:
    """Raise who carries a number that somebody of the commune carries already, and keep the pairs
    of what was written true: where they lie, merged or not, still alike or not."""
    changed = {
        rec.id: rec for rec in ws.records.values() if rec.changed and rec.entity in MERGEABLE
    }
    stored = {id_ for id_, rec in changed.items() if rec.stored}
    if stored:
        _keep_true(changed, stored)
    _raise_same_numbers([rec for rec in changed.values() if rec.entity is Entity.MEMBER])


def _keep_true(changed: Mapping[str, Rec], stored: set[str]) -> None:
    pairs = _pairs_about(stored)
    into = {rec.id: rec.data.get("merged_into") for rec in changed.values()}
    for pair in pairs:
        for id_ in (pair.one_id, pair.other_id):
            if id_ in changed:
                _follow_record(pair, changed[id_])
    told = {frozenset((pair.one_id, pair.other_id)) for pair in pairs}
    unheard = [
        rec
        for rec in changed.values()
        if rec.stored and into[rec.id] and frozenset((rec.id, str(into[rec.id]))) not in told
    ]
    for rec in unheard:
        _note_merge(rec, str(into[rec.id]))


def _pairs_about(ids: set[str]) -> list[PossibleDuplicate]:
    """Two statements, each on its own index."""
    found: dict[str, PossibleDuplicate] = {}
    for column in (PossibleDuplicate.one_id, PossibleDuplicate.other_id):
        query = select(PossibleDuplicate).where(among(column, ids))
        found.update({pair.id: pair for pair in db.session.scalars(query)})
    return list(found.values())


def _follow_record(pair: PossibleDuplicate, rec: Rec) -> None:
    first = pair.one_id == rec.id
    other = pair.other_id if first else pair.one_id
    if first and pair.village_id != rec.village:
        pair.village_id = rec.village
        pair.commune_id = _communes([rec.village]).get(rec.village, pair.commune_id)
    elif not first:
        pair.other_village_id = rec.village
    into = rec.data.get("merged_into")
    if into == other:
        pair.state = PairState.MERGED.value
        pair.decided_at = pair.decided_at or now()
    elif into is not None and pair.state == PairState.OPEN:
        pair.state = PairState.GONE.value
    elif into is None and pair.state == PairState.MERGED and not _merged(rec.entity, other, rec.id):
        pair.state, pair.decided_by, pair.decided_at = PairState.OPEN.value, None, None
    elif pair.state == PairState.OPEN and not _still_alike(pair, rec, other):
        pair.state = PairState.GONE.value


def _merged(entity: Entity, record: str, into: str) -> bool:
    table = Household if entity is Entity.HOUSEHOLD else Member
    return db.session.scalar(select(table.merged_into).where(table.id == record)) == into


def _still_alike(pair: PossibleDuplicate, rec: Rec, other: str) -> bool:
    """False when a corrected number was all that the two shared, or one was ended as a double."""
    if rec.data.get("end_reason") == "duplicate":
        return False
    names = [NUMBER_CODES[code] for code in pair.reasons if code in NUMBER_CODES]
    if not names or len(names) < len(pair.reasons):
        return True
    text = db.session.scalar(select(Member.data).where(Member.id == other))
    data = orjson.loads(text) if text else {}
    return any(data.get(name) == rec.data.get(name) is not None for name in names)


def _note_merge(rec: Rec, winner: str) -> None:
    """Two records merged without having been a pair can be looked at and undone like any other."""
    table = TABLES[rec.entity]
    village = db.session.scalar(select(table.village_id).where(table.id == winner))
    if village is None:
        return
    one, other = sorted((rec.id, winner))
    communes = _communes([rec.village, village])
    places = {
        rec.id: (rec.village, communes[rec.village]),
        winner: (village, communes[village]),
    }
    raise_pairs([Found(rec.entity.value, one, other, 1.0, ())], places)
    db.session.execute(
        update(PossibleDuplicate)
        .where(PossibleDuplicate.one_id == one, PossibleDuplicate.other_id == other)
        .values(state=PairState.MERGED.value, decided_at=now())
    )


def _raise_same_numbers(members: list[Rec]) -> None:
    for name in NUMBERS:
        column = getattr(Member, name)
        numbers = {rec.data[name] for rec in members if rec.data.get(name)}
        if not numbers:
            continue
        twice = (
            select(column)
            .where(among(column, numbers), Member.merged_into.is_(None))
            .group_by(column)
            .having(func.count() > 1)
        )
        shared = set(db.session.scalars(twice))
        if shared:
            _raise_holders(name, shared)


def _raise_holders(name: str, numbers: set[str]) -> None:
    column = getattr(Member, name)
    query = select(Member.id, column, Member.village_id, Member.data).where(
        among(column, numbers), Member.merged_into.is_(None)
    )
    holders: dict[tuple[str, str], list[str]] = {}
    places: dict[str, tuple[str, str]] = {}
    ended: set[str] = set()
    rows = db.session.execute(query).all()
    communes = _communes({row.village_id for row in rows})
    for id_, number, village, text in rows:
        data = orjson.loads(text)
        if data.get("end_reason") == "duplicate":
            continue
        if data.get("ended_on") is not None:
            ended.add(id_)
        places[id_] = (village, communes[village])
        holders.setdefault((number, communes[village]), []).append(id_)
    pairs = [
        Found(Entity.MEMBER.value, one, other, SURE, (f"same_{name}",))
        for ids in holders.values()
        for one, other in combinations(sorted(ids), 2)
        if not {one, other} <= ended
    ]
    known = _known({pair.one for pair in pairs})
    # What is open already says more than this one number does.
    fresh = [
        pair
        for pair in pairs
        if (pair.one, pair.other) not in known
        or known[pair.one, pair.other].state != PairState.OPEN
    ]
    raise_pairs(fresh, places)


def _communes(villages: Iterable[str]) -> dict[str, str]:
    """The commune of each village; a village without one stands for itself."""
    query = select(Area.id, func.coalesce(Area.parent_id, Area.id)).where(
        Area.id.in_(set(villages))
    )
    return dict(db.session.execute(query).all())


def pair_of(one: str, other: str) -> PossibleDuplicate | None:
    first, second = sorted((one, other))
    return db.session.scalar(
        select(PossibleDuplicate).where(
            PossibleDuplicate.one_id == first, PossibleDuplicate.other_id == second
        )
    )


def pairs_of(record: str) -> list[PossibleDuplicate]:
    """Every pair that a record was ever part of, the latest first."""
    query = select(PossibleDuplicate).where(
        or_(PossibleDuplicate.one_id == record, PossibleDuplicate.other_id == record)
    )
    return list(db.session.scalars(query.order_by(PossibleDuplicate.found_at.desc())))


def _codes(why: Iterable[str]) -> str:
    return orjson.dumps(list(why)).decode()
