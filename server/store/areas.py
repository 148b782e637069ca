"""Areas: found by what people write, changed with a date, described by dated facts."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, or_, select

from schemas.areas import FACT_VALUES, NEEDS_START
from schemas.kinds import AreaFact, AreaLevel
from server.domain.legal.area_facts import stated_on
from server.domain.text import clean_text, fold, fold_tight
from server.errors import Problem
from server.store.db import db, new_id
from server.store.places import Area, AreaAlias, AreaFactRow, AreaSuccessor
from server.store.reference import Item, publish_all
from server.store.scope import below

COMMUNE_WORDS = ("xa", "phuong", "dac khu", "thi tran")
PROVINCE_WORDS = ("tinh", "thanh pho")
DISTRICT_WORDS = ("huyen", "thi xa")
VILLAGE_WORDS = (
    "thon", "ban", "lang", "xom", "ap", "buon", "khu pho", "to dan pho", "tdp", "khu", "tieu khu",
)  # fmt: skip
SHORT_WORDS = {"tp": "thanh pho", "x": "xa", "p": "phuong", "h": "huyen", "tx": "thi xa"}
KIND_WORDS = sorted(
    (*COMMUNE_WORDS, *PROVINCE_WORDS, *DISTRICT_WORDS, *VILLAGE_WORDS), key=len, reverse=True
)
DISTRICTS_UNTIL = "2025-06-30"
"""Communes lie in provinces since the day after."""
_SHORT_DISTRICT = re.compile(r"(h|tx)[. ]\s*(\S.*)", re.IGNORECASE)
CODE_LENGTH = {AreaLevel.PROVINCE: 2, AreaLevel.COMMUNE: 5}


def bare_name(name: str) -> str:
    """A name without its leading kind of unit: 'Xã Thường Xuân' is 'Thường Xuân'. Folded."""
    words = fold(name)
    for kind in KIND_WORDS:
        rest = words.removeprefix(f"{kind} ")
        # 'Thôn 3' is only called '3' by nobody: the bare number would find too much.
        if rest != words and not rest.isdecimal():
            return rest
    return words


def district_name(name: str) -> str:
    """A former district however it is spelt: `Huyện Thường Xuân`, `H. Thường Xuân` and `THƯỜNG
    XUÂN` are one. Folded."""
    first, _, rest = fold(name).partition(" ")
    return bare_name(f"{SHORT_WORDS[first]} {rest}" if first in SHORT_WORDS and rest else name)


def district_in_full(name: str) -> str:
    """`H. Thường Xuân` and `Thường Xuân` as they are written out."""
    cleaned = clean_text(name) or ""
    if short := _SHORT_DISTRICT.match(cleaned):
        return f"{'Huyện' if short[1].lower() == 'h' else 'Thị xã'} {short[2]}"
    return cleaned if bare_name(cleaned) != fold(cleaned) else f"Huyện {cleaned}"


def names_searched(name: str) -> set[str]:
    """Every folded form under which an area is found, beside its full folded name."""
    bare = bare_name(name)
    return {bare, bare.replace(" ", ""), fold_tight(name)} - {fold(name)}


def find_areas(
    text: str, level: str | None = None, within: str | None = None, day: str | None = None
) -> list[Area]:
    """The areas called so: by code, else by full name, else by name or alias without its kind.

    Accents, tones, case and hyphens do not matter. `within`: only below this area's id. `day`:
    only those that exist on the day. More than one means the text is not enough.
    """
    words = fold(text)
    if not words:
        return []
    base = _limited(level, within, day)
    kind = AreaLevel(level) if level else None
    if words.isdecimal():
        code = words.zfill(CODE_LENGTH[kind]) if kind in CODE_LENGTH else words
        if found := _areas(base.where(Area.code == code)):
            return found
    for keys in _keys(words):
        by_alias = select(AreaAlias.area_id).where(AreaAlias.search.in_(keys))
        if found := _areas(base.where(or_(Area.search.in_(keys), Area.id.in_(by_alias)))):
            return found
    return []


def find_area(
    text: str, level: str | None = None, within: str | None = None, day: str | None = None
) -> Area | None:
    """The one area called so, or None when there is none or more than one."""
    found = find_areas(text, level, within, day)
    return found[0] if len(found) == 1 else None


def _keys(words: str) -> Iterable[set[str]]:
    first, _, rest = words.partition(" ")
    yield {words}
    if first in SHORT_WORDS and rest:
        words = f"{SHORT_WORDS[first]} {rest}"
    yield {words, words.replace(" ", "")}
    # Whoever writes 'Phường' does not mean a 'Xã' of the same name; 'thôn' and 'bản' are mixed up.
    if words.startswith(VILLAGE_WORDS):
        bare = bare_name(words)
        yield {bare, bare.replace(" ", "")}


def _limited(level: str | None, within: str | None, day: str | None) -> Select[Area]:
    query = select(Area).order_by(Area.name, Area.id)
    if level:
        query = query.where(Area.level == AreaLevel(level).value)
    if within:
        query = query.where(Area.id.in_(below(select(Area.id).where(Area.id == within))))
    if day:
        query = query.where(alive_on(day))
    return query


def _areas(query: Select[Area]) -> list[Area]:
    return list(db.session.scalars(query))


def alive_on(day: str) -> Any:
    """The condition that an area exists on a day."""
    return or_(Area.valid_from.is_(None), Area.valid_from <= day) & or_(
        Area.valid_to.is_(None), Area.valid_to >= day
    )


def add_village(
    name: str,
    commune: Area,
    *,
    code: str | None = None,
    valid_from: str | None = None,
    aliases: Sequence[str] = (),
    former_district: str | None = None,
    id: str | None = None,
) -> Area:
    """A new village of a commune, published to the phones. A name in use there is a conflict."""
    cleaned = clean_text(name)
    if cleaned is None or commune.level != AreaLevel.COMMUNE:
        raise Problem("malformed", {"name": "needed"})
    taken = select(Area.id).where(
        Area.parent_id == commune.id, Area.search == fold(cleaned), Area.valid_to.is_(None)
    )
    if db.session.scalar(taken):
        raise Problem("conflict", {"name": cleaned})
    village = Area(
        id=id or new_id(),
        level=AreaLevel.VILLAGE.value,
        code=code,
        name=cleaned,
        search=fold(cleaned),
        parent_id=commune.id,
        province_id=commune.province_id or commune.parent_id,
        former_district=former_district,
        valid_from=valid_from,
    )
    db.session.add(village)
    db.session.flush()
    _write_search_names(village)
    for alias in aliases:
        _write_alias(village.id, alias)
    publish_area(village)
    return village


def add_former_district(name: str, province: Area) -> Area:
    """A district of before July 2025, for plans that still count by it."""
    cleaned = district_in_full(name)
    district = Area(
        id=new_id(),
        level=AreaLevel.FORMER_DISTRICT.value,
        name=cleaned,
        search=fold(cleaned),
        parent_id=province.id,
        province_id=province.id,
        valid_to=DISTRICTS_UNTIL,
    )
    db.session.add(district)
    db.session.flush()
    _write_search_names(district)
    publish_area(district)
    return district


def end_area(area: Area, successors: Sequence[Area], day: str) -> None:
    """The area exists until `day`; its only successor, if it has one, serves what lies in it."""
    if any(new.id == area.id or new.level != area.level for new in successors):
        raise Problem("malformed", {"successors": "same_level"})
    if area.valid_from and day < area.valid_from:
        raise Problem("malformed", {"valid_to": "before_start"})
    area.valid_to = day
    db.session.execute(delete(AreaSuccessor).where(AreaSuccessor.area_id == area.id))
    for new in successors:
        db.session.add(AreaSuccessor(area_id=area.id, successor_id=new.id))
    db.session.flush()
    publish_area(area)


def add_alias(area: Area, name: str) -> None:
    """Another name by which the area is found."""
    if not fold(name):
        raise Problem("malformed", {"alias": "needed"})
    _write_alias(area.id, name)
    publish_area(area)


def aliases_of(area_id: str) -> list[str]:
    """The names people gave it beside its own, in the order of the alphabet."""
    return sorted(
        db.session.scalars(
            select(AreaAlias.name).where(AreaAlias.area_id == area_id, AreaAlias.name != "")
        ).unique()
    )


def _write_search_names(area: Area) -> None:
    """Forms that only lookups use are kept without a name to show."""
    for key in names_searched(area.name):
        db.session.add(AreaAlias(area_id=area.id, search=key, name=""))
    db.session.flush()


def _write_alias(area_id: str, name: str) -> None:
    cleaned = clean_text(name) or ""
    for key in {fold(cleaned)} | names_searched(cleaned):
        known = db.session.get(AreaAlias, (area_id, key))
        shown = cleaned if key == fold(cleaned) else ""
        if known is None:
            db.session.add(AreaAlias(area_id=area_id, search=key, name=shown))
        elif shown:
            known.name = shown
    db.session.flush()


def area_item(area: Area, aliases: Sequence[str] = (), facts: Sequence[AreaFactRow] = ()) -> Item:
    """The area as the phones' reference feed carries it."""
    data = {
        "level": area.level,
        "code": area.code,
        "name": area.name,
        "parent": area.parent_id,
        "province": area.province_id,
        "valid_from": area.valid_from,
        "valid_to": area.valid_to,
        "aliases": list(aliases),
        "facts": [_shown_fact(row) for row in facts],
    }
    return Item("area", area.id, area.province_id or area.id, data)


def _shown_fact(row: AreaFactRow) -> dict[str, str | None]:
    dates = {"valid_from": row.valid_from, "valid_to": row.valid_to}
    return {"fact": row.fact, "value": row.value, **dates}


def publish_area(area: Area) -> None:
    publish_all([area_item(area, aliases_of(area.id), stated_of([area.id])[area.id])])


def stated_of(area_ids: Collection[str] | None = None) -> dict[str, list[AreaFactRow]]:
    """All that was stated of these very areas, or of every area, whatever day it holds on."""
    query = select(AreaFactRow).order_by(AreaFactRow.id)
    if area_ids is not None:
        query = query.where(AreaFactRow.area_id.in_(area_ids))
    stated: dict[str, list[AreaFactRow]] = defaultdict(list)
    for row in db.session.scalars(query):
        stated[row.area_id].append(row)
    return stated


def stated_above(area_id: str) -> list[list[AreaFactRow]]:
    """What was stated of an area, then of the one above it, and so on upwards."""
    return stated_above_each([area_id])[area_id]


def stated_above_each(area_ids: Sequence[str]) -> dict[str, list[list[AreaFactRow]]]:
    """The same of many areas, in a few reads."""
    parents = _parents(area_ids)
    stated = stated_of(parents)
    return {id_: [stated[step] for step in _upwards(id_, parents)] for id_ in area_ids}


def _parents(area_ids: Iterable[str]) -> dict[str, str | None]:
    """The area above each of these and of those above them."""
    parents: dict[str, str | None] = {}
    level = set(area_ids)
    while level:
        query = select(Area.id, Area.parent_id).where(Area.id.in_(level))
        parents |= dict(db.session.execute(query).all())
        level = {parent for parent in parents.values() if parent} - set(parents)
    return parents


def _upwards(area_id: str, parents: Mapping[str, str | None]) -> list[str]:
    chain: list[str] = []
    step: str | None = area_id
    while step is not None and step not in chain:
        chain.append(step)
        step = parents.get(step)
    return chain


@dataclass(frozen=True, slots=True)
class FactOn:
    """What is known of an area on a day, and where it was said: here or for an area above."""

    fact: str
    value: str
    source: str
    valid_from: str | None
    valid_to: str | None
    area_id: str
    inherited: bool


def facts_on(area_id: str, day: str) -> dict[str, FactOn]:
    """The facts of an area on a day, by kind; what it does not say itself, its parents say."""
    return {
        fact: FactOn(
            fact,
            row.value,
            row.source,
            row.valid_from,
            row.valid_to,
            row.area_id,
            row.area_id != area_id,
        )
        for fact, row in stated_on(day, stated_above(area_id)).items()
    }


def add_fact(
    area: Area,
    fact: str,
    value: str,
    *,
    source: str,
    valid_from: str | None,
    valid_to: str | None = None,
) -> AreaFactRow:
    """State a dated fact with the paper it comes from."""
    if fact not in set(AreaFact) or value not in FACT_VALUES[AreaFact(fact)]:
        raise Problem("malformed", {"value": "not_in_list"})
    if fact in NEEDS_START and not valid_from:
        raise Problem("malformed", {"valid_from": "needed"})
    if valid_from and valid_to and valid_to < valid_from:
        raise Problem("malformed", {"valid_to": "before_start"})
    row = AreaFactRow(
        area_id=area.id,
        fact=fact,
        value=value,
        source=source,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    db.session.add(row)
    db.session.flush()
    publish_area(area)
    return row


def end_fact(area: Area, fact_id: str, day: str) -> None:
    """The fact holds until `day`, which is its last."""
    row = db.session.get(AreaFactRow, fact_id)
    if row is None or row.area_id != area.id:
        raise Problem("not_found")
    if row.valid_from and day < row.valid_from:
        raise Problem("malformed", {"valid_to": "before_start"})
    row.valid_to = day
    db.session.flush()
    publish_area(area)


def lineage(area_id: str) -> list[Area]:
    """The area and those above it, upwards."""
    chain: list[Area] = []
    step = db.session.get(Area, area_id)
    while step is not None and step not in chain:
        chain.append(step)
        step = db.session.get(Area, step.parent_id) if step.parent_id else None
    return chain
