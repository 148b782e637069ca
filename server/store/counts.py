"""Counts of people by village and status, kept until something in the village changes.

A village's counts depend on the records of its feed alone, and every change of one gives the feed a
new revision; only merged records are read through into other villages, so the feeds in which they
lie belong to the key as well. What is kept holds numbers, no people."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select, union

from server.store.db import db, only_reads
from server.store.feeds import Instance, VillageFeed
from server.store.records import Household, Member
from server.store.status_sql import count_people

KEPT = 4_000


class Count(NamedTuple):
    """People of one status in a village, and how many of them are abroad, registered, present."""

    village_id: str
    status: str
    people: int
    abroad: int
    registered: int
    present: int


Key = tuple[Any, ...]
_kept: dict[Key, tuple[Count, ...]] = {}


def counts_by_village(day: str, villages: Sequence[str]) -> list[Count]:
    """How everybody who belongs to these villages on the day stands."""
    if not only_reads():
        # A writer may still be undone, and its revisions given out again for other contents.
        return _count(day, villages)
    keys = _keys(day, villages)
    # Taken out at once: another thread may let go of what is kept meanwhile.
    known = {village: kept for village, key in keys.items() if (kept := _kept.get(key)) is not None}
    missing = [village for village in keys if village not in known]
    fresh = _by_village(_count(day, missing)) if missing else {}
    counts: list[Count] = []
    for village, key in keys.items():
        if village not in known:
            _keep(key, fresh.get(village, ()))
        counts += known.get(village) or fresh.get(village, ())
    return counts


def _count(day: str, villages: Sequence[str]) -> list[Count]:
    return [Count._make(row) for row in count_people(day, villages)]


def _by_village(counts: Iterable[Count]) -> dict[str, tuple[Count, ...]]:
    found: dict[str, tuple[Count, ...]] = {}
    for count in counts:
        found[count.village_id] = (*found.get(count.village_id, ()), count)
    return found


def _keep(key: Key, counts: tuple[Count, ...]) -> None:
    while len(_kept) >= KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = counts


def _keys(day: str, villages: Sequence[str]) -> dict[str, Key]:
    merged = set(db.session.scalars(_MERGED_IN))
    feeds = {
        row.village_id: (row.rev, row.digest)
        for row in db.session.execute(
            select(VillageFeed.village_id, VillageFeed.rev, VillageFeed.digest).where(
                VillageFeed.village_id.in_(merged.union(villages))
            )
        )
    }
    epoch = db.session.scalar(select(Instance.epoch))
    elsewhere = tuple((village, feeds.get(village)) for village in sorted(merged))
    return {village: (day, village, feeds.get(village), elsewhere, epoch) for village in villages}


_MERGED_IN = union(
    *(
        select(table.village_id).where(table.merged_into.is_not(None))
        for table in (Household, Member)
    )
)
