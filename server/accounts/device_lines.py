"""Phones as the desk shows them: what each last said, whom it serves, what of it still waits."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select

from schemas.kinds import WaitingState
from server.accounts.devices import state_of
from server.store.db import db, now, today
from server.store.devices import SILENT_AFTER, utc
from server.store.emptied import is_emptied, is_left_behind, newest_sibling
from server.store.feeds import ChangeRow, Waiting
from server.store.managing import managed_users
from server.store.people import Device, User, UserArea
from server.store.places import Area
from server.store.unreadable import has_unreadable

CLOCK_MATTERS = timedelta(days=1)
"""Beyond this the phone itself asks its user to set the clock."""


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A phone as the desk shows it. `emptied`, `left_behind_since`: until somebody has asked."""

    device: Device
    user: User
    state: str
    silent: bool
    emptied: bool
    left_behind_since: datetime | None
    unreadable: bool
    waiting: int
    areas: list[str]

    @property
    def may_have_lost(self) -> bool:
        lost = self.emptied or self.left_behind_since is not None
        return self.state == "active" and lost

    @property
    def clock_is_off(self) -> bool:
        return abs(self.device.clock_offset_s or 0) >= CLOCK_MATTERS.total_seconds()


def devices_managed_by(manager: User) -> list[DeviceLine]:
    """The phones of the users somebody manages, those that need a look first."""
    people = {user.id: user for user in managed_users(manager)}
    found = db.session.scalars(select(Device).where(Device.user_id.in_(people)))
    return sorted(device_lines(list(found), people), key=_urgency)


def _urgency(line: DeviceLine) -> tuple[bool, bool, bool, str]:
    asks = line.may_have_lost or line.unreadable
    return (line.state != "active", not asks, not line.silent, line.user.name)


def all_devices() -> list[DeviceLine]:
    """Every phone, for the command line."""
    people = {user.id: user for user in db.session.scalars(select(User))}
    return device_lines(list(db.session.scalars(select(Device))), people)


def device_lines(devices: Sequence[Device], people: Mapping[str, User]) -> list[DeviceLine]:
    """`people`: the users of these phones, by id."""
    ids = [device.id for device in devices]
    lost, waiting, areas = _lost(ids), _waiting(ids), _areas({it.user_id for it in devices})
    lines = []
    for device in devices:
        heard = device.last_sync_at or device.created_at
        emptied, left_behind_since, unreadable = lost.get(device.id, (False, None, False))
        lines.append(
            DeviceLine(
                device=device,
                user=people[device.user_id],
                state=state_of(device),
                silent=utc(heard) + SILENT_AFTER < now(),
                emptied=emptied,
                left_behind_since=left_behind_since,
                unreadable=unreadable,
                waiting=waiting.get(device.id, 0),
                areas=areas.get(device.user_id, []),
            )
        )
    return lines


def _lost(ids: list[str]) -> dict[str, tuple[bool, datetime | None, bool]]:
    """Of each phone: whether it came back empty, since when its user has another phone though it
    had something unsent, and whether something of it could not be read."""
    asked = select(Device.id, is_emptied(), is_left_behind(), newest_sibling(), has_unreadable())
    rows = db.session.execute(asked.where(Device.id.in_(ids)))
    return {
        id_: (emptied, since if behind else None, unreadable)
        for id_, emptied, behind, since, unreadable in rows
    }


def _waiting(ids: list[str]) -> dict[str, int]:
    """How many changes of each phone wait for review."""
    counted = (
        select(ChangeRow.device_id, func.count())
        .join(Waiting, Waiting.change_id == ChangeRow.id)
        .where(ChangeRow.device_id.in_(ids), Waiting.state == WaitingState.OPEN)
        .group_by(ChangeRow.device_id)
    )
    return {str(id_): count for id_, count in db.session.execute(counted)}


def _areas(users: set[str]) -> dict[str, list[str]]:
    """The areas each user is bound to today, by name: for a surveyor the villages."""
    day = today()
    rows = db.session.execute(
        select(UserArea.user_id, Area.name)
        .join(Area, Area.id == UserArea.area_id)
        .where(
            UserArea.user_id.in_(users),
            UserArea.valid_from <= day,
            or_(UserArea.valid_to.is_(None), UserArea.valid_to >= day),
        )
        .order_by(Area.name)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for user_id, name in rows:
        found[user_id].append(name)
    return found
