"""Doors of 'Còn thiếu ai': how many heads each place misses, and whom a village can win."""

from collections.abc import Sequence
from typing import Any

from flask import Response, render_template, request
from flask_babel import force_locale
from flask_login import current_user

from schemas.kinds import AreaLevel
from server.domain.words import UNINSURED_REASON
from server.errors import Problem
from server.http import page
from server.pages.heads_words import (
    KINDS,
    beside,
    capital,
    deadline,
    reached,
    sentence,
    whole_words,
)
from server.pages.not_known import lacks_sentence
from server.pages.paging import asked_page
from server.pages.sheets import XLSX_TYPE, sent_file
from server.steering.doors import Asked, area_of, asked_for, blueprint, whole_name
from server.steering.heads_files import ONE_PAGE, names_page, names_workbook, numbers_workbook
from server.steering.message import message
from server.steering.picture import picture_png
from server.steering.words import step_words
from server.store.audit import note_act, note_look
from server.store.completeness import UNSYNCED_DAYS
from server.store.db import db, today
from server.store.places import Area
from server.store.scope import may_see_people, may_take_lists
from server.store.steering.heads import Board, heads_board
from server.store.steering.people import Facing, facing
from server.store.steering.standing import uninsured

PDF_TYPE = "application/pdf"
SUBJECT = "heads"


@page(blueprint, "/heads")
def heads_page() -> str:
    """Numbers and who is in charge: no resident is named."""
    asked = asked_for(request.args.get("area"), request.args.get("on"))
    board = heads_board(asked.ground, asked.day)
    with force_locale("vi"):
        told = message(asked, board)
    return render_template("steering/heads.html", message=told, **_shown(asked, board))


@page(blueprint, "/heads/picture.png")
def heads_picture() -> Response:
    """The numbers as a picture for the committee's chat: nobody's data is in it."""
    asked = asked_for(request.args.get("area"), request.args.get("on"))
    with force_locale("vi"):
        image = picture_png(asked, heads_board(asked.ground, asked.day))
    return sent_file(image, "image/png", f"con-thieu-ai-{asked.day}.png")


@page(blueprint, "/heads/<village_id>")
def heads_village(village_id: str) -> str:
    """Whom the village can win, by name for who may see people."""
    asked, village = _village(village_id, request.args.get("on"))
    board = heads_board(asked.ground, asked.day)
    missing = uninsured(asked.day, [village.id]) if may_see_people(current_user) else []
    pages = asked_page(len(missing))
    people = facing(missing[pages.offset :][: pages.per_page], asked.day)
    if people:
        note_look(current_user, SUBJECT, count=len(people), areas=[village.id], page=pages.number,
                  total=len(missing))  # fmt: skip
    return render_template(
        "steering/heads_village.html",
        people=people,
        page=pages,
        named=may_see_people(current_user),
        may_export=may_take_lists(current_user),
        one_page=ONE_PAGE,
        kind_words=KINDS,
        reason_words=UNINSURED_REASON,
        step_words=step_words,
        village=village,
        **_shown(asked, board),
    )


@page(blueprint, "/heads/export", methods=("POST",))
def heads_export() -> Response:
    """The numbers as a workbook; nobody's name is in it."""
    asked = asked_for(request.form.get("area"), request.form.get("on"))
    with force_locale("vi"):
        board = heads_board(asked.ground, asked.day)
        file = numbers_workbook(asked, board, current_user.name)
    note_act("export", by=current_user.id, subject=SUBJECT, area=area_of(asked),
             count=len(board.lines), format="xlsx")  # fmt: skip
    return sent_file(file, XLSX_TYPE, f"con-thieu-ai-{asked.day}.xlsx")


@page(blueprint, "/heads/<village_id>/export", methods=("POST",))
def heads_village_export(village_id: str) -> Response:
    """Whom the village can win, by name, as a workbook or on one page of paper."""
    asked, village = _village(village_id, request.form.get("on"))
    if not may_take_lists(current_user):
        raise Problem("not_allowed")
    kind = request.form.get("format", "")
    if kind not in ("xlsx", "pdf"):
        raise Problem("malformed", {"fields": {"format": ["not_in_list"]}})
    people = facing(uninsured(asked.day, [village.id]), asked.day)
    note_act("export", by=current_user.id, subject=SUBJECT, area=village.id, count=len(people),
             format=kind)  # fmt: skip
    name = f"con-thieu-ai-{asked.day}.{kind}"
    # A file for others speaks Vietnamese, whatever language its author reads.
    with force_locale("vi"):
        return _names_file(kind, name, asked, people)


def _names_file(kind: str, name: str, asked: Asked, people: Sequence[Facing]) -> Response:
    board = heads_board(asked.ground, asked.day)
    if kind == "pdf":
        return sent_file(names_page(asked, board, people), PDF_TYPE, name)
    return sent_file(names_workbook(asked, board, people, current_user.name), XLSX_TYPE, name)


def _village(village_id: str, on: str | None) -> tuple[Asked, Area]:
    """Problems: not_found unless it is a village, not_allowed, malformed."""
    village = db.session.get(Area, village_id)
    if village is None or village.level != AreaLevel.VILLAGE:
        raise Problem("not_found")
    return asked_for(village_id, on), village


def _shown(asked: Asked, board: Board) -> dict[str, Any]:
    return {
        "asked": asked,
        "ground": asked.ground,
        "name": whole_name(asked.ground),
        "board": board,
        "complete": board.completeness,
        "unsynced_days": UNSYNCED_DAYS,
        "day": asked.day,
        "today": today(),
        "sentence": lambda heads: sentence(heads, board.gap_days),
        "capital": capital,
        "reached": reached,
        "beside": beside,
        "deadline": lambda heads: deadline(heads, asked.day),
        "whole_words": whole_words,
        "lacks_sentence": lacks_sentence,
    }
