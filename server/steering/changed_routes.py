"""Doors: what changed between two days, on the screen and as a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import Response, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from schemas.kinds import AreaLevel
from server.domain.numbers import day_words, number_words
from server.domain.partial import add_days
from server.domain.words import STATUS
from server.errors import Problem
from server.http import page
from server.pages.sheets import XLSX_TYPE, Notes, Sheet, sent_file, workbook
from server.pages.typed import day_asked
from server.steering.changed import Changed, Named, changed, commune_of, end_of, named
from server.steering.changed_words import CAUSE, PART
from server.steering.doors import blueprint
from server.store.audit import note_act, note_look
from server.store.coverage.ground import Ground, ground_of
from server.store.db import today
from server.store.reports import Report, report_called, reports_of
from server.store.scope import PEOPLE_ROLES, may_see_people, may_take_lists

WEEK = 7
SHOWN = 100
"""Names of one cause on the page; the workbook has all."""
REPORTS = 3
"""The last reports of the commune are offered to begin from."""
FEW = 10
"""So many names stand open under their cause."""

COLUMNS = (
    ("Vì sao", 26),
    ("Biết lúc nào", 34),
    ("Họ tên", 26),
    ("Ngày sinh", 12),
    ("Thôn", 22),
    ("Mã hộ", 14),
    ("Trước", 16),
    ("Nay", 16),
    ("Thêm bớt người", 10),
    ("Thêm bớt thẻ", 10),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """`commune`: None where several communes, or none, lie in the ground. `moment`: when what was
    known of the first day is taken; `since`: the report that told it. `doubt`: what was wrong with
    the days asked for, which stand mended here."""

    ground: Ground
    commune: str | None
    first_day: str
    second_day: str
    moment: int
    since: Report | None
    doubt: str | None


@page(blueprint, "/changed")
def changed_page() -> str:
    """Why the figure changed between two days; by name for who may see people."""
    asked = _asked(request.args)
    if asked.commune is None:
        return render_template("steering/changed_where.html", **_frame(asked))
    found = _changed(asked.commune, asked)
    seen = may_see_people(current_user)
    names = named(found.changes, found.villages) if seen else []
    if names:
        note_look(
            current_user,
            "changed",
            count=len(names),
            areas=[asked.commune],
            days=[asked.first_day, asked.second_day],
        )
    return render_template(
        "steering/changed.html",
        found=found,
        groups=[(key, list(them)) for key, them in groupby(names, key=_cause)],
        villages={line.area.id: line.area.name for line in found.villages},
        may_see=seen,
        may_export=bool(names) and may_take_lists(current_user),
        shown=SHOWN,
        few=FEW,
        part_words=PART,
        cause_words=CAUSE,
        status_words=STATUS,
        **_frame(asked),
    )


@page(blueprint, "/changed/export", methods=("POST",), roles=PEOPLE_ROLES)
def changed_export() -> Response:
    """The names as a workbook, in Vietnamese as all papers are."""
    if not may_take_lists(current_user):
        raise Problem("not_allowed")
    asked = _asked(request.form)
    if asked.commune is None:
        raise Problem("not_found")
    found = _changed(asked.commune, asked)
    names = named(found.changes, found.villages)
    note_act(
        "export",
        by=current_user.id,
        subject="changed",
        area=asked.ground.id or asked.commune,
        count=len(names),
        days=[asked.first_day, asked.second_day],
    )
    with force_locale("vi"):
        body = _workbook(asked, found, names)
    name = f"thay-doi-{asked.first_day}-{asked.second_day}.xlsx"
    return sent_file(body, XLSX_TYPE, name)


def _asked(told: Mapping[str, str]) -> Asked:
    """Without days from a week ago, or from the report asked for, until today.
    Problems: malformed, not_found, not_allowed."""
    now = today()
    since = report_called(told["since"]) if told.get("since") else None
    place = told.get("area") or (since and (since.area_id or since.unit_id))
    ground = ground_of(place or None, current_user.id, current_user, now)
    second_day = day_asked(told.get("to"), "to") or now
    first_day = (
        since.day if since else day_asked(told.get("from"), "from") or add_days(second_day, -WEEK)
    )
    doubt = None
    if second_day > now:
        second_day, doubt = now, _("Chưa đến ngày đó: dưới đây tính đến hôm nay.")
    if first_day > second_day and since is None:
        first_day, second_day = second_day, min(first_day, now)
        doubt = _("Ngày trước muộn hơn ngày sau: hai ngày đã được đổi chỗ.")
    moment = since.moment if since else end_of(first_day)
    return Asked(ground, commune_of(ground), first_day, second_day, moment, since, doubt)


def _changed(commune: str, asked: Asked) -> Changed:
    return changed(commune, asked.ground, asked.moment, asked.first_day, asked.second_day)


def _frame(asked: Asked) -> dict[str, Any]:
    """What both pages need: where, between which days, and the days people ask for most."""
    now = today()
    quick = (
        (_("một tuần"), add_days(now, -WEEK)),
        (_("từ đầu tháng"), add_days(f"{now[:7]}-01", -1)),
        (_("từ đầu năm"), add_days(f"{now[:4]}-01-01", -1)),
    )
    return {
        "asked": asked,
        "ground": asked.ground,
        "communes": [one for one in asked.ground.lines if one.level != AreaLevel.VILLAGE],
        "quick": quick,
        "reports": reports_of([asked.commune], most=REPORTS) if asked.commune else [],
        "today": now,
    }


def _cause(one: Named) -> tuple[Any, Any]:
    return one.step.part, one.step.cause


def _workbook(asked: Asked, found: Changed, names: list[Named]) -> bytes:
    villages = {line.area.id: line.area.name for line in found.villages}
    rows = [
        (
            str(CAUSE[one.step.cause]),
            str(PART[one.step.part]),
            one.name,
            day_words(one.birth_date),
            villages[one.village_id],
            one.household_code,
            _status(one.step.before),
            _status(one.step.after),
            one.step.people,
            one.step.covered,
        )
        for one in names
    ]
    first, second = day_words(asked.first_day), day_words(asked.second_day)
    title = f"Thay đổi từ hết ngày {first} đến hết ngày {second}"
    notes = Notes(
        title,
        [
            ("Địa bàn", asked.ground.name),
            ("Đang có thẻ, như đã biết lúc hết ngày đầu", number_words(found.reported.covered)),
            ("Đang có thẻ ngày đầu, theo những gì nay biết", number_words(found.known.covered)),
            ("Đang có thẻ ngày sau", number_words(found.now.covered)),
            ("Lưu hành", "Có tên từng người: không niêm yết, không gửi ra ngoài."),
        ],
    )
    return workbook([Sheet("Thay đổi", COLUMNS, rows)], notes)


def _status(code: str | None) -> str:
    return STATUS[code] if code else "không tính"
