"""The room's blueprint, who writes, and the communes a person looks at."""

from flask import Blueprint, g, request
from flask_login import current_user
from sqlalchemy import or_, select

from schemas.kinds import AreaLevel, Role
from server.errors import Problem
from server.store.areas import alive_on
from server.store.bulk import among
from server.store.db import db, today
from server.store.places import Area
from server.store.scope import areas_of

OFFICE = (Role.OFFICER, Role.ADMIN)

blueprint = Blueprint("plans", __name__, template_folder="templates")


def writes() -> bool:
    return current_user.role in OFFICE


def own_areas() -> set[str]:
    """Asked many times by one page, read once."""
    if "own_areas" not in g:
        g.own_areas = areas_of(current_user.id, current_user, today())
    areas: set[str] = g.own_areas
    return areas


def communes_seen() -> list[Area]:
    """One's communes, and those in which one serves a village, by name."""
    own = own_areas()
    of_villages = select(Area.parent_id).where(among(Area.id, own), Area.level == AreaLevel.VILLAGE)
    query = select(Area).where(
        Area.level == AreaLevel.COMMUNE, or_(among(Area.id, own), Area.id.in_(of_villages))
    )
    return list(db.session.scalars(query.order_by(Area.name)))


def chosen_commune(communes: list[Area]) -> Area | None:
    """The commune the address names, else the first with a village of one's own; None where one
    oversees no commune. Problem: not_allowed for another's."""
    asked = request.values.get("commune", "")
    if asked:
        found = next((area for area in communes if area.id == asked), None)
        if found is None:
            raise Problem("not_allowed")
        return found
    ids = [area.id for area in communes]
    has = select(Area.parent_id).where(among(Area.parent_id, ids), alive_on(today()))
    with_villages = set(db.session.scalars(has))
    return next((area for area in communes if area.id in with_villages), next(iter(communes), None))


def villages_seen(commune: Area) -> list[Area]:
    """The villages of a commune that one sees, those that exist today, by name."""
    query = select(Area).where(
        Area.parent_id == commune.id, Area.level == AreaLevel.VILLAGE, alive_on(today())
    )
    own = own_areas()
    return [area for area in db.session.scalars(query.order_by(Area.name)) if area.id in own]
