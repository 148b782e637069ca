"""What follows every write, in its transaction: possible duplicates are always true."""

from collections.abc import Iterable, Mapping
from itertools import combinations

import orjson
from sqlalchemy import func, select, update

from schemas.kinds import Entity
from server.store.bulk import among
from server.store.changes.workspace import Rec, Workspace
from server.store.db import db, now
from server.store.duplicates import (
    NUMBER_CODES,
    NUMBERS,
    Found,
    PairState,
    PossibleDuplicate,
    known_pairs,
    raise_pairs,
)
from server.store.places import Area
from server.store.records import TABLES, Household, Member

MERGEABLE = (Entity.HOUSEHOLD, Entity.MEMBER)
SURE = 0.99
"""The score of two people who carry one number."""


def follow_duplicates(ws: Workspace) -> None:
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
    known = known_pairs({pair.one for pair in pairs})
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
