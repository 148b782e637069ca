"""What the insurance's answers leave to do, for the office and for the unit."""

from typing import Any

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from flask_login import current_user

from schemas.kinds import Role
from server.bhxh.desk_routes import code_words
from server.bhxh.doors import FOLLOWERS, blueprint
from server.bhxh.settling import held_where, in_reach, returned_open, settle, take
from server.errors import Problem
from server.http import page
from server.pages.typed import text_of
from server.store.audit import note_look


@page(blueprint, "/bhxh-answers", roles=FOLLOWERS)
def bhxh_answers() -> str:
    reach = in_reach()
    held, back = held_where(reach), returned_open(reach)
    people = [one for one in (*held, *back) if one.row is not None]
    if people:
        areas = sorted({one.row.village_id for one in people if one.row is not None})
        note_look(current_user, "bhxh_answers", count=len(people), areas=areas)
    return render_template(
        "bhxh/answers.html",
        held=held,
        back=back,
        code_words=code_words,
        unit=current_user.role == Role.BHXH,
    )


@page(blueprint, "/bhxh-answers/<answer_id>", roles=FOLLOWERS, methods=("POST",))
def settle_answer(answer_id: str) -> Any:
    try:
        settle(answer_id, text_of("note", 2000))
    except Problem as problem:
        if problem.code != "already_decided":
            raise
        flash(_("Việc này đã có người xử lý."), "warn")
    else:
        flash(_("Đã ghi là xử lý xong."), "success")
    return redirect("/bhxh-answers")


@page(blueprint, "/bhxh-answers/<answer_id>/take", roles=FOLLOWERS, methods=("POST",))
def take_answer(answer_id: str) -> Any:
    try:
        code = take(answer_id, text_of("note", 2000))
    except Problem as problem:
        if problem.code != "already_decided":
            raise
        flash(_("Việc này đã có người xử lý."), "warn")
        return redirect("/bhxh-answers")
    if code is None:
        flash(_("Đã lấy câu trả lời này thay câu trước."), "success")
    else:
        flash(code_words(code), "warn")
    return redirect("/bhxh-answers")
