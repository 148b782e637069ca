"""Who manages whom: an administrator everyone in their areas, an officer the surveyors there."""

from collections import defaultdict

from sqlalchemy import select

from schemas.kinds import Role
from server.store.db import db, today
from server.store.people import User, UserArea
from server.store.places import BhxhUnitCommune
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
    query = select(User).where(User.role.in_(roles))
    if manager.role != Role.ADMIN:
        # Whom an officer manages is bound to the commune: no need to read the whole province.
        bound_here = select(UserArea.user_id).where(UserArea.area_id.in_(own))
        query = query.where(User.id.in_(bound_here))
    found = list(db.session.scalars(query))
    ids = [user.id for user in found] if manager.role != Role.ADMIN else None
    bound = _areas_by_user(ids) | (_areas_by_bhxh_user() if ids is None else {})
    mine = [user for user in found if _within(user, bound.get(user.id, set()), own, manager)]
    return sorted(mine, key=lambda user: (not user.is_active, user.name))


def _within(user: User, areas: set[str], own: set[str], manager: User) -> bool:
    """Everything the user is bound to lies in the manager's areas. Whoever is bound to nothing yet
    is an administrator's to bind: an officer must not take over a stranger."""
    if user.id == manager.id:
        return False
    return areas <= own if areas else manager.role == Role.ADMIN


def _areas_by_user(ids: list[str] | None) -> dict[str, set[str]]:
    """What users are bound to from today on; those whose assignments all ended: what they had.
    `ids` None: everybody."""
    day = today()
    bindings = select(UserArea.user_id, UserArea.area_id, UserArea.valid_to)
    if ids is not None:
        bindings = bindings.where(UserArea.user_id.in_(ids))
    lasting: dict[str, set[str]] = defaultdict(set)
    ever: dict[str, set[str]] = defaultdict(set)
    for user_id, area_id, until in db.session.execute(bindings):
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
