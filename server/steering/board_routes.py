"""Doors of 'Nhóm phải đủ 100 %': the board, and the names behind one of its cells."""

from typing import Any

from flask import Response, render_template, request
from flask_babel import force_locale
from flask_login import current_user

from server.errors import Problem
from server.http import page
from server.pages.not_known import lacks_sentence, lacks_words
from server.pages.paging import asked_page
from server.pages.sheets import XLSX_TYPE, sent_file
from server.steering.board import cell_of, complete_of, full_cover, group_of
from server.steering.board_files import board_workbook, missing_workbook
from server.steering.doors import Asked, area_of, asked_for, blueprint, whole_name
from server.steering.words import DENOMINATORS, GROUPS, step_words
from server.store.audit import note_act, note_look
from server.store.completeness import UNSYNCED_DAYS
from server.store.db import today
from server.store.scope import PEOPLE_ROLES, may_see_people, may_take_lists
from server.store.steering.people import facing
from server.store.steering.standing import without_card

SUBJECT = "full_cover"


@page(blueprint, "/full-cover")
def full_cover_page() -> str:
    """Numbers only: nobody is named."""
    asked = asked_for(request.args.get("area"), request.args.get("on"))
    board = full_cover(asked)
    return render_template(
        "steering/full_cover.html",
        board=board,
        named=may_see_people(current_user),
        complete=board.completeness,
        **_words(asked),
    )


@page(blueprint, "/full-cover/<key>", roles=PEOPLE_ROLES)
def full_cover_group(key: str) -> str:
    """Who of the group has no card, each with the next step."""
    group, asked = group_of(key), asked_for(request.args.get("area"), request.args.get("on"))
    row = cell_of(asked, group)
    known = row is not None and row.lacks is None
    missing = without_card(key, asked.day, list(asked.villages)) if known else []
    pages = asked_page(len(missing))
    people = facing(missing[pages.offset :][: pages.per_page], asked.day)
    if people:
        note_look(current_user, SUBJECT, count=len(people), areas=_areas(asked), group=key,
                  page=pages.number, total=len(missing))  # fmt: skip
    return render_template(
        "steering/full_cover_group.html",
        key=key,
        row=row,
        people=people,
        page=pages,
        may_export=may_take_lists(current_user),
        complete=complete_of(asked),
        **_words(asked),
    )


@page(blueprint, "/full-cover/export", methods=("POST",))
def full_cover_export() -> Response:
    """The numbers as a workbook; nobody's name is in it."""
    asked = asked_for(request.form.get("area"), request.form.get("on"))
    with force_locale("vi"):
        board = full_cover(asked)
        file = board_workbook(asked, board, current_user.name)
    note_act("export", by=current_user.id, subject=SUBJECT, area=area_of(asked),
             count=len(board.rows), format="xlsx")  # fmt: skip
    return sent_file(file, XLSX_TYPE, f"nhom-phai-du-100-{asked.day}.xlsx")


@page(blueprint, "/full-cover/<key>/export", methods=("POST",), roles=PEOPLE_ROLES)
def full_cover_group_export(key: str) -> Response:
    """The names behind a cell as a workbook."""
    group, asked = group_of(key), asked_for(request.form.get("area"), request.form.get("on"))
    row = cell_of(asked, group)
    if not may_take_lists(current_user) or row is None or row.lacks is not None:
        raise Problem("not_allowed")
    people = facing(without_card(key, asked.day, list(asked.villages)), asked.day)
    note_act("export", by=current_user.id, subject=SUBJECT, area=area_of(asked), count=len(people),
             format="xlsx", group=key)  # fmt: skip
    with force_locale("vi"):
        file = missing_workbook(asked, row, people, current_user.name)
    return sent_file(file, XLSX_TYPE, f"{key.replace('_', '-')}-chua-co-the-{asked.day}.xlsx")


def _areas(asked: Asked) -> list[str]:
    area = area_of(asked)
    return [area] if area else []


def _words(asked: Asked) -> dict[str, Any]:
    return {
        "asked": asked,
        "ground": asked.ground,
        "name": whole_name(asked.ground),
        "day": asked.day,
        "today": today(),
        "group_words": GROUPS,
        "denominators": DENOMINATORS,
        "step_words": step_words,
        "lacks_words": lacks_words,
        "lacks_sentence": lacks_sentence,
        "unsynced_days": UNSYNCED_DAYS,
    }
