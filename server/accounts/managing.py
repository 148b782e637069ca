"""Who manages whom: an administrator everyone in their areas, an officer the surveyors there."""

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
from server.store.people import User, UserArea
from server.store.places import Area, BhxhUnit, BhxhUnitCommune
from server.store.scope import areas_of

MANAGERS = (Role.ADMIN.value, Role.OFFICER.value)
MAY_MAKE: dict[str, tuple[Role, ...]] = {
    Role.ADMIN: tuple(Role),
    Role.OFFICER: (Role.SURVEYOR,),
}


def roles_made_by(manager: User) -> tuple[Role, ...]:
    return MAY_MAKE.get(manager.role, ())


def managed_users(manager: User) -> list[User]:
    """The users somebody manages, those who still work first, then by name."""
    roles = [role.value for role in roles_made_by(manager)]
    if not roles:
        return []
    own = areas_of(manager.id, manager, today())
    bound = _areas_by_user() | _areas_by_bhxh_user()
    found = db.session.scalars(select(User).where(User.role.in_(roles)))
    mine = [user for user in found if _within(user, bound.get(user.id, set()), own, manager)]
    return sorted(mine, key=lambda user: (not user.is_active, user.name))


def _within(user: User, areas: set[str], own: set[str], manager: User) -> bool:
    """Everything the user is bound to lies in the manager's areas. Whoever is bound to nothing yet
    is an administrator's to bind: an officer must not take over a stranger."""
    if user.id == manager.id:
        return False
    return areas <= own if areas else manager.role == Role.ADMIN


def _areas_by_user() -> dict[str, set[str]]:
    """What users are bound to from today on; those whose assignments all ended: what they had."""
    day = today()
    lasting: dict[str, set[str]] = defaultdict(set)
    ever: dict[str, set[str]] = defaultdict(set)
    for user_id, area_id, until in db.session.execute(
        select(UserArea.user_id, UserArea.area_id, UserArea.valid_to)
    ):
        ever[user_id].add(area_id)
        if until is None or until >= day:
            lasting[user_id].add(area_id)
    return {user_id: lasting.get(user_id) or areas for user_id, areas in ever.items()}


def _areas_by_bhxh_user() -> dict[str, set[str]]:
    bound: dict[str, set[str]] = defaultdict(set)
    for user_id, commune_id in db.session.execute(
        select(User.id, BhxhUnitCommune.commune_id).join(
            BhxhUnitCommune, BhxhUnitCommune.unit_id == User.bhxh_unit_id
        )
    ):
        bound[user_id].add(commune_id)
    return dict(bound)


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
