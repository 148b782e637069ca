"""The room's blueprint, and what each of its pages is asked for."""

from dataclasses import dataclass

from flask import Blueprint
from flask_login import current_user
from sqlalchemy import select

from schemas.kinds import AreaLevel
from server.pages.typed import day_asked
from server.store.bulk import among
from server.store.coverage.ground import OWN_LEVEL, UNIT_LEVEL, Ground, ground_of
from server.store.db import db, today
from server.store.places import Area

blueprint = Blueprint("steering", __name__, template_folder="templates")


@dataclass(frozen=True)
class Asked:
    """The ground a page is about and the day it is counted for. `villages`: theirs by id, with
    their names."""

    ground: Ground
    day: str
    villages: dict[str, str]

    @property
    def now(self) -> bool:
        return self.day == today()


def asked_for(area: str | None, on: str | None) -> Asked:
    """By the rights of today. Problems: malformed, not_found, not_allowed."""
    day = day_of(on)
    ground = ground_of(area, current_user.id, current_user, today())
    villages = select(Area.id, Area.name).where(among(Area.id, ground.line_of))
    query = villages.where(Area.level == AreaLevel.VILLAGE).order_by(Area.name, Area.id)
    return Asked(ground, day, dict(db.session.execute(query).all()))


def day_of(on: str | None) -> str:
    """The day asked for, today without one. Problem: malformed."""
    return day_asked(on) or today()


def whole_name(ground: Ground) -> str:
    """What the ground is called; empty for all that is one's own."""
    return "" if ground.level == OWN_LEVEL else ground.name


def area_of(asked: Asked) -> str | None:
    """The area to log under; None for all that is one's own or a unit's."""
    return None if asked.ground.level in (OWN_LEVEL, UNIT_LEVEL) else asked.ground.id
