"""Records as they are and as they were known at a moment: what was replaced since is put back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, func, select

from schemas.kinds import ChangeStatus, Entity
from server.store.bulk import among
from server.store.db import db
from server.store.feeds import ChangeRow, FeedMark, PastRecord
from server.store.kept import merged_from
from server.store.records import TABLES, SyncedRecord

COUNTED = (Entity.HOUSEHOLD, Entity.MEMBER, Entity.CARD, Entity.ENTITLEMENT, Entity.ENROLMENT)
"""The kinds of record by which people are counted."""

TOOK = (ChangeStatus.APPLIED, ChangeStatus.MERGED)


class Version(NamedTuple):
    """Where a record lies and what it says."""

    village: str
    household: str
    data: Mapping[str, Any]


def counting_for(moment: int, villages: Sequence[str]) -> list[str]:
    """These villages and those whose records count for them through a merge, or did so since the
    moment."""
    found = set(villages).union(*merged_from(villages).values())
    for table in (TABLES[Entity.HOUSEHOLD], TABLES[Entity.MEMBER]):
        undone = (
            select(PastRecord.village_id)
            .join(table, table.id == PastRecord.merged_into)
            .where(
                PastRecord.merged_into.is_not(None),
                PastRecord.seq > moment,
                table.village_id.in_(villages),
            )
        )
        found |= set(db.session.scalars(undone))
    return sorted(found)


def touched_since(moment: int, villages: Sequence[str]) -> dict[Entity, set[str]]:
    """The records of these villages that were written after the moment, and those that have left
    since. `moment`: the server's clock in nanoseconds, as `seq`."""
    marks = (
        select(FeedMark.village_id, func.max(FeedMark.rev).label("rev"))
        .where(FeedMark.village_id.in_(villages), FeedMark.seq <= moment)
        .group_by(FeedMark.village_id)
        .subquery()
    )
    touched: dict[Entity, set[str]] = {}
    for entity in COUNTED:
        table = TABLES[entity]
        written = (
            select(table.id)
            .outerjoin(marks, marks.c.village_id == table.village_id)
            .where(table.village_id.in_(villages), table.rev > func.coalesce(marks.c.rev, 0))
        )
        touched[entity] = set(db.session.scalars(written))
    left = select(PastRecord.record_id, PastRecord.entity).where(
        PastRecord.village_id.in_(villages),
        PastRecord.seq > moment,
        PastRecord.went_to.is_not(None),
    )
    for record, kind in db.session.execute(left):
        if kind in COUNTED:
            touched[Entity(kind)].add(record)
    return touched


class Past:
    """Records beside each other: as they are `now`, and as they were known `then`, None where they
    were not known yet. Holds what was asked for with `load`."""

    def __init__(self, moment: int) -> None:
        self.moment = moment
        self.now: dict[Entity, dict[str, Version]] = {entity: {} for entity in COUNTED}
        self.then: dict[Entity, dict[str, Version | None]] = {entity: {} for entity in COUNTED}

    def load(self, entity: Entity, ids: Iterable[str]) -> None:
        """Read these records."""
        missing = set(ids) - self.now[entity].keys()
        if missing:
            self._take(entity, among(TABLES[entity].id, missing))

    def load_of(self, entity: Entity, owner: str, ids: Collection[str]) -> None:
        """Read the records that name one of these in the column `owner`."""
        if ids:
            self._take(entity, among(getattr(TABLES[entity], owner), ids))

    def both(self, entity: Entity, id_: str) -> tuple[Version, ...]:
        """What is known of a record that was loaded, now and then."""
        versions = (self.now[entity].get(id_), self.then[entity].get(id_))
        return tuple(version for version in versions if version is not None)

    def _take(self, entity: Entity, wanted: ColumnElement[bool]) -> None:
        table: type[SyncedRecord] = TABLES[entity]
        columns = (table.id, table.village_id, table.household_id, table.data)
        fresh = {
            id_: Version(village, household, orjson.loads(data))
            for id_, village, household, data in db.session.execute(select(*columns).where(wanted))
            if id_ not in self.now[entity]
        }
        then: dict[str, Version | None] = dict(fresh)
        for id_ in self._made_after(fresh):
            then[id_] = None
        for past in self._replaced(fresh):
            version = then[past.record_id]
            then[past.record_id] = version and _put_back(version, past)
        self.now[entity] |= fresh
        self.then[entity] |= then

    def _made_after(self, ids: Collection[str]) -> Iterable[str]:
        first = func.min(ChangeRow.seq)
        return db.session.scalars(
            select(ChangeRow.record_id)
            .where(among(ChangeRow.record_id, ids), ChangeRow.status.in_(TOOK))
            .group_by(ChangeRow.record_id)
            .having(first > self.moment)
        )

    def _replaced(self, ids: Collection[str]) -> Iterable[PastRecord]:
        """The latest first: each puts back what its slice replaced."""
        return db.session.scalars(
            select(PastRecord)
            .where(among(PastRecord.record_id, ids), PastRecord.seq > self.moment)
            .order_by(PastRecord.seq.desc())
        )


def _put_back(version: Version, past: PastRecord) -> Version | None:
    if past.data is None:
        return None
    data = {**version.data, **orjson.loads(past.data)}
    kept = {name: value for name, value in data.items() if value is not None}
    return Version(past.village_id, past.household_id, kept)
