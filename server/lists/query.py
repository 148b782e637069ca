"""The list as a query: people who belong on the day, of one view of their status, filtered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import (
    CTE,
    Select,
    SQLColumnExpression,
    case,
    func,
    literal,
    select,
    true,
)

from schemas.kinds import Relation, Status
from server.domain.codes import ethnic_groups
from server.domain.partial import add_months
from server.lists.filters import ENDING, Filters
from server.store.counts import counts_by_village
from server.store.db import db
from server.store.places import Area
from server.store.records import Household, Member
from server.store.status_sql import Villages, ends_soon, last_end, last_group, people_on

PAGE = 50
DETAILS_AT_ONCE = 500
CHILD_MONTHS = 72


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


@dataclass(frozen=True, slots=True)
class Found:
    """`total` of the filtered list; `by_status` of everybody in these villages."""

    entries: list[Entry]
    total: int
    by_status: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Place:
    id: str
    home: str
    village: str
    status: str


def one_page(filters: Filters, villages: Villages) -> Found:
    """A page of fifty, the size of the whole list, and how everybody in the villages stands."""
    return _found(filters, villages, PAGE, (filters.page - 1) * PAGE)


def whole_list(filters: Filters, villages: Villages) -> tuple[Found, Iterator[Entry]]:
    """The counts, and every person of the list, read a few hundred at a time."""
    places, total, by_status = _places(filters, villages, None, 0)
    return Found([], total, by_status), _entries(places)


def _found(filters: Filters, villages: Villages, limit: int | None, offset: int) -> Found:
    places, total, by_status = _places(filters, villages, limit, offset)
    return Found(list(_entries(places)), total, by_status)


def _places(
    filters: Filters, villages: Villages, limit: int | None, offset: int
) -> tuple[list[_Place], int, dict[str, int]]:
    ids = list(db.session.scalars(villages)) if isinstance(villages, Select) else villages
    people = people_on(filters.day, ids, filters.statuses).prefix_with("MATERIALIZED")
    wanted = _wanted(filters, people)
    page = (
        select(wanted)
        .where(wanted.c.place > offset)
        .order_by(wanted.c.place)
        .limit(limit)
        .cte("page")
    )
    size = select(func.count().label("size")).select_from(wanted).cte("size")
    statement = select(size, page).select_from(size.outerjoin(page, true())).order_by(page.c.place)
    rows = db.session.execute(statement).all()
    by_status = dict.fromkeys((status.value for status in Status), 0)
    for count in counts_by_village(filters.day, ids):
        by_status[count.status] += count.people
    places = [_Place(row.id, row.home, row.village, row.status) for row in rows if row.id]
    return places, rows[0].size, by_status


def _wanted(filters: Filters, people: CTE) -> CTE:
    query = (
        select(
            people.c.id,
            people.c.home,
            Area.name.label("village"),
            people.c.status,
            func.row_number().over(order_by=_order(filters.sort)).label("place"),
        )
        .join(Member, Member.id == people.c.id)
        .join(Household, Household.id == people.c.home)
        .join(Area, Area.id == people.c.village_id)
    )
    return _filtered(query, filters, people).cte("wanted").prefix_with("MATERIALIZED")


def _filtered(query: Select[Any], filters: Filters, people: CTE) -> Select[Any]:
    if filters.status == ENDING:
        query = query.where(ends_soon(people, filters.day, filters.days))
    if filters.under_6:
        query = query.where(Member.birth_date > add_months(filters.day, -CHILD_MONTHS))
    if filters.minority:
        query = query.where(Member.ethnic_group.in_(_minorities()))
    if filters.farm:
        query = query.where(Household.average_farm.is_(True))
    if filters.social:
        query = query.where(Member.social_insurance == filters.social)
    if filters.reason:
        query = query.where(Member.uninsured_reason == filters.reason)
    if filters.group:
        query = query.where(last_group(Member.id) == filters.group)
    return query


def _minorities() -> list[str]:
    return [group.code for group in ethnic_groups().values() if group.minority]


def _order(sort: str) -> Sequence[SQLColumnExpression[Any]]:
    """Every order ends in the id, so that pages neither repeat nor skip anybody."""
    head_first = case((Member.relation == Relation.HEAD, 0), else_=1)
    if sort == "name":
        return (Member.search, Member.id)
    if sort == "birth":
        return (func.coalesce(Member.birth_date, literal("")).desc(), Member.id)
    if sort == "end":
        return (func.coalesce(last_end(Member.id), literal("")).desc(), Member.search, Member.id)
    code = func.coalesce(Household.code, literal("~"))
    return (Area.name, code, Household.id, head_first, Member.birth_date, Member.id)


def _entries(places: Sequence[_Place]) -> Iterator[Entry]:
    for start in range(0, len(places), DETAILS_AT_ONCE):
        part = places[start : start + DETAILS_AT_ONCE]
        people, homes = _members(part), _households(part)
        for place in part:
            member = people[place.id]
            yield Entry(
                place.id,
                place.home,
                place.village,
                place.status,
                orjson.loads(member.data),
                orjson.loads(homes[place.home]),
                member.last_end,
                member.last_group,
            )


def _members(places: Sequence[_Place]) -> dict[str, Any]:
    details = select(
        Member.id,
        Member.data,
        last_end(Member.id).label("last_end"),
        last_group(Member.id).label("last_group"),
    ).where(Member.id.in_([place.id for place in places]))
    return {row.id: row for row in db.session.execute(details)}


def _households(places: Sequence[_Place]) -> dict[str, str]:
    homes = {place.home for place in places}
    records = select(Household.id, Household.data).where(Household.id.in_(homes))
    return dict(db.session.execute(records).all())
