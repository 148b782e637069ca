"""The papers of the procedure, as Word and as PDF."""

from collections.abc import Sequence
from typing import Any

from flask import Response, render_template, request
from flask_login import current_user

from server.domain.farm.due import posting_end
from server.errors import Problem
from server.farm.doors import blueprint
from server.farm.inputs import day_in
from server.farm.lines import Line, lines_of
from server.farm.papers import (
    approved_paper,
    decision_paper,
    posting_paper,
    refusal_paper,
    request_paper,
)
from server.farm.scope import READERS, asked_villages, data_of, request_in_scope, typed
from server.http import page
from server.pages.papers.blocks import Paper
from server.pages.papers.pdf import pdf_file
from server.pages.papers.word import word_file
from server.pages.scope import own_villages
from server.pages.sheets import sent_file
from server.store.audit import note_look
from server.store.db import today
from server.store.farm import decided_by, people_of, requests_in
from server.store.legal import legal_tables

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
GATHERED = ("posting", "decision", "approved")


@page(blueprint, "/farm/papers", roles=READERS)
def farm_papers() -> Any:
    """What there is to print: postings by their first day, decisions by their number."""
    village, villages = asked_villages()
    postings: dict[tuple[str, str], int] = {}
    decisions: dict[tuple[str, str, str], int] = {}
    for one in requests_in(villages, ["posted", "objected", "rechecked", "approved"]):
        data, commune = data_of(one), own_villages()[one.village_id].commune
        if one.state == "approved":
            key = (data["decided_on"], data["decision_number"], commune)
            decisions[key] = decisions.get(key, 0) + 1
        else:
            postings[data["posted_on"], commune] = postings.get((data["posted_on"], commune), 0) + 1
    return render_template(
        "farm/papers.html",
        postings=sorted(postings.items(), reverse=True),
        decisions=sorted(decisions.items(), reverse=True),
        village=village,
        villages=own_villages(),
    )


@page(blueprint, "/farm/papers/<paper>.<form>", roles=READERS)
def farm_paper(paper: str, form: str) -> Any:
    """One paper about several households: posting, decision, or the notice of who was approved."""
    if paper not in GATHERED or form not in TYPES:
        raise Problem("not_found")
    villages = _villages_of_commune()
    rows = _rows(paper, villages)
    if not rows:
        raise Problem("not_found")
    commune, first = rows[0].commune, rows[0].data
    if paper == "posting":
        end = posting_end(legal_tables(), first)
        made = posting_paper(rows, commune, first["posted_on"], end)
    else:
        make = decision_paper if paper == "decision" else approved_paper
        made = make(rows, commune, first["decision_number"], first["decided_on"])
    return _sent(made, form, len(rows), sorted({row.request.village_id for row in rows}))


def _villages_of_commune() -> list[str]:
    """The chosen villages that lie in the commune asked for: a paper speaks for one commune."""
    _village, villages = asked_villages()
    commune = typed("commune")
    return [id_ for id_ in villages if commune in ("", own_villages()[id_].commune)]


def _rows(paper: str, villages: Sequence[str]) -> list[Line]:
    if paper == "posting":
        day = day_in("day")
        standing = requests_in(villages, ["posted", "objected", "rechecked"])
        found = [one for one in standing if data_of(one)["posted_on"] == day]
    else:
        found = decided_by(villages, request.args.get("number", "").strip()[:200])
    rows = sorted(lines_of(found), key=lambda row: (row.village, row.name))
    return [row for row in rows if row.commune == rows[0].commune]


@page(blueprint, "/farm/requests/<request_id>/papers/<paper>.<form>", roles=READERS)
def farm_request_paper(request_id: str, paper: str, form: str) -> Any:
    """Mẫu 01 of one household, or the answer that refuses it."""
    found = request_in_scope(request_id)
    if paper not in ("request", "refusal") or form not in TYPES:
        raise Problem("not_found")
    (row,) = lines_of([found])
    data = data_of(found)
    if paper == "refusal" and found.state != "refused":
        raise Problem("not_found")
    if paper == "request":
        made = request_paper(row, row.commune, people_of(found.household_id, today()), data)
    else:
        made = refusal_paper(row, row.commune, data)
    return _sent(made, form, 1, [found.village_id])


def _sent(paper: Paper, form: str, count: int, areas: list[str]) -> Response:
    note_look(current_user, "farm_papers", count=count, areas=areas, format=form, paper=paper.name)
    body = word_file(paper) if form == "docx" else pdf_file(paper)
    return sent_file(body, TYPES[form], f"{paper.name}.{form}")
