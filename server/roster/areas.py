"""Villages: names, codes, other names, and dated facts with their source."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select

from schemas.kinds import AreaFact, AreaLevel
from server.domain.partial import first_day, last_day
from server.domain.text import fold
from server.roster.faults import Faults
from server.roster.layout import Column, Layout, Line
from server.roster.places import Places
from server.roster.plan import Kind, Plan, twice
from server.store.areas import add_alias, add_fact, add_village, aliases_of, end_fact, publish_area
from server.store.db import db
from server.store.places import Area, AreaFactRow
from server.tables.values import one_of, partial_date, text, whole_date

YES_NO = {"yes": "có", "no": "không"}
FACTS: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    AreaFact.SETTLEMENT: (
        "Thành thị hay nông thôn",
        {"rural": "nông thôn", "urban": "thành thị"},
        {},
    ),
    AreaFact.REGION: (
        "Khu vực",
        {"I": "I", "II": "II", "III": "III"},
        {"KV1": "I", "KV2": "II", "KV3": "III", "1": "I", "2": "II", "3": "III",
         "KVI": "I", "KVII": "II", "KVIII": "III"},
    ),
    AreaFact.SPECIAL_DIFFICULTY: ("Thôn đặc biệt khó khăn", YES_NO, {"x": "yes"}),
    AreaFact.ISLAND: ("Đảo", YES_NO, {"x": "yes"}),
    AreaFact.ATK: ("ATK", YES_NO, {"x": "yes"}),
    AreaFact.NEW_RURAL: (
        "Nông thôn mới",
        {"reached": "đạt chuẩn", "advanced": "nâng cao", "model": "kiểu mẫu",
         "not_reached": "chưa đạt"},
        {},
    ),
    AreaFact.POOR_COMMUNE: ("Xã nghèo", YES_NO, {"x": "yes"}),
}  # fmt: skip

EXAMPLES: dict[str, tuple[str, ...]] = {
    AreaFact.REGION: ("III", "II"),
    AreaFact.POOR_COMMUNE: ("", "", "có"),
}
LEFT_REGION_ON = "left_region_on"
STATED = (*FACTS, LEFT_REGION_ON)

LAYOUT = Layout(
    "areas",
    "Thôn, tổ dân phố",
    (
        Column("commune", "Xã", text(), hint="Mã hoặc tên xã, phường.", examples=("15646",) * 3,
               aliases=("Mã xã", "Xã, phường")),
        Column("name", "Tên thôn", text(), hint="Để trống khi dòng nói về cả xã.",
               examples=("Thôn Hưng Long", "Thôn Phú Vinh", ""),
               aliases=("Thôn", "Tên thôn, tổ dân phố"), width=24),
        Column("code", "Mã thôn", text(40), hint="Có thể để trống.", examples=("HL", "PV")),
        Column("aliases", "Tên gọi khác", text(1000), hint="Cách nhau bằng dấu chấm phẩy.",
               examples=("Làng Hưng; Bản Hưng", ""), width=24),
        Column("former_district", "Huyện cũ", text(), examples=("Huyện Thường Xuân", "")),
        Column("valid_from", "Từ ngày", whole_date, examples=("01/07/2025",) * 2, width=12),
        *(Column(fact, label, one_of(words, more), width=14,
                 examples=EXAMPLES.get(str(fact), ()))
          for fact, (label, words, more) in FACTS.items()),
        Column("left_region_on", "Ra khỏi khu vực II, III từ ngày", whole_date, width=14,
               hint="Ngày đầu tiên không còn thuộc khu vực II, III."),
        Column("fact_from", "Đặc điểm từ ngày", partial_date,
               examples=("04/06/2021", "04/06/2021", "18/10/2022")),
        Column("fact_to", "Đặc điểm đến ngày", partial_date,
               hint="Ngày cuối còn đúng; để trống khi vẫn còn đúng.",
               examples=("", "", "31/12/2025")),
        Column("source", "Nguồn", text(300), hint="Bắt buộc khi ghi khu vực hay đặc điểm khác.",
               examples=("Quyết định 861/QĐ-TTg", "Quyết định 861/QĐ-TTg",
                         "Quyết định 353/QĐ-TTg"), width=30),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """What a row states of a place; of an empty side nothing is said."""

    fact: str
    value: str
    valid_from: str | None
    valid_to: str | None
    source: str


def plan(lines: Iterator[Line], faults: Faults, places: Places) -> Plan:
    result = Plan()
    seen_names: dict[object, int] = {}
    seen_codes: dict[object, int] = {}
    label = LAYOUT.label
    for line in lines:
        commune = places.commune_of(line["commune"], faults, line.number, label("commune"))
        if commune is None:
            continue
        name = fold(line["name"] or "")
        if name and (other := twice(seen_names, (commune.id, name), line)):
            faults.add(line.number, label("name"), "code_twice", value=line["name"], other=other)
        if line["code"] and (other := twice(seen_codes, (commune.id, line["code"]), line)):
            faults.add(line.number, label("code"), "code_twice", value=line["code"], other=other)
        _sense(line, faults)
        if line.number not in faults.blocked_rows:
            place = _village(line["name"], commune) if name else commune
            step = partial(_write, line, commune, place) if _differs(line, place) else None
            result.add(step, new=place is None)
    return result


def _sense(line: Line, faults: Faults) -> None:
    """What a row needs to say something, and days in their order."""
    label, stated = LAYOUT.label, any(line[fact] for fact in STATED)
    if stated and not line["source"]:
        faults.add(line.number, label("source"), "source_needed")
    about_commune = stated or line["aliases"]
    if not fold(line["name"] or "") and (any(line[key] for key in OWN) or not about_commune):
        faults.add(line.number, label("name"), "needed")
    start, end = _fact_day(line), _fact_end(line)
    if start and end and end < start:
        faults.add(line.number, label("fact_to"), "ends_before_start")


def _village(name: str, commune: Area) -> Area | None:
    return db.session.scalars(
        select(Area).where(
            Area.parent_id == commune.id,
            Area.level == AreaLevel.VILLAGE,
            Area.search == fold(name),
            Area.valid_to.is_(None),
        )
    ).first()


def _other_names(line: Line) -> list[str]:
    return [name.strip() for name in (line["aliases"] or "").split(";") if fold(name)]


def _differs(line: Line, place: Area | None) -> bool:
    if place is None:
        return True
    known = {fold(name) for name in aliases_of(place.id)}
    return (
        any(line[key] and line[key] != getattr(place, key) for key in OWN)
        or any(fold(name) not in known for name in _other_names(line))
        or any(True for _ in _new_facts(line, place.id))
    )


OWN = ("code", "former_district", "valid_from")


def _facts(line: Line) -> Iterator[Fact]:
    for fact in FACTS:
        if line[fact]:
            yield Fact(fact, line[fact], _fact_day(line), _fact_end(line), line["source"])
    if line[LEFT_REGION_ON]:
        # The day is what this fact says: nothing ends it but another word about the region.
        yield Fact(AreaFact.LEFT_REGION, "yes", line[LEFT_REGION_ON], None, line["source"])


def _new_facts(line: Line, area_id: str) -> Iterator[tuple[Fact, str | None]]:
    """What is not stated yet, each with the row that says the same without this end."""
    rows = db.session.scalars(select(AreaFactRow).where(AreaFactRow.area_id == area_id))
    stated = {(row.fact, row.value, row.valid_from, row.source): row for row in rows}
    for fact in _facts(line):
        row = stated.get((fact.fact, fact.value, fact.valid_from, fact.source))
        if row is None:
            yield fact, None
        elif fact.valid_to and row.valid_to != fact.valid_to:
            yield fact, row.id


def _fact_day(line: Line) -> str | None:
    """The first day of a rough date: what holds since June holds since its first day."""
    return first_day(line["fact_from"]) if line["fact_from"] else None


def _fact_end(line: Line) -> str | None:
    return last_day(line["fact_to"]) if line["fact_to"] else None


def _write(line: Line, commune: Area, place: Area | None) -> None:
    own: dict[str, Any] = {key: line[key] for key in OWN if line[key]}
    names = _other_names(line)
    if place is None:
        place = add_village(line["name"], commune, aliases=names, **own)
    else:
        for key, value in own.items():
            setattr(place, key, value)
        known = {fold(name) for name in aliases_of(place.id)}
        for name in names:
            if fold(name) not in known:
                add_alias(place, name)
        db.session.flush()
        publish_area(place)
    for fact, known_as in list(_new_facts(line, place.id)):
        if known_as and fact.valid_to:
            end_fact(place, known_as, fact.valid_to)
        else:
            add_fact(
                place,
                fact.fact,
                fact.value,
                source=fact.source,
                valid_from=fact.valid_from,
                valid_to=fact.valid_to,
            )


KIND = Kind(
    LAYOUT,
    plan,
    "Thôn, tổ dân phố của xã, tên gọi khác và đặc điểm có căn cứ của thôn và của cả xã.",
)
