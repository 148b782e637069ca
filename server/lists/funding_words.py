"""What the funding need says beside its numbers."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from server.domain.legal.tables import LegalRow
from server.domain.numbers import day_words, number_words, percent_words
from server.lists.funding import BUDGET, NOT_ALLOWED, NOT_KNOWN, PERSON, Funding, Row
from server.pages.not_known import table_words
from server.pages.plurals import said as _
from server.pages.price_words import local_words, unknown_words
from server.pages.words import word

INSURANCE = "social_insurance"
UNTABLED = (BUDGET, INSURANCE)
"""Who pays wholly for people; of what amount is said where a table holds it."""


def group_words(row: Row, names: dict[str, str]) -> str:
    """What the law calls the group of a row."""
    return names.get(row.group, row.group) if row.group else _("Chưa biết nhóm")


def payer_words(row: Row) -> str:
    """Who pays for the people of a row, or why that cannot be said; empty where they pay."""
    if row.lacks:
        return _("Chưa biết giá cho ngày này: bảng '%(table)s'.", table=table_words(row.lacks))
    if row.payer == NOT_ALLOWED:
        return _("Nhóm này không đóng số tháng này.")
    if row.payer == PERSON:
        return ""
    told = word("paid_by", row.payer)
    lacking = row.payer in UNTABLED and not row.sums.priced
    return f"{told} {_('Chưa có mức trong bảng luật.')}" if lacking else told


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What one text of law says, of one table and one span of time: names and values."""

    table: str
    valid_from: str
    valid_to: str
    source: str
    values: list[tuple[str, str]]


def law_of(need: Funding) -> list[Paragraph]:
    """The rows of law under the amounts, those of one text together."""
    texts: dict[tuple[str, str, str, str], Paragraph] = {}
    for row in need.law:
        key = (row.table, row.valid_from, row.valid_to, row.source)
        text = texts.setdefault(key, Paragraph(*key, []))
        text.values.append((row.name_vi, _value(row)))
    return list(texts.values())


def _value(row: LegalRow) -> str:
    """Đồng a month, or a percentage."""
    if row.unit.startswith("percent"):
        return percent_words(row.value)
    return _("%(n)s đồng mỗi tháng", n=number_words(int(row.value)))


def silent_words(need: Funding) -> str:
    """Of how many nobody knows the price, and which tables are silent; empty when of nobody."""
    lacks = [row.lacks for row in need.groups if row.lacks]
    return unknown_words(_people(need)[NOT_KNOWN], lacks)


def remarks(need: Funding) -> list[str]:
    """What the numbers are, what they leave out and why, as sentences."""
    return [sentence for sentence in (*_priced(need), *_left_out(need)) if sentence]


def _priced(need: Funding) -> Iterator[str]:
    if not need.whole.priced:
        return
    yield _(
        "Giá của ngày %(day)s cho cả %(months)s tháng: lương cơ sở đổi sau ngày đóng thì không thu"
        " thêm, không trả lại.",
        day=day_words(need.day),
        months=need.months,
    )
    yield _(
        "Người cùng hộ tham gia theo hộ gia đình được giảm dần theo thứ tự, sau người của hộ đã"
        " tham gia trong năm. Ai được chọn nhóm thì tính theo nhóm đề xuất."
    )
    if need.whole.other:
        yield _(
            "Nguồn tài trợ là những suất đã hứa cho đúng người trong danh sách và chưa dùng, nguyên"
            " số tiền đã hứa, không quá phần còn phải đóng."
        )
    yield local_words(need.whole)


def _left_out(need: Funding) -> Iterator[str]:
    people = _people(need)
    if free := sum(people[payer] for payer in UNTABLED):
        yield _(
            "%(n)s người do ngân sách nhà nước hoặc cơ quan BHXH đóng toàn bộ: chưa có mức trong"
            " bảng luật, nên chỉ đếm người, chưa tính thành tiền. Quản trị bổ sung được mức của"
            " nhóm ngân sách đóng trong bảng Mức đóng.",
            n=number_words(free),
        )
    if people["employer"]:
        yield _(
            "%(n)s người đóng theo tiền lương ở nơi làm việc: không tính ở đây.",
            n=number_words(people["employer"]),
        )
    yield silent_words(need)


def _people(need: Funding) -> Counter[str]:
    """How many each pays for without an amount; of who pays themselves, all."""
    people: Counter[str] = Counter()
    for row in need.groups:
        if row.payer == PERSON or not row.sums.priced:
            people[row.payer] += row.sums.people
    return people
