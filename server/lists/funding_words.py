"""What the funding need says beside its numbers."""

from collections.abc import Iterator

from server.domain.legal.tables import LegalRow
from server.domain.numbers import day_words, number_words, percent_words
from server.lists.funding import NOT_ALLOWED, NOT_KNOWN, Funding, Row
from server.pages.plurals import said as _
from server.pages.words import word


def group_words(row: Row, names: dict[str, str]) -> str:
    """What the law calls the group of a row."""
    return names.get(row.group, row.group) if row.group else _("Chưa biết nhóm")


def payer_words(row: Row) -> str:
    """Who pays for the people of a row, or why that cannot be said; empty where they pay."""
    if row.lacks:
        return _("Chưa biết giá cho ngày này: bảng '%(table)s'.", table=table_words(row))
    if row.payer == NOT_ALLOWED:
        return _("Nhóm này không đóng số tháng này.")
    return "" if row.payer == "person" else word("paid_by", row.payer)


def table_words(row: Row) -> str:
    return word("legal_table", row.lacks.table) if row.lacks else ""


def law_value(row: LegalRow) -> str:
    """The value of a row of law that an amount rests on: đồng a month, or a percentage."""
    if row.unit.startswith("percent"):
        return percent_words(row.value)
    return _("%(n)s đồng mỗi tháng", n=number_words(int(row.value)))


def remarks(need: Funding) -> list[str]:
    """What the numbers leave out, and why, as sentences."""
    return list(_remarks(need))


def _remarks(need: Funding) -> Iterator[str]:
    people = {row.payer: 0 for row in need.groups}
    for row in need.groups:
        people[row.payer] += row.sums.people
    yield _(
        "Giá của ngày %(day)s cho cả %(months)s tháng: lương cơ sở đổi sau ngày đóng thì không thu"
        " thêm, không trả lại.",
        day=day_words(need.day),
        months=need.months,
    )
    free = people.get("budget", 0) + people.get("social_insurance", 0)
    if free:
        yield _(
            "%(n)s người do ngân sách nhà nước hoặc cơ quan BHXH đóng toàn bộ: các bảng quy định"
            " chưa ghi mức đóng cho họ, nên chỉ đếm người, chưa tính thành tiền.",
            n=number_words(free),
        )
    if people.get("employer"):
        yield _(
            "%(n)s người đóng theo tiền lương ở nơi làm việc: không tính ở đây.",
            n=number_words(people["employer"]),
        )
    if people.get(NOT_KNOWN):
        tables = dict.fromkeys(table_words(row) for row in need.groups if row.lacks)
        yield _(
            "%(n)s người chưa biết giá cho ngày này: bảng %(tables)s chưa có giá trị. Không suy"
            " đoán, nên tiền của họ chưa nằm trong các số trên.",
            n=number_words(people[NOT_KNOWN]),
            tables=", ".join(f"'{table}'" for table in tables),
        )
    if need.whole.local_unknown:
        yield _(
            "%(n)s người chưa biết được tỉnh hỗ trợ thêm bao nhiêu: phần người dân đóng là số nhiều"
            " nhất.",
            n=number_words(need.whole.local_unknown),
        )
    if need.whole.other:
        yield _(
            "Nguồn tài trợ là những suất đã hứa cho đúng người trong danh sách và chưa dùng, nguyên"
            " số tiền đã hứa, không quá phần còn phải đóng."
        )
    yield _(
        "Người cùng hộ tham gia theo hộ gia đình được giảm dần theo thứ tự, sau người của hộ đã"
        " tham gia trong năm. Ai được chọn nhóm thì tính theo nhóm đề xuất."
    )
