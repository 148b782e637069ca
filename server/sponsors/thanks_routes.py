"""The thank-you list of a period: on the screen, as PDF, Word and spreadsheet."""

from typing import Any

from flask import Response, render_template, request
from flask_login import current_user

from schemas.fields import FULL_LENGTH, is_partial_date
from server.domain.numbers import day_words
from server.errors import Problem
from server.http import page
from server.pages.papers.pdf import pdf_file
from server.pages.papers.word import word_file
from server.pages.scope import own_communes
from server.pages.sheets import XLSX_TYPE, Notes, Sheet, sent_file, workbook
from server.sponsors.doors import OFFICE, blueprint
from server.sponsors.thanks import COLUMNS, Thanks, thanks_of, thanks_paper, thanks_rows
from server.store.db import today
from server.store.places import Area

FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": XLSX_TYPE,
}


@page(blueprint, "/sponsors/thanks", roles=OFFICE)
def sponsor_thanks() -> Any:
    commune, since, until = _asked()
    lines = thanks_of(commune, since, until, today())
    return render_template(
        "sponsors/thanks.html",
        lines=lines,
        commune=commune,
        communes=own_communes(),
        since=since,
        until=until,
        cards=sum(one.cards for one in lines),
        amount=sum(one.amount for one in lines),
        received=sum(one.received for one in lines),
    )


@page(blueprint, "/sponsors/thanks.<form>", roles=OFFICE)
def sponsor_thanks_file(form: str) -> Response:
    if form not in FORMS:
        raise Problem("not_found")
    commune, since, until = _asked()
    lines = thanks_of(commune, since, until, today())
    if not lines:
        raise Problem("not_found")
    body = _book(commune, lines, since, until) if form == "xlsx" else b""
    if not body:
        paper = thanks_paper(commune.name, lines, since, until, today())
        body = word_file(paper) if form == "docx" else pdf_file(paper)
    return sent_file(body, FORMS[form], f"cam-on-nha-tai-tro.{form}")


def _book(commune: Area, lines: list[Thanks], since: str, until: str) -> bytes:
    title = "Cảm ơn nhà tài trợ"
    columns = [(column.title, max(8, column.width_mm // 2)) for column in COLUMNS]
    notes = [("Xã, phường", commune.name), ("Từ ngày", day_words(since)),
             ("Đến ngày", day_words(until)), ("Người tải", current_user.name)]  # fmt: skip
    return workbook([Sheet("Danh sách", columns, thanks_rows(lines))], Notes(title, notes))


def _asked() -> tuple[Area, str, str]:
    """The commune and the days asked for: the year so far of the first of one's communes, unless
    the address says more. Problems: `not_found`, `not_allowed`."""
    communes = {area.id: area for area in own_communes()}
    wanted = request.args.get("commune", "")
    commune = communes.get(wanted) if wanted else next(iter(communes.values()), None)
    if commune is None:
        raise Problem("not_allowed")
    since = _day("since", f"{today()[:4]}-01-01")
    until = _day("until", today())
    if until < since:
        raise Problem("malformed", {"until": "ends_before_start"})
    return commune, since, until


def _day(name: str, otherwise: str) -> str:
    typed = request.args.get(name, "") or otherwise
    if len(typed) != FULL_LENGTH or not is_partial_date(typed):
        raise Problem("malformed", {name: "not_a_date"})
    return typed
