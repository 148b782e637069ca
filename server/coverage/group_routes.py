"""Doors of 'Theo nhóm': coverage of a day by what people have in common."""

from collections.abc import Iterator

from flask import Response, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from server.coverage.doors import blueprint, day_of, listed, own_ground
from server.coverage.parts import (
    DENOMINATORS,
    RATES,
    TITLES,
    list_behind,
    part_names,
    shown_statuses,
)
from server.domain.numbers import day_words, number_words, percent_words
from server.domain.words import STATUS
from server.errors import Problem
from server.http import page
from server.pages.sheets import XLSX_TYPE, Cell, Notes, Sheet, sent_file, workbook
from server.store.audit import note_act
from server.store.completeness import UNSYNCED_DAYS
from server.store.coverage.breakdown import Breakdown, By, Part, breakdown
from server.store.coverage.ground import OWN_LEVEL, UNIT_LEVEL, Ground
from server.store.coverage.standing import completeness_of, coverage
from server.store.db import VIETNAM, db, now, today

SUBJECT = "coverage_groups"


@page(blueprint, "/coverage/groups")
def coverage_groups_page() -> str:
    ground, day = own_ground(request.args.get("area")), day_of(request.args.get("on"))
    by = _by(request.args.get("by"))
    told = breakdown(by, day, _villages(ground))
    area = listed(ground, request.args.get("area"))
    on = day if day != today() else ""

    def behind(part: Part, status: str) -> str | None:
        return None if area is None else list_behind(by, part, status, area, on)

    return render_template(
        "coverage/groups.html",
        ground=ground,
        day=day,
        today=today(),
        by=by,
        told=told,
        names=part_names(told, day) if told else {},
        behind=behind,
        titles=TITLES,
        denominators=DENOMINATORS,
        rate_words=RATES,
        statuses=shown_statuses(by),
        status_words=STATUS,
        complete=completeness_of(ground, coverage(ground, day)),
        unsynced_days=UNSYNCED_DAYS,
    )


@page(blueprint, "/coverage/groups/export", methods=("POST",))
def coverage_groups_export() -> Response:
    """Every way to part them, a sheet each; no resident is named in it.
    Problem: out_of_range for ground of more people than are kept."""
    ground, day = own_ground(request.form.get("area")), day_of(request.form.get("on"))
    told = [breakdown(by, day, _villages(ground)) for by in By]
    with force_locale("vi"):
        sheets = [_sheet(one, day) for one in told if one is not None]
        notes = Notes(f"Bao phủ theo nhóm: {ground.name or 'Địa bàn của bạn'}", _notes(ground, day))
        if not sheets:
            raise Problem("malformed", {"fields": {"area": ["out_of_range"]}})
        body = workbook(sheets, notes)
    area = ground.id if ground.level not in (OWN_LEVEL, UNIT_LEVEL) else None
    note_act("export", by=current_user.id, subject=SUBJECT, area=area, count=len(sheets),
             format="xlsx")  # fmt: skip
    return sent_file(body, XLSX_TYPE, f"bao-phu-theo-nhom-{day}.xlsx")


def _by(asked: str | None) -> By:
    if asked not in (None, "", *By):
        raise Problem("malformed", {"fields": {"by": ["not_in_list"]}})
    return By(asked or By.AGE)


def _villages(ground: Ground) -> list[str]:
    return list(db.session.scalars(ground.villages))


def _sheet(told: Breakdown, day: str) -> Sheet:
    statuses, names = shown_statuses(told.by), part_names(told, day)

    def rows() -> Iterator[list[Cell]]:
        for part in (*told.parts, told.whole):
            name = _("Cộng") if part is told.whole else names[part.key]
            counts = (part.counts[status] for status in statuses)
            yield [name, part.people, *counts, part.uninsured, percent_words(part.rate)]

    heads = [
        (str(TITLES[told.by]), 44),
        ("Số người", 12),
        *((STATUS[status].capitalize(), 12) for status in statuses),
        ("Chưa có BHYT", 12),
        (str(RATES[told.by]), 14),
    ]
    return Sheet(str(TITLES[told.by]), heads, rows())


def _notes(ground: Ground, day: str) -> list[tuple[str, str]]:
    complete = completeness_of(ground, coverage(ground, day))
    return [
        ("Tính đến ngày", day_words(day)),
        *((str(TITLES[by]), str(DENOMINATORS[by])) for by in By),
        (f"Điện thoại chưa đồng bộ quá {UNSYNCED_DAYS} ngày hoặc còn giữ thay đổi",
         number_words(complete["phones_not_synced"])),
        ("Thay đổi chưa gửi về", number_words(complete["changes_outstanding"])),
        ("Mục đang chờ xét", number_words(complete["waiting"])),
        ("Người chưa được hỏi", number_words(complete["not_asked"])),
        ("Xuất lúc", now().astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")),
        ("Người xuất", current_user.name),
    ]  # fmt: skip
