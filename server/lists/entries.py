"""The people of a list with what a page or a file shows of them, read a few hundred at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select

from server.store.bulk import among
from server.store.db import db
from server.store.records import Household, Member

DETAILS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Chosen:
    """A person of the list, before what a page shows of them is read. `village`: its name.
    `mark`: what put them on the list."""

    id: str
    home: str
    village_id: str
    village: str
    status: str
    last_end: str | None
    last_group: str | None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of the list. `member` and `household` are the records as on the wire; `words`:
    those of the list's own marks."""

    id: str
    home: str
    village_id: str
    village: str
    status: str
    member: dict[str, Any]
    household: dict[str, Any]
    last_end: str | None
    last_group: str | None
    mark: str
    words: Mapping[str, str] | None


def batches(chosen: Sequence[Chosen], words: Mapping[str, str] | None) -> Iterator[list[Entry]]:
    """Everybody in order, so many at once that reading them is cheap and holding them is, too."""
    for start in range(0, len(chosen), DETAILS_AT_ONCE):
        part = chosen[start : start + DETAILS_AT_ONCE]
        people = _data(Member, {one.id for one in part})
        homes = _data(Household, {one.home for one in part})
        read = {id_: orjson.loads(data) for id_, data in homes.items()}
        yield [
            Entry(
                one.id,
                one.home,
                one.village_id,
                one.village,
                one.status,
                orjson.loads(people[one.id]),
                read[one.home],
                one.last_end,
                one.last_group,
                one.mark,
                words,
            )
            for one in part
        ]


def _data(table: type[Household] | type[Member], ids: set[str]) -> dict[str, str]:
    return dict(db.session.execute(select(table.id, table.data).where(among(table.id, ids))).all())
