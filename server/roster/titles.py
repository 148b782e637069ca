"""What the titles above a list say of it: the day it was made."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from server.domain.partial import first_day
from server.domain.text import fold

_IN_FIGURES = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](20\d\d)\b")
_IN_WORDS = re.compile(r"\b(?:ngay (\d{1,2}) )?thang (\d{1,2})(?: nam)? (20\d\d)\b")
_OF_SOMETHING_ELSE = re.compile(r"\b(?:quyet dinh|qd|cong van|ke hoach|kem theo|thoi han)\b")


def made_on(titles: Sequence[str], day: str) -> str | None:
    """The day or month up to `day` that the titles name last, as a partial date. A title that names
    another paper, or how long cards run, tells nothing of it."""
    told = [
        one
        for title in titles
        if not _OF_SOMETHING_ELSE.search(fold(title))
        for one in _dates(title)
    ]
    return max((one for one in told if first_day(one) <= day), default=None)


def _dates(title: str) -> Iterator[str]:
    found = [*_IN_FIGURES.findall(title), *_IN_WORDS.findall(fold(title))]
    for day, month, year in found:
        try:
            whole = date(int(year), int(month), int(day or 1)).isoformat()
        except ValueError:
            continue
        yield whole if day else whole[:7]
