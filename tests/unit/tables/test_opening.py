"""Files as people have them: which encoding, which separator, which sheet; what is refused."""

import zipfile
from io import BytesIO
from unicodedata import normalize

import pytest
from openpyxl import Workbook

from server.tables.opening import open_book, open_rows, readings
from server.tables.refusing import WORDS, Unreadable
from tests.support.old_excel import OLD_WORKBOOK
from tests.unit.tables.test_encodings import IN_VNI, NAMES, OLD, in_tcvn3

TABLE = "Họ và tên,Thôn\n" + "".join(f"{name},Hưng Long\n" for name in NAMES)
ROWS = [["Họ và tên", "Thôn"], *([name, "Hưng Long"] for name in NAMES)]


def cells(data, encoding=None):
    book = open_book(data, encoding)
    return [row for _number, row in book.shown[0].rows()]


def workbook(*sheets, state=None):
    book, output = Workbook(), BytesIO()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if state:
        book.worksheets[0].sheet_state = state
    book.save(output)
    return output.getvalue()


def with_part(data, name, content=b"x"):
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as was, zipfile.ZipFile(output, "w") as now:
        for part in was.namelist():
            now.writestr(part, was.read(part))
        now.writestr(name, content)
    return output.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_csv_is_read(encoding):
    assert cells(TABLE.encode(encoding)) == ROWS


def test_decomposed_letters_are_joined():
    assert cells(normalize("NFD", TABLE).encode()) == ROWS


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator):
    assert cells(TABLE.replace(",", separator).encode()) == ROWS


def test_a_comma_in_a_title_parts_no_cells():
    table = "Danh sách của xã, huyện, tỉnh\n" + TABLE.replace(",", ";")
    assert cells(table.encode())[1:] == ROWS


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "windows-1258"])
def test_csv_in_an_old_encoding_is_mended_and_named(encoding):
    data = "\n".join(f"{name};1" for name in OLD[encoding]).encode("cp1252")
    book = open_book(data)
    assert book.written_in == encoding
    assert [row[0] for _number, row in book.sheets[0].rows()] == NAMES


def test_cells_in_an_old_font_are_mended_column_by_column():
    rows = [[in_tcvn3(name), name] for name in NAMES]
    sheet = open_book(workbook(("DS", rows))).sheets[0]
    assert sheet.encoding == "tcvn3"
    assert [row for _number, row in sheet.rows()] == [[name, name] for name in NAMES]


def test_what_nobody_can_tell_is_asked_and_shown():
    data = bytes(range(0xC0, 0x100))
    with pytest.raises(Unreadable, match="encoding_unsure"):
        open_book(data)
    assert set(readings(data)) == {"tcvn3", "vni", "windows-1258"}
    assert cells(IN_VNI[0].encode("cp1252"), "vni") == [[NAMES[0]]]


def test_a_workbook_of_2003_is_read():
    book = open_book(OLD_WORKBOOK)
    assert (book.kind, book.sheets[0].name) == ("xls", "Danh sách")
    found = [row[:4] for _number, row in book.sheets[0].rows()]
    assert found[1:] == [
        ["Họ và tên", "Ngày sinh", "Số định danh", "Tỷ lệ"],
        ["Cầm Bá Thức", "17/05/1980", "38080001234", "80"],
        ["Vi Thị Hoa", "1983", "038183004321"],
    ]


def test_rows_keep_the_numbers_of_the_file():
    data = workbook(("DS", [["a", "b"], [None, None], ["c", "d"]]))
    assert [number for number, _row in open_rows(data)] == [1, 3]


def test_hidden_sheets_are_not_offered():
    data = workbook(("Danh mục", [["x"]]), ("DS", [["a"]]), state="hidden")
    assert [sheet.name for sheet in open_book(data).shown] == ["DS"]


def encrypted(name):
    return b"\xd0\xcf\x11\xe0" + b"\0" * 600 + name.encode("utf-16-le") + b"\0" * 600


BOOK = workbook(("DS", ROWS))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (encrypted("EncryptedPackage"), "file_encrypted"),
        (encrypted("_VBA_PROJECT_CUR"), "file_with_macros"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "file_unreadable"),
        (with_part(BOOK, "xl/vbaProject.bin"), "file_with_macros"),
        (with_part(BOOK, "xl/externalLinks/externalLink1.xml"), "file_with_links"),
        (b"PK\x03\x04" + b"\0" * 300, "file_unreadable"),
        (with_part(workbook(("DS", [])), "x")[:400], "file_unreadable"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "file_unreadable"),
        (b"%PDF-1.7\n%%EOF", "file_unreadable"),
        (b'a,b\n"c,d\n', "file_unreadable"),
    ],
)
def test_what_is_no_list_is_refused_in_one_sentence(data, code):
    with pytest.raises(Unreadable) as refused:
        list(open_rows(data))
    assert refused.value.code == code
    assert WORDS[code].endswith(".")


def test_a_bomb_is_refused_before_it_is_unpacked():
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(401):
                part.write(b"\0" * 1024 * 1024)
    with pytest.raises(Unreadable, match="file_too_large"):
        open_book(output.getvalue())


def test_an_entity_bomb_is_refused():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    with pytest.raises(Unreadable):
        list(open_rows(with_part_replaced(BOOK, "xl/worksheets/sheet1.xml", bomb)))


def with_part_replaced(data, name, content):
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as was, zipfile.ZipFile(output, "w") as now:
        for part in was.namelist():
            now.writestr(part, content if part == name else was.read(part))
    return output.getvalue()
