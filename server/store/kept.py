"""What was worked out of a village's records for a day, kept until its feed moves.

Every change gives a village a new revision in the same transaction, so what is kept can be checked
in one small read. What counts here from another village, through a merged record, is checked too;
so is the epoch, because a restore gives the same revisions to other contents."""

from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, bindparam, outerjoin, select, union
from sqlalchemy.orm import aliased

from server.store.db import db, only_reads
from server.store.feeds import Instance, VillageFeed
from server.store.records import Household, Member

Mark = tuple[Any, ...]
T = TypeVar("T")


class KeptByVillage(Generic[T]):
    """`most` bounds the memory of one process: the sizes of all that is kept, added up. `also`
    names feeds beside the village's own that what is kept hangs on."""

    def __init__(self, most: int, size: Callable[[T], int], also: Sequence[str] = ()) -> None:
        self.most, self._size, self._also = most, size, tuple(also)
        self._kept: dict[tuple[str, str], tuple[Mark, T]] = {}
        self.held = 0
        self._lock = Lock()

    def of(
        self,
        day: str,
        villages: Sequence[str],
        read: Callable[[list[str]], Mapping[str, T]],
        moved: Mapping[str, Mark] | None = None,
    ) -> dict[str, T]:
        """One value a village, in the order asked; `read` gives what is not known or moved on.
        `moved`: where the feeds stand, from whoever asked already in this snapshot."""
        if not only_reads():
            # A writer may still be undone, and its revisions given out again for other contents.
            return dict(read(list(villages)))
        marks = where_feeds_stand(villages, self._also) if moved is None else moved
        known = self.known(day, marks)
        missing = [village for village in marks if village not in known]
        if missing:
            fresh = read(missing)
            known |= fresh
            for village in missing:
                self._keep((day, village), marks[village], fresh[village])
        return {village: known[village] for village in marks}

    def known(self, day: str, moved: Mapping[str, Mark]) -> dict[str, T]:
        """What is kept of the villages whose feeds stand there, and nothing read."""
        return {
            village: kept[1]
            for village, mark in moved.items()
            if (kept := self._kept.get((day, village))) is not None and kept[0] == mark
        }

    def forget(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._kept.clear()
            self.held = 0

    def _keep(self, key: tuple[str, str], mark: Mark, value: T) -> None:
        size = self._size(value)
        if size > self.most:
            return
        with self._lock:
            self._let_go(key)
            while self.held + size > self.most:
                self._let_go(next(iter(self._kept)))
            self._kept[key] = (mark, value)
            self.held += size

    def _let_go(self, key: tuple[str, str]) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self.held -= self._size(kept[1])


_FEEDS = select(
    Instance.epoch, VillageFeed.village_id, VillageFeed.rev, VillageFeed.digest
).select_from(
    outerjoin(Instance, VillageFeed, VillageFeed.village_id.in_(bindparam("feeds", expanding=True)))
)


def _across(table: type[Household] | type[Member]) -> Select[str, str]:
    winner = aliased(table)
    return (
        select(winner.village_id, table.village_id)
        .join(winner, winner.id == table.merged_into)
        # The join says so too, but PostgreSQL takes the index of merged records only when told.
        .where(table.merged_into.is_not(None), table.village_id != winner.village_id)
    )


_ACROSS = union(_across(Household), _across(Member))


def where_feeds_stand(villages: Sequence[str], also: Sequence[str]) -> dict[str, Mark]:
    """By village what changes whenever anything moves that its people count by."""
    others = {village: tuple(sorted(them)) for village, them in merged_from(villages).items()}
    asked = {*villages, *also}.union(*others.values())
    rows = db.session.execute(_FEEDS, {"feeds": sorted(asked)}).all()
    feeds = {village: (rev, digest) for _epoch, village, rev, digest in rows}
    epoch = rows[0][0] if rows else None
    beside = tuple(feeds.get(name) for name in also)
    return {
        village: (
            feeds.get(village),
            beside,
            tuple((other, feeds.get(other)) for other in others.get(village, ())),
            epoch,
        )
        for village in villages
    }


def merged_from(villages: Sequence[str]) -> dict[str, set[str]]:
    """The villages in which records lie that were merged into one of these, however many steps
    away. Few merges cross a village's border."""
    direct: dict[str, set[str]] = {}
    for winner, loser in db.session.execute(_ACROSS):
        direct.setdefault(winner, set()).add(loser)
    found: dict[str, set[str]] = {}
    for village in villages:
        if village in direct:
            reached, ahead = {village}, [village]
            while ahead:
                new = direct.get(ahead.pop(), set()) - reached
                reached |= new
                ahead += new
            found[village] = reached - {village}
    return found
