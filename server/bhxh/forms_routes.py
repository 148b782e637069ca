"""A sealed list in the insurance's own layouts: D03-TS and the import sheets."""

from typing import Any

from flask import Response
from flask_login import current_user

from server.bhxh.board import own_list
from server.bhxh.doors import UNIT, blueprint
from server.http import page
from server.pages.forms.list_files import file_name, list_head, list_sheet, sheets_offered
from server.pages.sheets import XLSX_TYPE, sent_file
from server.store.afterwards import write_afterwards
from server.store.audit import note_act
from server.store.card_list_reading import note_pull, pull_is_news
from server.store.card_list_rows import rows_of


@blueprint.context_processor
def forms() -> dict[str, Any]:
    """What the page of a list offers, for its template."""
    return {"sheets_offered": sheets_offered}


@page(blueprint, "/bhxh/lists/<number>/forms/<paper>.xlsx", roles=UNIT)
def bhxh_list_form(number: str, paper: str) -> Response:
    """The whole list goes out with it: that is a pull like any other."""
    found = own_list(number)
    head = list_head(found)
    body = list_sheet(paper, head, rows_of(found))
    id_, area, count, by = found.id, found.commune_id, found.row_count, current_user.id
    news = pull_is_news(id_, whole=True)

    def write() -> None:
        if news:
            note_pull(id_, whole=True)
        note_act(
            "bhxh_pull", by=by, subject=id_, area=area, count=count, of="card_list", layout=paper
        )

    write_afterwards(("pull", id_), write)
    return sent_file(body, XLSX_TYPE, f"{file_name(paper, head)}.xlsx")
