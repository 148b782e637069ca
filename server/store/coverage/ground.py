"""The ground that is counted: an area, a BHXH unit, or all that a person oversees, line by line."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from schemas.kinds import AreaLevel, Role
from server.errors import Problem
from server.store.db import db
from server.store.places import Area, BhxhUnit, BhxhUnitCommune
from server.store.scope import Person, areas_of, below, own_roots

UNIT_LEVEL = "bhxh_unit"
OWN_LEVEL = "own"


@dataclass(frozen=True)
class Ground:
    """`lines`: the areas shown one by one. `line_of`: the line that each village counts in, the
    ground itself for a village asked alone. `phones`: areas whose people's phones bring data.
    `path`: the areas above that the person may see, from the top."""

    id: str
    code: str | None
    name: str
    level: str
    lines: tuple[Area, ...]
    line_of: dict[str, str]
    villages: Select[Any]
    phones: Select[Any]
    path: tuple[Area, ...] = field(default=())


def ground_of(asked: str | None, user_id: str, person: Person, day: str) -> Ground:
    """What a person asks for, by id or code of an area or a BHXH unit; without asking, their own.
    `day` is that of the rights: today, whatever day is counted.
    Problems: not_found, not_allowed."""
    if not asked and person.role == Role.BHXH:
        asked = person.bhxh_unit_id
    seen = areas_of(user_id, person, day)
    if not asked:
        return _own(user_id, person, seen, day)
    area = db.session.get(Area, asked) or _by_code(asked, seen)
    if area is None:
        return _unit(asked, person, seen, day)
    if area.id not in seen:
        raise Problem("not_allowed")
    return _area(area, seen)


def ground_within(area: Area) -> Ground:
    """An area inside a ground that somebody may see: whoever sees the whole sees its parts."""
    return _area(area, set())


def _by_code(code: str, seen: set[str]) -> Area | None:
    """Codes of villages repeat from commune to commune: the one the person may see is meant."""
    found = list(db.session.scalars(select(Area).where(Area.code == code)))
    if len(found) > 1:
        found = [area for area in found if area.id in seen] or found
    return found[0] if found else None


def _area(area: Area, seen: set[str]) -> Ground:
    children = select(Area).where(Area.parent_id == area.id).order_by(Area.name)
    lines = tuple(db.session.scalars(children))
    path = _path(area)
    tree = below(select(Area.id).where(Area.id == area.id))
    above = [one.id for one in path]
    return Ground(
        area.id,
        area.code,
        area.name,
        area.level,
        lines,
        _line_of([line.id for line in lines]) if lines else {area.id: area.id},
        _villages_below([area.id]),
        select(Area.id).where(or_(Area.id.in_(tree), Area.id.in_(above))),
        tuple(one for one in path if one.id in seen),
    )


def _unit(asked: str, person: Person, seen: set[str], day: str) -> Ground:
    unit = db.session.scalars(
        select(BhxhUnit).where(or_(BhxhUnit.id == asked, BhxhUnit.code == asked))
    ).first()
    if unit is None:
        raise Problem("not_found")
    communes = _communes_of(unit.id, day)
    own = person.role == Role.BHXH and person.bhxh_unit_id == unit.id
    if not own and not {area.id for area in communes} <= seen:
        raise Problem("not_allowed")
    return _group(unit.id, unit.code, unit.name, UNIT_LEVEL, communes)


def _communes_of(unit_id: str, day: str) -> list[Area]:
    link = BhxhUnitCommune
    return list(
        db.session.scalars(
            select(Area)
            .join(link, link.commune_id == Area.id)
            .where(
                link.unit_id == unit_id,
                or_(link.valid_from.is_(None), link.valid_from <= day),
                or_(link.valid_to.is_(None), link.valid_to >= day),
            )
            .order_by(Area.name)
        )
    )


def _own(user_id: str, person: Person, seen: set[str], day: str) -> Ground:
    found = select(Area).where(Area.id.in_(own_roots(user_id, person, day))).order_by(Area.name)
    roots = _topmost(list(db.session.scalars(found)))
    if len(roots) == 1:
        return _area(roots[0], seen)
    return _group("", None, "", OWN_LEVEL, roots)


def _topmost(areas: list[Area]) -> list[Area]:
    """Without those that lie in another one, or their people would be counted twice."""
    ids = {area.id for area in areas}
    return [area for area in areas if not any(up.id in ids for up in _path(area))]


def _group(id_: str, code: str | None, name: str, level: str, lines: list[Area]) -> Ground:
    ids = [line.id for line in lines]
    above = {up.id for line in lines for up in _path(line)}
    tree = below(select(Area.id).where(Area.id.in_(ids)))
    return Ground(
        id_,
        code,
        name,
        level,
        tuple(lines),
        _line_of(ids),
        _villages_below(ids),
        select(Area.id).where(or_(Area.id.in_(tree), Area.id.in_(above))),
    )


def _path(area: Area) -> tuple[Area, ...]:
    """The areas above, from the top."""
    path: list[Area] = []
    while area.parent_id and len(path) < len(AreaLevel):
        parent = db.session.get(Area, area.parent_id)
        if parent is None:
            break
        path.insert(0, parent)
        area = parent
    return tuple(path)


def _villages_below(ids: list[str]) -> Select[Any]:
    tree = below(select(Area.id).where(Area.id.in_(ids)))
    return select(Area.id).where(Area.id.in_(tree), Area.level == AreaLevel.VILLAGE)


def _line_of(lines: list[str]) -> dict[str, str]:
    tree = (
        select(Area.id.label("line"), Area.id.label("id"))
        .where(Area.id.in_(lines))
        .cte("lines", recursive=True)
    )
    child = aliased(Area)
    tree = tree.union(select(tree.c.line, child.id).join(tree, child.parent_id == tree.c.id))
    return {area: line for line, area in db.session.execute(select(tree.c.line, tree.c.id))}
