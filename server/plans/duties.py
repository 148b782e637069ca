"""Duties as the office keeps them: given to a named person, changed, handed on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields

from flask_login import current_user
from sqlalchemy import select

from schemas.kinds import DutyKind
from server.domain.partial import first_day, last_day
from server.errors import Problem
from server.pages.once import written_before
from server.plans.doors import own_areas
from server.store.audit import note_act
from server.store.bulk import among
from server.store.db import db, new_id
from server.store.duties import DutyRow
from server.store.people import User, UserArea
from server.store.places import Area


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody typed about a duty; dates partial, empty text as None."""

    kind: str
    full_name: str
    phone: str | None
    post: str | None
    note: str | None
    user_id: str | None
    valid_from: str | None
    valid_to: str | None


def fault_of(told: Told) -> str | None:
    """Why this is no duty, as a code; None when it is one."""
    if told.kind not in set(DutyKind):
        return "kind"
    if not told.full_name:
        return "name"
    if told.valid_from and told.valid_to and last_day(told.valid_to) < first_day(told.valid_from):
        return "ends_before_start"
    return None


def add_duties(id_: str, areas: Sequence[Area], told: Told) -> None:
    """Write a duty that has no fault in each of these areas, once for each form."""
    if written_before(DutyRow, id_):
        return
    for place, area in enumerate(areas):
        row = DutyRow(id=id_ if not place else new_id(), area_id=area.id)
        row.added_by = current_user.id
        _tell(row, told)
        db.session.add(row)
        db.session.flush()
        _note("duty_add", row)


def change_duty(row: DutyRow, told: Told) -> None:
    _tell(row, told)
    db.session.flush()
    _note("duty_change", row)


def end_duty(row: DutyRow, day: str) -> None:
    """The duty lasts until this day. Problem: malformed when it had not begun by then."""
    if row.valid_from and day < first_day(row.valid_from):
        raise Problem("malformed", {"last_day": "before_start"})
    row.valid_to = day
    db.session.flush()
    _note("duty_end", row)


def duty_in_scope(duty_id: str) -> DutyRow:
    """The duty; not found, or not allowed when it is of another's area."""
    found = db.session.get(DutyRow, duty_id)
    if found is None:
        raise Problem("not_found")
    if found.area_id not in own_areas():
        raise Problem("not_allowed")
    return found


def accounts_of(area_ids: Collection[str]) -> list[User]:
    """The people with an account who work in these areas, by name: whom a duty may belong to."""
    bound = select(UserArea.user_id).where(among(UserArea.area_id, area_ids))
    query = select(User).where(User.id.in_(bound), User.ended_at.is_(None))
    return list(db.session.scalars(query.order_by(User.name, User.id)))


def _tell(row: DutyRow, told: Told) -> None:
    for field in fields(Told):
        setattr(row, field.name, getattr(told, field.name))


def _note(kind: str, row: DutyRow) -> None:
    note_act(kind, by=current_user.id, subject=row.id, area=row.area_id, duty=row.kind)
