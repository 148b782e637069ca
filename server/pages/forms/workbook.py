"""Described sheets as a workbook: printed as they stand, ids as text, totals as formulas."""

from collections.abc import Sequence
from dataclasses import astuple
from io import BytesIO
from typing import Any

import xlsxwriter

from server.domain.forms.sheet import Cell, Look, Sheet
from server.pages.sheets import RUN_BY_SPREADSHEETS, Notes

FONT = "Times New Roman"
A4 = 9
NUMBERS = {"text": "@", "number": "0", "money": "#,##0", "people": '#,##0" người"'}
GREY = "#EEF3F2"
SIDES_INCH, ENDS_INCH = 0.4, 0.55


def forms_workbook(title: str, sheets: Sequence[Sheet], notes: Notes) -> bytes:
    """The sheets, and one of notes that is not part of the form."""
    output = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(output, options) as book:
        book.set_properties({"title": title})
        looks = _Looks(book)
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, looks)
        _about(book.add_worksheet("Ghi chú"), notes, looks)
    return output.getvalue()


class _Looks:
    """The workbook's formats: one for each look that is used."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[Any, ...], Any] = {}

    def of(self, look: Look, *, quoted: bool = False, wrap: bool = True) -> Any:
        """`quoted`: what begins like a formula stays the text it is, in a cell edited later too."""
        key = (*astuple(look), quoted, wrap)
        if key not in self.made:
            self.made[key] = self.book.add_format(
                {
                    "font_name": FONT,
                    "font_size": look.size_pt,
                    "bold": look.bold,
                    "italic": look.italic,
                    "align": look.align,
                    "valign": "vcenter",
                    "text_wrap": wrap,
                    "border": int(look.border),
                    "num_format": NUMBERS[look.number],
                    "quote_prefix": quoted,
                    **({"bg_color": GREY} if look.shaded else {}),
                }
            )
        return self.made[key]


def _write(sheet: Any, described: Sheet, looks: _Looks) -> None:
    _page(sheet, described)
    for at, width in enumerate(described.widths):
        sheet.set_column(at, at, width)
    for row, height in described.heights.items():
        sheet.set_row(row, height)
    for cell in described.cells:
        _cell(sheet, cell, looks, described.wrap)


def _page(sheet: Any, described: Sheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=SIDES_INCH, right=SIDES_INCH, top=ENDS_INCH, bottom=ENDS_INCH)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer('&R&"Times New Roman"&9Trang &P/&N')
    first, last = described.head
    sheet.repeat_rows(first, last)
    sheet.freeze_panes(last + 1, 2)


def _cell(sheet: Any, cell: Cell, looks: _Looks, wrap: bool) -> None:
    value = cell.value
    quoted = isinstance(value, str) and value.startswith(RUN_BY_SPREADSHEETS)
    look = looks.of(cell.look, quoted=quoted, wrap=wrap)
    if cell.merged:
        sheet.merge_range(cell.row, cell.column, cell.to_row, cell.to_column, "", look)
    if cell.formula:
        sheet.write_formula(cell.row, cell.column, f"={cell.formula}", look, value or 0)
    elif isinstance(value, int):
        sheet.write_number(cell.row, cell.column, value, look)
    elif value:
        sheet.write_string(cell.row, cell.column, value, look)
    else:
        sheet.write_blank(cell.row, cell.column, None, look)


def _about(sheet: Any, notes: Notes, looks: _Looks) -> None:
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 38)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, notes.title, looks.of(Look(bold=True)))
    for line, texts in enumerate(notes.lines, start=2):
        for column, text in enumerate(texts):
            quoted = text.startswith(RUN_BY_SPREADSHEETS)
            sheet.write_string(line, column, text, looks.of(Look(), quoted=quoted))
