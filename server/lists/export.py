"""The list as a spreadsheet or as CSV: every cell text, nothing that a spreadsheet would run."""

from collections.abc import Iterable, Iterator, Mapping

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
from server.pages.sheets import Cell, Notes, Sheet, csv_file, workbook

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


def losing_cells(entry: Entry, names: Mapping[str, str]) -> list[str]:
    """How a person loses support, in the order of `LOSING_COLUMNS`. `names` of the groups."""
    end = entry.loses
    if end is None:
        return [""] * len(LOSING_COLUMNS)
    after = names.get(end.group_after, end.group_after) if end.group_after else "chưa biết"
    reasons = "; ".join(SUPPORT_END[reason] for reason in end.reasons)
    return [day_words(end.last_day), reasons, names.get(end.group, end.group), after]


def list_xlsx(
    entries: Iterable[Entry], notes: Notes, names: Mapping[str, str] | None = None
) -> bytes:
    """A workbook: the list with a frozen header and filters, and a sheet of notes. With the
    `names` of groups it tells how each person loses support."""
    return workbook([Sheet("Danh sách", _columns(names), _rows(entries, names))], notes)


def list_csv(entries: Iterable[Entry], names: Mapping[str, str] | None = None) -> bytes:
    """The same table as plain text."""
    return csv_file([label for label, _ in _columns(names)], _rows(entries, names))


def _columns(names: Mapping[str, str] | None) -> tuple[tuple[str, int], ...]:
    return COLUMNS if names is None else (*COLUMNS, *LOSING_COLUMNS)


def _rows(entries: Iterable[Entry], names: Mapping[str, str] | None) -> Iterator[list[Cell]]:
    for number, entry in enumerate(entries, start=1):
        row = cells(number, entry)
        yield row if names is None else [*row, *losing_cells(entry, names)]
