"""The official forms of a list: D03-TS, TK1-TS, the tờ trình, the import sheets."""

from typing import Any

from flask import Response, request
from flask_login import current_user

from server.card_lists.doors import OFFICE, blueprint
from server.card_lists.papers import TYPES, made_of, offers_of
from server.card_lists.scope import list_in_scope, villages_in
from server.errors import Problem
from server.http import page
from server.pages.sheets import sent_file
from server.store.audit import note_look
from server.store.card_list_rows import stored_rows


@blueprint.context_processor
def papers() -> dict[str, Any]:
    """What the page of a list offers, for its template."""
    return {"offers_of": offers_of}


@page(blueprint, "/card-lists/<list_id>/papers/<paper>.<form>", roles=OFFICE)
def card_list_paper(list_id: str, paper: str, form: str) -> Response:
    """One file of a list, drafts too; who took it away is noted."""
    it = list_in_scope(list_id)
    made = made_of(it, paper, form, _first())
    areas = sorted({row.village_id for row in stored_rows(it)} & villages_in(it.commune_id).keys())
    if made.people:
        told = {"of": "card_list", "format": form, "paper": paper}
        note_look(current_user, it.id, count=made.people, areas=areas, **told)
    return sent_file(made.body, TYPES[form], f"{made.name}.{form}")


def _first() -> int:
    text = request.args.get("from", "1")
    if not text.isdecimal() or not 1 <= int(text) <= 1_000_000:
        raise Problem("not_found")
    return int(text)
