"""Doors of the lists that were kept: what BHXH and schools sent, as it came."""

from typing import Any

import orjson
from flask import render_template
from flask_login import current_user
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from server.errors import Problem
from server.http import page
from server.pages.paging import asked_page
from server.roster.doors import blueprint, communes
from server.roster.service import kinds
from server.store.audit import note_look
from server.store.db import db, today
from server.store.imported_lists import ImportedList, ImportedRow, latest_before, lists_of, rows_of
from server.store.people import User
from server.store.places import Area, School
from server.store.scope import IMPORTING_ROLES, areas_of

LISTS_SHOWN = 20
SHOWN = ("full_name", "birth_date", "sex", "personal_id", "bhxh_number", "card_number",
         "insurance_group", "valid_from", "valid_to", "school_class", "first_clinic",
         "address")  # fmt: skip


@page(blueprint, "/imports/lists/<list_id>", roles=IMPORTING_ROLES)
def list_page(list_id: str) -> str:
    found = _list(list_id)
    shown = asked_page(found.row_count)
    rows = db.session.execute(rows_of(found.id).limit(shown.per_page).offset(shown.offset))
    told = [(row.row_number, orjson.loads(row.data)) for row in rows]
    lines = [(data.get("at") or number, data) for number, data in told]
    note_look(current_user, "imported_list", count=len(lines), areas=[found.commune_id],
              list=found.id, page=shown.number)  # fmt: skip
    layout = kinds()[found.kind].layout
    used = [key for key in SHOWN if key in layout.labels]
    return render_template(
        "roster/list.html",
        list=found,
        title=layout.title,
        commune=db.session.get(Area, found.commune_id),
        school=db.session.get(School, found.school_id) if found.school_id else None,
        by=db.session.get(User, found.imported_by) if found.imported_by else None,
        columns=[(key, layout.label(key)) for key in used],
        lines=lines,
        shown=shown,
        facts=_facts(found),
    )


def lists_here() -> list[tuple[ImportedList, str]]:
    """The lists kept of one's communes, the newest first, with the title of their kind."""
    found = db.session.scalars(lists_of([it.id for it in communes()]).limit(LISTS_SHOWN))
    return [(each, kinds()[each.kind].layout.title) for each in found]


def _list(list_id: str) -> ImportedList:
    found = db.session.get(ImportedList, list_id)
    if found is None or not found.whole:
        raise Problem("not_found")
    if found.commune_id not in areas_of(current_user.id, current_user, today()):
        raise Problem("not_allowed")
    return found


def _facts(found: ImportedList) -> dict[str, Any]:
    """How the people of the list are known, and how it differs from the list before."""
    mine = select(func.count()).where(ImportedRow.list_id == found.id)
    facts: dict[str, Any] = {
        kind: db.session.scalar(mine.where(ImportedRow.person.startswith(f"{kind}:")))
        for kind in ("bhxh_number", "personal_id")
    }
    before = latest_before(found)
    if before is not None:
        facts |= {"before": before, "new": _only(found.id, before.id),
                  "gone": _only(before.id, found.id)}  # fmt: skip
    return facts


def _only(here: str, there: str) -> int:
    """How many people stand on one list and not on the other."""
    other = aliased(ImportedRow)
    also = select(other.person).where(other.list_id == there, other.person == ImportedRow.person)
    query = select(func.count(ImportedRow.person.distinct())).where(
        ImportedRow.list_id == here, ~also.exists()
    )
    return db.session.scalar(query) or 0
