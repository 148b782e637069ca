"""Finding households and people: by name without accents, by code, by a number of theirs."""

from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from schemas.kinds import Relation
from server.domain.text import fold, fold_tight
from server.pages.paging import Page, asked_page
from server.store.counts import Count, counts_by_village
from server.store.db import db
from server.store.records import Household, Member, Visit
from server.store.roll import everybody, fit, stand
from server.store.search import holds
from server.store.status_sql import belonging_on, people_on

NUMBER_LENGTH = 9
"""From so many digits on, what is typed is somebody's number, not part of a name or code."""


@dataclass(slots=True)
class HouseholdLine:
    household: Household
    head: str | None = None
    statuses: list[str] = field(default_factory=list)
    """One status a person who counts today, in the order of the rule."""


def find_households(
    q: str, villages: list[str], only: str, day: str
) -> tuple[list[HouseholdLine], Page]:
    """A page of living households of these villages that match; each with head and statuses."""
    query = select(Household).where(
        Household.village_id.in_(villages),
        Household.merged_into.is_(None),
        or_(Household.last_day.is_(None), Household.last_day >= day),
    )
    if fold(q):
        own = Member.village_id.in_(villages)  # or everybody on the server would be read
        matching = select(Member.household_id).where(own, _person_matches(q))
        query = query.where(
            or_(
                holds(Household.search, fold_tight(q)),
                Household.id.in_(matching),
            )
        )
    if only == "never_visited":
        query = query.where(never_visited())
    page = asked_page(_count(query))
    ordered = query.order_by(Household.village_id, Household.code, Household.id)
    found = list(db.session.scalars(ordered.limit(page.per_page).offset(page.offset)))
    return _household_lines(found, day), page


def never_visited() -> Any:
    """The condition that nobody has stood at the household's door yet."""
    visited = select(Visit.id).where(Visit.household_id == Household.id)
    return ~visited.exists() & ~holds(Household.data, '"confirmed_on":"')


def _household_lines(found: list[Household], day: str) -> list[HouseholdLine]:
    lines = {household.id: HouseholdLine(household) for household in found}
    if not lines:
        return []
    villages = sorted({household.village_id for household in found})
    for _id, home, status in stand(day, villages, homes=lines):
        lines[home].statuses.append(status)
    heads = select(Member.household_id, Member.full_name).where(
        Member.household_id.in_(lines),
        Member.relation == Relation.HEAD,
        Member.merged_into.is_(None),
        or_(Member.last_day.is_(None), Member.last_day >= day),
    )
    for household_id, name in db.session.execute(heads.order_by(Member.id.desc())):
        lines[household_id].head = name
    return list(lines.values())


@dataclass(frozen=True, slots=True)
class PersonLine:
    member: Member
    status: str | None
    head: str | None
    household_code: str | None


def find_people(
    q: str, villages: list[str], status: str, day: str
) -> tuple[list[PersonLine], Page]:
    """A page of people of these villages, with their status today; those who have left are found
    by name too, without a status, because that is when one looks for them."""
    counts = counts_by_village(day, villages)
    if fit(counts):
        everyone = _matching(q, villages, status, day)
        page = asked_page(len(everyone))
        asked = everyone[page.offset :][: page.per_page]
    else:
        query = _of_these(q, villages, status, day)
        page = asked_page(_count(query) if fold(q) else _number_of(counts, status))
        ids = db.session.scalars(query.limit(page.per_page).offset(page.offset))
        asked = _with_status(list(ids), villages, day)
    here = Member.id.in_([id_ for id_, _status in asked])
    found = {each.id: each for each in db.session.scalars(select(Member).where(here))}
    homes = _homes([each.household_id for each in found.values()])
    return [
        PersonLine(found[id_], its, *homes.get(found[id_].household_id, (None, None)))
        for id_, its in asked
    ], page


def _matching(q: str, villages: list[str], status: str, day: str) -> list[tuple[str, str | None]]:
    """Who is asked for and how they stand, in order, where everybody may be kept. By name alone the
    records are asked, because those who have left are on no roll."""
    if fold(q) and (not status or _number_in(q)):
        ids = list(db.session.scalars(_of_these(q, villages, "", day)))
        everyone = _with_status(ids, villages, day)
        return [one for one in everyone if status in ("", one[1])]
    key, first = fold_tight(q), f" {fold(q)}"
    people = [
        one
        for one in everybody(day, villages)
        if (not status or one.status == status) and key in one.search
    ]
    people.sort(key=attrgetter("search", "id"))
    if key:
        people.sort(key=lambda one: first not in one.search)
    return [(one.id, one.status) for one in people]


def _with_status(ids: list[str], villages: list[str], day: str) -> list[tuple[str, str | None]]:
    stands = {id_: its for id_, _home, its in stand(day, villages, ids=set(ids))}
    return [(id_, stands.get(id_)) for id_ in ids]


def _of_these(q: str, villages: list[str], status: str, day: str) -> Select[Any]:
    """The ids of who is asked for, in order, as a query."""
    query = select(Member.id).order_by(*_best_first(q), Member.search, Member.id)
    if fold(q):
        own = Member.village_id.in_(villages)
        query = query.where(own, Member.merged_into.is_(None), _person_matches(q))
        if not status:
            return query
    here = people_on(day, villages, (status,)) if status else belonging_on(day, villages)
    return query.join(here.prefix_with("MATERIALIZED"), here.c.id == Member.id)


def _number_of(counts: list[Count], status: str) -> int:
    """The same number as on the coverage page, from what it keeps."""
    return sum(each.people for each in counts if status in ("", each.status))


def _homes(ids: list[str]) -> dict[str, tuple[str | None, str | None]]:
    head = aliased(Member)
    rows = db.session.execute(
        select(Household.id, func.min(head.full_name), Household.code)
        .outerjoin(
            head,
            (head.household_id == Household.id)
            & (head.relation == Relation.HEAD)
            & head.last_day.is_(None)
            & head.merged_into.is_(None),
        )
        .where(Household.id.in_(ids))
        .group_by(Household.id, Household.code)
    )
    return {id_: (name, code) for id_, name, code in rows}


def _person_matches(q: str) -> Any:
    number = _number_in(q)
    if number:
        return or_(Member.personal_id == number, Member.bhxh_number == number)
    return holds(Member.search, fold_tight(q))


def _number_in(q: str) -> str:
    digits = q.strip().replace(" ", "")
    is_number = digits.isascii() and digits.isdecimal() and len(digits) >= NUMBER_LENGTH
    return digits if is_number else ""


def _best_first(q: str) -> tuple[Any, ...]:
    """A word that begins with what was typed comes before one that merely contains it."""
    words = fold(q)
    return (holds(Member.search, f" {words}").desc(),) if words else ()


def _count(query: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
