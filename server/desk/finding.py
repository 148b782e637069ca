"""Finding households and people: by name without accents, by code, by a number of theirs."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from schemas.kinds import Relation
from server.desk.paging import Page, asked_page
from server.domain.text import fold, fold_tight
from server.store.db import db
from server.store.records import Household, Member, Visit
from server.store.status_sql import people_on

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
        matching = select(Member.household_id).where(_person_matches(q))
        query = query.where(
            or_(Household.search.contains(fold_tight(q)), Household.id.in_(matching))
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
    return ~visited.exists() & ~Household.data.contains('"confirmed_on":"')


def _household_lines(found: list[Household], day: str) -> list[HouseholdLine]:
    lines = {household.id: HouseholdLine(household) for household in found}
    if not lines:
        return []
    people = people_on(day, sorted({household.village_id for household in found}))
    for home, status in db.session.execute(
        select(people.c.home, people.c.status).where(people.c.home.in_(lines))
    ):
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
    people = people_on(day, villages)
    query = select(Member, people.c.status).where(
        Member.village_id.in_(villages), Member.merged_into.is_(None)
    )
    gone_too = bool(fold(q)) and not status
    query = query.join(people, people.c.id == Member.id, isouter=gone_too)
    if fold(q):
        query = query.where(_person_matches(q))
    if status:
        query = query.where(people.c.status == status)
    page = asked_page(_count(query))
    ordered = query.order_by(*_best_first(q), Member.full_name, Member.id)
    found = db.session.execute(ordered.limit(page.per_page).offset(page.offset)).all()
    homes = _homes([member.household_id for member, _ in found])
    return [
        PersonLine(member, status_, *homes.get(member.household_id, (None, None)))
        for member, status_ in found
    ], page


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
    digits = q.strip().replace(" ", "")
    if digits.isascii() and digits.isdecimal() and len(digits) >= NUMBER_LENGTH:
        return or_(Member.personal_id == digits, Member.bhxh_number == digits)
    return Member.search.contains(fold_tight(q))


def _best_first(q: str) -> tuple[Any, ...]:
    """A word that begins with what was typed comes before one that merely contains it."""
    words = fold(q)
    return (Member.search.contains(f" {words}").desc(),) if words else ()


def _count(query: Select[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
