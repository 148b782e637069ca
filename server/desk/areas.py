"""Areas at the desk: the tree of one's own, and one area with all that is known of it."""

from dataclasses import dataclass
from typing import Any

from flask_login import current_user
from sqlalchemy import func, or_, select

from schemas.areas import FACT_VALUES
from schemas.kinds import AreaFact, AreaLevel
from server.domain.text import clean_text, fold
from server.errors import Problem
from server.store import areas as store
from server.store.audit import note_act
from server.store.changes.write import author_at_desk
from server.store.db import db, today
from server.store.duties import duties_on
from server.store.places import (
    Area,
    AreaAlias,
    AreaFactRow,
    AreaSuccessor,
    BhxhUnit,
    BhxhUnitCommune,
)
from server.store.review.moving import holds_households, move_village
from server.store.scope import areas_of, require_area
from server.store.search import holds

FOUND_LIMIT = 100


@dataclass(frozen=True, slots=True)
class AreaLine:
    area: Area
    above: str | None
    below: int
    """How many areas lie directly under it."""


def own_areas() -> set[str]:
    return areas_of(current_user.id, current_user, today())


def area_lines(q: str) -> list[AreaLine]:
    """The areas that match, by any name or code; without a question the uppermost of one's own."""
    own = own_areas()
    mine = Area.id.in_(own)
    if fold(q):
        key = fold(q)
        by_alias = select(AreaAlias.area_id).where(holds(AreaAlias.search, key))
        matching = or_(holds(Area.search, key), Area.id.in_(by_alias), Area.code == q.strip())
        return _lines(mine & matching)
    return _lines(mine & or_(Area.parent_id.is_(None), Area.parent_id.not_in(own)))


def areas_under(area: Area) -> list[AreaLine]:
    return _lines(Area.parent_id == area.id, limit=5000)


def _lines(condition: Any, limit: int = FOUND_LIMIT) -> list[AreaLine]:
    above, below = Area.__table__.alias("above"), Area.__table__.alias("below")
    number = (
        select(func.count())
        .select_from(below)
        .where(below.c.parent_id == Area.id)
        .scalar_subquery()
    )
    found = db.session.execute(
        select(Area, above.c.name, number)
        .outerjoin(above, above.c.id == Area.parent_id)
        .where(condition)
        .order_by(Area.valid_to.is_not(None), Area.name)
        .limit(limit)
    )
    return [AreaLine(area, name, count) for area, name, count in found]


def area_in_scope(area_id: str) -> Area:
    return require_area(area_id, current_user.id, current_user, today())


def everything_about(area: Area) -> dict[str, Any]:
    """What an area's page shows."""
    own = own_areas()
    above = reversed(store.lineage(area.id)[1:])
    return {
        "steps": [(step.name, f"/areas/{step.id}" if step.id in own else "") for step in above],
        "neighbours": _neighbours(area),
        "facts": store.facts_on(area.id, today()),
        "own_facts": own_facts(area),
        "aliases": store.aliases_of(area.id),
        "successors": successors_of(area),
        "children": areas_under(area),
        "unit": unit_of(area),
        "fact_values": FACT_VALUES,
        "day": today(),
        "duties": duties_on(today(), [area.id]).get(area.id, []),
    }


def _neighbours(area: Area) -> list[AreaLine]:
    """The villages that could take a village's place."""
    if area.level != AreaLevel.VILLAGE:
        return []
    living = (Area.parent_id == area.parent_id) & Area.valid_to.is_(None) & (Area.id != area.id)
    return _lines(living, limit=500)


def own_facts(area: Area) -> list[AreaFactRow]:
    """What was said of this very area, also what holds no more: the latest first."""
    query = select(AreaFactRow).where(AreaFactRow.area_id == area.id)
    return list(
        db.session.scalars(
            query.order_by(AreaFactRow.fact, AreaFactRow.valid_from.desc().nulls_last())
        )
    )


def successors_of(area: Area) -> list[Area]:
    links = select(AreaSuccessor.successor_id).where(AreaSuccessor.area_id == area.id)
    return list(db.session.scalars(select(Area).where(Area.id.in_(links)).order_by(Area.name)))


def unit_of(area: Area) -> BhxhUnit | None:
    """The insurance unit that serves a commune today."""
    day = today()
    link = select(BhxhUnitCommune.unit_id).where(
        BhxhUnitCommune.commune_id == area.id,
        or_(BhxhUnitCommune.valid_to.is_(None), BhxhUnitCommune.valid_to >= day),
    )
    return db.session.scalar(select(BhxhUnit).where(BhxhUnit.id.in_(link)))


def state_fact(
    area: Area, choice: str, source: str, valid_from: str | None, valid_to: str | None
) -> None:
    """`choice` is `fact:value`, as the form's list offers it."""
    fact, _, value = choice.partition(":")
    paper = clean_text(source)
    if fact not in set(AreaFact) or paper is None:
        raise Problem("malformed", {"source": "needed"})
    store.add_fact(area, fact, value, source=paper, valid_from=valid_from, valid_to=valid_to)
    note_act("area_fact", by=current_user.id, area=area.id, fact=fact, value=value)


def finish_fact(area: Area, fact_id: str, day: str) -> None:
    store.end_fact(area, fact_id, day)
    note_act("area_fact_end", by=current_user.id, area=area.id, subject=fact_id, day=day)


def name_also(area: Area, name: str) -> None:
    store.add_alias(area, name)
    note_act("area_alias", by=current_user.id, area=area.id)


def open_village(commune: Area, name: str, code: str | None, day: str) -> Area:
    village = store.add_village(name, commune, code=clean_text(code or ""), valid_from=day)
    note_act("area_add", by=current_user.id, area=village.id)
    return village


def close_area(area: Area, successors: list[str], day: str) -> None:
    """End a village; the villages of the same commune named here take its place. Its households
    go to the only successor at once: in no living village they would be on nobody's phone."""
    if area.level != AreaLevel.VILLAGE:
        raise Problem("not_allowed")
    chosen = [area_in_scope(id_) for id_ in successors]
    if any(each.parent_id != area.parent_id for each in chosen):
        raise Problem("malformed", {"successors": "same_commune"})
    if holds_households(area.id):
        if len(chosen) != 1:
            raise Problem("village_not_empty")
        if day > today():
            raise Problem("village_ends_later")
        author = author_at_desk(current_user)
        moved = move_village(area.id, chosen[0].id, author)
        note_act("move_village", by=current_user.id, area=area.id, count=moved)
    store.end_area(area, chosen, day)
    note_act("area_end", by=current_user.id, area=area.id, day=day, successors=successors)
