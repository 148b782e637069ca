"""What the person at the desk may look at."""

from flask import g
from flask_login import current_user
from sqlalchemy import select

from schemas.kinds import AreaLevel
from server.errors import Problem
from server.store.bulk import among
from server.store.db import db, today
from server.store.places import Area
from server.store.scope import Village, areas_of, may_see_people, villages_of


def own_villages() -> dict[str, Village]:
    """The villages whose people this person may see, by id; nobody's for who sees counts only."""
    if not may_see_people(current_user):
        raise Problem("not_allowed")
    if "own_villages" not in g:
        g.own_villages = villages_of(current_user.id, current_user, today())
    villages: dict[str, Village] = g.own_villages
    return villages


def chosen_villages(villages: dict[str, Village], asked: str | None) -> list[str]:
    """The village asked for, or all of one's own. Another's is not allowed."""
    if not asked:
        return list(villages)
    if asked not in villages:
        raise Problem("not_allowed")
    return [asked]


def own_communes() -> list[Area]:
    """The communes whose books, cash and sponsors this person keeps, by name."""
    own = areas_of(current_user.id, current_user, today())
    query = select(Area).where(among(Area.id, own), Area.level == AreaLevel.COMMUNE)
    return list(db.session.scalars(query.order_by(Area.name)))
