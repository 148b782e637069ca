"""The reference feed: areas, codes, schools, clinics, targets and notices, on every phone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import insert, select, text, update

from schemas.sync import REFERENCE_FEED
from server.domain.digest import digest_hex, record_digest
from server.store.db import db
from server.store.feeds import ReferenceRecord, VillageFeed

NATIONAL = "VN"
LOOKUP_BATCH = 500


@dataclass(frozen=True, slots=True)
class Item:
    """One row of the feed. `province_id` None: the whole country shares it; a user's id: only
    that user's phones get it."""

    entity: str
    id: str
    province_id: str | None
    data: Mapping[str, Any]


def scope_feed(province_id: str | None) -> str:
    """The feed row that keeps the digest of a province's, or the nation's, reference records."""
    return f"{REFERENCE_FEED}:{province_id or NATIONAL}"


def publish(entity: str, id: str, province_id: str | None, data: Mapping[str, Any]) -> bool:
    """Write one reference record; false when it already said exactly this."""
    return publish_all([Item(entity, id, province_id, data)]) == 1


def publish_all(items: Iterable[Item]) -> int:
    """Write reference records and give those that changed new revisions; how many changed."""
    wanted = {item.id: item for item in items}
    if not wanted:
        return 0
    feed = _locked_feed()
    known = _known(list(wanted))
    digests: dict[str, int] = {}
    fresh: list[dict[str, Any]] = []
    for item in wanted.values():
        data = orjson.dumps(dict(item.data), option=orjson.OPT_SORT_KEYS).decode()
        row = known.get(item.id)
        if row and not row.deleted and row.data == data and row.province_id == item.province_id:
            continue
        feed.rev += 1
        values = _row(item, feed.rev, data)
        _count(digests, item.province_id, item.id, feed.rev)
        if row is None:
            fresh.append(values)
            continue
        if not row.deleted:
            _count(digests, row.province_id, row.id, row.rev)
        db.session.execute(
            update(ReferenceRecord).where(ReferenceRecord.id == item.id).values(values)
        )
    if fresh:
        db.session.execute(insert(ReferenceRecord), fresh)
    changed = feed.changed()
    feed.save()
    _save_digests(digests)
    return changed


def retire(id: str) -> bool:
    """Mark a reference record as deleted; phones drop it. False when there was none alive."""
    feed = _locked_feed()
    row = _known([id]).get(id)
    if row is None or row.deleted:
        return False
    feed.rev += 1
    digests: dict[str, int] = {}
    _count(digests, row.province_id, row.id, row.rev)
    db.session.execute(
        update(ReferenceRecord)
        .where(ReferenceRecord.id == id)
        .values(deleted=True, rev=feed.rev, data="{}")
    )
    feed.save()
    _save_digests(digests)
    return True


class _Feed:
    """The feed's row, locked until the transaction ends: revisions cannot overtake each other."""

    def __init__(self, rev: int) -> None:
        self.start, self.rev = rev, rev

    def changed(self) -> int:
        return self.rev - self.start

    def save(self) -> None:
        if self.rev != self.start:
            db.session.execute(_feed_row(REFERENCE_FEED).values(rev=self.rev))


def _feed_row(name: str) -> Any:
    return update(VillageFeed).where(VillageFeed.village_id == name)


def _locked_feed() -> _Feed:
    return _Feed(_lock(REFERENCE_FEED).rev)


def _lock(name: str) -> Any:
    db.session.execute(
        text(
            "INSERT INTO village_feed (village_id, rev, digest) VALUES (:name, 0, :none) "
            "ON CONFLICT DO NOTHING"
        ),
        {"name": name, "none": "0" * 16},
    )
    return db.session.execute(
        select(VillageFeed.rev, VillageFeed.digest)
        .where(VillageFeed.village_id == name)
        .with_for_update(key_share=True)
    ).one()


def _known(ids: list[str]) -> dict[str, Any]:
    table = ReferenceRecord
    columns = select(table.id, table.province_id, table.rev, table.deleted, table.data)
    found: dict[str, Any] = {}
    for start in range(0, len(ids), LOOKUP_BATCH):
        batch = ids[start : start + LOOKUP_BATCH]
        found.update(
            {row.id: row for row in db.session.execute(columns.where(table.id.in_(batch)))}
        )
    return found


def _row(item: Item, rev: int, data: str) -> dict[str, Any]:
    return {
        "id": item.id,
        "entity": item.entity,
        "province_id": item.province_id,
        "rev": rev,
        "deleted": False,
        "data": data,
    }


def _count(digests: dict[str, int], province_id: str | None, id: str, rev: int) -> None:
    name = scope_feed(province_id)
    digests[name] = digests.get(name, 0) ^ record_digest(id, rev)


def _save_digests(digests: dict[str, int]) -> None:
    for name in sorted(digests):
        before = int(_lock(name).digest, 16)
        db.session.execute(_feed_row(name).values(digest=digest_hex(before ^ digests[name])))
