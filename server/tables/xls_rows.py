"""XLS, the workbook of Excel up to 2003: at most 65,536 rows, so it is read whole."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import xlrd
from xlrd.xldate import XLDateError, xldate_as_datetime

from server.tables.csv_rows import Row
from server.tables.refusing import Unreadable
from server.tables.xlsx_rows import COLUMN_LIMIT, moment_text, number_text


def _in_directory(name: str) -> bytes:
    """A name as the directory of such a file spells it."""
    return name.encode("utf-16-le")


_ENCRYPTED = (_in_directory("EncryptedPackage"), _in_directory("EncryptionInfo"))
_MACROS = (_in_directory("_VBA_PROJECT"), _in_directory("VBA_PROJECT_CUR"))


def open_xls(data: bytes) -> Any:
    """The workbook. Raises `Unreadable`; a new workbook under a password has this shape too."""
    if any(name in data for name in _ENCRYPTED):
        raise Unreadable("file_encrypted")
    if any(name in data for name in _MACROS):
        raise Unreadable("file_with_macros")
    try:
        return xlrd.open_workbook(file_contents=data, logfile=StringIO(), formatting_info=False)
    except xlrd.XLRDError as error:
        locked = "encrypted" in str(error).lower()
        raise Unreadable("file_encrypted" if locked else "file_unreadable") from None
    except Exception:
        # As with the newer kind: a damaged file fails in any way there is.
        raise Unreadable("file_unreadable") from None


def xls_rows(book: Any, sheet: int) -> Iterator[Row]:
    found = book.sheet_by_index(sheet)
    width = min(found.ncols, COLUMN_LIMIT)
    for number in range(found.nrows):
        yield number + 1, [_text(cell, book.datemode) for cell in found.row(number)[:width]]


def _text(cell: Any, datemode: int) -> str:
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return number_text(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return moment_text(xldate_as_datetime(cell.value, datemode))
        except (XLDateError, OverflowError, ValueError):
            return number_text(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "có" if cell.value else "không"
    return str(cell.value) if cell.ctype == xlrd.XL_CELL_TEXT else ""
