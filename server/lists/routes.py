"""Doors of the lists room."""

from collections.abc import Mapping

from flask import Response, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from schemas.kinds import SocialInsurance, UninsuredReason
from server.domain.codes import ethnic_groups
from server.domain.legal.words import SUPPORT_END
from server.domain.numbers import days_left
from server.domain.words import RELATION, SEX, SOCIAL_INSURANCE, STATUS, UNINSURED_REASON
from server.errors import Problem
from server.http import page
from server.lists import funding_routes
from server.lists.doors import blueprint
from server.lists.export import list_csv, list_xlsx
from server.lists.filters import (
    ALL_UNINSURED,
    ENDING,
    LOSING,
    LOSING_DAYS,
    VIEWS,
    Filters,
    read_filters,
)
from server.lists.query import PAGE, Found, one_page, whole_list
from server.lists.service import (
    Ground,
    about,
    choices,
    completeness_of,
    ground_of,
    group_names,
    log_detail,
    view_words,
)
from server.pages.sheets import CSV_TYPE, XLSX_TYPE, Notes, sent_file
from server.store.audit import note_act, note_look
from server.store.completeness import UNSYNCED_DAYS
from server.store.db import today
from server.store.scope import PEOPLE_ROLES, may_take_lists

OF_VIEWS = {ALL_UNINSURED: "chưa có BHYT", ENDING: "sắp hết hạn", LOSING: "sắp hết hỗ trợ"}

__all__ = ["blueprint", "funding_routes"]
"""The doors of the room, gathered where the factory looks for them."""


@page(blueprint, "/lists", roles=PEOPLE_ROLES)
def list_page() -> str | AnyResponse:
    filters = read_filters(request.args, today())
    ground = ground_of(filters, current_user)
    found = one_page(filters, ground.villages)
    last = max(1, -(-found.total // PAGE))
    if filters.page > last:
        return redirect(filters.address(today(), page=str(last)))
    _note_look(filters, ground, found)
    return render_template(
        "lists/list.html",
        filters=filters,
        may_export=may_take_lists(current_user),
        funding_address=filters.address(today(), funding_routes.PATH),
        fields=filters.fields(today()),
        ground=ground,
        found=found,
        last=last,
        first_number=(filters.page - 1) * PAGE + 1,
        heading=view_words(filters),
        complete=completeness_of(ground, found),
        unsynced_days=UNSYNCED_DAYS,
        today=today(),
        communes=choices(filters, ground.seen),
        group_names=group_names(filters),
        days_left=lambda last: days_left(filters.day, last),
        **_words(),
    )


def _note_look(filters: Filters, ground: Ground, found: Found) -> None:
    if found.entries:
        areas = [ground.area.id] if ground.area else []
        detail = {**log_detail(filters), "page": filters.page, "total": found.total}
        note_look(current_user, "people_list", count=len(found.entries), areas=areas, **detail)


def _words() -> dict[str, object]:
    """The choices of the page and their words, translated once and not row by row."""
    return {
        "views": VIEWS,
        "losing_days": LOSING_DAYS,
        "end_words": _translated(SUPPORT_END),
        "reasons": UninsuredReason,
        "social_kinds": SocialInsurance,
        "status_words": _translated(STATUS | OF_VIEWS),
        "reason_words": _translated(UNINSURED_REASON),
        "social_words": _translated(SOCIAL_INSURANCE),
        "relation_words": _translated(RELATION),
        "sex_words": _translated(SEX),
        "ethnic_groups": ethnic_groups(),
    }


def _translated(words: Mapping[str, str]) -> dict[str, str]:
    return {key: _(word) for key, word in words.items()}


@page(blueprint, "/lists/export", methods=("POST",), roles=PEOPLE_ROLES)
def export_list() -> Response:
    if not may_take_lists(current_user):
        raise Problem("not_allowed")
    kind = request.form.get("format", "")
    if kind not in ("xlsx", "csv"):
        raise Problem("malformed", {"fields": {"format": ["not_in_list"]}})
    filters = read_filters(request.form, today())
    ground = ground_of(filters, current_user)
    found, entries = whole_list(filters, ground.villages)
    note_act(
        "export",
        by=current_user.id,
        subject="people_list",
        area=ground.area.id if ground.area else None,
        count=found.total,
        format=kind,
        **log_detail(filters),
    )
    if kind == "csv":
        return _file(list_csv(entries, group_names(filters)), CSV_TYPE, filters, kind)
    lines = about(filters, ground, found, completeness_of(ground, found), current_user.name)
    book = list_xlsx(entries, Notes(view_words(filters), lines), group_names(filters))
    return _file(book, XLSX_TYPE, filters, kind)


def _file(body: bytes, mimetype: str, filters: Filters, kind: str) -> Response:
    return sent_file(body, mimetype, f"danh-sach-{filters.status}-{filters.day}.{kind}")
