"""What a manager may reach and give: users, insurance units, areas."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from schemas.kinds import Role
from server.domain.text import fold
from server.errors import Problem
from server.store.areas import alive_on
from server.store.db import db, today
from server.store.managing import managed_users
from server.store.people import User
from server.store.places import Area, BhxhUnit, BhxhUnitCommune
from server.store.scope import areas_of


def user_managed_by(manager: User, user_id: str) -> User:
    """The user, or a problem: not found when there is none, not allowed when another's."""
    user = db.session.get(User, user_id)
    if user is None:
        raise Problem("not_found")
    if user.id not in {each.id for each in managed_users(manager)}:
        raise Problem("not_allowed")
    return user


def units_managed_by(manager: User) -> list[BhxhUnit]:
    """The insurance units all of whose communes lie in an administrator's areas."""
    if manager.role != Role.ADMIN:
        return []
    own = areas_of(manager.id, manager, today())
    communes: dict[str, set[str]] = defaultdict(set)
    for unit_id, commune_id in db.session.execute(
        select(BhxhUnitCommune.unit_id, BhxhUnitCommune.commune_id)
    ):
        communes[unit_id].add(commune_id)
    units = db.session.scalars(select(BhxhUnit).order_by(BhxhUnit.name))
    return [unit for unit in units if communes.get(unit.id, {""}) <= own]


@dataclass(frozen=True, slots=True)
class AreaChoice:
    """An area that may be given to somebody, named so that two of a name are told apart."""

    area: Area
    label: str


def areas_to_give(manager: User) -> list[AreaChoice]:
    """The areas a manager may bind others to: their own, as they stand today, villages last."""
    day = today()
    above = aliased(Area)
    found = db.session.execute(
        select(Area, above.name)
        .outerjoin(above, above.id == Area.parent_id)
        .where(Area.id.in_(areas_of(manager.id, manager, day)), alive_on(day))
        .order_by(above.name, Area.name)
    )
    choices = [AreaChoice(area, f"{area.name}, {up}" if up else area.name) for area, up in found]
    order = {"province": 0, "commune": 1, "village": 2}
    return sorted(choices, key=lambda choice: order.get(choice.area.level, 3))


def chosen_areas(texts: list[str], choices: list[AreaChoice]) -> tuple[list[Area], list[str]]:
    """The areas meant by ids, labels, codes or names, and the texts that mean none or several."""
    areas: list[Area] = []
    unclear: list[str] = []
    for text in filter(None, (text.strip() for text in texts)):
        meant = _meant(text, choices)
        if meant is None:
            unclear.append(text)
        elif meant not in areas:
            areas.append(meant)
    return areas, unclear


def _meant(text: str, choices: list[AreaChoice]) -> Area | None:
    folded = fold(text)
    tests: tuple[Callable[[AreaChoice], bool], ...] = (
        lambda choice: choice.area.id == text or fold(choice.label) == folded,
        lambda choice: choice.area.code == text or choice.area.search == folded,
        lambda choice: choice.area.search.endswith(f" {folded}"),
    )
    for test in tests:
        if found := [choice.area for choice in choices if test(choice)]:
            return found[0] if len(found) == 1 else None
    return None
