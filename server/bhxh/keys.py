"""Keys of the unit's own software, as its keepers see them."""

from dataclasses import dataclass

from flask_login import current_user
from sqlalchemy import select

from schemas.kinds import Role
from server.errors import Problem
from server.store.bhxh import BhxhKey
from server.store.bulk import among
from server.store.db import db, today
from server.store.people import User
from server.store.places import BhxhUnit, BhxhUnitCommune
from server.store.scope import areas_of


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One key. `state`: `open`, `expired` or `revoked`."""

    key: BhxhKey
    unit: str
    by: str
    state: str


def own_units() -> dict[str, str]:
    """The units whose keys this person keeps, by id: one's own, or those of one's communes."""
    query = select(BhxhUnit.id, BhxhUnit.name).order_by(BhxhUnit.name)
    if current_user.role == Role.BHXH:
        query = query.where(BhxhUnit.id == current_user.bhxh_unit_id)
    else:
        own = areas_of(current_user.id, current_user, today())
        here = select(BhxhUnitCommune.unit_id).where(among(BhxhUnitCommune.commune_id, own))
        query = query.where(BhxhUnit.id.in_(here))
    return dict(db.session.execute(query).all())


def key_lines(units: dict[str, str]) -> list[KeyLine]:
    """The keys of these units, those that still open first."""
    query = (
        select(BhxhKey, User.name)
        .join(User, User.id == BhxhKey.created_by)
        .where(among(BhxhKey.unit_id, units))
        .order_by(BhxhKey.created_at.desc())
    )
    lines = [
        KeyLine(key, units[key.unit_id], by, _state(key)) for key, by in db.session.execute(query)
    ]
    return sorted(lines, key=lambda line: line.state != "open")


def _state(key: BhxhKey) -> str:
    if key.revoked_at is not None:
        return "revoked"
    return "open" if key.expires_on >= today() else "expired"


def key_in_scope(key_id: str) -> BhxhKey:
    """The key; not found, or not allowed when it is another unit's."""
    found = db.session.get(BhxhKey, key_id)
    if found is None:
        raise Problem("not_found")
    if found.unit_id not in own_units():
        raise Problem("not_allowed")
    return found
