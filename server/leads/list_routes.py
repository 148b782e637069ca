"""The leads on the screen, given to somebody else, and the answer sheet for the insurance."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_login import current_user

from server.domain.field_words import word_of
from server.domain.leads.order import is_open, standing
from server.domain.numbers import day_words
from server.errors import Problem
from server.http import page
from server.leads.asked import KINDS, NOBODY, STATES, Asked
from server.leads.doors import OFFICE, READERS, blueprint
from server.leads.giving import MOST, hand_over
from server.leads.talkers import names, talker, talkers
from server.leads.words import FAULTS, STANDING, given_words
from server.pages.paging import asked_page
from server.pages.plurals import said as _
from server.pages.scope import own_villages
from server.pages.sheets import XLSX_TYPE, Cell, Notes, Sheet, sent_file, workbook
from server.store.audit import note_act, note_look
from server.store.db import today
from server.store.leads import Talk, talks
from server.store.scope import may_take_lists

PER_PAGE = 100
COLUMNS = (
    ("STT", 6),
    ("Thôn", 20),
    ("Họ và tên", 28),
    ("Ngày sinh", 12),
    ("Giới tính", 10),
    ("Số định danh", 16),
    ("Mã số BHXH", 14),
    ("Diện", 24),
    ("Nguồn", 24),
    ("Hưởng TCTN đến", 14),
    ("Đã đóng đến", 14),
    ("Giao cho", 24),
    ("Kết quả", 18),
    ("Ngày có kết quả", 14),
    ("Hẹn gặp lại", 14),
    ("Người vận động", 26),
    ("Ghi chú", 40),
)


@page(blueprint, "/leads", roles=READERS)
def lead_list() -> Any:
    return _shown(Asked())


def _shown(asked: Asked, wrong: str = "") -> Any:
    day = today()
    found = talks(day, asked.where)
    at = asked_page(len(found), PER_PAGE, "/leads", asked.kept)
    on_page = found[at.offset :][: at.per_page]
    if on_page:
        areas = [asked.village] if asked.village else []
        note_look(current_user, "leads", count=len(on_page), areas=areas, state=asked.state)
    body = render_template(
        "leads/leads.html",
        asked=asked,
        talks=on_page,
        page=at,
        standing={one.id: standing(day, one.data) for one in on_page},
        is_open=is_open,
        standings=STANDING,
        named=names(one.data.get("assigned_to") for one in on_page),
        talkers=talkers(),
        kinds=KINDS,
        states=STATES,
        nobody=NOBODY,
        villages=own_villages(),
        gives=current_user.role in OFFICE,
        may_export=may_take_lists(current_user),
        wrong=wrong,
    )
    return (body, 400) if wrong else body


@page(blueprint, "/leads/hand", roles=OFFICE, methods=("POST",))
def hand_leads() -> Any:
    chosen = tuple(dict.fromkeys(request.form.getlist("lead")))
    if not chosen or len(chosen) > MOST:
        return _shown(Asked(), str(FAULTS["too_many" if chosen else "nobody"]))
    to = talker(request.form.get("to", ""))
    try:
        flash(*given_words(hand_over(chosen, to), to))
    except Problem as problem:
        if problem.code != "already_decided":
            raise
        flash(_("Chưa giao được: có việc vừa được sửa. Xem lại rồi làm tiếp."), "warn")
    return redirect("/leads")


@page(blueprint, "/leads/answers", roles=READERS, methods=("POST",))
def lead_answers() -> Any:
    """The rows the insurance gave, and the commune's own, with what came of each."""
    if not may_take_lists(current_user):
        raise Problem("not_allowed")
    asked = Asked()
    found = talks(today(), asked.where)
    note_act(
        "export",
        by=current_user.id,
        subject="leads",
        area=asked.village or None,
        count=len(found),
        format="xlsx",
        state=asked.state,
    )
    called = names(one.data.get("assigned_to") for one in found)
    rows = [_cells(at, one, called) for at, one in enumerate(found, 1)]
    notes = Notes("Kết quả vận động BHXH tự nguyện", _notes(asked, len(found)))
    book = workbook([Sheet("Kết quả", COLUMNS, rows)], notes)
    return sent_file(book, XLSX_TYPE, f"ket-qua-van-dong-bhxh-{today()}.xlsx")


def _cells(at: int, one: Talk, called: dict[str, str]) -> list[Cell]:
    told, person = one.data.get, one.person.get
    return [
        at,
        own_villages()[one.village].name,
        one.name,
        day_words(one.birth),
        _word("sex", one.sex),
        person("personal_id"),
        person("bhxh_number"),
        _word("lead_kind", told("kind")),
        told("source"),
        day_words(told("benefit_to")) if told("benefit_to") else None,
        day_words(told("paid_to")) if told("paid_to") else None,
        called.get(told("assigned_to") or ""),
        _word("lead_outcome", told("outcome")),
        day_words(told("outcome_on")) if told("outcome_on") else None,
        day_words(told("call_on")) if told("call_on") else None,
        told("mobilised_by"),
        told("note"),
    ]


def _word(kind: str, value: str | None) -> str | None:
    return word_of(kind, value) if value else None


def _notes(asked: Asked, count: int) -> list[tuple[str, str]]:
    villages = own_villages()
    return [
        ("Phạm vi", villages[asked.village].name if asked.village else "Tất cả thôn được giao"),
        ("Diện", word_of("lead_kind", asked.kind) if asked.kind else "Tất cả"),
        ("Số người", str(count)),
        ("Ngày lập", day_words(today())),
        ("Người tải", current_user.name),
    ]
