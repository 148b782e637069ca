"""What the talks of a period came to: on the screen, as spreadsheet, PDF and Word."""

from typing import Any

from flask import Response, render_template, request

from server.errors import Problem
from server.http import page
from server.leads.asked import asked_days
from server.leads.doors import READERS, blueprint
from server.leads.tallying import paper_of, sheets_of, tables_of
from server.pages.papers.pdf import pdf_file
from server.pages.papers.word import word_file
from server.pages.scope import own_communes
from server.pages.sheets import XLSX_TYPE, sent_file, workbook
from server.store.places import Area

FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": XLSX_TYPE,
}


@page(blueprint, "/leads/tally", roles=READERS)
def lead_tally() -> Any:
    commune, (since, until) = _commune(), asked_days()
    tables, total = tables_of(commune, since, until)
    return render_template(
        "leads/tally.html",
        tables=tables,
        sum=total,
        commune=commune,
        communes=own_communes(),
        since=since,
        until=until,
    )


@page(blueprint, "/leads/tally.<form>", roles=READERS)
def lead_tally_file(form: str) -> Response:
    if form not in FORMS:
        raise Problem("not_found")
    commune, (since, until) = _commune(), asked_days()
    if form == "xlsx":
        body = workbook(*sheets_of(commune, since, until))
    else:
        paper = paper_of(commune, since, until)
        body = word_file(paper) if form == "docx" else pdf_file(paper)
    return sent_file(body, FORMS[form], f"van-dong-bhxh-tu-nguyen.{form}")


def _commune() -> Area:
    """The commune asked for, else the first of one's own. Problem: `not_allowed`."""
    communes = {area.id: area for area in own_communes()}
    wanted = request.args.get("commune", "")
    commune = communes.get(wanted) if wanted else next(iter(communes.values()), None)
    if commune is None:
        raise Problem("not_allowed")
    return commune
