"""The workbooks of a stored list, for the commune that made it and the unit that serves it."""

from collections.abc import Collection, Sequence

from flask_babel import get_locale

from server.domain.forms.head import FormHead, ListedByTheirUnit, Row
from server.domain.forms.profiles import profiles
from server.errors import Problem
from server.pages.forms.d03 import d03_workbook
from server.pages.forms.import_sheet import import_workbook
from server.pages.forms.of_list import form_head
from server.store.card_list_reading import head_of
from server.store.card_lists import CardList
from server.store.db import db, today
from server.store.people import User
from server.store.places import Area

D03 = "d03"


def sheets_offered() -> list[tuple[str, str]]:
    """Every workbook there is, as its name in an address and its words."""
    english = str(get_locale()) == "en"
    named = [(name, one.title_en if english else one.title) for name, one in profiles().items()]
    return [(D03, "D03-TS"), *named]


def list_head(card_list: CardList) -> FormHead:
    """The head of a list as its forms print it."""
    commune = db.session.get_one(Area, card_list.commune_id)
    maker = db.session.get(User, card_list.created_by)
    return form_head(head_of(card_list), commune, today(), maker.name if maker else "")


def list_sheet(
    paper: str, head: FormHead, rows: Sequence[Row], forces: Collection[str] = ()
) -> bytes:
    """D03-TS or an import sheet by its name. Problem: `not_found`; `forces_on_list` when the list
    names who is listed by a unit of the forces."""
    try:
        if paper == D03:
            return d03_workbook(head, rows, forces)
        if paper in profiles():
            return import_workbook(profiles()[paper], head, rows, forces)
    except ListedByTheirUnit:
        raise Problem("forces_on_list") from None
    raise Problem("not_found")


def file_name(paper: str, head: FormHead) -> str:
    """`d03_BP-15646-2026-0001`; a draft says that it is one."""
    return f"{paper}_{head.number or 'ban-nhap'}"
