"""Who sees which areas. Every page, list, export and feed asks here and nowhere else."""

from typing import Protocol

from sqlalchemy import Select, func, literal, or_, select
from sqlalchemy.orm import aliased

from schemas.kinds import AreaLevel, Role
from server.errors import Problem
from server.store.db import db
from server.store.people import UserArea
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
    if person.role == Role.BHXH:
        return select(BhxhUnitCommune.commune_id.label("id")).where(
            BhxhUnitCommune.unit_id == person.bhxh_unit_id,
            _valid(BhxhUnitCommune, day),
        )
    return select(UserArea.area_id.label("id")).where(
        UserArea.user_id == user_id, _valid(UserArea, day)
    )


def _valid(table: type[UserArea] | type[BhxhUnitCommune], day: str):  # type: ignore[no-untyped-def]
    return or_(table.valid_from.is_(None), table.valid_from <= day) & or_(
        table.valid_to.is_(None), table.valid_to >= day
    )


def areas_of(user_id: str, person: Person, day: str) -> set[str]:
    """Every area a person may see on a day, villages included, successors of ended ones too."""
    seen = set(db.session.scalars(below(own_roots(user_id, person, day))))
    return seen | {new for old, new in successions(seen).items() if old in seen}


def villages_of(user_id: str, person: Person, day: str) -> dict[str, Area]:
    """The villages a person serves or oversees, by id; an ended one gives way to its successor."""
    ids = areas_of(user_id, person, day)
    found = select(Area).where(Area.id.in_(ids), Area.level == AreaLevel.VILLAGE)
    living = or_(Area.valid_to.is_(None), Area.valid_to >= day)
    return {area.id: area for area in db.session.scalars(found.where(living).order_by(Area.name))}


def phone_villages(user_id: str, person: Person, day: str) -> dict[str, Area]:
    """The villages whose people a phone carries. Who only reads or administers carries none."""
    if person.role not in (Role.SURVEYOR, Role.OFFICER):
        return {}
    return villages_of(user_id, person, day)


def provinces_of(user_id: str, person: Person, day: str) -> set[str]:
    """The provinces in which a person's areas lie."""
    roots = own_roots(user_id, person, day).subquery()
    found = select(func.coalesce(Area.province_id, Area.id)).join(roots, roots.c[0] == Area.id)
    return set(db.session.scalars(found))


def successions(ids: set[str]) -> dict[str, str]:
    """For ended areas among `ids`: the only area in each one's place, followed to the end."""
    result: dict[str, str] = {}
    frontier = ids
    while frontier:
        only = (
            select(AreaSuccessor.area_id, func.min(AreaSuccessor.successor_id))
            .where(AreaSuccessor.area_id.in_(frontier))
            .group_by(AreaSuccessor.area_id)
            .having(func.count() == literal(1))
        )
        step = {old: new for old, new in db.session.execute(only) if old not in result}
        result.update(step)
        frontier = set(step.values()) - result.keys()
    return {old: _end_of_chain(old, result) for old in result}


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


def may_see_people(person: Person) -> bool:
    return person.role in PEOPLE_ROLES
