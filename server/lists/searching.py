"""The same list as a query, for ground with more people than a process keeps (`store.roll`)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    Select,
    SQLColumnExpression,
    bindparam,
    case,
    func,
    literal,
    select,
    true,
)

from schemas.kinds import Relation
from server.domain.partial import add_months
from server.lists.choosing import CHILD_MONTHS, Chosen, Losers, minorities
from server.lists.filters import ENDING, LOSING, Filters
from server.store.db import db
from server.store.places import Area
from server.store.records import Household, Member
from server.store.status_sql import ends_soon, last_end, last_group, people_on

AT_ONCE = 500


def search(
    filters: Filters, villages: Sequence[str], losers: Losers, limit: int | None, offset: int
) -> tuple[list[Chosen], int]:
    """A part of the list in its order, and the size of the whole."""
    people = people_on(filters.day, villages, filters.statuses).prefix_with("MATERIALIZED")
    wanted = _wanted(filters, people, losers)
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
    found = [row for row in rows if row.id]
    cards = _cards([row.id for row in found])
    return [
        Chosen(row.id, row.home, row.village, row.status, *cards[row.id], losers.get(row.id))
        for row in found
    ], rows[0].size


def _cards(ids: list[str]) -> dict[str, tuple[str | None, str | None]]:
    """The latest end and group of each person's cards."""
    found: dict[str, tuple[str | None, str | None]] = {}
    for start in range(0, len(ids), AT_ONCE):
        details = select(Member.id, last_end(Member.id), last_group(Member.id)).where(
            Member.id.in_(ids[start : start + AT_ONCE])
        )
        found.update({id_: (end, group) for id_, end, group in db.session.execute(details)})
    return found


def _wanted(filters: Filters, people: CTE, losers: Losers) -> CTE:
    query = (
        select(
            people.c.id,
            people.c.home,
            Area.name.label("village"),
            people.c.status,
            func.row_number().over(order_by=_order(filters, losers)).label("place"),
        )
        .join(Member, Member.id == people.c.id)
        .join(Household, Household.id == people.c.home)
        .join(Area, Area.id == people.c.village_id)
    )
    if filters.status == LOSING:
        query = query.where(people.c.id.in_(_written(list(losers))))
    return _filtered(query, filters, people).cte("wanted").prefix_with("MATERIALIZED")


def _filtered(query: Select[Any], filters: Filters, people: CTE) -> Select[Any]:
    if filters.status == ENDING:
        query = query.where(ends_soon(people, filters.day, filters.days))
    if filters.under_6:
        query = query.where(Member.birth_date > add_months(filters.day, -CHILD_MONTHS))
    if filters.minority:
        query = query.where(Member.ethnic_group.in_(minorities()))
    if filters.farm:
        query = query.where(Household.average_farm.is_(True))
    if filters.social:
        query = query.where(Member.social_insurance == filters.social)
    if filters.reason:
        query = query.where(Member.uninsured_reason == filters.reason)
    if filters.group:
        query = query.where(last_group(Member.id) == filters.group)
    return query


def _written(ids: list[str]) -> Any:
    """Ids as text of the statement: there may be more than a statement takes parameters."""
    return bindparam(None, ids, expanding=True, literal_execute=True)


def _order(filters: Filters, losers: Losers) -> Sequence[SQLColumnExpression[Any]]:
    """Every order ends in the id, so that pages neither repeat nor skip anybody."""
    sort = filters.sort
    head_first = case((Member.relation == Relation.HEAD, 0), else_=1)
    code = func.coalesce(Household.code, literal("~"))
    birth_date = func.coalesce(Member.birth_date, literal("~"))
    house = (Area.name, Area.id, code, Household.id, head_first, birth_date, Member.id)
    if sort == "name":
        return (Member.search, *house)
    if sort == "birth":
        return (func.coalesce(Member.birth_date, literal("")).desc(), *house)
    if sort == "end" and filters.status == LOSING and losers:
        days = sorted({end.last_day for end in losers.values()})
        by_day = [
            (
                Member.id.in_(_written([i for i, end in losers.items() if end.last_day == day])),
                day,
            )
            for day in days
        ]
        return (case(*by_day, else_=""), *house)
    if sort == "end":
        return (func.coalesce(last_end(Member.id), literal("")).desc(), Member.search, *house)
    return house
