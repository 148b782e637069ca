"""Reads feeds for a phone: what is new since its cursors, and repairs where digests differ."""

from functools import cache
from typing import Any

import orjson
from sqlalchemy import Select, Subquery, bindparam, literal, or_, select, union_all

from schemas.kinds import Entity
from schemas.sync import RECORDS_LIMIT, REFERENCE_FEED
from server.domain.digest import NO_RECORDS, digest_hex
from server.store.db import db, today
from server.store.devices import Caller
from server.store.feeds import ReferenceRecord, Tombstone, VillageFeed, Waiting
from server.store.records import TABLES
from server.store.scope import Village, provinces_of

EMPTY = orjson.Fragment(b"{}")
Wire = dict[str, Any]


class Behind(Exception):
    """A cursor is ahead of its feed: this database is older than the phone."""


def read_feeds(
    caller: Caller,
    villages: dict[str, Village],
    since: dict[str, int],
    have: dict[str, list[list[Any]]],
    limit: int,
) -> dict[str, Wire]:
    """Pages in the order of `since`, `limit` records in all. Raises `Behind`."""
    heads = {
        row.village_id: row
        for row in db.session.execute(_heads(), {"names": [*villages, REFERENCE_FEED]})
    }
    feeds: dict[str, Wire] = {}
    left = limit
    for name, told in since.items():
        cursor = max(0, told)
        if name != REFERENCE_FEED and name not in villages:
            feeds[name] = {"gone": True}
            continue
        head = heads.get(name)
        rev, digest = (head.rev, head.digest) if head else (0, NO_RECORDS)
        if cursor > rev:
            raise Behind
        if name == REFERENCE_FEED:
            feed = _reference_page(caller, cursor, rev, left)
        else:
            feed = _page(name, cursor, rev, left)
            if not feed["more"]:
                feed["digest"] = digest
            if name in have and not feed["more"]:
                given = sum(len(page.get("records", ())) for page in feeds.values())
                _repair(feed, name, have[name], RECORDS_LIMIT - given)
        left -= len(feed["records"])
        feeds[name] = feed
    return feeds


@cache
def _heads() -> Select[Any]:
    at = VillageFeed.__table__.c
    columns: list[Any] = [at.village_id, at.rev, at.digest]
    return select(*columns).where(at.village_id.in_(bindparam("names", expanding=True)))


def _page(village: str, cursor: int, rev: int, limit: int) -> Wire:
    """Records of a village with a revision above the cursor, in order of revision."""
    if cursor == rev:
        return {"records": [], "gone": [], "next": cursor, "more": False}
    if limit <= 0:
        return {"records": [], "gone": [], "next": cursor, "more": True}
    rows = db.session.execute(_news(village, cursor, limit + 1)).all()
    more = len(rows) > limit
    records = [_wire(*row) for row in rows[:limit]]
    return {
        "records": records,
        "gone": [],
        "next": records[-1]["rev"] if more else rev,
        "more": more,
    }


def _news(village: str, cursor: int, limit: int) -> Select[Any]:
    parts: list[Any] = [
        select(literal(entity.value), table.id, table.rev, table.data)
        .where(table.village_id == village, table.rev > cursor)
        .order_by(table.rev)
        .limit(limit)
        for entity, table in TABLES.items()
    ]
    parts.append(
        select(literal(Entity.WAITING.value), Waiting.id, Waiting.rev, Waiting.data)
        .where(Waiting.village_id == village, Waiting.rev > cursor)
        .order_by(Waiting.rev)
        .limit(limit)
    )
    parts.append(
        select(Tombstone.entity, Tombstone.record_id, Tombstone.rev, literal(None))
        .where(Tombstone.village_id == village, Tombstone.rev > cursor)
        .order_by(Tombstone.rev)
        .limit(limit)
    )
    each: list[Subquery] = [part.subquery() for part in parts]
    every = union_all(*(select(one.c[0], one.c[1], one.c[2], one.c[3]) for one in each)).subquery()
    return select(*every.c).order_by(every.c[2]).limit(limit)


def _wire(entity: str, id_: str, rev: int, data: str | None) -> Wire:
    return {
        "entity": entity,
        "id": id_,
        "rev": rev,
        "deleted": data is None,
        "data": EMPTY if data is None else orjson.Fragment(data.encode()),
    }


def _repair(feed: Wire, village: str, have: list[list[Any]], room: int) -> None:
    """The records that differ from what the phone has, and the ids that the feed does not have.
    What finds no room in the answer goes into the repair of the next trip."""
    told = {item[0]: item[1] for item in have if len(item) == 2 and isinstance(item[0], str)}
    live: dict[str, tuple[Entity, int]] = {}
    sources: list[tuple[Entity, Any]] = [*TABLES.items(), (Entity.WAITING, Waiting)]
    for entity, table in sources:
        query = select(table.id, table.rev).where(table.village_id == village)
        live.update({id_: (entity, rev) for id_, rev in db.session.execute(query)})
    feed["gone"] = [id_ for id_ in told if id_ not in live]
    sent = {record["id"] for record in feed["records"]}
    differing = [i for i, (_, rev) in live.items() if told.get(i) != rev and i not in sent]
    differing = differing[: max(0, room - len(sent))]
    for entity, table in sources:
        ids = [i for i in differing if live[i][0] is entity]
        if ids:
            query = select(table.id, table.rev, table.data).where(table.id.in_(ids))
            feed["records"] += [_wire(entity.value, *row) for row in db.session.execute(query)]


def _reference_page(caller: Caller, cursor: int, rev: int, limit: int) -> Wire:
    """The reference feed of the caller's provinces, with what the whole country shares and what
    is meant for the caller alone: their receipt books, the cash they handed over."""
    provinces = provinces_of(caller.user_id, caller, today()) | {caller.user_id}
    seen = or_(ReferenceRecord.province_id.is_(None), ReferenceRecord.province_id.in_(provinces))
    page: Wire = {"records": [], "gone": [], "next": cursor, "more": cursor < rev}
    if cursor < rev and limit > 0:
        rows = db.session.execute(
            select(
                ReferenceRecord.entity,
                ReferenceRecord.id,
                ReferenceRecord.rev,
                ReferenceRecord.deleted,
                ReferenceRecord.data,
            )
            .where(seen, ReferenceRecord.rev > cursor)
            .order_by(ReferenceRecord.rev)
            .limit(limit + 1)
        ).all()
        page["more"] = len(rows) > limit
        page["records"] = [
            _wire(entity, id_, row_rev, None if deleted else data)
            for entity, id_, row_rev, deleted, data in rows[:limit]
        ]
        page["next"] = page["records"][-1]["rev"] if page["more"] else rev
    if not page["more"]:
        page["digest"] = _reference_digest(provinces)
    return page


def _reference_digest(provinces: set[str]) -> str:
    names = [f"{REFERENCE_FEED}:{scope}" for scope in ("VN", *sorted(provinces))]
    digest = 0
    for part in db.session.scalars(
        select(VillageFeed.digest).where(VillageFeed.village_id.in_(names))
    ):
        digest ^= int(part, 16)
    return digest_hex(digest)
