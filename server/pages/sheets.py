"""A table as a workbook: texts that no spreadsheet runs, whole numbers as numbers."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from flask import Response

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | None


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet runs; an importer takes the apostrophe off again."""
    return "'" + text if text.startswith(RUN_BY_SPREADSHEETS) else text


def workbook(
    title: str,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[Cell]],
    notes: Sequence[tuple[str, str]],
) -> bytes:
    """The table with a frozen head and filters, and a second sheet that says what it is. Columns:
    label and width."""
    output = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(output, options) as book:
        book.set_properties({"title": title})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        as_text = book.add_format({"num_format": "@"})
        as_number = book.add_format({"num_format": "#,##0"})
        sheet = book.add_worksheet("Danh sách")
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        for column, (label, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, label, bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, last, column, cell, as_text, as_number)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
        _about(book, title, notes, bold)
    return output.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Cell, as_text: Any, as_number: Any) -> None:
    if isinstance(cell, int):
        sheet.write_number(row, column, cell, as_number)
    else:
        sheet.write_string(row, column, harmless(cell or ""), as_text)


def _about(book: Any, title: str, notes: Sequence[tuple[str, str]], bold: Any) -> None:
    about = book.add_worksheet("Ghi chú")
    about.set_column(0, 0, 44)
    about.set_column(1, 1, 60)
    about.write_string(0, 0, title, bold)
    for number, (label, text) in enumerate(notes, start=2):
        about.write_string(number, 0, harmless(label))
        about.write_string(number, 1, harmless(text))


def sent_file(body: bytes, mimetype: str, name: str) -> Response:
    """A file to be kept by who asked, and by nobody between."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return Response(body, mimetype=mimetype, headers=headers)
