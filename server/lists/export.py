"""A list of people as a spreadsheet or as CSV: every cell text, nothing that a spreadsheet would
run. Rows are written as they are read, so that a long list takes no more memory than a short one.
The workbook carries the id of each record in a hidden first column, and in a sheet that nobody
sees what each row said, sealed: a file that comes back filled in says what was changed in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any
from zlib import crc32

from server.domain.codes import ethnic_groups
from server.domain.numbers import day_words
from server.domain.returned.columns import BY_LABEL, ID_LABEL, NUMBER_LABEL, originals, plain
from server.domain.words import (
    PRESENCE,
    REGISTRATION,
    RELATION,
    SEX,
    SOCIAL_INSURANCE,
    STATUS,
    UNINSURED_REASON,
)
from server.lists.entries import Entry
from server.lists.kinds import PeopleList
from server.pages.sheets import Cell, Notes, Sheet, csv_file, workbook_file
from server.store.list_marks import SHEET, Sealer

RECORD_ID = (ID_LABEL, 38)
MOST_RETURNED = 20_000
"""Rows of a list that can come back: longer ones are nobody's to fill in by hand."""
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


def cells(number: int, entry: Entry) -> list[Cell]:
    """One person as the cells of their row, in the order of `COLUMNS`."""
    person, home = entry.member, entry.household
    group = ethnic_groups().get(person.get("ethnic_group") or "")
    return [
        number,
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


@dataclass(frozen=True, slots=True)
class Rows:
    """A list ready to be written: what it is, its day, its people a few hundred at a time."""

    which: PeopleList
    day: str
    batches: Iterable[list[Entry]]

    @property
    def columns(self) -> list[tuple[str, int]]:
        extra = self.which.extra.columns if self.which.extra else ()
        return [*COLUMNS, *((str(label), width) for label, width in extra)]

    def __iter__(self) -> Iterator[tuple[Entry, list[Cell]]]:
        """Each person, and their row."""
        number = 0
        for batch in self.batches:
            for entry, more in zip(batch, extras(self.which, self.day, batch), strict=True):
                number += 1
                yield entry, [*cells(number, entry), *more]


def extras(which: PeopleList, day: str, entries: Sequence[Entry]) -> list[list[str]]:
    """What the list shows beside who these people are, one row each."""
    return which.extra.cells(day, entries) if which.extra else [[] for _ in entries]


def list_xlsx(
    rows: Rows, notes: Notes, about: Mapping[str, Any] | None = None, key: bytes = b""
) -> IO[bytes]:
    """A workbook: the list with a frozen header and filters, and a sheet of notes. `about`: what
    the list is, for a file that may come back filled in; `key`: under which that is sealed."""
    columns = [RECORD_ID, *rows.columns]
    if about is None:
        carried = ([entry.id, *row] for entry, row in rows)
        return workbook_file([Sheet("Danh sách", columns, carried, hidden=1)], notes)
    sealer, labels = Sealer(key), [label for label, _width in rows.columns]
    editable = [label for label in labels if label in BY_LABEL]
    counted = [label for label in labels if label not in BY_LABEL and label != NUMBER_LABEL]
    head = sealer.head({**about, "columns": editable, "counted": counted})
    places = [labels.index(label) for label in counted]
    marked = (
        [sealer.row(_told(entry, row, editable, places)), entry.id, *row] for entry, row in rows
    )
    sheet = Sheet("Danh sách", columns, marked, hidden=1, carried=(SHEET, head))
    return workbook_file([sheet], notes)


def _told(entry: Entry, row: Sequence[Cell], editable: list[str], counted: list[int]) -> list[Any]:
    """Of a row that leaves: whose it is, what its fields hold, and a check of each counted cell."""
    checks = [crc32(plain(str(row[at] or "")).encode()) for at in counted]
    return [entry.id, entry.home, originals(editable, entry.member, entry.household), checks]


def list_csv(rows: Rows) -> bytes:
    """The same table as plain text; nothing can be hidden in it, so the ids are left out."""
    return csv_file([label for label, _ in rows.columns], (row for _entry, row in rows))
