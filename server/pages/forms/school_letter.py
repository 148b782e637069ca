"""The commune's letter to a school: which of its pupils have no card (NĐ 30/2020/NĐ-CP, model 1.5).

Names go to the school alone, with class and village, never with a number of any paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.kinds import UNINSURED
from server.domain.legal.tables import NotKnown
from server.domain.numbers import day_words, number_words, percent_words
from server.domain.words import SEX, STATUS
from server.pages.not_known import lacks_words
from server.pages.papers.blocks import (
    Annex,
    Block,
    Column,
    Head,
    Line,
    Paper,
    Signature,
    Table,
    para,
    place_date,
)
from server.pages.papers.commune import called

FIRST_MONTH = 8
"""A school year is named from August on, before it opens in September."""
COLUMNS = (
    Column("TT", 12, "center"),
    Column("Họ và tên", 44),
    Column("Ngày, tháng, năm sinh", 25, "center"),
    Column("Giới tính", 13, "center"),
    Column("Lớp", 12, "center"),
    Column("Thôn, tổ dân phố", 32),
    Column("Thẻ BHYT", 24),
)


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil of the school. `birth_date` is partial; `status` on the day of the letter."""

    full_name: str
    birth_date: str | None
    sex: str | None
    school_class: str | None
    village: str
    status: str


def school_letter(
    commune: str,
    school: str,
    pupils: Sequence[Pupil],
    day: str,
    *,
    support_percent: str | NotKnown | None = None,
    reply_by: str | None = None,
    number: str | None = None,
) -> Paper:
    """`pupils` in the order in which they shall stand; only the uninsured do. `day` is that of the
    letter and of the cards' status; `support_percent` what the state pays for pupils, where it is
    known; `reply_by` a day, dots where nobody said one."""
    named = [one for one in pupils if one.status in UNINSURED]
    year = school_year(day)
    until = day_words(reply_by) if reply_by else "……/……/………"
    blocks: list[Block] = [
        _head(commune, number, day, year),
        Line("addressee", f"Kính gửi: {school}"),
        para(
            f"Qua rà soát trên địa bàn {called(commune)}, đến ngày {day_words(day)} có "
            f"{number_words(len(named))} học sinh của nhà trường chưa có thẻ bảo hiểm y tế hoặc "
            "thẻ đã hết hạn (có danh sách kèm theo)."
        ),
        *_why(support_percent),
        para(f"Ủy ban nhân dân {called(commune)} đề nghị nhà trường:"),
        para("1. Đối chiếu danh sách với hồ sơ của trường; báo lại học sinh đã có thẻ và hạn thẻ."),
        para(
            "2. Thông báo cho cha mẹ hoặc người giám hộ, hướng dẫn tham gia bảo hiểm y tế tại "
            "trường hoặc theo nhóm khác nếu thuộc diện được ngân sách đóng."
        ),
        para(f"3. Gửi kết quả về Ủy ban nhân dân {called(commune)} trước ngày {until}."),
        para(
            "Danh sách có thông tin cá nhân của trẻ em, chỉ dùng cho việc nêu trên và không niêm "
            "yết công khai./."
        ),
        Signature(("- Như trên;", "- Lưu: VT, VHXH."), ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        Annex(),
        Line("annex_word", "Phụ lục"),
        Line("annex_title", "DANH SÁCH HỌC SINH CHƯA CÓ THẺ BẢO HIỂM Y TẾ"),
        Line(
            "annex_reference",
            f"(Kèm theo Công văn {_numbered(number)} ngày {day_words(day)} của Ủy ban nhân dân "
            f"{called(commune)})",
        ),
        Line("annex_reference", school, rule=True),
        Table(COLUMNS, [_row(at, one) for at, one in enumerate(named, 1)]),
    ]
    return Paper("cong-van-truong", f"Công văn gửi {school}", blocks)


def school_year(day: str) -> str:
    """'2026 - 2027' of a day in it."""
    first = int(day[:4]) - (int(day[5:7]) < FIRST_MONTH)
    return f"{first} - {first + 1}"


def _head(commune: str, number: str | None, day: str, year: str) -> Head:
    place = commune.removeprefix("Xã ").removeprefix("Phường ").removeprefix("Đặc khu ")
    return Head(
        f"ỦY BAN NHÂN DÂN\n{commune.upper()}",
        f"Số: {number or '……/UBND-VHXH'}",
        place_date(place, day),
        subject=f"V/v học sinh chưa có thẻ bảo hiểm y tế năm học {year}",
    )


def _numbered(number: str | None) -> str:
    return f"số {number or '……/UBND-VHXH'}"


def _why(support_percent: str | NotKnown | None) -> list[Line]:
    if support_percent is None:
        return []
    if isinstance(support_percent, NotKnown):
        return [para(f"Mức ngân sách nhà nước hỗ trợ học sinh: {lacks_words(support_percent)}.")]
    return [
        para(
            "Theo Luật Bảo hiểm y tế, học sinh được ngân sách nhà nước hỗ trợ "
            f"{percent_words(support_percent)} mức đóng; học sinh thuộc hộ nghèo hoặc nhóm khác "
            "được ngân sách đóng thì không phải đóng tiền."
        )
    ]


def _row(at: int, one: Pupil) -> tuple[str, ...]:
    return (
        str(at),
        one.full_name,
        day_words(one.birth_date),
        SEX.get(one.sex or "", ""),
        one.school_class or "",
        one.village,
        STATUS[one.status],
    )
