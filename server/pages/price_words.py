"""What a page or a paper says of prices that the law's tables do not tell."""

from collections.abc import Iterable

from server.domain.legal.tables import NotKnown
from server.domain.numbers import number_words
from server.pages.not_known import table_words
from server.pages.plurals import said as _
from server.pages.words import word
from server.store.prices import Priced, Totals


def unknown_words(people: int, lacks: Iterable[NotKnown]) -> str:
    """Of how many nobody knows the price, and which tables are silent; empty when of nobody."""
    if not people:
        return ""
    tables = dict.fromkeys(map(table_words, lacks))
    return _(
        "%(n)s người chưa biết giá cho ngày này: bảng %(tables)s chưa có giá trị. Không suy"
        " đoán, nên tiền của họ chưa nằm trong các số ở đây.",
        n=number_words(people),
        tables=", ".join(f"'{table}'" for table in tables),
    )


def local_words(sums: Totals) -> str:
    """Of how many nobody knows what the province adds; empty when of nobody."""
    if not sums.local_unknown:
        return ""
    return _(
        "%(n)s người chưa biết được tỉnh hỗ trợ thêm bao nhiêu: bảng '%(table)s' chưa có giá trị,"
        " nên phần người dân đóng là số nhiều nhất.",
        n=number_words(sums.local_unknown),
        table=word("legal_table", "local_support"),
    )


def price_remarks(joins: Iterable[Priced], sums: Totals) -> list[str]:
    """What the sums leave out or hold at most because the tables are silent, as sentences."""
    lacks = [one.price for one in joins if isinstance(one.price, NotKnown)]
    return [said for said in (unknown_words(len(lacks), lacks), local_words(sums)) if said]
