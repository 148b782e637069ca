"""Users: made, bound to areas from a day, given a new password, ended. Nobody is ever deleted."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from schemas.kinds import AreaLevel, Role
from server.accounts.passwords import easy_password, fault_of, hash_password
from server.accounts.signing_in import typed_username
from server.domain.change import is_id
from server.domain.text import clean_text
from server.errors import Problem
from server.store.audit import note_act
from server.store.db import db, new_id, now, today
from server.store.people import Device, User, UserArea
from server.store.places import Area

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}\Z")
LEVELS: dict[str, tuple[AreaLevel, ...]] = {
    Role.SURVEYOR: (AreaLevel.VILLAGE, AreaLevel.COMMUNE),
    Role.OFFICER: (AreaLevel.COMMUNE,),
    Role.BHXH: (),
    Role.VIEWER: (AreaLevel.PROVINCE, AreaLevel.COMMUNE, AreaLevel.VILLAGE),
    Role.ADMIN: (AreaLevel.PROVINCE, AreaLevel.COMMUNE),
}
"""What a role may be bound to. A BHXH officer is bound to a unit instead."""


@dataclass(frozen=True, slots=True)
class NewUser:
    username: str
    name: str
    role: str
    phone: str | None = None
    farm_room: bool = False
    lists_room: bool = False
    bhxh_unit_id: str | None = None
    id: str | None = None
    """The id they had before a restore: their phone keeps what they saved under it."""


def username_fault(username: str) -> str | None:
    """Why this may not be a user name, as a code, or None."""
    if not USERNAME.match(username):
        return "username_shape"
    taken = db.session.scalar(select(User.id).where(User.username == username))
    return "username_taken" if taken else None


def create_user(
    new: NewUser,
    areas: Iterable[Area] = (),
    *,
    by: str | None,
    password: str | None = None,
    valid_from: str | None = None,
) -> tuple[User, str]:
    """A new user and their password, which is made up unless given. `by` None: the command line."""
    username = typed_username(new.username)
    password = password or easy_password()
    fault = username_fault(username) or fault_of(password, username)
    name = clean_text(new.name)
    if fault or name is None or new.role not in set(Role):
        raise Problem("malformed", {"user": fault or "needed"})
    if (new.role == Role.BHXH) != (new.bhxh_unit_id is not None):
        raise Problem("malformed", {"bhxh_unit": "needed"})
    officer = new.role == Role.OFFICER
    user = User(
        id=_id_for(new),
        username=username,
        name=name,
        role=Role(new.role).value,
        phone=clean_text(new.phone or ""),
        password_hash=hash_password(password),
        farm_room=officer and new.farm_room,
        lists_room=officer and new.lists_room,
        bhxh_unit_id=new.bhxh_unit_id,
    )
    db.session.add(user)
    db.session.flush()
    note_act("user_create", by=by, subject=user.id, role=user.role)
    for area in areas:
        assign_area(user, area, by=by, valid_from=valid_from or today())
    return user, password


def _id_for(new: NewUser) -> str:
    if new.id is None:
        return new_id()
    if not is_id(new.id) or db.session.get(User, new.id) is not None:
        raise Problem("malformed", {"user": "id"})
    return new.id


def assign_area(user: User, area: Area, *, by: str | None, valid_from: str) -> UserArea:
    """Bind a user to an area from a day. Bound already: nothing new is written."""
    if AreaLevel(area.level) not in LEVELS[user.role]:
        raise Problem("malformed", {"area": "wrong_level"})
    lasting = db.session.scalar(
        select(UserArea).where(
            UserArea.user_id == user.id, UserArea.area_id == area.id, UserArea.valid_to.is_(None)
        )
    )
    if lasting is not None:
        lasting.valid_from = min(lasting.valid_from, valid_from)
        return lasting
    row = UserArea(user_id=user.id, area_id=area.id, valid_from=valid_from)
    db.session.add(row)
    db.session.flush()
    note_act("user_assign", by=by, subject=user.id, area=area.id, valid_from=valid_from)
    return row


def end_assignment(user: User, assignment_id: str, *, by: str | None, last_day: str) -> None:
    """The user serves the area until `last_day`, that day included."""
    row = db.session.get(UserArea, assignment_id)
    if row is None or row.user_id != user.id:
        raise Problem("not_found")
    row.valid_to = last_day
    note_act("user_unassign", by=by, subject=user.id, area=row.area_id, valid_to=last_day)


def reset_password(user: User, *, by: str | None, password: str | None = None) -> str:
    """A new password, shown once. Desk sessions end; phones keep their token and their outbox."""
    password = password or easy_password()
    if fault := fault_of(password, user.username):
        raise Problem("malformed", {"password": fault})
    user.password_hash = hash_password(password)
    user.sign_in_version += 1
    note_act("user_password", by=by, subject=user.id)
    return password


def end_user(user: User, *, by: str | None) -> None:
    """The user signs in no more; what their phones still hold is taken in and waits for review."""
    user.ended_at = user.ended_at or now()
    user.sign_in_version += 1
    for device in db.session.scalars(
        select(Device).where(Device.user_id == user.id, Device.revoked_at.is_(None))
    ):
        device.revoked_at = now()
    note_act("user_end", by=by, subject=user.id)


def reopen_user(user: User, *, by: str | None) -> None:
    """The user signs in again, with the password and the areas of before. Their phones stay locked
    until somebody signs in on them. Nothing happens to who has not ended."""
    if user.is_active:
        return
    user.ended_at = None
    note_act("user_reopen", by=by, subject=user.id)


def assignments_of(user_id: str) -> list[tuple[UserArea, Area, Area | None]]:
    """A user's areas, each with the area above it; those that last first, then by name."""
    above = aliased(Area)
    found = db.session.execute(
        select(UserArea, Area, above)
        .join(Area, Area.id == UserArea.area_id)
        .outerjoin(above, above.id == Area.parent_id)
        .where(UserArea.user_id == user_id)
        .order_by(UserArea.valid_to.is_not(None), Area.name)
    )
    return [(row, area, parent) for row, area, parent in found]


def user_called(username: str) -> User:
    user = db.session.scalar(select(User).where(User.username == typed_username(username)))
    if user is None:
        raise Problem("not_found")
    return user
