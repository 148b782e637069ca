"""Schools of a commune: phones offer them when a pupil is recorded."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy import select

from server.domain.text import fold
from server.roster.faults import Faults
from server.roster.layout import Column, Layout, Line
from server.roster.places import Places
from server.roster.plan import Kind, Plan, twice
from server.store.db import db, new_id
from server.store.places import Area, School
from server.store.reference import publish
from server.tables.values import text

LAYOUT = Layout(
    "schools",
    "Trường học",
    (
        Column("commune", "Xã", text(), hint="Mã hoặc tên xã, phường.", examples=("15646", "15646"),
               aliases=("Mã xã", "Xã, phường")),
        Column("code", "Mã trường", text(40), examples=("38TX01", "38TX02")),
        Column("name", "Tên trường", text(), needed=True, width=34,
               examples=("Trường Tiểu học Ngọc Phụng", "Trường THCS Ngọc Phụng")),
        Column("level", "Cấp học", text(30), examples=("Tiểu học", "THCS")),
    ),
)  # fmt: skip


def plan(lines: Iterator[Line], faults: Faults, places: Places) -> Plan:
    result, label = Plan(), LAYOUT.label
    names: dict[object, int] = {}
    codes: dict[object, int] = {}
    for line in lines:
        commune = places.commune_of(line["commune"], faults, line.number, label("commune"))
        if commune is None:
            continue
        if other := twice(names, (commune.id, fold(line["name"])), line):
            faults.add(line.number, label("name"), "code_twice", value=line["name"], other=other)
        if line["code"] and (other := twice(codes, line["code"], line)):
            faults.add(line.number, label("code"), "code_twice", value=line["code"], other=other)
        if line.number not in faults.blocked_rows:
            school = _known(line, commune)
            step = partial(_write, line, commune, school) if _differs(line, school) else None
            result.add(step, new=school is None)
    return result


def _known(line: Line, commune: Area) -> School | None:
    """By code where it has one, else by name."""
    own = select(School).where(School.commune_id == commune.id)
    if line["code"] and (
        school := db.session.scalars(own.where(School.code == line["code"])).first()
    ):
        return school
    return db.session.scalars(own.where(School.search == fold(line["name"]))).first()


def _differs(line: Line, school: School | None) -> bool:
    return school is None or any(
        line[key] and line[key] != getattr(school, key) for key in ("code", "name", "level")
    )


def _write(line: Line, commune: Area, school: School | None) -> None:
    school = school or School(id=new_id(), name="", search="", commune_id=commune.id)
    for key in ("code", "name", "level"):
        setattr(school, key, line[key] or getattr(school, key))
    put_school(school, commune)


def put_school(school: School, commune: Area) -> None:
    """Keep a new or changed school, and tell the phones."""
    school.search = fold(school.name)
    db.session.add(school)
    db.session.flush()
    data = {
        "code": school.code, "name": school.name, "level": school.level, "commune": commune.id,
    }  # fmt: skip
    publish("school", school.id, commune.province_id, data)


KIND = Kind(LAYOUT, plan, "Trường học của xã, để chọn khi ghi học sinh.")
