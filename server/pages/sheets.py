"""Tables as files that people take away: a workbook or CSV, nothing in them that a spreadsheet
would run; and how any file is sent to who asked for it."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from flask import Response

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")
PIECE = 64 * 1024
Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a workbook. Columns: label and width. Whole numbers stay numbers; all else is
    text, so that an id keeps its zeros. `filters`: people will look for rows in it. `hidden`: so
    many first columns are for whoever reads the file again. `carried`: the name of a sheet that no
    spreadsheet shows, and its first cell; each row then begins with its own cell of that sheet."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Cell]]
    filters: bool = True
    hidden: int = 0
    carried: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Notes:
    """What stands on the last sheet: what the file is, and what it does not know."""

    title: str
    lines: Sequence[tuple[str, str]]


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet runs; an importer takes the apostrophe off again."""
    return "'" + text if text.startswith(RUN_BY_SPREADSHEETS) else text


def workbook(sheets: Iterable[Sheet], notes: Notes) -> bytes:
    """Tables with a frozen head, ready to be printed, and a sheet of notes."""
    with workbook_file(sheets, notes) as file:
        return file.read()


def workbook_file(sheets: Iterable[Sheet], notes: Notes) -> IO[bytes]:
    """The same as a file, for tables too long to be held: rows are written as they come. It is gone
    once it is closed."""
    output = TemporaryFile()  # noqa: SIM115 (the caller closes it)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(output, options) as book:
        book.set_properties({"title": notes.title})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        as_text = book.add_format({"num_format": "@"})
        as_number = book.add_format({"num_format": "#,##0"})
        for table in sheets:
            sheet = book.add_worksheet(table.name)
            _write(sheet, table, bold, as_text, as_number, _carrier(book, table))
        _about(book.add_worksheet("Ghi chú"), notes, bold)
    output.seek(0)
    return output


def _carrier(book: Any, table: Sheet) -> Any:
    if table.carried is None:
        return None
    name, first = table.carried
    sheet = book.add_worksheet(name)
    sheet.very_hidden()
    sheet.write_string(0, 0, first)
    return sheet


def _write(sheet: Any, table: Sheet, bold: Any, as_text: Any, as_number: Any, carrier: Any) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for at, (label, width) in enumerate(table.columns):
        sheet.set_column(at, at, width, as_text, {"hidden": at < table.hidden})
        sheet.write_string(0, at, label, bold)
    line = 0
    for line, row in enumerate(table.rows, start=1):
        if carrier is not None:
            carrier.write_string(line, 0, row[0])
            row = row[1:]
        for at, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(line, at, cell, as_number)
            elif cell:
                sheet.write_string(line, at, harmless(cell), as_text)
    if table.filters:
        sheet.autofilter(0, 0, max(line, 1), len(table.columns) - 1)


def _about(sheet: Any, notes: Notes, bold: Any) -> None:
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 60)
    sheet.write_string(0, 0, notes.title, bold)
    for line, (label, text) in enumerate(notes.lines, start=2):
        sheet.write_string(line, 0, harmless(label))
        sheet.write_string(line, 1, harmless(text))


def csv_file(head: Iterable[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, which Excel needs to read Vietnamese."""
    output = StringIO(newline="")
    writer = csv.writer(output)
    writer.writerow(head)
    writer.writerows([harmless(str(cell or "")) for cell in row] for row in rows)
    return output.getvalue().encode("utf-8-sig")


def sent_file(body: bytes | IO[bytes], mimetype: str, name: str) -> Response:
    """A file to be kept by who asked, and by nobody between. One on disk is sent piece by piece."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    if isinstance(body, bytes):
        return Response(body, mimetype=mimetype, headers=headers)
    answer = Response(_pieces(body), mimetype=mimetype, headers=headers)
    answer.call_on_close(body.close)
    return answer


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
