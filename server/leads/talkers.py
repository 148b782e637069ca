"""Who talks to people: surveyors and officers of the area, each in the villages they serve."""

from collections.abc import Iterable

from flask_login import current_user
from sqlalchemy import or_, select

from schemas.kinds import Role
from server.errors import Problem
from server.store.bulk import among
from server.store.db import db, today
from server.store.people import User, UserArea
from server.store.scope import areas_of, villages_of

TALKING = (Role.SURVEYOR.value, Role.OFFICER.value)


def talkers() -> list[User]:
    """Everybody who works here today, by name."""
    day, own = today(), areas_of(current_user.id, current_user, today())
    bound = select(UserArea.user_id).where(
        among(UserArea.area_id, own), or_(UserArea.valid_to.is_(None), UserArea.valid_to >= day)
    )
    here = select(User).where(User.id.in_(bound), User.role.in_(TALKING), User.ended_at.is_(None))
    return list(db.session.scalars(here.order_by(User.name, User.id)))


def talker(user_id: str) -> User | None:
    """Whom a form names: None where it says nobody yet. Problem: `not_allowed` for anybody who
    does not work here."""
    if not user_id:
        return None
    found = next((user for user in talkers() if user.id == user_id), None)
    if found is None:
        raise Problem("not_allowed")
    return found


def served_by(user: User | None) -> set[str] | None:
    """The villages whose leads reach this person's phone; None for nobody, who stands for all."""
    return None if user is None else set(villages_of(user.id, user, today()))


def names(ids: Iterable[str | None]) -> dict[str, str]:
    """The names of users by id."""
    wanted = {id_ for id_ in ids if id_}
    found = db.session.execute(select(User.id, User.name).where(among(User.id, wanted)))
    return dict(found.all())
