"""A roster as a village sends it, with everything that is wrong with such files at once."""

import csv
from io import BytesIO, StringIO
from typing import Any
from unicodedata import normalize

import orjson
import pytest
from openpyxl import Workbook
from sqlalchemy import select

from server.store.feeds import ChangeRow
from server.store.records import Card, Household, Member
from tests.http.test_import_jobs import hidden_of
from tests.http.test_imports import confirm, counted, upload
from tests.unit.tables.test_encodings import in_tcvn3, in_vni

Rows = tuple[list[Any], ...]

TITLES: Rows = (["UBND XÃ THƯỜNG XUÂN"], ["DANH SÁCH HỘ VÀ NGƯỜI NĂM 2026"], [])
HEADING: Rows = (
    ["TT", "Thôn/tổ dân phố", "Số hộ", "Họ, chữ đệm và tên", "QH với chủ hộ", "Năm sinh", "GT",
     "Số CCCD/ĐDCN", "Mã BHXH", "Thẻ BHYT", ""],
    ["", "", "", "", "", "", "", "", "", "Từ ngày", "Đến ngày"],
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)", "(11)"],
)  # fmt: skip
PEOPLE: Rows = (
    [1, "Hưng Long", "HL-1", "Nguyễn Văn Hùng", "Chủ hộ", "17/5/1955", "Nam", 38055001234, "", "",
     "31/12/2026"],
    ["", "Hưng Long", "HL-1", "Lê Thị Mơ", "Vợ", 1958, "Nữ", "038158000077", 112345678, 46023,
     "12/2026"],
    [2, "Hưng Long", "HL-2", "Phạm Đức Thọ", "Chủ hộ", "05/1980", "Nam", "3.8080001234E+10", "",
     "", ""],
    ["", "Hưng Long", "HL-2", "Vi Thị Hoa", "Vợ", "00/00/1983", "Nữ", "", "", "", ""],
    [3, "Hưng Long", "HL-3", "Hoàng Xuân Ước", "Chủ hộ", 29358, "Nam", "", "", "", ""],
)  # fmt: skip
END: Rows = (
    ["", "", "", "Tổng cộng: 5 người, 3 hộ"],
    ["", "", "", "", "", "", "Hưng Long, ngày 20 tháng 11 năm 2026"],
    ["", "TRƯỞNG THÔN", "", "", "", "", "NGƯỜI LẬP"],
    ["", "Cầm Bá Ký", "", "", "", "", "Hà Thị Lập"],
)
FIRST = len(TITLES) + len(HEADING) + 1


def rows(write=str):
    """`write`: how letters stand in the cells."""
    every = (*TITLES, *HEADING, *PEOPLE, *END)
    return [[write(cell) if isinstance(cell, str) else cell for cell in row] for row in every]


def as_csv(write, encoding):
    output = StringIO(newline="")
    csv.writer(output, delimiter=";").writerows(rows(write))
    return output.getvalue().encode(encoding)


def as_xlsx(write):
    book, output = Workbook(), BytesIO()
    book.worksheets[0].title = "Bìa"
    book.worksheets[0].append(["Hồ sơ thôn"])
    sheet = book.create_sheet("Danh sách")
    for row in rows(write):
        sheet.append(row)
    sheet.merge_cells("A1:K1")
    sheet.merge_cells("J4:K4")
    book.save(output)
    return output.getvalue()


def apart(text):
    return normalize("NFD", text)


FILES = {
    "TCVN3 in cells": lambda: as_xlsx(in_tcvn3),
    "VNI in cells": lambda: as_xlsx(in_vni),
    "letters apart": lambda: as_xlsx(apart),
    "TCVN3": lambda: as_csv(in_tcvn3, "cp1252"),
    "letters apart, CSV": lambda: as_csv(apart, "utf-8"),
    "UTF-16": lambda: as_csv(str, "utf-16"),
}


@pytest.fixture(params=FILES)
def file(request):
    return FILES[request.param]()


def report_of(desk, looked):
    told = hidden_of(looked.get_data(as_text=True))
    data = desk.client.post("/imports/report.csv", data=told).get_data()
    lines = list(csv.reader(StringIO(data.decode("utf-8-sig"))))[1:]
    found: dict[str, list[tuple[str, str]]] = {}
    for row, _column, weight, words in lines:
        found.setdefault(row, []).append((weight, words))
    return found


def test_every_row_of_a_messy_roster_is_explained(as_officer, places, file):
    told = report_of(as_officer, upload(as_officer, "households", file))
    first = FIRST
    assert (
        told.keys() - {""}
        == {str(row) for row in range(first - 1, first + 9)} | {str(first - 2)} & told.keys()
    )
    assert told[str(first - 1)] == [("Lưu ý", "Dòng đánh số cột, không phải người.")]
    assert ("Mới", "") in told[str(first)]
    assert "mất số 0 ở đầu, đã hiểu là 038055001234" in told[str(first)][0][1]
    assert "đã hiểu là 0112345678" in told[str(first + 1)][0][1]
    assert "làm tròn" in told[str(first + 2)][0][1]
    assert "số ngày của bảng tính" in told[str(first + 4)][0][1]
    assert "Dòng cộng" in told[str(first + 5)][0][1]
    for row in (6, 7, 8):
        assert "Phần ký tên" in told[str(first + row)][0][1]


OLD_HEADING: Rows = (
    ["TT", "Thôn", "Số hộ", "Họ và tên", "Năm sinh", "", "Quan hệ với chủ hộ"],
    ["", "", "", "", "Nam", "Nữ", ""],
)
OLD_PEOPLE: Rows = (
    [1, "Hưng Long", "HL-1", "Nguyễn Văn Hùng", "1955", "", "Chủ hộ"],
    [2, "Hưng Long", "HL-1", "Lê Thị Mơ", "", "12/5/1958", "Vợ"],
    [3, "Hưng Long", "HL-1", "Nguyễn Thị An", "1990", "1990", "Con"],
)


def old_roster(heading=OLD_HEADING, people=OLD_PEOPLE):
    output = StringIO(newline="")
    csv.writer(output, delimiter=";").writerows((*heading, *people))
    return output.getvalue().encode()


BORN = select(Member.full_name, Member.birth_date, Member.sex).order_by(Member.full_name.desc())


@pytest.mark.parametrize(
    "heading",
    [
        OLD_HEADING,
        (["TT", "Thôn", "Số hộ", "Họ và tên", "Năm sinh (Nam)", "Năm sinh (Nữ)", "Quan hệ"],),
        (["TT", "Thôn", "Số hộ", "Họ và tên", "Nam", "Nữ", "Quan hệ với chủ hộ"],),
    ],
)
def test_the_column_that_holds_the_year_of_birth_tells_the_sex(as_officer, places, ask, heading):
    looked = upload(as_officer, "households", old_roster(heading))
    told = report_of(as_officer, looked)
    assert ("Lưu ý", "Năm sinh chia hai cột nam, nữ: cột nào có năm thì hiểu là giới tính ấy.") in (
        told[""]
    )
    last = str(len(heading) + len(OLD_PEOPLE))
    assert told[last] == [("Lỗi", "Cả hai cột nam và nữ đều có chữ. Giữ một cột.")]
    confirm(as_officer, looked, good_rows="1")
    assert [tuple(row) for row in ask(BORN)] == [
        ("Nguyễn Văn Hùng", "1955", "male"),
        ("Lê Thị Mơ", "1958-05-12", "female"),
    ]


def test_a_tick_under_men_or_women_tells_the_sex_alone(as_officer, places, ask):
    heading = (["Thôn", "Số hộ", "Họ và tên", "Năm sinh", "Giới tính", "", "Quan hệ"],
               ["", "", "", "", "Nam", "Nữ", ""])  # fmt: skip
    people = (["Hưng Long", "HL-1", "Lê Thị Mơ", "1958", "", "x", "Chủ hộ"],)
    looked = upload(as_officer, "households", old_roster(heading, people))
    confirm(as_officer, looked)
    assert [tuple(row) for row in ask(BORN)] == [("Lê Thị Mơ", "1958", "female")]


def test_a_year_without_a_column_beside_it_tells_no_sex(as_officer, places, ask):
    heading = (["Thôn", "Số hộ", "Họ và tên", "Năm", "Quan hệ"],)
    people = (["Hưng Long", "HL-1", "Lê Thị Mơ", "1958", "Chủ hộ"],)
    looked = upload(as_officer, "households", old_roster(heading, people))
    confirm(as_officer, looked)
    assert [tuple(row) for row in ask(BORN)] == [("Lê Thị Mơ", None, None)]


def test_a_messy_roster_is_written_as_it_was_meant_and_only_once(as_officer, places, file, ask):
    looked = upload(as_officer, "households", file)
    confirm(as_officer, looked, good_rows="1")
    told = (Member.full_name, Member.birth_date, Member.personal_id, Member.bhxh_number)
    assert {tuple(row) for row in ask(select(*told))} == {
        ("Nguyễn Văn Hùng", "1955-05-17", "038055001234", None),
        ("Lê Thị Mơ", "1958", "038158000077", "0112345678"),
        ("Vi Thị Hoa", "1983", None, None),
        ("Hoàng Xuân Ước", "1980-05-17", None, None),
    }
    cards = [orjson.loads(data) for (data,) in ask(select(Card.data))]
    assert {(card.get("valid_from"), card["valid_to"]) for card in cards} == {
        (None, "2026-12-31"), ("2026-01-01", "2026-12"),
    }  # fmt: skip
    before = counted(ask, ChangeRow), counted(ask, Household)
    again = upload(as_officer, "households", file)
    page = again.get_data(as_text=True)
    assert "Tệp này đã được nhập ngày" in page
    assert "Như cũ" in page
    confirm(as_officer, again, good_rows="1")
    assert (counted(ask, ChangeRow), counted(ask, Household)) == before
