"""What is wrong with a file: named by row and column, in words that say what to write instead."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from server.domain.messages import message
from server.tables import leaving, refusing
from server.tables.refusing import Unreadable

__all__ = ["KEPT", "WORDS", "Fault", "Faults", "Unreadable"]

KEPT = 1_000
"""A report names so many faults; a file with more is wrong in kind, and the number is told."""

WORDS: dict[str, str] = (
    refusing.WORDS
    | leaving.WORDS
    | {
        "encoding_mended": "Tệp dùng bảng mã {what}, đã chuyển sang Unicode.",
        "sheet_read": "Tệp có nhiều trang tính; đã đọc trang “{what}”.",
        "sheets_read": "Tệp có nhiều trang tính cùng một bảng; đã đọc lần lượt: {what}.",
        "heading_found": "Dòng tiêu đề của bảng ở dòng {what}; các dòng trên không được đọc.",
        "zero_restored": "“{value}” mất số 0 ở đầu, đã hiểu là {read}.",
        "serial_date": "“{value}” là số ngày của bảng tính, đã hiểu là {read}.",
        "rounded_number": "“{value}” đã bị bảng tính làm tròn nên mất chữ số. Hãy đặt cột là dạng "
        "chữ rồi nhập lại số.",
        "file_known": "Tệp này đã được nhập ngày {what}.",
        "commune_needed": "Hãy chọn xã mà danh sách này nói về.",
        "other_commune": "Tệp này ghi là của {what}, không phải {other}. Hãy xem lại có đúng "
        "tệp không.",
        "other_year": "Tệp này ghi năm {what}, năm nay là {other}. Hãy xem lại có đúng tệp không.",
        "sexed_columns": "Năm sinh chia hai cột nam, nữ: cột nào có năm thì hiểu là giới tính ấy.",
        "both_sexes": "Cả hai cột nam và nữ đều có chữ. Giữ một cột.",
        "sex_differs": "Cột nam, nữ khác với cột giới tính.",
        "on_list_twice": "Người này đã có ở dòng {other}.",
        "column_missing": "Thiếu cột “{column}”. Hãy dùng tệp mẫu.",
        "kind_doubtful": "Tệp không có cột nào trong các cột {what}. Hãy xem lại có chọn đúng loại "
        "tệp không.",
        "column_twice": "Cột “{column}” có hai lần. Hãy bỏ bớt một cột.",
        "column_unknown": "Cột này không có trong mẫu nên không được đọc.",
        "needed": "Không được để trống.",
        "not_a_date": "“{value}” không phải ngày. Ghi 17/05/1980, 05/1980 hoặc 1980.",
        "not_a_whole_date": "“{value}” không phải ngày đầy đủ. Ghi như 17/05/2026.",
        "not_a_number": "“{value}” không phải số.",
        "not_a_percent": "“{value}” không phải tỷ lệ phần trăm. Ghi như 95,57.",
        "not_in_list": "“{value}” không có trong danh mục. Ghi một trong: {choices}.",
        "wrong_shape": "“{value}” không đúng mẫu. {shape}",
        "too_long": "Quá dài: nhiều nhất {limit} ký tự.",
        "area_unknown": "Không tìm thấy “{value}” trong địa bàn của bạn.",
        "area_twice": "Có nhiều nơi tên “{value}”. Hãy ghi mã, hoặc ghi rõ xã.",
        "code_twice": "“{value}” đã có ở dòng {other}.",
        "key_twice": "Dòng này trùng với dòng {other}.",
        "household_differs": "Khác với dòng {other} của cùng hộ. Hai hộ khác nhau cần hai mã hộ.",
        "two_heads": "Hộ này đã có chủ hộ ở dòng {other}. Hai hộ khác nhau cần hai mã hộ.",
        "person_elsewhere": "Số định danh này đang ghi cho một người ở hộ {other}.",
        "same_person": "Người này giống người ở dòng {other} của cùng hộ.",
        "source_needed": "Có số liệu hoặc đặc điểm thì phải ghi nguồn.",
        "planned_above_population": "Số người phải có thẻ lớn hơn dân số.",
        "no_head": "Hộ này chưa có chủ hộ.",
        "place_needed": "Dòng có số mà không ghi địa bàn nào: không ghi.",
        "place_skipped": "“{value}” không thuộc kế hoạch này, theo lựa chọn của bạn: không ghi.",
        "note_row": "Dòng chữ, không có số: “{value}”.",
        "share_as_percent": "“{value}” đã hiểu là {read} %.",
        "held": "Không ghi được ngay, chờ xét: {why}",
    }
)
"""The codes that `messages.json` holds too are said there."""


Parts = Sequence[Sequence[Any]]
"""Sheets read one after the other as one table: the name of each, and how many rows stood before
it. Rows are numbered through."""


def part_of(row: int, parts: Parts) -> int:
    """In which of the sheets a row stands."""
    return sum(before < row for _name, before in parts[1:])


def row_words(row: int, parts: Parts) -> str:
    """A row as its sheet numbers it, with the sheet's name where several were read; empty for the
    file as a whole."""
    if len(parts) < 2 or not row:
        return str(row or "")
    name, before = parts[part_of(row, parts)]
    return f"{name}: {row - before}"


@dataclass(frozen=True, slots=True)
class Fault:
    """`row`: as the spreadsheet numbers it, 0 for the file as a whole. `blocks`: the row is not
    imported; otherwise it is only pointed out."""

    row: int
    column: str
    code: str
    blocks: bool = True
    more: dict[str, Any] = field(default_factory=dict)

    def words(self, translate: Any = None, lang: str = "vi", parts: Parts = ()) -> str:
        """One sentence; Vietnamese unless a translation and its language are handed in. `parts`:
        the sheets of the file, where another row is named."""
        template = WORDS.get(self.code)
        if template is None:
            template = message(self.code, lang)
        elif translate:
            template = translate(template)
        told = _Told(self.more)
        if isinstance(told.get("other"), int):
            told["other"] = row_words(told["other"], parts)
        return template.format_map(told)


class _Told(dict[str, Any]):
    """What the words need; the log has forgotten what the cells held."""

    def __missing__(self, name: str) -> str:
        return "…"


@dataclass(slots=True)
class Faults:
    """The faults of a file: all rows counted, the first thousand faults told. `parts`: its sheets,
    where several are read as one table."""

    told: list[Fault] = field(default_factory=list)
    total: int = 0
    blocked_rows: set[int] = field(default_factory=set)
    whole_file: bool = False
    parts: list[tuple[str, int]] = field(default_factory=list)

    def add(self, row: int, column: str, code: str, /, *, blocks: bool = True, **more: Any) -> None:
        self.total += 1
        if blocks and row:
            self.blocked_rows.add(row)
        if blocks and not row:
            self.whole_file = True
        column, clipped = _clipped(column), {k: _clipped(value) for k, value in more.items()}
        if not row:
            self.told.insert(0, Fault(row, column, code, blocks, clipped))
        elif len(self.told) < KEPT:
            self.told.append(Fault(row, column, code, blocks, clipped))

    def block(self, row: int) -> None:
        self.blocked_rows.add(row)

    @property
    def blocking(self) -> bool:
        return self.whole_file or bool(self.blocked_rows)

    def as_json(self) -> list[dict[str, Any]]:
        in_order = sorted(self.told, key=lambda fault: (fault.row, not fault.blocks))
        return [asdict(fault) for fault in in_order]


def _clipped(value: Any) -> Any:
    """A cell may hold a whole book; a report quotes its beginning."""
    return value[:77] + "…" if isinstance(value, str) and len(value) > 80 else value
