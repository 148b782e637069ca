"""A file of the insurance as rows: headings guessed, values read, what cannot be read said."""

from collections.abc import Iterator, Sequence
from typing import Any

from schemas.kinds import LeadKind
from server.domain.field_words import LEAD_KIND
from server.domain.words import SEX
from server.tables.called import (
    BHXH_NUMBER_CALLED,
    BIRTH_CALLED,
    NAME_CALLED,
    PERSONAL_ID_CALLED,
    SEX_CALLED,
    SEX_SAID,
    VILLAGE_CALLED,
)
from server.tables.heading import Heading, find_heading, heading_key
from server.tables.leaving import Leaving
from server.tables.opening import Sheet, open_book
from server.tables.values import (
    Noted,
    Reader,
    Wrong,
    bhxh_number,
    one_of,
    partial_date,
    personal_id,
    text,
)

MOST_ROWS = 5_000
CALLED = {
    "full_name": ("Họ và tên", *NAME_CALLED),
    "birth_date": ("Ngày sinh", *BIRTH_CALLED),
    "sex": ("Giới tính", "Giới", *SEX_CALLED),
    "personal_id": ("Số định danh", "Căn cước", *PERSONAL_ID_CALLED),
    "bhxh_number": ("Mã số BHXH", "Mã số bảo hiểm xã hội", "Mã số", *BHXH_NUMBER_CALLED),
    "village_text": ("Thôn", "Xóm", "Tổ thôn", *VILLAGE_CALLED),
    "address": ("Địa chỉ", "Địa chỉ liên hệ", "Nơi ở", "Nơi cư trú"),
    "kind": ("Diện", "Loại", "Tình trạng"),
    "benefit_to": (
        "Hưởng TCTN đến", "Hưởng đến", "Tháng kết thúc hưởng", "Tháng cuối hưởng", "Đến tháng",
    ),
    "paid_to": ("Đã đóng đến", "Đóng đến", "Tháng đóng cuối", "Đóng đến tháng"),
}  # fmt: skip
FIELDS = {heading_key(name): field for field, names in CALLED.items() for name in names}
PROVES = ("birth_date", "personal_id", "bhxh_number")
SYNONYMS = {
    "bảo lưu": LeadKind.PAUSED.value,
    "tctn": LeadKind.JOBLESS.value,
    "thất nghiệp": LeadKind.JOBLESS.value,
    "ngừng đóng": LeadKind.LAPSED.value,
    "dừng đóng": LeadKind.LAPSED.value,
}
READERS: dict[str, Reader] = {
    "full_name": text(),
    "birth_date": partial_date,
    "sex": one_of(SEX, SEX_SAID),
    "personal_id": personal_id,
    "bhxh_number": bhxh_number,
    "village_text": text(),
    "address": text(),
    "kind": one_of(LEAD_KIND, SYNONYMS),
    "benefit_to": partial_date,
    "paid_to": partial_date,
}


class WrongSheet(Exception):
    """No list of people to talk to; `code` is a key of the room's faults."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_leads(data: bytes, kind: str) -> list[tuple[int, dict[str, Any]]]:
    """The rows by their number in the file, each with `unread`: the fields whose cells cannot be
    read. `kind`: of all rows; empty where a column says it. Raises `WrongSheet`, `Unreadable`."""
    sheet, heading = _sheet_of(data)
    columns = [FIELDS.get(heading_key(cell)) for cell in heading.cells]
    if not any(name in columns for name in PROVES):
        raise WrongSheet("no_proof")
    if not kind and "kind" not in columns:
        raise WrongSheet("no_kind")
    rows = list(_rows(sheet, heading, columns, kind))
    if not rows:
        raise WrongSheet("no_rows")
    if len(rows) > MOST_ROWS:
        raise WrongSheet("too_long")
    return rows


def _sheet_of(data: bytes) -> tuple[Sheet, Heading]:
    """The first shown sheet with a column of names."""
    for sheet in open_book(data).shown:
        heading = find_heading(sheet.sample(), FIELDS.keys())
        if heading and "full_name" in map(FIELDS.get, map(heading_key, heading.cells)):
            return sheet, heading
    raise WrongSheet("no_names")


def _rows(
    sheet: Sheet, heading: Heading, columns: Sequence[str | None], kind: str
) -> Iterator[tuple[int, dict[str, Any]]]:
    names_at = columns.index("full_name")
    leaving = Leaving(names_at)
    for number, cells in sheet.rows():
        if number <= heading.last or leaving.why(cells):
            continue
        row: dict[str, Any] = {"unread": []}
        for field, cell in zip(columns, cells, strict=False):
            if field and cell and field not in row:
                _read(row, field, cell)
        row["kind"] = kind or row.get("kind")
        if row.get("full_name"):
            yield number, row


def _read(row: dict[str, Any], field: str, cell: str) -> None:
    try:
        value = READERS[field](cell)
    except Wrong:
        row["unread"].append(field)
    else:
        row[field] = value.value if isinstance(value, Noted) else value
