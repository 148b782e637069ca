"""The list: people who belong on the day, of one view of their status, filtered, with what a page
shows of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select

from schemas.kinds import Status
from server.domain.legal.support_end import SupportEnd
from server.domain.partial import add_days
from server.lists.choosing import Chosen, Losers, choose
from server.lists.filters import LOSING, Filters
from server.lists.searching import search
from server.store.counts import Count, counts_by_village
from server.store.db import db
from server.store.losing import losing
from server.store.records import Household, Member
from server.store.roll import fit, rolls

PAGE = 50
DETAILS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One person of the list. `member` and `household` are the records as on the wire."""

    id: str
    home: str
    village: str
    status: str
    member: dict[str, Any]
    household: dict[str, Any]
    last_end: str | None
    last_group: str | None
    loses: SupportEnd | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """`total` of the filtered list; `by_status` of everybody in these villages."""

    entries: list[Entry]
    total: int
    by_status: dict[str, int]


def one_page(filters: Filters, villages: Mapping[str, str]) -> Found:
    """A page of fifty, the size of the whole list, and how everybody in the villages stands."""
    found, total, by_status = _chosen(filters, villages, PAGE, (filters.page - 1) * PAGE)
    return Found(list(_entries(found)), total, by_status)


def whole_list(filters: Filters, villages: Mapping[str, str]) -> tuple[Found, Iterator[Entry]]:
    """The counts, and every person of the list, read a few hundred at a time."""
    found, total, by_status = _chosen(filters, villages, None, 0)
    return Found([], total, by_status), _entries(found)


def everybody_on(filters: Filters, villages: Mapping[str, str]) -> tuple[Found, list[str]]:
    """The counts, and the ids of every person of the list."""
    found, total, by_status = _chosen(filters, villages, None, 0)
    return Found([], total, by_status), [one.id for one in found]


def _chosen(
    filters: Filters, villages: Mapping[str, str], limit: int | None, offset: int
) -> tuple[list[Chosen], int, dict[str, int]]:
    ids = list(villages)
    counts = counts_by_village(filters.day, ids)
    losers = _losers(filters, ids)
    if fit(counts):
        found, total = choose(filters, villages, rolls(filters.day, ids), losers, limit, offset)
    else:
        found, total = search(filters, ids, losers, limit, offset)
    return found, total, _by_status(counts)


def _losers(filters: Filters, villages: Sequence[str]) -> Losers:
    if filters.status != LOSING:
        return {}
    until = add_days(filters.day, filters.days)
    return {
        id_: end
        for people in losing(filters.day, villages).values()
        for id_, end in people.items()
        if end.last_day <= until
    }


def _by_status(counts: Sequence[Count]) -> dict[str, int]:
    by_status = dict.fromkeys((status.value for status in Status), 0)
    for count in counts:
        by_status[count.status] += count.people
    return by_status


def _entries(chosen: Sequence[Chosen]) -> Iterator[Entry]:
    for start in range(0, len(chosen), DETAILS_AT_ONCE):
        part = chosen[start : start + DETAILS_AT_ONCE]
        people = _data(Member, {one.id for one in part})
        homes = _data(Household, {one.home for one in part})
        for one in part:
            yield Entry(
                one.id,
                one.home,
                one.village,
                one.status,
                orjson.loads(people[one.id]),
                orjson.loads(homes[one.home]),
                one.last_end,
                one.last_group,
                one.loses,
            )


def _data(table: type[Household] | type[Member], ids: set[str]) -> dict[str, str]:
    return dict(db.session.execute(select(table.id, table.data).where(table.id.in_(ids))).all())
