"""The tờ trình with which a list goes to the chair for approval: NĐ 30/2020/NĐ-CP, model 1.4."""

from collections.abc import Mapping
from dataclasses import dataclass

from server.domain.forms.head import FormHead
from server.domain.forms.layouts import groups
from server.domain.numbers import number_words, percent_words
from server.pages.papers.blocks import (
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

BASES = (
    "Căn cứ Luật Bảo hiểm y tế số 25/2008/QH12 được sửa đổi, bổ sung bởi Luật số 46/2014/QH13 và "
    "Luật số 51/2024/QH15;",
    "Căn cứ Nghị định số 188/2025/NĐ-CP ngày 01 tháng 7 năm 2025 của Chính phủ;",
    "Căn cứ Quyết định số 490/QĐ-BHXH ngày 28 tháng 3 năm 2023 của Bảo hiểm xã hội Việt Nam.",
)
MONEY = (
    ("total", "Tổng mức đóng (đồng)"),
    ("state_support", "Ngân sách nhà nước hỗ trợ (đồng)"),
    ("local_support", "Ngân sách địa phương hỗ trợ thêm (đồng)"),
    ("other_support", "Nguồn khác hỗ trợ (đồng)"),
    ("own_share", "Người tham gia đóng (đồng)"),
)


@dataclass(frozen=True, slots=True)
class Office:
    """Who submits: the office under the Committee, its letters in a number, its head's title."""

    name: str = "Phòng Văn hóa - Xã hội"
    letters: str = "VHXH"
    title: str = "TRƯỞNG PHÒNG"


def memo_paper(
    head: FormHead,
    totals: Mapping[str, int],
    number: str | None,
    day: str | None,
    office: Office = Office(),
) -> Paper:
    """`totals`: the control totals of the list (schemas.card_lists.CardListTotals). `number`, `day`
    of the memo; without them the paper leaves room to write."""
    chair = f"Chủ tịch Ủy ban nhân dân {called(head.commune)}"
    body: list[Block] = [
        _head(head, number, day, office),
        Line("type_name", "TỜ TRÌNH"),
        Line("abstract", "Về việc phê duyệt danh sách người tham gia bảo hiểm y tế", rule=True),
        Line("addressee", f"Kính gửi: {chair}"),
        *(Line("legal_basis", text, "justify", indent=True) for text in BASES),
        para(f"{office.name} trình {chair} xem xét, phê duyệt {_which(head, totals)}."),
        para(f"Đối tượng tham gia: {_group(head)}."),
        _table(totals),
        para(
            "Danh sách lập theo Mẫu D03-TS gửi kèm theo Tờ trình này. Sau khi được phê duyệt, danh "
            "sách được gửi cơ quan bảo hiểm xã hội để cấp thẻ."
        ),
        para(f"Kính trình {chair} xem xét, quyết định./."),
        Signature(("- Như trên;", f"- Lưu: VT, {office.letters}."), (office.title,)),
    ]
    return Paper("to-trinh", "Tờ trình", body)


def _head(head: FormHead, number: str | None, day: str | None, office: Office) -> Head:
    place = head.commune.removeprefix("Xã ").removeprefix("Phường ").removeprefix("Đặc khu ")
    return Head(
        office.name.upper(),
        f"Số: {number or f'……/TTr-{office.letters}'}",
        place_date(place, day),
        parent=f"ỦY BAN NHÂN DÂN\n{head.commune.upper()}",
    )


def _which(head: FormHead, totals: Mapping[str, int]) -> str:
    year, month = head.month.split("-")
    number = head.document_number or head.number
    named = f"số {number} " if number else ""
    more = f", bổ sung cho danh sách số {head.supplements}" if head.supplements else ""
    counted = (
        f"gồm {number_words(totals['rows'])} người: tăng {number_words(totals['increase'])}, "
        f"giảm {number_words(totals['decrease'])}"
    )
    return (
        f"danh sách người chỉ tham gia bảo hiểm y tế {named}tháng {month}/{year}{more}, {counted}"
    )


def _group(head: FormHead) -> str:
    group = groups().get(head.group)
    name = group.name if group else head.group
    code = f" (mã {head.card_code})" if head.card_code else ""
    told = f"{name}{code}"
    if head.support_percent:
        told += f", ngân sách nhà nước hỗ trợ {percent_words(head.support_percent)} mức đóng"
    return told


def _table(totals: Mapping[str, int]) -> Table:
    columns = (
        Column("TT", 12, "center"),
        Column("Nội dung", 105),
        Column("Số liệu", 45, "right"),
    )
    counted = [("Số người tăng", totals["increase"]), ("Số người giảm", totals["decrease"])]
    if totals["total"]:
        # Nobody pays in for whom the budget pays wholly: their list carries no amounts.
        counted += [(label, totals[name]) for name, label in MONEY]
    rows = [(str(at), label, number_words(value)) for at, (label, value) in enumerate(counted, 1)]
    return Table(columns, rows)
