"""'Còn thiếu ai' to take away: the numbers of places, a village's names on a sheet or a page."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO

from server.domain.numbers import day_words, percent_words
from server.domain.steering.kinds import Kind
from server.domain.words import PRESENCE, STATUS, UNINSURED_REASON
from server.pages.heads_words import KINDS, beside, deadline, sentence
from server.pages.papers.pdf import drawn
from server.pages.sheets import Cell, Notes, Sheet, workbook_file
from server.steering.doors import Asked
from server.steering.files import PRIVATE, in_charge, lacking_sentence, notes, place
from server.steering.words import step_words
from server.store.steering.heads import Board, Line
from server.store.steering.people import Facing

ONE_PAGE = 24
"""Names that one upright page holds beside its head, each on up to two lines."""
TITLE = "Còn thiếu ai"
HOW = (
    "Chưa có thẻ là hết hạn cộng chưa có thẻ; mỗi người thuộc đúng một nhóm, nhóm đứng trước được"
    " tính trước. Chưa rõ hạn và chưa hỏi đứng bên cạnh, không tính vào."
)
NAMES_PAGE = Path(__file__).parent / "templates" / "steering" / "names.html.jinja"


def numbers_workbook(asked: Asked, board: Board, by: str) -> IO[bytes]:
    columns = [
        ("Địa bàn", 26), ("Dân số giao", 10), ("Người đã ghi", 10), ("Đang có thẻ", 10),
        ("Đạt được", 10), ("Còn thiếu so với chỉ tiêu", 12), ("Hạn", 12), ("Chưa có thẻ", 10),
        *((str(words), 12) for words in KINDS.values()),
        ("Chưa rõ hạn", 10), ("Chưa hỏi", 10), ("Vận động xong đạt", 12),
        ("Người phụ trách", 34), ("Tóm tắt", 70),
    ]  # fmt: skip
    rows = [_numbers(line, board.gap_days, line.area["name"]) for line in board.lines]
    rows.append(_numbers(board.total, board.gap_days, "Cộng" if rows else place(asked)))
    sheet = Sheet("Còn thiếu ai", columns, rows, filters=False)
    return workbook_file([sheet], Notes(TITLE, notes(asked, board.completeness, by, HOW)))


def _numbers(line: Line, gap_days: int | None, name: str) -> list[Cell]:
    heads = line.heads
    return [
        name,
        heads.population,
        heads.people,
        heads.covered,
        percent_words(heads.rate),
        heads.missing,
        day_words(heads.deadline),
        heads.uninsured,
        *(None if heads.kinds is None else heads.kinds.get(kind, 0) for kind in Kind),
        heads.unconfirmed,
        heads.not_asked,
        percent_words(heads.rate_won),
        in_charge(line.duties, phones=False),
        sentence(heads, gap_days),
    ]


def names_workbook(asked: Asked, board: Board, people: Sequence[Facing], by: str) -> IO[bytes]:
    columns = [
        ("STT", 6), ("Thuộc nhóm", 26), ("Họ và tên", 28), ("Năm sinh", 10), ("Mã hộ", 14),
        ("Xóm, khu", 16), ("Địa chỉ", 24), ("Điện thoại", 14), ("Nơi ở", 16),
        ("Tình trạng thẻ", 14), ("Hết hạn ngày", 12), ("Lý do chưa có", 20), ("Việc tiếp theo", 60),
    ]  # fmt: skip
    rows = [_named(number, one) for number, one in enumerate(people, start=1)]
    told = notes(asked, board.completeness, by, HOW)
    duties = in_charge(board.total.duties, phones=True) or "chưa ghi ai"
    lines = [("Tóm tắt", sentence(board.total.heads, board.gap_days)), ("Người phụ trách", duties),
             *told, ("Lưu ý", PRIVATE)]  # fmt: skip
    return workbook_file([Sheet("Danh sách", columns, rows)], Notes(TITLE, lines))


def _named(number: int, one: Facing) -> list[Cell]:
    return [
        number,
        str(KINDS[one.kind]),
        one.member["full_name"],
        (one.member.get("birth_date") or "")[:4],
        one.home.get("code"),
        one.home.get("hamlet"),
        one.home.get("address"),
        one.phone,
        PRESENCE.get(one.member.get("presence") or ""),
        STATUS[one.status],
        day_words(one.last_end),
        UNINSURED_REASON.get(one.member.get("uninsured_reason") or ""),
        step_words(one.step),
    ]


def names_page(asked: Asked, board: Board, people: Sequence[Facing]) -> bytes:
    """One upright page with the soonest names, to be carried from door to door: no telephone and no
    id of residents, as paper passes through many hands."""
    return drawn(
        NAMES_PAGE,
        place=place(asked),
        above=", ".join(area.name for area in reversed(asked.ground.path[-1:])),
        day=day_words(asked.day),
        sentence=sentence(board.total.heads, board.gap_days),
        deadline=deadline(board.total.heads, asked.day),
        beside=beside(board.total.heads),
        in_charge=in_charge(board.total.duties, phones=True),
        lacking=lacking_sentence(board.completeness),
        private=PRIVATE,
        people=[_on_paper(one) for one in people[:ONE_PAGE]],
        more=max(0, len(people) - ONE_PAGE),
    )


def _on_paper(one: Facing) -> tuple[str, ...]:
    home = one.home
    return (
        one.member["full_name"],
        (one.member.get("birth_date") or "")[:4],
        ", ".join(filter(None, (home.get("code"), home.get("hamlet")))),
        str(KINDS[one.kind]),
        UNINSURED_REASON.get(one.member.get("uninsured_reason") or "", ""),
        step_words(one.step, short=True),
    )
