"""Words for codes, in the reader's language."""

from flask_babel import get_locale
from flask_babel import gettext as _

from server.domain.field_words import word_of
from server.domain.messages import message


def word(kind: str, value: object) -> str:
    """The word for a value of a list in the reader's language."""
    return _(word_of(kind, value)) if value not in (None, "") else "–"


def sentence(code: object) -> str:
    """What a code of a finding or of a reason to wait says to people."""
    return message(str(code), str(get_locale()))
