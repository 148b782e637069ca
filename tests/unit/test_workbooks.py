"""Workbooks that a stick or a bad connection has damaged, and numbers nobody would type."""

import warnings
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from openpyxl import Workbook

from server.tables.opening import open_rows
from server.tables.refusing import Unreadable

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook() -> bytes:
    book, output = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    for number in range(200):
        sheet.append([f"Thôn {number}", number])
    book.save(output)
    return output.getvalue()


def with_sheet(rows: str) -> bytes:
    """The same workbook around other rows, as a program wrote them."""
    whole, output = zipfile.ZipFile(BytesIO(workbook())), BytesIO()
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in whole.namelist():
            archive.writestr(name, sheet if name == SHEET else whole.read(name))
    return output.getvalue()


def test_a_workbook_with_any_byte_changed_is_read_or_refused():
    whole = workbook()
    for place in range(0, len(whole), 37):
        damaged = bytearray(whole)
        damaged[place] ^= 0x5A
        # The library warns of what it leaves out; whoever looks through the rows sees it missing.
        with warnings.catch_warnings(), suppress(Unreadable):
            warnings.simplefilter("ignore")
            list(open_rows(bytes(damaged)))


@pytest.mark.parametrize("number", ["9" * 400, "-1e300", "1e400"])
def test_a_number_of_any_size_is_a_text_like_another(number):
    cell = f'<row r="1"><c r="A1"><v>{number}</v></c></row>'
    [(row, [text, *_])] = open_rows(with_sheet(cell))
    assert row == 1
    assert text
