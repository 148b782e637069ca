"""Who answers for which village, from a sheet: as the office keeps it, and as our workbook of it
is sent back."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy import select

from server.domain.field_words import DUTY_KIND
from server.domain.partial import first_day, last_day
from server.domain.text import fold
from server.roster.faults import Faults
from server.roster.layout import Column, Layout, Line
from server.roster.places import Places
from server.roster.plan import Kind, Plan, twice
from server.store.db import db, new_id
from server.store.duties import DutyRow
from server.store.places import Area
from server.tables.values import one_of, partial_date, text

CALLED = {
    "Thành viên BCĐ": "committee_member",
    "Ban Chỉ đạo": "committee_member",
    "Cán bộ phụ trách": "committee_member",
    "Trưởng bản": "village_head",
    "Tổ trưởng tổ dân phố": "village_head",
    "Trưởng khu phố": "village_head",
    "Bí thư": "party_secretary",
    "Cộng tác viên": "collector",
    "Đại lý thu": "collector",
    "Tổ khảo sát": "survey_team",
    "Người uy tín": "respected_person",
}

LAYOUT = Layout(
    "duties",
    "Ai phụ trách thôn nào",
    (
        Column("commune", "Xã", text(), hint="Mã hoặc tên xã; để trống khi đã chọn xã.",
               aliases=("Mã xã", "Xã, phường")),
        Column("village", "Thôn", text(), hint="Để trống khi phụ trách cả xã.", width=22,
               aliases=("Tên thôn", "Địa bàn"), examples=("Thôn Hưng Long", "Thôn Phú Vinh")),
        Column("kind", "Việc phụ trách", one_of(DUTY_KIND, CALLED), needed=True, width=24,
               hint="; ".join(DUTY_KIND.values()), aliases=("Vai trò", "Nhiệm vụ"),
               examples=("Trưởng thôn", "Thành viên Ban Chỉ đạo")),
        Column("full_name", "Họ và tên", text(), needed=True, width=26,
               aliases=("Họ tên", "Tên", "Người phụ trách"),
               examples=("Cầm Bá Thức", "Vi Thị Hoa")),
        Column("phone", "Điện thoại", text(30), aliases=("Số điện thoại", "SĐT"),
               examples=("0912 345 678",)),
        Column("post", "Chức vụ", text(), width=26, examples=("Trưởng thôn", "Phó Chủ tịch UBND")),
        Column("valid_from", "Từ ngày", partial_date, width=12, examples=("01/2025", "2025")),
        Column("valid_to", "Đến ngày", partial_date, width=12),
        Column("note", "Ghi chú", text(2000), width=24),
    ),
    named="full_name",
    offices=True,
)  # fmt: skip

OWN = ("phone", "post", "valid_from", "valid_to", "note")


def plan(lines: Iterator[Line], faults: Faults, places: Places) -> Plan:
    result, label = Plan(), LAYOUT.label
    seen: dict[object, int] = {}
    for line in lines:
        area = places.commune_of(line["commune"], faults, line.number, label("commune"))
        if area is not None and line["village"]:
            area = places.village_of(line["village"], area, faults, line.number, label("village"))
        start, end = line["valid_from"], line["valid_to"]
        if start and end and last_day(end) < first_day(start):
            faults.add(line.number, label("valid_to"), "ends_before_start")
        key = area and (area.id, line["kind"], fold(line["full_name"]), start)
        if key and (other := twice(seen, key, line)):
            faults.add(line.number, label("full_name"), "key_twice", other=other)
        if area is None or line.number in faults.blocked_rows:
            continue
        known = _known(line, area)
        step = partial(_write, line, area, known, places.author.user_id)
        result.add(step if _differs(line, known) else None, new=known is None)
    return result


def _known(line: Line, area: Area) -> DutyRow | None:
    """The same duty of the same person: whoever takes it up again later has another."""
    query = select(DutyRow).where(DutyRow.area_id == area.id, DutyRow.kind == line["kind"])
    name, start = fold(line["full_name"]), line["valid_from"]
    same = [one for one in db.session.scalars(query.order_by(DutyRow.id))
            if fold(one.full_name) == name]  # fmt: skip
    begun = [one for one in same if start and one.valid_from == start]
    running = [one for one in same if one.valid_to is None and not (start and one.valid_from)]
    return next(iter(begun or running), None)


def _differs(line: Line, known: DutyRow | None) -> bool:
    return known is None or any(line[key] and line[key] != getattr(known, key) for key in OWN)


def _write(line: Line, area: Area, known: DutyRow | None, by: str | None) -> None:
    """An empty cell leaves what was known."""
    row = known or DutyRow(
        id=new_id(), area_id=area.id, kind=line["kind"], full_name=line["full_name"], added_by=by
    )
    for key in OWN:
        setattr(row, key, line[key] or getattr(row, key))
    db.session.add(row)
    db.session.flush()


KIND = Kind(LAYOUT, plan, "Trưởng thôn, thành viên Ban Chỉ đạo, nhân viên thu của từng thôn.")
