"""The list as a spreadsheet or as CSV: every cell text, nothing that a spreadsheet would run."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from server.domain.codes import ethnic_groups
from server.domain.legal.words import SUPPORT_END
from server.domain.numbers import day_words
from server.domain.words import (
    PRESENCE,
    REGISTRATION,
    RELATION,
    SEX,
    SOCIAL_INSURANCE,
    STATUS,
    UNINSURED_REASON,
)
from server.lists.query import Entry

RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"

COLUMNS: tuple[tuple[str, int], ...] = (
    ("STT", 6),
    ("Thôn", 18),
    ("Mã hộ", 14),
    ("Xóm, khu", 14),
    ("Địa chỉ", 22),
    ("Họ và tên", 26),
    ("Tên thường gọi", 16),
    ("Quan hệ", 14),
    ("Ngày sinh", 12),
    ("Giới tính", 9),
    ("Số định danh", 16),
    ("Mã số BHXH", 14),
    ("Dân tộc", 11),
    ("Đăng ký cư trú", 14),
    ("Nơi ở", 16),
    ("Điện thoại", 14),
    ("Tình trạng thẻ", 16),
    ("Ngày hết hạn gần nhất", 20),
    ("Nhóm của thẻ gần nhất", 20),
    ("Lý do chưa có", 20),
    ("Tham gia BHXH", 18),
    ("Hộ nông nghiệp mức sống trung bình", 20),
)


LOSING_COLUMNS: tuple[tuple[str, int], ...] = (
    ("Hết hỗ trợ sau ngày", 18),
    ("Vì sao hết hỗ trợ", 34),
    ("Nhóm đang hưởng", 30),
    ("Nhóm sau đó", 30),
)


@dataclass(frozen=True, slots=True)
class Notes:
    """What stands on the second sheet: what the list is, and what it does not know."""

    title: str
    lines: tuple[tuple[str, str], ...]


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet runs; the importer takes the apostrophe off again."""
    return "'" + text if text.startswith(RUN_BY_SPREADSHEETS) else text


def cells(number: int, entry: Entry) -> list[str]:
    """One person as the cells of their row, in the order of `COLUMNS`."""
    person, home = entry.member, entry.household
    group = ethnic_groups().get(person.get("ethnic_group") or "")
    values = [
        str(number),
        entry.village,
        home.get("code"),
        home.get("hamlet"),
        home.get("address"),
        person.get("full_name"),
        person.get("known_as"),
        RELATION.get(person.get("relation") or ""),
        day_words(person.get("birth_date")),
        SEX.get(person.get("sex") or ""),
        person.get("personal_id"),
        person.get("bhxh_number"),
        group.name if group else None,
        REGISTRATION.get(person.get("registration") or ""),
        PRESENCE.get(person.get("presence") or ""),
        person.get("phone") or home.get("phone"),
        STATUS[entry.status],
        day_words(entry.last_end),
        entry.last_group,
        UNINSURED_REASON.get(person.get("uninsured_reason") or ""),
        SOCIAL_INSURANCE.get(person.get("social_insurance") or ""),
        "Có" if home.get("average_farm") else None,
    ]
    return [harmless(value or "") for value in values]


def losing_cells(entry: Entry, names: Mapping[str, str]) -> list[str]:
    """How a person loses support, in the order of `LOSING_COLUMNS`. `names` of the groups."""
    end = entry.loses
    if end is None:
        return [""] * len(LOSING_COLUMNS)
    after = names.get(end.group_after, end.group_after) if end.group_after else "chưa biết"
    reasons = "; ".join(SUPPORT_END[reason] for reason in end.reasons)
    return [day_words(end.last_day), reasons, names.get(end.group, end.group), after]


def xlsx(entries: Iterable[Entry], notes: Notes, names: Mapping[str, str] | None = None) -> bytes:
    """A workbook: the list with a frozen header and filters, and a sheet of notes. With the
    `names` of groups it tells how each person loses support."""
    output = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(output, options) as book:
        book.set_properties({"title": notes.title})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        as_text = book.add_format({"num_format": "@"})
        sheet = book.add_worksheet("Danh sách")
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        columns = _columns(names)
        for column, (label, width) in enumerate(columns):
            sheet.set_column(column, column, width, as_text)
            sheet.write_string(0, column, label, bold)
        last = 0
        for last, entry in enumerate(entries, start=1):
            row = _row(last, entry, names)
            sheet.write_number(last, 0, last)
            for column, text in enumerate(row[1:], start=1):
                sheet.write_string(last, column, text, as_text)
        sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
        write_notes(book, notes)
    return output.getvalue()


def write_notes(book: Any, notes: Notes) -> None:
    """A sheet of notes at the end of a workbook."""
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    about = book.add_worksheet("Ghi chú")
    about.set_column(0, 0, 44)
    about.set_column(1, 1, 60)
    about.write_string(0, 0, notes.title, bold)
    for number, (label, text) in enumerate(notes.lines, start=2):
        about.write_string(number, 0, harmless(label))
        about.write_string(number, 1, harmless(text))


def csv_bytes(entries: Iterable[Entry], names: Mapping[str, str] | None = None) -> bytes:
    """UTF-8 with a byte order mark, which Excel needs to read Vietnamese."""
    output = StringIO(newline="")
    writer = csv.writer(output)
    writer.writerow([label for label, _ in _columns(names)])
    writer.writerows(_row(number, entry, names) for number, entry in enumerate(entries, start=1))
    return output.getvalue().encode("utf-8-sig")


def _columns(names: Mapping[str, str] | None) -> tuple[tuple[str, int], ...]:
    return COLUMNS if names is None else (*COLUMNS, *LOSING_COLUMNS)


def _row(number: int, entry: Entry, names: Mapping[str, str] | None) -> list[str]:
    row = cells(number, entry)
    return row if names is None else [*row, *map(harmless, losing_cells(entry, names))]
