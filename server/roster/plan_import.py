"""A district's or province's plan from its table: looked through first, each place found or asked
for, then written as a plan with its targets."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import select

from schemas.kinds import AreaLevel, PlanState
from server.domain.plan_columns import NAME, guess_columns
from server.domain.plans import Line, Odd, odd_figures
from server.domain.text import fold
from server.errors import Problem
from server.roster.faults import Faults, Unreadable
from server.roster.layout import Layout
from server.roster.mapping import recalled, remember
from server.roster.plan_table import PlanRow, plan_rows, with_denominators
from server.store.areas import (
    add_alias,
    add_former_district,
    district_in_full,
    district_name,
    find_areas,
)
from server.store.audit import note_act
from server.store.db import db, new_id
from server.store.places import Area, BhxhUnit, BhxhUnitCommune
from server.store.plan_documents import PlanDocument, PlanNumber
from server.store.plan_targets import Holder, parts_of, put_target, tell_phones
from server.store.scope import below
from server.tables.heading import Heading
from server.tables.opening import open_book
from server.tables.wide import Wide, wide_table

LAYOUT = Layout("plan", "Bảng chỉ tiêu nhiều cột", ())
SKIP, NEW_DISTRICT = "skip", "new"
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Meta:
    """What the person says of the plan. `owner`: an area's or a BHXH unit's id."""

    owner: str
    year: int
    title: str
    number: str | None
    signed_on: str | None
    state: str


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose plan it is. `candidates`: the areas a line may be about, by id."""

    id: str
    name: str
    area: Area | None
    unit: BhxhUnit | None
    candidates: dict[str, Area]

    @property
    def province(self) -> Area | None:
        return self.area if self.area and self.area.level == AreaLevel.PROVINCE else None

    @property
    def remembers(self) -> str | None:
        """The area for which what columns mean is remembered."""
        return self.area.id if self.area else self.unit.province_id if self.unit else None


@dataclass(slots=True)
class Unknown:
    """A place of the file that is not known, or not alone: asked for on the screen."""

    key: str
    name: str
    district: str
    rows: list[int]
    found: list[Area]
    may_be_new: bool


@dataclass(slots=True)
class LookedPlan:
    """What a look through a plan's table found."""

    table: Wide
    columns: dict[int, str]
    rows: list[PlanRow]
    places: dict[int, Area | None]
    unknown: list[Unknown]
    odd: list[Odd]
    faults: Faults
    skipped: set[int] = field(default_factory=set)

    @property
    def named(self) -> bool:
        return NAME in self.columns.values() and any("." in key for key in self.columns.values())

    @property
    def may_write(self) -> bool:
        return self.named and not self.unknown and bool(self.rows)


def owner_called(id_: str, own: set[str]) -> Owner:
    """The owner, with the areas of one's own that its lines may be about. Problems: not_found,
    not_allowed."""
    area, unit = db.session.get(Area, id_), db.session.get(BhxhUnit, id_)
    if area is None and unit is None:
        raise Problem("not_found")
    if area is not None:
        if area.id not in own:
            raise Problem("not_allowed")
        tree = below(select(Area.id).where(Area.id == area.id))
        query = select(Area).where(Area.id.in_(tree))
        if area.level != AreaLevel.COMMUNE:
            query = query.where(Area.level != AreaLevel.VILLAGE)
        found = {one.id: one for one in db.session.scalars(query.order_by(Area.name))}
        return Owner(area.id, area.name, area, None, found)
    assert unit is not None
    links = select(BhxhUnitCommune.commune_id).where(BhxhUnitCommune.unit_id == unit.id)
    communes = list(db.session.scalars(select(Area).where(Area.id.in_(links)).order_by(Area.name)))
    if not communes or any(one.id not in own for one in communes):
        raise Problem("not_allowed")
    return Owner(unit.id, unit.name, None, unit, {one.id: one for one in communes})


def look_at_plan(
    data: bytes,
    owner: Owner,
    year: int,
    columns: Mapping[int, str] | None,
    answers: Mapping[str, str],
) -> LookedPlan:
    """Read and judge a table; nothing is written. `columns`: as a person said, None to guess or
    recall. `answers`: which area a place that was asked for is. Raises `Unreadable`."""
    table = _table(data)
    told = dict(columns) if columns is not None else _recalled(table, owner)
    faults = Faults()
    rows = plan_rows(table, told, faults)
    looked = LookedPlan(table, told, rows, {}, [], [], faults)
    _find_places(looked, owner, answers)
    lines, numbers = _lines(looked, owner)
    looked.odd = odd_figures(year, lines, numbers)
    return looked


def _table(data: bytes) -> Wide:
    """The first shown sheet with figures beside names."""
    for sheet in open_book(data).shown:
        table = wide_table(sheet.sample(MOST_ROWS))
        if table is not None:
            return table
    raise Unreadable("file_empty")


def _recalled(table: Wide, owner: Owner) -> dict[int, str]:
    known = recalled(LAYOUT, _heading(table), owner.remembers)
    return dict(known) if known is not None else guess_columns(table.columns)


def _heading(table: Wide) -> Heading:
    cells = tuple(" ".join(words) for words in table.columns)
    return Heading(table.first, table.last, cells, table.titles, 0)


def place_key(row: PlanRow) -> str:
    """What a place is asked for by: equal however its name and its district are spelt."""
    if row.is_district:
        return f"huyen {district_name(row.name)}"
    within = f"{district_name(row.district)}|" if row.district else ""
    return f"{within}{fold(row.name)}"


def _find_places(looked: LookedPlan, owner: Owner, answers: Mapping[str, str]) -> None:
    asked: dict[str, Unknown] = {}
    for row in looked.rows:
        if row.total or fold(row.name) == fold(owner.name):
            row.total = True
            looked.places[row.number] = owner.area
            continue
        key = place_key(row)
        found = _found(row, owner)
        answer = answers.get(key)
        if answer == SKIP:
            looked.skipped.add(row.number)
            looked.faults.add(row.number, "", "place_skipped", blocks=False, value=row.name)
        elif answer in owner.candidates:
            looked.places[row.number] = owner.candidates[answer]
        elif len(found) == 1:
            looked.places[row.number] = found[0]
        elif answer == NEW_DISTRICT and row.is_district and owner.province:
            looked.places[row.number] = None
        else:
            may = bool(row.is_district and owner.province)
            one = asked.setdefault(key, Unknown(key, row.name, row.district, [], found, may))
            one.rows.append(row.number)
    looked.unknown = list(asked.values())


def _found(row: PlanRow, owner: Owner) -> list[Area]:
    """The areas of the owner called so; of several with one name that of the row's district."""
    if row.is_district:
        levels = [AreaLevel.FORMER_DISTRICT]
    elif owner.area and owner.area.level == AreaLevel.COMMUNE:
        levels = [AreaLevel.VILLAGE]
    else:
        levels = [AreaLevel.COMMUNE, AreaLevel.FORMER_DISTRICT]
    for level in levels:
        found = [one for one in find_areas(row.name, level) if one.id in owner.candidates]
        lying = [one for one in found if row.district and _lies_in(one, row.district)]
        if found:
            return lying or found
    return []


def _lies_in(area: Area, district: str) -> bool:
    return district_name(area.former_district or "") == district_name(district)


def _lines(looked: LookedPlan, owner: Owner) -> tuple[list[Line], dict[tuple[str, str], int]]:
    """The table as its rules are asked: a place that is not known yet stands under its name."""
    areas = {place.id: place for place in looked.places.values() if place}
    above = parts_of(owner.id, areas)
    lines, numbers = [], dict[tuple[str, str], int]()
    for row in looked.rows:
        if row.number in looked.skipped:
            continue
        place = looked.places.get(row.number)
        id_ = place.id if place else owner.id if row.total else f"?{place_key(row)}"
        for basis, count in row.numbers.items():
            numbers.setdefault((id_, basis), count)
        over = above.get(id_) if place else None if row.total else owner.id
        if over == owner.id:
            over = _over(row, looked, owner)
        for indicator, values in _by_indicator(row).items():
            lines.append(
                Line(id_, place.name if place else row.name, indicator, over,
                     deadline=row.deadline, row=row.number, **values)
            )  # fmt: skip
    return lines, numbers


def _over(row: PlanRow, looked: LookedPlan, owner: Owner) -> str:
    """The district of the file that a row stands under, else the plan's owner."""
    if row.district and not row.is_district:
        for other in looked.rows:
            if other.is_district and district_name(other.name) == district_name(row.district):
                place = looked.places.get(other.number)
                return place.id if place else f"?{place_key(other)}"
    return owner.id


def _by_indicator(row: PlanRow) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for (indicator, measure), value in with_denominators(row).items():
        found.setdefault(indicator, {})[measure] = value
    return found


def write_plan(
    looked: LookedPlan, owner: Owner, meta: Meta, answers: Mapping[str, str], data: bytes, by: str
) -> PlanDocument:
    """Write the plan, or again what its table says; the columns and the names of places are
    remembered. Problem: conflict while a place is not known."""
    if not looked.may_write:
        raise Problem("conflict", {"area": "unknown"})
    plan = _document(owner, meta, by)
    totals: dict[str, dict[str, Any]] = {}
    written: set[tuple[str, str]] = set()
    areas: set[str] = set()
    for row in looked.rows:
        place = _place(row, looked, owner, answers)
        if row.number in looked.skipped:
            continue
        for indicator, values in _by_indicator(row).items():
            if place is None:
                totals[indicator] = values
            elif (place.id, indicator) not in written:
                # The same place twice was told: the first row of it stands.
                written.add((place.id, indicator))
                more = {"deadline": row.deadline} if row.deadline else {}
                put_target(plan, place.id, indicator, None, Holder(), values | more)
        if place is not None:
            areas.add(place.id)
            _numbers(plan, place.id, row.numbers)
    plan.totals = orjson.dumps(totals).decode() if totals else None
    db.session.flush()
    tell_phones(areas)
    if owner.remembers:
        remember(LAYOUT, _heading(looked.table), looked.columns, owner.remembers, by)
    note_act("import", by=by, subject=plan.id, area=plan.area_id, count=len(written),
             file_kind="plan", digest=hashlib.sha256(data).hexdigest())  # fmt: skip
    return plan


def _document(owner: Owner, meta: Meta, by: str) -> PlanDocument:
    """The plan of this owner, year and title that is there already, unless it was replaced."""
    query = select(PlanDocument).where(
        PlanDocument.area_id == owner.id if owner.area else PlanDocument.unit_id == owner.id,
        PlanDocument.year == meta.year,
        PlanDocument.title == meta.title,
        PlanDocument.state != PlanState.REPLACED,
    )
    plan = db.session.scalars(query.order_by(PlanDocument.version.desc())).first()
    if plan is None:
        plan = PlanDocument(id=new_id(), year=meta.year, title=meta.title, state=meta.state,
                            version=1, added_by=by)  # fmt: skip
        plan.area_id = owner.id if owner.area else None
        plan.unit_id = owner.id if owner.unit else None
        db.session.add(plan)
    plan.number, plan.signed_on = meta.number or plan.number, meta.signed_on or plan.signed_on
    db.session.flush()
    return plan


def _place(
    row: PlanRow, looked: LookedPlan, owner: Owner, answers: Mapping[str, str]
) -> Area | None:
    """The area of a row, made where it is a former district nobody had written down; what was
    asked for is found the next time."""
    place = looked.places.get(row.number)
    answer = answers.get(place_key(row))
    if place is None and answer == NEW_DISTRICT and owner.province:
        known = find_areas(row.name, AreaLevel.FORMER_DISTRICT, owner.province.id)
        place = known[0] if known else add_former_district(row.name, owner.province)
    elif place is not None and answer == place.id:
        _call_also(place, row.name)
    if place is not None and row.district and place.level == AreaLevel.COMMUNE:
        place.former_district = place.former_district or district_in_full(row.district)
    return place


def _call_also(place: Area, name: str) -> None:
    known = find_areas(name, place.level, place.parent_id)
    if [one.id for one in known] != [place.id]:
        add_alias(place, name)


def _numbers(plan: PlanDocument, area_id: str, numbers: Mapping[str, int]) -> None:
    for basis, count in numbers.items():
        key = {"plan_id": plan.id, "area_id": area_id, "basis": basis}
        row = db.session.get(PlanNumber, key) or PlanNumber(**key)
        row.count = count
        db.session.add(row)
