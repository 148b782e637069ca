"""The files of one list: what there is to download, and each of them made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from server.domain.card_lists.digest import totals_of
from server.domain.forms.head import FormHead, ListedByTheirUnit, Row
from server.domain.forms.tk1 import Home, declares, homes_of
from server.domain.status import SERVING
from server.errors import Problem
from server.pages.forms.list_files import file_name, list_head, list_sheet, sheets_offered
from server.pages.forms.memo import memo_paper
from server.pages.forms.of_list import households_of
from server.pages.forms.tk1 import tk1_paper
from server.pages.papers.pdf import pdf_file
from server.pages.papers.word import word_file
from server.pages.sheets import XLSX_TYPE
from server.store.card_list_rows import rows_of
from server.store.card_list_waiting import insured_by_unit
from server.store.card_lists import CardList
from server.store.db import today

PEOPLE_A_FILE = 20
"""Declarations in one file: drawing more takes a page's patience."""
SHEET = "xlsx"
TYPES = {
    SHEET: XLSX_TYPE,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
NAMES = {SHEET: "Excel", "docx": "Word", "pdf": "PDF"}


@dataclass(frozen=True, slots=True)
class Offer:
    """One paper and the forms that it comes in: links by the name of the form."""

    label: str
    links: Sequence[tuple[str, str]]


def offers_of(card_list: CardList, rows: Sequence[Row]) -> list[Offer]:
    """What a list's page offers; nothing of an empty list."""
    return list(_offers(card_list, rows)) if rows else []


def _offers(card_list: CardList, rows: Sequence[Row]) -> Iterator[Offer]:
    at = f"/card-lists/{card_list.id}/papers"
    yield Offer(_("Danh sách D03-TS"), [(NAMES[SHEET], f"{at}/d03.{SHEET}")])
    yield Offer(_("Tờ trình"), [(NAMES[one], f"{at}/memo.{one}") for one in ("docx", "pdf")])
    people = sum(declares(row) for row in rows)
    for first in range(1, people + 1, PEOPLE_A_FILE):
        last = min(first + PEOPLE_A_FILE - 1, people)
        label = _("Tờ khai TK1-TS, người %(first)s đến %(last)s", first=first, last=last)
        links = [(NAMES[one], f"{at}/tk1.{one}?from={first}") for one in ("docx", "pdf")]
        yield Offer(label if people > PEOPLE_A_FILE else _("Tờ khai TK1-TS"), links)
    for name, words in sheets_offered()[1:]:
        yield Offer(words, [(NAMES[SHEET], f"{at}/{name}.{SHEET}")])


@dataclass(frozen=True, slots=True)
class Made:
    """A file: its name, its bytes, and how many people it names."""

    name: str
    body: bytes
    people: int


def made_of(card_list: CardList, paper: str, form: str, first: int) -> Made:
    """The file of a list. `first`: with which declaring person it begins. Problem: `not_found` for
    what there is not, `forces_on_list` when the list names who is listed by a unit."""
    rows = rows_of(card_list)
    if not rows or form not in TYPES:
        raise Problem("not_found")
    head, forces = list_head(card_list), _forces(card_list, rows)
    try:
        if form == SHEET:
            return Made(file_name(paper, head), list_sheet(paper, head, rows, forces), len(rows))
        if paper == "memo":
            made = memo_paper(head, totals_of(rows), card_list.memo_number, card_list.memo_on)
            named = 0
        elif paper == "tk1":
            homes = _declaring(head, rows, forces, first)
            made, named = tk1_paper(head, homes), sum(len(home.members) for home in homes)
        else:
            raise Problem("not_found")
    except ListedByTheirUnit:
        raise Problem("forces_on_list") from None
    body = word_file(made) if form == "docx" else pdf_file(made)
    return Made(file_name(made.name, head), body, named)


def _forces(card_list: CardList, rows: Sequence[Row]) -> set[str]:
    """A sealed list never changes: what is learned of its people later stands elsewhere."""
    if card_list.sealed_at is not None:
        return set()
    return insured_by_unit({row["member"] for row in rows}, today())


def _declaring(head: FormHead, rows: Sequence[Row], forces: set[str], first: int) -> Sequence[Home]:
    """The people of one file by household. Who serves is left out of the annex, too."""
    wanted = [row for row in rows if declares(row)]
    piece = wanted[first - 1 : first - 1 + PEOPLE_A_FILE]
    if not piece:
        raise Problem("not_found")
    living = households_of(piece, today())
    others = {one["member"] for people in living.values() for one in people}
    others -= {row["member"] for row in piece}
    serving = insured_by_unit(others, today(), SERVING)
    return homes_of(head, piece, living, forces | serving)
