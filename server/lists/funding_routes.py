"""Doors of the funding need: what it costs that everybody on a list joins, on a page and as files
for the finance office."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, render_template, request
from flask_babel import force_locale
from flask_login import current_user

from server.domain.legal.groups import group_names
from server.errors import Problem
from server.http import page
from server.lists.catalogue import ALL_UNINSURED, people_list_of
from server.lists.doors import blueprint
from server.lists.filters import Filters, read_filters
from server.lists.funding import MONTHS, Funding, funding, told_apart
from server.lists.funding_files import Source, funding_paper, funding_xlsx
from server.lists.funding_words import group_words, law_of, payer_words, remarks, silent_words
from server.lists.kinds import PeopleList
from server.lists.query import Found, everybody_on
from server.lists.service import (
    Ground,
    completeness_of,
    ground_of,
    heading,
    log_detail,
    standing,
)
from server.pages.papers.pdf import pdf_file
from server.pages.papers.word import word_file
from server.pages.sheets import XLSX_TYPE, Notes, sent_file
from server.store.audit import note_act
from server.store.completeness import UNSYNCED_DAYS
from server.store.db import today
from server.store.legal import legal_tables
from server.store.scope import PEOPLE_ROLES, may_take_lists

PATH = "/lists/funding"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {"xlsx": XLSX_TYPE, "docx": WORD_TYPE, "pdf": "application/pdf"}
DEFAULT_MONTHS = "12"


@dataclass(frozen=True, slots=True)
class _Asked:
    which: PeopleList
    filters: Filters
    ground: Ground
    found: Found
    communes: list[str]
    need: Funding


def _asked(form: Mapping[str, str]) -> _Asked:
    """What an address or a form asks for. Problems: malformed, not_found, not_allowed."""
    which = people_list_of(form.get("list", "").strip() or ALL_UNINSURED, current_user.role)
    filters, months = read_filters(which, form, today()), _months(form)
    ground = ground_of(filters.area, current_user)
    found, ids = everybody_on(which, filters, ground.villages)
    villages, communes = told_apart(ground.villages)
    need = funding(ids, filters.day, months, villages)
    return _Asked(which, filters, ground, found, communes, need)


def _months(form: Mapping[str, str]) -> int:
    text = form.get("months", "").strip() or DEFAULT_MONTHS
    if text not in {str(each) for each in MONTHS}:
        raise Problem("malformed", {"fields": {"months": ["not_in_list"]}})
    return int(text)


@page(blueprint, PATH, roles=PEOPLE_ROLES)
def funding_page() -> Any:
    """Sums only: nobody is named, so no look is noted."""
    asked = _asked(request.args)
    which, filters, need = asked.which, asked.filters, asked.need
    told = {"list": which.key} if which.key != ALL_UNINSURED else {}
    return render_template(
        "lists/funding.html",
        need=need,
        remarks=remarks(need),
        unknown=silent_words(need),
        names=group_names(legal_tables(), need.day),
        group_words=group_words,
        payer_words=payer_words,
        law=law_of(need),
        view=heading(which, filters),
        ground=asked.ground,
        months=[
            (each, filters.address(which, today(), PATH, months=str(each), **told))
            for each in MONTHS
        ],
        list_address=filters.address(which, today()),
        fields={**filters.fields(which, today()), **told, "months": str(need.months)},
        may_export=may_take_lists(current_user),
        complete=completeness_of(asked.ground, asked.found.by_status),
        unsynced_days=UNSYNCED_DAYS,
    )


@page(blueprint, f"{PATH}/export", methods=("POST",), roles=PEOPLE_ROLES)
def export_funding() -> Response:
    if not may_take_lists(current_user):
        raise Problem("not_allowed")
    kind = request.form.get("format", "")
    if kind not in TYPES:
        raise Problem("malformed", {"fields": {"format": ["not_in_list"]}})
    # A paper for an office speaks Vietnamese, whatever language its author reads.
    with force_locale("vi"):
        asked = _asked(request.form)
        body = _made(asked, kind)
    note_act(
        "export",
        by=current_user.id,
        subject="funding_need",
        area=asked.ground.area.id if asked.ground.area else None,
        count=asked.found.total,
        format=kind,
        months=asked.need.months,
        **log_detail(asked.filters),
    )
    name = f"nhu-cau-kinh-phi-{asked.which.key}-{asked.need.months}-thang-{asked.need.day}"
    return sent_file(body, TYPES[kind], f"{name}.{kind}")


def _made(asked: _Asked, kind: str) -> bytes:
    filters, ground, found = asked.filters, asked.ground, asked.found
    if ground.area is None and asked.communes:
        # In another office nobody knows whose 'own villages' these are.
        ground = replace(ground, name=", ".join(asked.communes))
    whole = completeness_of(ground, found.by_status)
    about = standing(filters, ground, found, whole, current_user.name)
    names = group_names(legal_tables(), asked.need.day)
    source = Source(heading(asked.which, filters), ground.name, asked.communes, about)
    if kind == "xlsx":
        return funding_xlsx(asked.need, names, Notes(source.view, about))
    paper = funding_paper(asked.need, names, source)
    return word_file(paper) if kind == "docx" else pdf_file(paper)
