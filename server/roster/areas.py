"""Villages: names, codes, other names, and dated facts with their source."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy import select

from schemas.kinds import AreaFact, AreaLevel
from server.domain.partial import first_day
from server.domain.text import fold
from server.roster.faults import Faults
from server.roster.layout import Column, Layout, Line, one_of, partial_date, text, whole_date
from server.roster.places import Places
from server.roster.plan import Kind, Plan, twice
from server.store.areas import add_alias, add_fact, add_village, aliases_of, publish_area
from server.store.db import db
from server.store.places import Area, AreaFactRow

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
}  # fmt: skip

LAYOUT = Layout(
    "areas",
    "Thôn, tổ dân phố",
    (
        Column("commune", "Xã", text(), hint="Mã hoặc tên xã, phường.", examples=("15646", "15646"),
               aliases=("Mã xã", "Xã, phường")),
        Column("name", "Tên thôn", text(), needed=True,
               examples=("Thôn Hưng Long", "Thôn Phú Vinh"),
               aliases=("Thôn", "Tên thôn, tổ dân phố"), width=24),
        Column("code", "Mã thôn", text(40), hint="Có thể để trống.", examples=("HL", "PV")),
        Column("aliases", "Tên gọi khác", text(1000), hint="Cách nhau bằng dấu chấm phẩy.",
               examples=("Làng Hưng; Bản Hưng", ""), width=24),
        Column("former_district", "Huyện cũ", text(), examples=("Huyện Thường Xuân", "")),
        Column("valid_from", "Từ ngày", whole_date, examples=("01/07/2025",) * 2, width=12),
        *(Column(fact, label, one_of(words, more), width=14,
                 examples=("III", "II") if fact == AreaFact.REGION else ())
          for fact, (label, words, more) in FACTS.items()),
        Column("fact_from", "Đặc điểm từ ngày", partial_date, examples=("04/06/2021",) * 2),
        Column("source", "Nguồn", text(300), hint="Bắt buộc khi ghi khu vực hay đặc điểm khác.",
               examples=("Quyết định 861/QĐ-TTg", "Quyết định 861/QĐ-TTg"), width=30),
    ),
)  # fmt: skip


def plan(lines: Iterator[Line], faults: Faults, places: Places) -> Plan:
    result = Plan()
    seen_names: dict[object, int] = {}
    seen_codes: dict[object, int] = {}
    label = LAYOUT.label
    for line in lines:
        commune = places.commune_of(line["commune"], faults, line.number, label("commune"))
        if commune is None:
            continue
        if other := twice(seen_names, (commune.id, fold(line["name"])), line):
            faults.add(line.number, label("name"), "code_twice", value=line["name"], other=other)
        if line["code"] and (other := twice(seen_codes, (commune.id, line["code"]), line)):
            faults.add(line.number, label("code"), "code_twice", value=line["code"], other=other)
        if any(line[fact] for fact in FACTS) and not line["source"]:
            faults.add(line.number, label("source"), "source_needed")
        if line.number not in faults.blocked_rows:
            village = _village(line["name"], commune)
            step = partial(_write, line, commune, village) if _differs(line, village) else None
            result.add(step, new=village is None)
    return result


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


def _differs(line: Line, village: Area | None) -> bool:
    if village is None:
        return True
    known = {fold(name) for name in aliases_of(village.id)}
    return (
        any(line[key] and line[key] != getattr(village, key) for key in OWN)
        or any(fold(name) not in known for name in _other_names(line))
        or any(True for _ in _new_facts(line, village.id))
    )


OWN = ("code", "former_district", "valid_from")


def _new_facts(line: Line, village_id: str) -> Iterator[tuple[str, str]]:
    rows = db.session.scalars(select(AreaFactRow).where(AreaFactRow.area_id == village_id))
    stated = {(row.fact, row.value, row.valid_from, row.source) for row in rows}
    for fact in FACTS:
        value = line[fact]
        if value and (fact, value, _fact_day(line), line["source"]) not in stated:
            yield fact, value


def _fact_day(line: Line) -> str | None:
    """The first day of a rough date: what holds since June holds since its first day."""
    return first_day(line["fact_from"]) if line["fact_from"] else None


def _write(line: Line, commune: Area, village: Area | None) -> None:
    own: dict[str, Any] = {key: line[key] for key in OWN if line[key]}
    names = _other_names(line)
    if village is None:
        village = add_village(line["name"], commune, aliases=names, **own)
    else:
        for key, value in own.items():
            setattr(village, key, value)
        known = {fold(name) for name in aliases_of(village.id)}
        for name in names:
            if fold(name) not in known:
                add_alias(village, name)
        db.session.flush()
        publish_area(village)
    for fact, value in list(_new_facts(line, village.id)):
        add_fact(village, fact, value, source=line["source"], valid_from=_fact_day(line))


KIND = Kind(LAYOUT, plan, "Thôn, tổ dân phố của xã, tên gọi khác và đặc điểm có căn cứ.")
