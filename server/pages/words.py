"""Words for codes and moments, in the reader's language."""

from datetime import datetime

from flask_babel import get_locale
from flask_babel import gettext as _

from server.domain.field_words import word_of
from server.domain.messages import message
from server.store.db import VIETNAM
from server.store.devices import utc


def word(kind: str, value: object) -> str:
    """The word for a value of a list in the reader's language."""
    return _(word_of(kind, value)) if value not in (None, "") else "–"


def sentence(code: object) -> str:
    """What a code of a finding or of a reason to wait says to people."""
    return message(str(code), str(get_locale()))


def moment_words(moment: datetime | None) -> str:
    """A moment in Vietnam: 17/05/2026 08:30."""
    return utc(moment).astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M") if moment else "–"


def iso_moment_words(text: str | None) -> str:
    """A moment as a phone told it; what cannot be read is shown as it came."""
    try:
        return moment_words(datetime.fromisoformat(text)) if text else "–"
    except ValueError:
        return text or "–"
