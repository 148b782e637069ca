"""What stands in a cell, read as a value: what can be mended is mended and said, what would be
guessed is refused."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from schemas.fields import is_partial_date
from server.domain.codes import personal_id_prefixes
from server.domain.text import fold_tight

Reader = Callable[[str], Any]
_SERIAL_FROM, _SERIAL_TO = 10_000, 73_050
"""Days that spreadsheets count from 1899-12-30: the years 1927 to 2099. Before that a number of
four digits is a year."""
_EPOCH = date(1899, 12, 30)
_ROUNDED = re.compile(r"\d+([.,]\d+)?E\+?\d+\Z", re.IGNORECASE)
_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?( ?[AP]M)?\Z", re.IGNORECASE)


class Wrong(Exception):
    """A cell that cannot be read: the code of why, and what its words need."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code, self.more = code, more


@dataclass(frozen=True, slots=True)
class Noted:
    """A value that was mended: what it is taken for, and the code that says so."""

    value: Any
    code: str


def text(limit: int = 200) -> Reader:
    def read(value: str) -> str:
        if len(value) > limit:
            raise Wrong("too_long", limit=limit)
        return value

    return read


def number(most: int = 100_000_000) -> Reader:
    """A whole number; dots and spaces may part the thousands."""

    def read(value: str) -> int:
        digits = re.sub(r"[.,\s](?=\d{3}(?:\D|$))", "", value)
        if not digits.isascii() or not digits.isdecimal() or len(digits) > 12:
            raise Wrong("not_a_number")
        if int(digits) > most:
            raise Wrong("out_of_range")
        return int(digits)

    return read


def percentage(value: str) -> str:
    """A percentage as decimal text with a point: `95,57 %` becomes `95.57`."""
    plain = value.replace("%", "").replace(",", ".").strip()
    if not re.fullmatch(r"\d{1,3}(\.\d{1,6})?", plain) or float(plain) > 999:
        raise Wrong("not_a_percent")
    return plain


def partial_date(value: str) -> Any:
    """`17/05/1980`, `5/1980`, `1980`, `00/00/1980` or ISO, as a partial date on the wire; a number
    of days as spreadsheets count them is the day it stands for, and that is said."""
    plain = _CLOCK.sub("", value.strip())
    parts = [part.strip() for part in re.split(r"[/.\-]", plain)]
    if not all(part.isascii() and part.isdecimal() for part in parts) or len(parts) > 3:
        raise Wrong("not_a_date")
    if len(parts) == 1 and _is_serial(parts[0]):
        return Noted((_EPOCH + timedelta(int(parts[0]))).isoformat(), "serial_date")
    if len(parts[0]) != 4:
        parts.reverse()
    while len(parts) > 1 and not int(parts[-1]):
        parts.pop()
    iso = "-".join([parts[0], *(part.zfill(2) for part in parts[1:])])
    if not is_partial_date(iso):
        raise Wrong("not_a_date")
    return iso


def _is_serial(digits: str) -> bool:
    """Five digits; four are a year."""
    return len(digits) == 5 and _SERIAL_FROM <= int(digits) <= _SERIAL_TO


def whole_date(value: str) -> Any:
    """A day; a month or a year alone is refused."""
    try:
        read = partial_date(value)
    except Wrong:
        raise Wrong("not_a_whole_date") from None
    iso = read.value if isinstance(read, Noted) else read
    if len(iso) != 10:
        raise Wrong("not_a_whole_date")
    return read


def pattern(expression: str, shape: str, tidy: str = r"[\s.]") -> Reader:
    """Text of a fixed shape, after taking out what people put between digits."""

    def read(value: str) -> str:
        if _ROUNDED.match(value):
            raise Wrong("rounded_number")
        tidied = re.sub(tidy, "", value).upper()
        if not re.fullmatch(expression, tidied, re.ASCII):
            raise Wrong("wrong_shape", shape=shape)
        return tidied

    return read


_TWELVE = pattern(r"\d{10,12}", "Số định danh có 12 chữ số; đặt ô là dạng chữ để giữ số 0.")
_TEN = pattern(r"\d{8,10}", "Mã số BHXH có 10 chữ số.")


def personal_id(value: str) -> Any:
    """Twelve digits. One or two zeros that a spreadsheet took from the front are put back and said:
    the number begins with the province, 001 to 096. Nine digits are an old identity card."""
    return _with_zeros(_TWELVE(value.lstrip("'")), 12, "Số định danh có 12 chữ số.")


def bhxh_number(value: str) -> Any:
    """Ten digits, the first two a province; a zero lost at the front is put back and said."""
    return _with_zeros(_TEN(value.lstrip("'")), 10, "Mã số BHXH có 10 chữ số.")


def _with_zeros(digits: str, length: int, shape: str) -> Any:
    if len(digits) == length:
        return digits
    whole = digits.zfill(length)
    if length == 12 and whole[:3] not in personal_id_prefixes():
        raise Wrong("wrong_shape", shape=shape)
    return Noted(whole, "zero_restored")


def one_of(words: Mapping[str, str], synonyms: Mapping[str, str] | None = None) -> Reader:
    """A value of a closed list by its word, without regard to accents and case."""
    known = {fold_tight(word): value for value, word in words.items()}
    known |= {fold_tight(word): value for word, value in (synonyms or {}).items()}
    choices = ", ".join(words.values())

    def read(value: str) -> str:
        found = known.get(fold_tight(value))
        if found is None:
            raise Wrong("not_in_list", choices=choices)
        return found

    return read


def yes_no(value: str) -> bool:
    folded = fold_tight(value)
    if folded in ("co", "x", "dung", "1", "yes", "true"):
        return True
    if folded in ("khong", "0", "no", "false"):
        return False
    raise Wrong("not_in_list", choices="có, không")
