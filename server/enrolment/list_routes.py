"""The list of enrolments, and one of them with what the office decides about it."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from schemas.kinds import EnrolmentState
from server.domain.enrolment.states import (
    CANCELLED,
    CHECKED,
    DRAFT,
    ON_LIST,
    RETURNED,
    SUBMITTED,
)
from server.domain.legal.groups import group_names
from server.enrolment.collectors import collectors
from server.enrolment.doors import OFFICE, blueprint
from server.enrolment.filing import lacks_of
from server.enrolment.law import law_says
from server.enrolment.reading import enrolment_in_scope, line_of, page_of, states_of
from server.enrolment.service import REASON_FIELD, decide, decided_here
from server.errors import Problem
from server.http import page
from server.pages.lacking import by_record, lacking_words
from server.pages.not_known import lacks_sentence, lacks_words
from server.pages.scope import chosen_villages, own_villages
from server.pages.typed import text_of
from server.store.audit import note_look
from server.store.bulk import among
from server.store.card_list_enrolments import lists_of_enrolment
from server.store.db import today
from server.store.legal import legal_tables
from server.store.records import Enrolment
from server.store.sponsor_cards import card_called

STEP_WORDS = {
    (SUBMITTED, CHECKED): _l("Đã kiểm tra, đúng"),
    (RETURNED, CHECKED): _l("Đã kiểm tra, đúng"),
    (ON_LIST, CHECKED): _l("Bỏ khỏi danh sách"),
    (CHECKED, SUBMITTED): _l("Đưa về đã nộp"),
    (RETURNED, SUBMITTED): _l("Đưa về đã nộp"),
    (CANCELLED, SUBMITTED): _l("Nhận lại hồ sơ đã hủy"),
    (DRAFT, SUBMITTED): _l("Đã thu tiền, nộp"),
    (None, SUBMITTED): _l("Đã thu tiền, nộp"),
}


@page(blueprint, "/enrolments", roles=OFFICE)
def enrolments() -> Any:
    villages, asked = own_villages(), request.args
    state, village = asked.get("state", ""), asked.get("village", "")
    collector = asked.get("collector", "")
    where = [among(Enrolment.village_id, chosen_villages(villages, village))]
    if state in set(EnrolmentState):
        where.append(Enrolment.state == state)
    if collector:
        where.append(Enrolment.collected_by == collector)
    lines, shown = page_of(where)
    note_look(
        current_user,
        "enrolments",
        count=len(lines),
        areas=[village] if village else [],
        state=state,
    )
    return render_template(
        "enrolment/enrolments.html",
        lines=lines,
        lacks=lacks_of(lines),
        lacking_words=lacking_words,
        groups=group_names(legal_tables(), today()),
        page=shown,
        villages=villages,
        village=village,
        state=state,
        states=list(EnrolmentState),
        collector=collector,
        collectors=collectors(),
    )


@page(blueprint, "/enrolments/<enrolment_id>", roles=OFFICE)
def enrolment(enrolment_id: str) -> Any:
    return _shown(enrolment_in_scope(enrolment_id))


def _shown(found: Enrolment, wrong: str = "", asked: str = "") -> Any:
    line = line_of(found)
    note_look(current_user, found.id, count=1, areas=[found.village_id], of="enrolment")
    body = render_template(
        "enrolment/enrolment.html",
        it=line,
        found=found,
        law=law_says(found),
        lacks_sentence=lacks_sentence,
        lacks_words=lacks_words,
        groups=group_names(legal_tables(), line.data.get("paid_on") or today()),
        lacking=by_record(lacks_of([line]).get(found.id, [])),
        sponsored=card_called(line.data.get("sponsorship") or "", today()),
        steps=states_of(found.id),
        acts=decided_here(found),
        lists=lists_of_enrolment(found.id),
        step_words=STEP_WORDS,
        reasons=REASON_FIELD,
        wrong=wrong,
        asked=asked,
    )
    return (body, 400) if wrong else body


@page(blueprint, "/enrolments/<enrolment_id>/state", roles=OFFICE, methods=("POST",))
def decide_enrolment(enrolment_id: str) -> Any:
    found = enrolment_in_scope(enrolment_id)
    state = request.form.get("state", "")
    try:
        decide(found, state, text_of("reason", 2000), request.form.get("seen", ""))
    except Problem as problem:
        if problem.code == "malformed" and state in REASON_FIELD:
            return _shown(found, _("Ghi lý do để người thu biết."), state)
        if problem.code != "already_decided":
            raise
        flash(_("Chưa ghi được: hồ sơ vừa thay đổi. Xem lại rồi làm tiếp."), "warn")
    else:
        flash(_("Đã ghi. Điện thoại của người thu biết sau lần đồng bộ kế tiếp."), "success")
        _warn_of_lacking(found, state)
    return redirect(f"/enrolments/{enrolment_id}")


def _warn_of_lacking(found: Enrolment, state: str) -> None:
    """What was checked goes on a list of the insurance, which asks for all of it."""
    lacking = lacking_words(lacks_of([line_of(found)]).get(found.id, []))
    if state == CHECKED and lacking:
        flash(_("Hồ sơ còn thiếu: %(what)s.", what=lacking), "warn")
