"""The same list as a query, for ground with more people than a process keeps (`store.roll`)."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    case,
    func,
    literal,
    select,
    true,
)

from schemas.kinds import Relation
from server.domain.coverage.bands import birth_span
from server.domain.partial import add_days
from server.lists.catalogue import ENDING, LAPSED, LOSING, NEWBORNS
from server.lists.choosing import Choice, holds
from server.lists.entries import Chosen
from server.lists.filters import Filters
from server.lists.kinds import PeopleList
from server.store.action_lists import NO_MARK, Marks, born_since, minorities, newborn_month
from server.store.db import db
from server.store.places import Area
from server.store.records import Household, Member
from server.store.status_sql import ends_soon, last_end, last_group, people_on

AT_ONCE = 500


def search(
    which: PeopleList,
    filters: Filters,
    villages: Sequence[str],
    marks: Marks | None,
    limit: int | None,
    offset: int,
) -> Choice:
    """A part of the list in its order, and the size of the whole. `marks`: only of a list whose
    people are read by a function, not by a condition."""
    statuses = (filters.status,) if filters.status else which.statuses
    people = people_on(filters.day, villages, statuses).prefix_with("MATERIALIZED")
    wanted = _wanted(which, filters, villages, people, marks)
    page = (
        select(wanted)
        .where(wanted.c.place > offset)
        .order_by(wanted.c.place)
        .limit(limit)
        .cte("page")
    )
    size = (
        select(func.count().label("size"), func.count(wanted.c.home.distinct()).label("homes"))
        .select_from(wanted)
        .cte("size")
    )
    statement = select(size, page).select_from(size.outerjoin(page, true())).order_by(page.c.place)
    rows = db.session.execute(statement).all()
    found = [row for row in rows if row.id]
    cards = _cards([row.id for row in found])
    told = marks or {}
    return Choice(
        [
            Chosen(row.id, row.home, row.village_id, row.village, row.status, *cards[row.id],
                   told.get(row.id, row.mark))
            for row in found
        ],
        rows[0].size,
        rows[0].homes,
        _by_status(which, filters, villages, marks),
    )  # fmt: skip


def _by_status(
    which: PeopleList, filters: Filters, villages: Sequence[str], marks: Marks | None
) -> Mapping[str, int]:
    if len(which.statuses) == 1:
        return {}
    people = people_on(filters.day, villages, which.statuses).prefix_with("MATERIALIZED")
    wanted = _wanted(which, filters, villages, people, marks)
    query = select(wanted.c.status, func.count()).group_by(wanted.c.status)
    return dict(db.session.execute(query).all())


def _cards(ids: list[str]) -> dict[str, tuple[str | None, str | None]]:
    """The latest end and group of each person's cards."""
    found: dict[str, tuple[str | None, str | None]] = {}
    for start in range(0, len(ids), AT_ONCE):
        details = select(Member.id, last_end(Member.id), last_group(Member.id)).where(
            Member.id.in_(ids[start : start + AT_ONCE])
        )
        found.update({id_: (end, group) for id_, end, group in db.session.execute(details)})
    return found


def _wanted(
    which: PeopleList,
    filters: Filters,
    villages: Sequence[str],
    people: CTE,
    marks: Marks | None,
) -> CTE:
    mark: ColumnElement[Any] = NO_MARK
    conditions = list(_conditions(filters, people))
    if which.condition is not None:
        base = which.condition(filters.day, villages)
        mark = base.mark
        conditions.append(base.where)
        if filters.mark:
            conditions.append(mark == filters.mark)
    if marks is not None:
        conditions.append(people.c.id.in_(_written([*_marked(filters, marks)])))
    query: Select[Any] = (
        select(
            people.c.id,
            people.c.home,
            people.c.village_id,
            Area.name.label("village"),
            people.c.status,
            mark.label("mark"),
            func.row_number().over(order_by=_order(filters, marks)).label("place"),
        )
        .join(Member, Member.id == people.c.id)
        .join(Household, Household.id == people.c.home)
        .join(Area, Area.id == people.c.village_id)
        .where(*conditions)
    )
    return query.cte("wanted").prefix_with("MATERIALIZED")


def _marked(filters: Filters, marks: Marks) -> Marks:
    """Those whose mark was asked for; of those who lose support, who does so in time."""
    if filters.key == LOSING:
        until = add_days(filters.day, filters.days)
        return {id_: mark for id_, mark in marks.items() if mark <= until}
    if filters.mark:
        return {id_: mark for id_, mark in marks.items() if holds(mark, filters.mark)}
    return marks


def _conditions(filters: Filters, people: CTE) -> Sequence[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = list(_in_window(filters, people))
    if filters.age:
        after, until = birth_span(filters.day, filters.age)
        found.append(and_(Member.birth_date > after, Member.birth_date <= until))
    if filters.minority:
        found.append(Member.ethnic_group.in_(minorities()))
    if filters.farm:
        found.append(Household.average_farm.is_(True))
    if filters.group:
        found.append(last_group(Member.id) == filters.group)
    for value, column in (
        (filters.sex, Member.sex),
        (filters.living, Household.living_class),
        (filters.presence, Member.presence),
        (filters.social, Member.social_insurance),
        (filters.reason, Member.uninsured_reason),
    ):
        if value:
            found.append(column == value)
    return found


def _in_window(filters: Filters, people: CTE) -> Sequence[ColumnElement[bool]]:
    if filters.key == ENDING:
        return [ends_soon(people, filters.day, filters.days)]
    if filters.key == LAPSED:
        return [last_end(Member.id) >= add_days(filters.day, -filters.days)]
    if filters.key == NEWBORNS:
        return [born_since(newborn_month(filters.day, filters.days), filters.day)]
    return []


def _written(ids: list[str]) -> Any:
    """Ids as text of the statement: there may be more than a statement takes parameters."""
    return bindparam(None, ids, expanding=True, literal_execute=True)


def _order(filters: Filters, marks: Marks | None) -> Sequence[SQLColumnExpression[Any]]:
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
    if sort == "end" and filters.key == LOSING and marks:
        by_day = [
            (Member.id.in_(_written([i for i, day in marks.items() if day == each])), each)
            for each in sorted(set(marks.values()))
        ]
        return (case(*by_day, else_=""), *house)
    if sort == "end":
        end = func.coalesce(last_end(Member.id), literal(""))
        return (end if filters.key == ENDING else end.desc(), Member.search, *house)
    return house
