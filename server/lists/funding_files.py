"""The funding need as a spreadsheet and as an official paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from server.domain.numbers import day_words, number_words
from server.lists.funding import Funding, Row
from server.lists.funding_words import Paragraph, group_words, law_of, payer_words, remarks
from server.pages.papers.blocks import (
    Article,
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
from server.pages.sheets import Cell, Notes, Sheet, workbook
from server.pages.words import word
from server.store.prices import Totals

TITLE = "Nhu cầu kinh phí hỗ trợ đóng bảo hiểm y tế"
MONEY = (
    ("Tổng mức đóng", 18),
    ("Ngân sách nhà nước hỗ trợ", 18),
    ("Tỉnh hỗ trợ thêm", 18),
    ("Nguồn tài trợ khác", 18),
    ("Người dân đóng", 18),
    ("Số người chưa biết phần tỉnh", 16),
)
BY_GROUP = (("Nhóm", 52), ("Ai đóng", 40), ("Số người", 12), *MONEY)
BY_VILLAGE = (
    ("Thôn, tổ dân phố", 30),
    ("Số người", 12),
    ("Nơi khác đóng toàn bộ", 14),
    ("Chưa biết giá", 12),
    *MONEY,
)
LAW = (("Bảng", 28), ("Dòng", 44), ("Giá trị", 24), ("Từ ngày", 12), ("Văn bản", 60))


@dataclass(frozen=True, slots=True)
class Source:
    """Of whom and from where the need is: the view of the list, the ground's name, its communes,
    and what the list says about itself."""

    view: str
    ground: str
    communes: Sequence[str]
    about: Sequence[tuple[str, str]]


def funding_xlsx(need: Funding, names: dict[str, str], notes: Notes) -> bytes:
    """A workbook: by group, by village, the rows of law, notes. Numbers are numbers."""
    groups = [(*_labels(row, names), row.sums.people, *_money(row.sums)) for row in need.groups]
    whole = ("Cộng", "", need.whole.people, *_money(need.whole))
    villages = [(name, *_heads(sums), *_money(sums)) for name, sums in need.villages]
    total = ("Cộng", *_heads(need.whole), *_money(need.whole))
    sheets = (
        Sheet("Theo nhóm", BY_GROUP, [*groups, whole], filters=False),
        Sheet("Theo thôn", BY_VILLAGE, [*villages, total], filters=False),
        Sheet("Căn cứ", LAW, _law(need), filters=False),
    )
    told = [*notes.lines, ("Số tháng", str(need.months)), ("Đơn vị tính", "đồng")]
    lines = (*told, *(("Lưu ý", text) for text in remarks(need)))
    return workbook(sheets, Notes(f"{TITLE}: {notes.title}", lines))


def _labels(row: Row, names: dict[str, str]) -> tuple[str, str]:
    return group_words(row, names), payer_words(row) or "Người dân và các nguồn hỗ trợ"


def _heads(sums: Totals) -> tuple[int, int, int]:
    return sums.people, sums.free + sums.others, sums.unknown


def _money(sums: Totals) -> tuple[Cell, ...]:
    """Empty where nobody's price is known, and where nobody's support by the province is."""
    if not sums.priced:
        return (None,) * len(MONEY)
    local = None if sums.local_unknown == sums.priced else sums.local
    return sums.total, sums.state, local, sums.other, sums.own, sums.local_unknown


def _law(need: Funding) -> list[tuple[Cell, ...]]:
    return [
        (word("legal_table", text.table), name, value, _since(text.valid_from), text.source)
        for text in law_of(need)
        for name, value in text.values
    ]


def _since(day: str) -> str:
    return day_words(day) or "…"


def funding_paper(need: Funding, names: dict[str, str], source: Source) -> Paper:
    """The report to the finance office; head and signature of the commune where it is of one."""
    body = source.communes[0] if len(source.communes) == 1 else None
    blocks: list[Block] = [
        _head(body),
        Line("type_name", "BÁO CÁO"),
        Line("abstract", TITLE, rule=True),
        Line("addressee", "Kính gửi: Cơ quan tài chính …………………………"),
        para(_opening(need, source)),
        Article("1.", "Nhu cầu theo nhóm (đơn vị tính: đồng)"),
        _table("Nhóm", [(group_words(row, names), row.sums) for row in need.groups], need.whole),
        Article("2.", "Nhu cầu theo thôn, tổ dân phố (đơn vị tính: đồng)"),
        _table("Thôn, tổ dân phố", need.villages, need.whole),
        Article("3.", "Cách tính"),
        *(para(f"- {text}") for text in remarks(need)),
        Article("4.", "Căn cứ"),
        *(para(_law_line(text)) for text in law_of(need)),
        Article("5.", "Số liệu của danh sách"),
        para("; ".join(f"{label}: {text}" for label, text in source.about) + "."),
        para("Trên đây là nhu cầu kinh phí, đề nghị cơ quan tài chính xem xét./."),
        _signature(body),
    ]
    return Paper("nhu-cau-kinh-phi", TITLE, blocks)


def _law_line(text: Paragraph) -> str:
    values = "; ".join(f"{name}: {value}" for name, value in text.values)
    return f"- {values} ({text.source})."


def _head(body: str | None) -> Head:
    if body is None:
        return Head(None, "", "")
    place = body.removeprefix("Xã ").removeprefix("Phường ").removeprefix("Đặc khu ")
    return Head(f"ỦY BAN NHÂN DÂN {body.upper()}", "Số: ……/BC-UBND", place_date(place, None))


def _signature(body: str | None) -> Signature:
    recipients = ("- Như trên;", "- Lưu: VT.")
    if body is None:
        return Signature(recipients, ("NGƯỜI LẬP BIỂU",), hint="(Ký, ghi rõ họ tên)")
    return Signature(recipients, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"))


def _opening(need: Funding, source: Source) -> str:
    return (
        f"Để {number_words(need.whole.people)} người thuộc danh sách “{source.view}” "
        f"({source.ground}) tham gia bảo hiểm y tế, đóng {need.months} tháng trong ngày "
        f"{day_words(need.day)}, nhu cầu kinh phí như sau:"
    )


def _table(first: str, rows: Iterable[tuple[str, Totals]], whole: Totals) -> Table:
    columns = (
        Column(first, 31),
        Column("Số người", 15, "right"),
        Column("Tổng mức đóng", 25, "right"),
        Column("Nhà nước hỗ trợ", 24, "right"),
        Column("Tỉnh hỗ trợ thêm", 20, "right"),
        Column("Tài trợ", 20, "right"),
        Column(f"Người dân đóng{' nhiều nhất' if whole.local_unknown else ''}", 25, "right"),
    )
    return Table(columns, [_told(name, sums) for name, sums in (*rows, ("Cộng", whole))])


def _told(name: str, sums: Totals) -> tuple[str, ...]:
    if not sums.priced:
        return (name, number_words(sums.people), *("–" for _column in range(5)))
    # A space that does not break keeps the two words on one line.
    local = "chưa\u00a0biết" if sums.local_unknown == sums.priced else number_words(sums.local)
    return (
        name,
        number_words(sums.people),
        number_words(sums.total),
        number_words(sums.state),
        local,
        number_words(sums.other),
        number_words(sums.own),
    )
