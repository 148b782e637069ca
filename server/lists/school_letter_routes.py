"""The commune's letter to a school, with those of its pupils who have no card."""

from typing import Any

from flask import Response, request
from flask_login import current_user

from schemas.kinds import UNINSURED
from server.domain.legal.law import Law, answered
from server.errors import Problem
from server.http import page
from server.lists.catalogue import PUPILS, people_list_of
from server.lists.doors import blueprint
from server.lists.entries import Entry
from server.lists.filters import Filters, read_filters
from server.lists.kinds import PeopleList
from server.lists.query import whole_list
from server.lists.service import Ground, commune_of, ground_of, mark_name
from server.pages.forms.school_letter import Pupil, school_letter
from server.pages.papers.pdf import pdf_file
from server.pages.papers.word import word_file
from server.pages.sheets import sent_file
from server.store.action_lists import NO_SCHOOL
from server.store.audit import note_look
from server.store.db import today
from server.store.legal import legal_tables
from server.store.scope import PEOPLE_ROLES, may_take_lists

PATH = "/lists/pupils/letter"
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
ASKED = ("area", "on", "mark")
"""What a letter may be asked by. A school is told of all its pupils, whatever a screen showed."""


@blueprint.context_processor
def letters() -> dict[str, Any]:
    """What the page of the pupils' list offers, for its template."""
    return {"letter_links": letter_links}


def letter_links(which: PeopleList, filters: Filters, ground: Ground) -> list[tuple[str, str]]:
    """Names and addresses of the letter to the school that was chosen, in one commune."""
    chosen = which.key == PUPILS and filters.mark not in ("", NO_SCHOOL)
    if not chosen or not may_take_lists(current_user) or not commune_of(ground):
        return []
    told = {name: value for name, value in filters.fields(which, today()).items() if name in ASKED}
    asked = read_filters(which, told, today())
    return [
        (name, asked.address(which, today(), f"{PATH}.{form}"))
        for name, form in (("Word", "docx"), ("PDF", "pdf"))
    ]


@page(blueprint, f"{PATH}.<form>", roles=PEOPLE_ROLES)
def school_letter_file(form: str) -> Response:
    """One letter: of one commune, to one school. Who took it away is noted."""
    which = people_list_of(PUPILS, current_user.role)
    if form not in TYPES:
        raise Problem("not_found")
    if not may_take_lists(current_user):
        raise Problem("not_allowed")
    told = {name: request.args.get(name, "") for name in ASKED}
    filters = read_filters(which, told, today())
    ground = ground_of(filters.area, current_user)
    commune = commune_of(ground)
    if not commune or filters.mark in ("", NO_SCHOOL):
        raise Problem("not_found")
    pupils = _pupils(which, filters, ground)
    if not pupils:
        raise Problem("not_found")
    areas = [ground.area.id] if ground.area else []
    note_look(
        current_user, "school_letter", count=len(pupils), areas=areas, format=form, day=filters.day
    )
    paper = school_letter(
        commune,
        mark_name(filters.mark, which),
        pupils,
        filters.day,
        support_percent=_support_percent(filters.day),
    )
    body = word_file(paper) if form == "docx" else pdf_file(paper)
    return sent_file(body, TYPES[form], f"{paper.name}-{filters.day}.{form}")


def _pupils(which: PeopleList, filters: Filters, ground: Ground) -> list[Pupil]:
    """Those without a card, by class, in the list's order within it."""
    _found, batches = whole_list(which, filters, ground.villages)
    listed = [one for batch in batches for one in batch if one.status in UNINSURED]
    return [_pupil(one) for one in sorted(listed, key=_class)]


def _class(one: Entry) -> str:
    return one.member.get("school_class") or ""


def _pupil(one: Entry) -> Pupil:
    told = one.member
    return Pupil(
        told["full_name"],
        told.get("birth_date"),
        told.get("sex"),
        told.get("school_class"),
        one.village,
        one.status,
    )


@answered
def _support_percent(day: str) -> str:
    return Law(legal_tables(), day).text("state_support", "student")
