"""A file as rows of text. CSV in UTF-8 or XLSX, told apart by their content, within fixed limits:
what is larger is refused before it fills the memory."""

import csv
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.xml import DEFUSEDXML

from server.domain.text import clean_text
from server.roster.faults import Unreadable

ROW_LIMIT = 50_000
COLUMN_LIMIT = 100
CELL_LIMIT = 5_000
UNPACKED_LIMIT = 120 * 1024 * 1024
ZIP, OLD_EXCEL, UTF16 = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", (b"\xff\xfe", b"\xfe\xff")
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")

Row = tuple[int, list[str]]

if not DEFUSEDXML:
    raise ImportError("openpyxl must read XML through defusedxml")


def open_rows(data: bytes) -> Iterator[Row]:
    """Every row that is not empty, with its number in the file. Raises `Unreadable`."""
    if data.startswith(OLD_EXCEL):
        raise Unreadable("old_excel")
    rows = _xlsx(data) if data.startswith(ZIP) else _csv(data)
    for count, (number, cells) in enumerate(rows):
        if count > ROW_LIMIT:
            limit = f"{ROW_LIMIT:,}".replace(",", ".")
            raise Unreadable("too_many_rows", limit=limit)
        yield number, cells


def _csv(data: bytes) -> Iterator[Row]:
    if data.startswith(UTF16):
        raise Unreadable("wrong_encoding")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable("wrong_encoding", row=line) from None
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            row = [_text(cell) for cell in cells[:COLUMN_LIMIT]]
            if any(row):
                yield reader.line_num, row
    except csv.Error:
        raise Unreadable("file_unreadable", row=reader.line_num) from None


def _xlsx(data: bytes) -> Iterator[Row]:
    try:
        _refuse_bombs(data)
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(max_col=COLUMN_LIMIT), start=1):
            row = [_cell(cell) for cell in cells]
            if any(row):
                yield number, row
    except Unreadable:
        raise
    except Exception:
        # A broken workbook fails in as many ways as it has parts: all mean the same to its sender.
        raise Unreadable("file_unreadable") from None


def _refuse_bombs(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > UNPACKED_LIMIT:
            raise Unreadable("file_too_large")


def _cell(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value, "%" in (cell.number_format or ""))
    return _text(str(value))


def _number(value: float, is_percent: bool) -> str:
    """A number as a person would have typed it: whole ones without a point, shares as percent."""
    if is_percent:
        value = round(value * 100, 6)
    return str(int(value)) if isinstance(value, int) or value.is_integer() else repr(value)


def _text(value: str) -> str:
    """Cleaned, and without the apostrophe that our own exports put before what spreadsheets run."""
    text = clean_text(value[:CELL_LIMIT]) or ""
    return text[1:] if text[:1] == "'" and text[1:].startswith(RUN_BY_SPREADSHEETS) else text
