"""XLSX, read as a stream within fixed limits; what could run or reach out is refused first."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook
from openpyxl.xml import DEFUSEDXML

from server.tables.csv_rows import Row
from server.tables.refusing import Unreadable

COLUMN_LIMIT = 100
UNPACKED_LIMIT = 400 * 1024 * 1024
"""What a workbook may unpack to: its sheets are streamed."""
WORDS_LIMIT = 80 * 1024 * 1024
"""Its words (sharedStrings) are held in memory."""
PARTS_LIMIT = 2_000
_DAY_WITHOUT = re.compile(r"\Ay+\Z|\A[m/.\-]+y+\Z", re.IGNORECASE)

if not DEFUSEDXML:
    raise ImportError("openpyxl must read XML through defusedxml")


def open_xlsx(data: bytes) -> Workbook:
    """The workbook, not yet read. Raises `Unreadable`."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _refuse(archive.infolist())
        return load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except Unreadable:
        raise
    except Exception:
        # A broken workbook fails in as many ways as it has parts: all mean the same to its sender.
        raise Unreadable("file_unreadable") from None


def _refuse(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.lower() for part in parts]
    words = sum(p.file_size for p in parts if p.filename.lower().endswith("sharedstrings.xml"))
    if len(parts) > PARTS_LIMIT or words > WORDS_LIMIT:
        raise Unreadable("file_too_large")
    if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise Unreadable("file_too_large")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("file_encrypted")
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise Unreadable("file_with_macros")
    if any("/externallinks/" in name for name in names):
        raise Unreadable("file_with_links")


def xlsx_about(book: Workbook, sheet: int) -> int | None:
    """How many rows the sheet says it has."""
    found: Any = book.worksheets[sheet]
    return found.max_row


def xlsx_rows(book: Workbook, sheet: int) -> Iterator[Row]:
    """The rows of a sheet as text. Raises `Unreadable` at the row that is broken."""
    try:
        found: Any = book.worksheets[sheet]
        found.reset_dimensions()
        for number, cells in enumerate(found.iter_rows(), start=1):
            yield number, [_text(cell) for cell in cells[:COLUMN_LIMIT]]
    except Exception:
        raise Unreadable("file_unreadable") from None


def _text(cell: Any) -> str:
    value = cell.value
    if value.__class__ is str:
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, int | float):
        return number_text(value, "%" in (cell.number_format or ""))
    return moment_text(value, cell.number_format or "")


def moment_text(value: Any, number_format: str = "") -> str:
    """A day as people write it; where the cell shows only month and year, only these."""
    if isinstance(value, time):
        return value.isoformat()
    if not isinstance(value, datetime | date):
        return str(value)
    shown = re.sub(r"\[[^\]]*\]|[\"\\;@]", "", number_format)
    if _DAY_WITHOUT.match(shown):
        return value.strftime("%m/%Y" if "m" in shown.lower() else "%Y")
    return value.strftime("%d/%m/%Y")


def number_text(value: float, is_percent: bool = False) -> str:
    """A number as a person would have typed it: whole ones without a point, shares as percent."""
    if is_percent:
        value = round(value * 100, 6)
    return str(int(value)) if isinstance(value, int) or value.is_integer() else repr(value)
