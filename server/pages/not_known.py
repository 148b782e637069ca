"""How a desk says that the law's tables hold no value for a day."""

from flask_babel import gettext as _

from server.domain.legal.tables import NotKnown
from server.pages.words import word


def table_words(what: NotKnown) -> str:
    """What people call the table that lacks a value."""
    return word("legal_table", what.table)


def lacks_words(what: NotKnown) -> str:
    """In a cell, where a date or an amount would stand."""
    return f"{_('chưa biết cho ngày này')}: {table_words(what)}"


def lacks_sentence(what: NotKnown) -> str:
    """Above a page on which something could not be worked out."""
    return _(
        "Chưa biết cho ngày này: bảng '%(table)s'. Không suy đoán; cần bổ sung dòng của bảng.",
        table=table_words(what),
    )
