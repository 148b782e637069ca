"""Who collects money in one's area: surveyors and officers bound to it."""

from collections.abc import Iterable

from flask_login import current_user
from sqlalchemy import or_, select

from schemas.kinds import Role
from server.errors import Problem
from server.store.bulk import among
from server.store.db import db, today
from server.store.people import User, UserArea
from server.store.scope import areas_of

COLLECTING = (Role.SURVEYOR.value, Role.OFFICER.value)


def collectors() -> list[User]:
    """Everybody who works today and may take money here, by name."""
    day, own = today(), areas_of(current_user.id, current_user, today())
    bound = select(UserArea.user_id).where(
        among(UserArea.area_id, own), or_(UserArea.valid_to.is_(None), UserArea.valid_to >= day)
    )
    here = select(User).where(
        User.id.in_(bound), User.role.in_(COLLECTING), User.ended_at.is_(None)
    )
    return list(db.session.scalars(here.order_by(User.name, User.id)))


def collector_here(user_id: str) -> User:
    """A collector of one's area; not found, or not allowed when they work elsewhere."""
    user = db.session.get(User, user_id)
    if user is None:
        raise Problem("not_found")
    own = areas_of(current_user.id, current_user, today())
    bound = select(UserArea.area_id).where(UserArea.user_id == user_id)
    if not own & set(db.session.scalars(bound)):
        raise Problem("not_allowed")
    return user


def names(ids: Iterable[str | None]) -> dict[str, str]:
    """The names of users by id."""
    wanted = {id_ for id_ in ids if id_}
    found = db.session.execute(select(User.id, User.name).where(among(User.id, wanted)))
    return dict(found.all())
