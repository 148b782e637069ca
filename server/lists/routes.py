"""Doors of the lists room: the index, a list on the screen, a list to take away."""

from dataclasses import replace
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_STORED, ZipFile

from flask import Response, flash, redirect, render_template, request
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from server.domain.text import fold_tight
from server.errors import Problem
from server.http import page
from server.lists import funding_routes, school_letter_routes, view_routes
from server.lists.board import board_of
from server.lists.catalogue import BY_KEY, BY_STATUS, CATALOGUE, GROUPS, PEOPLE, list_of
from server.lists.doors import blueprint
from server.lists.export import MOST_RETURNED, Rows, extras, list_csv, list_xlsx
from server.lists.filters import CLOSED, Filters, read_filters
from server.lists.kinds import Link, PeopleList, TableList
from server.lists.papers import MOST_PRINTED, people_paper
from server.lists.query import PAGE, Found, one_page, sizes, whole_list
from server.lists.service import (
    FILL_IN,
    PRIVATE,
    Ground,
    about,
    carried,
    choices,
    commune_of,
    completeness_of,
    ground_of,
    heading,
    log_detail,
    mark_name,
    missing_sentence,
)
from server.lists.table_pages import table_file, table_page
from server.lists.views import address_of, shown
from server.lists.words import page_words
from server.pages.papers.pdf import pdf_file
from server.pages.sheets import CSV_TYPE, XLSX_TYPE, Notes, sent_file
from server.store.action_list_views import views_seen_by
from server.store.audit import note_act, note_look
from server.store.completeness import UNSYNCED_DAYS
from server.store.db import today
from server.store.list_marks import key_to_seal
from server.store.scope import PEOPLE_ROLES, may_take_lists

__all__ = ["blueprint", "funding_routes", "school_letter_routes", "view_routes"]
"""The doors of the room, gathered where the factory looks for them."""

PDF_TYPE, ZIP_TYPE = "application/pdf", "application/zip"
FORMATS = ("xlsx", "csv", "pdf", "zip")


@page(blueprint, "/lists", roles=PEOPLE_ROLES)
def lists_index() -> str:
    """Every list with its size in one's own areas. Numbers only: nobody is named."""
    ground = ground_of("", current_user)
    groups = [
        (words, [one for one in CATALOGUE if one.group == key and _may_open(one)])
        for key, words in GROUPS.items()
    ]
    return render_template(
        "lists/index.html",
        groups=[group for group in groups if group[1]],
        sizes=sizes(today(), list(ground.villages)),
        ground=ground,
        is_link=lambda one: isinstance(one, Link),
        views=[
            (view, BY_KEY[view.list_key].title)
            for view in views_seen_by(current_user, ground.seen)
            if view.list_key in BY_KEY
        ],
        view_address=address_of,
        today=today(),
    )


def _may_open(one: PeopleList | TableList | Link) -> bool:
    return current_user.role in one.roles


@page(blueprint, "/lists/<key>", roles=PEOPLE_ROLES)
def list_page(key: str) -> str | AnyResponse:
    which = list_of(key, current_user.role)
    return table_page(which) if isinstance(which, TableList) else _people_page(which)


def _people_page(which: PeopleList) -> str | AnyResponse:
    filters = read_filters(which, request.args, today())
    ground = ground_of(filters.area, current_user)
    found = one_page(which, filters, ground.villages)
    last = max(1, -(-found.total // PAGE))
    if filters.page > last:
        return redirect(filters.address(which, today(), page=str(last)))
    _note_look(filters, ground, found)
    return render_template(
        "lists/list.html",
        which=which,
        filters=filters,
        may_export=may_take_lists(current_user),
        funding_address=filters.address(which, today(), funding_routes.PATH, list=which.key),
        fields=filters.fields(which, today()),
        ground=ground,
        found=found,
        more=extras(which, filters.day, found.entries),
        last=last,
        first_number=(filters.page - 1) * PAGE + 1,
        heading=heading(which, filters),
        siblings=[one for one in PEOPLE.values() if one.group == which.group == BY_STATUS],
        board=board_of(which, filters, ground.villages, found.total),
        marks=[(mark, mark_name(mark, which)) for mark in _choices_of_marks(which, found)],
        closed=CLOSED,
        complete=completeness_of(ground, found.by_status),
        unsynced_days=UNSYNCED_DAYS,
        private=PRIVATE,
        today=today(),
        communes=choices(filters.area, ground.seen),
        **shown(which, ground),
        **page_words(),
    )


def _choices_of_marks(which: PeopleList, found: Found) -> list[str]:
    """The schools that pupils here go to; elsewhere all that the list knows."""
    return found.marks if which.by_mark else list(which.marks or ())


def _note_look(filters: Filters, ground: Ground, found: Found) -> None:
    if found.entries:
        areas = [ground.area.id] if ground.area else []
        detail = {**log_detail(filters), "page": filters.page, "total": found.total}
        note_look(current_user, "people_list", count=len(found.entries), areas=areas, **detail)


@page(blueprint, "/lists/<key>/export", methods=("POST",), roles=PEOPLE_ROLES)
def export_list(key: str) -> Response | AnyResponse:
    which = list_of(key, current_user.role)
    if not may_take_lists(current_user):
        raise Problem("not_allowed")
    kind = request.form.get("format", "")
    if kind not in FORMATS:
        raise Problem("malformed", {"fields": {"format": ["not_in_list"]}})
    # A file for others speaks Vietnamese, whatever language its author reads.
    with force_locale("vi"):
        if isinstance(which, TableList):
            return table_file(which, kind)
        return _people_file(which, kind)


def _people_file(which: PeopleList, kind: str) -> Response | AnyResponse:
    if kind == "zip" and not which.by_mark:
        raise Problem("malformed", {"fields": {"format": ["not_in_list"]}})
    filters = read_filters(which, request.form, today())
    ground = ground_of(filters.area, current_user)
    found, batches = whole_list(which, filters, ground.villages)
    if kind == "pdf" and found.total > MOST_PRINTED:
        flash(_("Danh sách dài quá để in. Chọn từng thôn, hoặc tải Excel."), "warn")
        return redirect(filters.address(which, today()))
    note_act(
        "export",
        by=current_user.id,
        subject="people_list",
        area=ground.area.id if ground.area else None,
        count=found.total,
        format=kind,
        **log_detail(filters),
    )
    name = f"danh-sach-{which.key.replace('_', '-')}-{filters.day}.{kind}"
    return _made(which, kind, filters, ground, found, batches, name)


def _made(
    which: PeopleList,
    kind: str,
    filters: Filters,
    ground: Ground,
    found: Found,
    batches: Any,
    name: str,
) -> Response:
    whole = completeness_of(ground, found.by_status)
    title = heading(which, filters)
    if kind == "csv":
        return sent_file(list_csv(Rows(which, filters.day, batches)), CSV_TYPE, name)
    if kind == "xlsx":
        return sent_file(_workbook(which, filters, ground, found, batches), XLSX_TYPE, name)
    if kind == "zip":
        return sent_file(_files_by_mark(which, filters, ground, found), ZIP_TYPE, name)
    paper = people_paper(
        which,
        f"{title}: {ground.name}" if ground.area else title,
        filters.day,
        batches,
        found.total,
        commune_of(ground),
        (missing_sentence(whole), PRIVATE),
    )
    return sent_file(pdf_file(paper), PDF_TYPE, name)


def _workbook(
    which: PeopleList, filters: Filters, ground: Ground, found: Found, batches: Any
) -> IO[bytes]:
    whole = completeness_of(ground, found.by_status)
    lines = about(which, filters, ground, found, whole, current_user.name)
    title, rows = heading(which, filters), Rows(which, filters.day, batches)
    if found.total > MOST_RETURNED:
        return list_xlsx(rows, Notes(title, lines))
    told = carried(which, title, filters, ground, current_user)
    return list_xlsx(rows, Notes(title, (*lines, FILL_IN)), told, key_to_seal())


def _files_by_mark(which: PeopleList, filters: Filters, ground: Ground, found: Found) -> IO[bytes]:
    """One workbook for each school, and in each nobody of another's."""
    files = TemporaryFile()  # noqa: SIM115 (the answer closes it)
    with ZipFile(files, "w", ZIP_STORED) as together:
        for number, mark in enumerate(found.marks, start=1):
            here = replace(filters, mark=mark)
            part, batches = whole_list(which, here, ground.villages)
            if part.total:
                name = f"{number:03}-{fold_tight(mark_name(mark, which))[:60]}.xlsx"
                with _workbook(which, here, ground, part, batches) as book:
                    together.writestr(name, book.read())
    files.seek(0)
    return files
