"""The register on the screen, and to take away."""

from typing import Any

from flask import render_template
from flask_login import current_user

from server.farm.doors import blueprint
from server.farm.lists import register_paper, register_sheet, sent_list
from server.farm.register import register_lines, register_of
from server.farm.scope import READERS, asked_villages
from server.http import page
from server.pages.paging import asked_page
from server.pages.scope import own_villages
from server.store.audit import note_look
from server.store.db import today


@page(blueprint, "/farm/register", roles=READERS)
def farm_register() -> Any:
    village, villages = asked_villages()
    found = register_of(villages)
    shown = asked_page(len(found))
    lines = register_lines(found[shown.offset :][: shown.per_page], today())
    if lines:
        areas = [village] if village else []
        note_look(current_user, "farm_register", count=len(lines), areas=areas)
    return render_template(
        "farm/register.html",
        lines=lines,
        page=shown,
        village=village,
        villages=own_villages(),
    )


@page(blueprint, "/farm/register/export", roles=READERS, methods=("POST",))
def export_register() -> Any:
    """The whole register of the chosen villages."""
    village, villages = asked_villages()
    lines = register_lines(register_of(villages), today())
    return sent_list("farm_register", village, lines, register_paper, register_sheet)
