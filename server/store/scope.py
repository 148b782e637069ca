"""Who sees which areas. Every page, list, export and feed asks here and nowhere else."""

from functools import cache
from typing import Any, NamedTuple, Protocol

from sqlalchemy import ColumnElement, Select, bindparam, case, func, literal, or_, select
from sqlalchemy.orm import aliased

from schemas.kinds import AreaLevel, Role
from server.errors import Problem
from server.store.bulk import among_ids, ids_value
from server.store.db import db, is_sqlite
from server.store.people import User, UserArea
from server.store.places import Area, AreaSuccessor, BhxhUnitCommune


class Person(Protocol):
    """What rights depend on: a desk user or the caller behind a token."""

    @property
    def role(self) -> str: ...

    @property
    def bhxh_unit_id(self) -> str | None: ...


PEOPLE_ROLES = (Role.SURVEYOR, Role.OFFICER, Role.BHXH, Role.ADMIN)
"""Who may see people by name. A viewer sees counts only."""

IMPORTING_ROLES = (Role.OFFICER, Role.ADMIN)
"""Who may load files: what they carry becomes the commune's own data."""


def below(roots: Select[str]) -> Select[str]:
    """The ids of some areas and of everything below them."""
    tree = roots.cte("tree", recursive=True)
    child = aliased(Area)
    tree = tree.union(select(child.id).join(tree, child.parent_id == tree.c[0]))
    return select(tree.c[0])


def own_roots(user_id: str, person: Person, day: str) -> Select[str]:
    """The areas a person is bound to on a day: by assignment, or through a BHXH unit."""
    return _own_roots(person.role == Role.BHXH).params(_bound(user_id, person, day))


def _own_roots(of_unit: bool) -> Select[str]:
    if of_unit:
        return select(BhxhUnitCommune.commune_id.label("id")).where(
            BhxhUnitCommune.unit_id == bindparam("unit"), _valid(BhxhUnitCommune)
        )
    return select(UserArea.area_id.label("id")).where(
        UserArea.user_id == bindparam("user"), _valid(UserArea)
    )


def _bound(user_id: str, person: Person, day: str) -> dict[str, str | None]:
    who = {"unit": person.bhxh_unit_id} if person.role == Role.BHXH else {"user": user_id}
    return {**who, "day": day}


def _valid(table: type[UserArea] | type[BhxhUnitCommune]) -> ColumnElement[bool]:
    day: Any = bindparam("day")
    return or_(table.valid_from.is_(None), table.valid_from <= day) & or_(
        table.valid_to.is_(None), table.valid_to >= day
    )


@cache
def _areas(of_unit: bool) -> Select[str]:
    """Built once: every page of the desk asks this."""
    return below(_own_roots(of_unit))


def areas_of(user_id: str, person: Person, day: str) -> set[str]:
    """Every area a person may see on a day, villages included, successors of ended ones too."""
    query = _areas(person.role == Role.BHXH)
    seen = set(db.session.scalars(query, _bound(user_id, person, day)))
    return seen | set(successions(seen).values())


class Village(NamedTuple):
    """A village as rights and feeds need it."""

    id: str
    name: str
    parent_id: str | None
    commune: str
    valid_to: str | None


@cache
def _villages(of_unit: bool) -> Any:
    """Built once: phones ask this at every trip, and building costs more than answering."""
    return _village_columns().where(
        Area.id.in_(below(_own_roots(of_unit))), Area.level == AreaLevel.VILLAGE
    )


def _village_columns() -> Any:
    area = Area.__table__
    commune = area.alias("commune")
    at = area.c
    return (
        select(at.id, at.name, at.parent_id, func.coalesce(commune.c.name, ""), at.valid_to)
        .select_from(area.outerjoin(commune, commune.c.id == at.parent_id))
        .order_by(at.name)
    )


def villages_of(user_id: str, person: Person, day: str) -> dict[str, Village]:
    """The villages a person serves or oversees, by id; an ended one gives way to its successor."""
    query = _villages(person.role == Role.BHXH)
    rows = db.session.execute(query, _bound(user_id, person, day))
    found = [Village(*row) for row in rows]
    ended = {it.id for it in found if it.valid_to is not None and it.valid_to < day}
    villages = {it.id: it for it in found if it.id not in ended}
    heirs = set(successions(ended).values()) - villages.keys() if ended else set()
    if heirs:
        living = or_(Area.valid_to.is_(None), Area.valid_to >= day)
        query = _village_columns().where(Area.id.in_(heirs), living)
        villages.update({row[0]: Village(*row) for row in db.session.execute(query)})
    return villages


def village_refs(villages: dict[str, Village]) -> list[dict[str, str]]:
    """The villages served, as the phone learns of them."""
    return [{"id": it.id, "name": it.name, "commune": it.commune} for it in villages.values()]


def phone_villages(user_id: str, person: Person, day: str) -> dict[str, Village]:
    """The villages whose people a phone carries. Who only reads or administers carries none."""
    if person.role not in (Role.SURVEYOR, Role.OFFICER):
        return {}
    return villages_of(user_id, person, day)


def provinces_of(user_id: str, person: Person, day: str) -> set[str]:
    """The provinces in which a person's areas lie."""
    roots = own_roots(user_id, person, day).subquery()
    found = select(func.coalesce(Area.province_id, Area.id)).join(roots, roots.c[0] == Area.id)
    return set(db.session.scalars(found))


def communes_of(user_id: str, person: Person, day: str) -> list[str]:
    """The communes of the villages a person is bound to; larger areas as they are bound to."""
    place = case((Area.level == AreaLevel.VILLAGE, Area.parent_id), else_=Area.id)
    roots = own_roots(user_id, person, day)
    return list(db.session.scalars(select(place).where(Area.id.in_(roots)).distinct()))


def successions(ids: set[str]) -> dict[str, str]:
    """For ended areas among `ids`: the only area in each one's place, followed to the end."""
    result: dict[str, str] = {}
    frontier = ids
    while frontier:
        only = db.session.execute(_only_successors(is_sqlite()), ids_value(frontier))
        step = {old: new for old, new in only if old not in result}
        result.update(step)
        frontier = set(step.values()) - result.keys()
    return {old: _end_of_chain(old, result) for old in result}


@cache
def _only_successors(_sqlite: bool) -> Any:
    return (
        select(AreaSuccessor.area_id, func.min(AreaSuccessor.successor_id))
        .where(among_ids(AreaSuccessor.area_id))
        .group_by(AreaSuccessor.area_id)
        .having(func.count() == literal(1))
    )


def _end_of_chain(start: str, links: dict[str, str]) -> str:
    seen = {start}
    while links.get(start) is not None and links[start] not in seen:
        start = links[start]
        seen.add(start)
    return start


def require_area(area_id: str, user_id: str, person: Person, day: str) -> Area:
    """The area, or a problem: not found when there is none, not allowed when it is another's."""
    area = db.session.get(Area, area_id)
    if area is None:
        raise Problem("not_found")
    if area.id not in areas_of(user_id, person, day):
        raise Problem("not_allowed")
    return area


def may_take_lists(user: User) -> bool:
    """Who may carry people away as a file: of the officers, those who hold the lists room."""
    return may_see_people(user) and (user.role != Role.OFFICER or user.lists_room)


def may_see_people(person: Person) -> bool:
    return person.role in PEOPLE_ROLES
