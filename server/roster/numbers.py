"""Targets of plans, and figures that BHXH publishes: numbers with their source."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from sqlalchemy import Select, select

from schemas.kinds import Indicator
from server.domain.words import INDICATOR
from server.roster.faults import Faults
from server.roster.layout import Column, Layout, Line
from server.roster.places import Places
from server.roster.plan import Kind, Plan, twice
from server.store.db import db, new_id
from server.store.places import Area
from server.store.plan_targets import OWN, owner_of, plan_called, tell_phones
from server.store.plans import Figure, Target
from server.tables.values import number, one_of, partial_date, percentage, text, whole_date

SYNONYMS = {
    "BHYT": "bhyt_coverage",
    "Tỷ lệ bao phủ BHYT": "bhyt_coverage",
    "BHXH": "social_insurance",
    "BHXH tự nguyện": "voluntary_social_insurance",
    "BHTN": "unemployment_insurance",
    "Trẻ em dưới 6 tuổi": "children_under_6",
    "Học sinh, sinh viên": "pupils",
} | {value.value: value.value for value in Indicator}

WHERE = (
    Column("area", "Xã", text(), hint="Mã hoặc tên xã; mã tỉnh 2 số cho cả tỉnh.",
           examples=("15646", "15646"), aliases=("Mã xã", "Xã, phường", "Địa bàn")),
    Column("village", "Thôn", text(), hint="Để trống khi là số của cả xã.",
           examples=("", "Thôn Hưng Long"), aliases=("Tên thôn",), width=20),
    Column("indicator", "Chỉ tiêu", one_of(INDICATOR, SYNONYMS), hint="Để trống: bao phủ BHYT.",
           examples=("Bao phủ BHYT", "Bao phủ BHYT"), width=22),
)  # fmt: skip
SOURCE = Column(
    "source", "Nguồn", text(300), needed=True, aliases=("Văn bản",), width=36,
    examples=("Kế hoạch số 15/KH-UBND ngày 10/02/2025",) * 2,
)  # fmt: skip

TARGETS = Layout(
    "targets",
    "Chỉ tiêu",
    (
        *WHERE,
        Column("year", "Năm", number(2199), needed=True, examples=("2025", "2025"), width=8),
        Column("month", "Tháng", number(12), hint="Để trống: chỉ tiêu cả năm.", width=8),
        Column("population", "Dân số", number(), examples=("8.060", "1.604"), width=12,
               aliases=("Dân số giao",)),
        Column("planned", "Số người phải có", number(), examples=("7.703", "1.556"), width=16,
               aliases=("Phải có thẻ", "Số người tham gia", "Kế hoạch")),
        Column("goal_percent", "Tỷ lệ giao (%)", percentage, examples=("95", "95"), width=14),
        Column("printed_percent", "Tỷ lệ in trong văn bản", percentage, examples=("95,57", "95,01"),
               hint="Ghi đúng như in, kể cả khi in sai.", width=20),
        Column("deadline", "Hạn", partial_date, examples=("12/2025", "31/10/2025"), width=12),
        SOURCE,
    ),
)  # fmt: skip

FIGURES = Layout(
    "figures",
    "Số liệu BHXH công bố",
    (
        *WHERE,
        Column("on", "Ngày", whole_date, needed=True, examples=("31/10/2025",) * 2, width=12),
        Column("count", "Số người", number(), needed=True, examples=("7.612", "1.498"), width=12),
        Column("denominator", "Mẫu số", number(), examples=("8.060", "1.604"), width=12),
        SOURCE,
    ),
)

Row = Target | Figure
Table = type[Target] | type[Figure]
TARGET_VALUES = ("population", "planned", "goal_percent", "printed_percent", "deadline")
FIGURE_VALUES = ("count", "denominator")


def plan_targets(lines: Iterator[Line], faults: Faults, places: Places) -> Plan:
    """Each source is a plan of its own: another one stands beside it, the newest counts."""
    names = ("year", "month", "source")
    return _plan(lines, faults, places, TARGETS, Target, names, TARGET_VALUES)


def plan_figures(lines: Iterator[Line], faults: Faults, places: Places) -> Plan:
    """Figures of one day and source are one figure; another source says its own."""
    return _plan(lines, faults, places, FIGURES, Figure, ("on", "source"), FIGURE_VALUES)


def _plan(
    lines: Iterator[Line],
    faults: Faults,
    places: Places,
    layout: Layout,
    table: Table,
    key_names: tuple[str, ...],
    value_names: tuple[str, ...],
) -> Plan:
    result = Plan()
    seen: dict[object, int] = {}
    for line in lines:
        area = _area(line, faults, places, layout)
        if area is None:
            continue
        key = {"area_id": area.id, "indicator": line["indicator"] or Indicator.BHYT_COVERAGE.value}
        key |= {name: line[name] for name in key_names}
        # One file says one thing of a target, whatever it calls its source.
        about = tuple(value for name, value in key.items() if table is Figure or name != "source")
        if other := twice(seen, about, line):
            faults.add(line.number, layout.label("area"), "key_twice", other=other)
        _sense(line, faults, layout)
        if line.number in faults.blocked_rows:
            continue
        values = {name: line[name] for name in value_names}
        known = _known(table, key)
        if known is None:
            result.add(partial(_add, table, key | values, area, places.author.user_id), new=True)
        elif any(value is not None and getattr(known, n) != value for n, value in values.items()):
            result.add(partial(_change, known, values, area), new=False)
        else:
            result.add(None, new=False)
    return result


def _area(line: Line, faults: Faults, places: Places, layout: Layout) -> Area | None:
    row, label = line.number, layout.label
    if line["village"]:
        commune = places.commune_of(line["area"], faults, row, label("area"))
        return commune and places.village_of(
            line["village"], commune, faults, row, label("village")
        )
    if line["area"]:
        return places.province_or_commune(line["area"], faults, row, label("area"))
    return places.commune_of(None, faults, row, label("area"))


def _sense(line: Line, faults: Faults, layout: Layout) -> None:
    for part, whole in (("planned", "population"), ("count", "denominator")):
        if line[part] is not None and line[whole] is not None and line[part] > line[whole]:
            blocks = part == "planned"
            faults.add(line.number, layout.label(part), "planned_above_population", blocks=blocks)
    if line["year"] is not None and line["year"] < 2000:
        faults.add(line.number, layout.label("year"), "out_of_range")
    if line["month"] == 0:
        faults.add(line.number, layout.label("month"), "out_of_range")


def _known(table: Table, key: Mapping[str, Any]) -> Row | None:
    query: Select[Any] = select(table)
    if table is Target:
        query = query.where(Target.holder_kind == OWN)
    for name, value in key.items():
        column = getattr(table, name)
        query = query.where(column.is_(None) if value is None else column == value)
    return db.session.scalars(query).first()


def _add(table: Table, values: dict[str, Any], area: Area, by: str | None) -> None:
    if table is Target:
        plan = plan_called(values["source"], owner_of(area), values["year"], by)
        values = {**values, "plan_id": plan.id}
    db.session.add(table(id=new_id(), **values))
    db.session.flush()
    _tell(table, area)


def _change(row: Row, values: Mapping[str, Any], area: Area) -> None:
    """An empty cell leaves what was known."""
    for name, value in values.items():
        if value is not None:
            setattr(row, name, value)
    db.session.flush()
    _tell(type(row), area)


def _tell(table: Table, area: Area) -> None:
    """Phones show targets; published figures are for the desk."""
    if table is Target:
        tell_phones([area.id])


KINDS = (
    Kind(TARGETS, plan_targets, "Chỉ tiêu của xã và từng thôn, hạn, và tỷ lệ văn bản đã in."),
    Kind(FIGURES, plan_figures, "Kết quả BHXH công bố, để đặt cạnh kết quả rà soát."),
)
