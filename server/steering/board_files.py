"""The 100 % board to take away: its numbers, and the names behind a cell."""

from collections.abc import Sequence
from typing import IO

from server.domain.numbers import day_words, percent_words
from server.domain.words import STATUS
from server.pages.not_known import lacks_words
from server.pages.sheets import Cell, Notes, Sheet, workbook_file
from server.steering.board import FullCover, Row, complete_of
from server.steering.doors import Asked
from server.steering.files import PRIVATE, notes, place
from server.steering.words import DENOMINATORS, GROUPS, step_words
from server.store.steering.people import Facing

TITLE = "Nhóm phải đủ 100 %"
HOW = (
    "Có thẻ là thẻ còn hạn, kể cả thẻ do lực lượng vũ trang cấp. Còn thiếu là mọi người còn lại của"
    " nhóm, kể cả chưa hỏi, chưa rõ hạn và chờ hiệu lực. Một người có thể thuộc nhiều nhóm, nên các"
    " nhóm không cộng lại."
)


def board_workbook(asked: Asked, board: FullCover, by: str) -> IO[bytes]:
    columns = [
        ("Địa bàn", 26), ("Nhóm", 34), ("Phải có thẻ", 12), ("Đã có thẻ", 12), ("Còn thiếu", 12),
        ("Tỷ lệ", 12), ("Tính trên", 40),
    ]  # fmt: skip
    rows = [_line(place(asked), row, row) for row in board.rows]
    for one in board.places:
        rows += [
            _line(one.area.name, row, Row(row.key, cell, row.lacks))
            for row, cell in zip(board.rows, one.cells, strict=True)
        ]
    lines = notes(asked, board.completeness, by, HOW)
    return workbook_file([Sheet("Bảng 100 %", columns, rows)], Notes(TITLE, lines))


def _line(name: str, row: Row, counted: Row) -> list[Cell]:
    words = str(GROUPS[row.key])
    if row.lacks is not None:
        return [name, words, None, None, None, lacks_words(row.lacks), None]
    cell = counted.cell
    return [
        name,
        words,
        cell.entitled,
        cell.with_card,
        cell.missing,
        percent_words(cell.rate),
        str(DENOMINATORS[row.key]),
    ]


def missing_workbook(asked: Asked, row: Row, people: Sequence[Facing], by: str) -> IO[bytes]:
    columns = [
        ("STT", 6), ("Thôn", 20), ("Họ và tên", 28), ("Ngày sinh", 12), ("Mã hộ", 14),
        ("Xóm, khu", 16), ("Điện thoại", 14), ("Tình trạng thẻ", 14), ("Hết hạn ngày", 12),
        ("Việc tiếp theo", 70),
    ]  # fmt: skip
    rows: list[Sequence[Cell]] = [
        [
            number,
            asked.villages[one.village],
            one.member["full_name"],
            day_words(one.member.get("birth_date")),
            one.home.get("code"),
            one.home.get("hamlet"),
            one.phone,
            STATUS[one.status],
            day_words(one.last_end),
            step_words(one.step),
        ]
        for number, one in enumerate(people, start=1)
    ]
    told = notes(asked, complete_of(asked), by, HOW)
    lines = [("Nhóm", str(GROUPS[row.key])), *told, ("Lưu ý", PRIVATE)]
    return workbook_file([Sheet("Danh sách", columns, rows)], Notes(TITLE, lines))
