"""Rows of law that an administrator adds: which values make sense, what is wrong with a form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from server.domain.legal.slots import MONEY, PERCENT, UNLIMITED, Slot, kind_of_unit
from server.domain.legal.tables import OPEN, LegalRow
from server.domain.text import clean_text

DATED = "days_off"
"""Its rows are single days and years: each has its own name, and none lasts for ever."""
LONGEST = {"day": 15, "calendar": 366}
LONGEST_TEXT = {"name": 300, "number": 100, "issuer": 200, "article": 200, "link": 500}
FIRST_DAY, LAST_DAY = "1995-01-01", "2100-12-31"

CODE = "card code"
MONTH_DAY = "month-day"
WITHOUT_LIMIT = ("không giới hạn", UNLIMITED)
LEAST_MOST: dict[str, tuple[int, int]] = {
    MONEY: (1_000, 1_000_000_000),
    PERCENT: (0, 100),
    "days": (0, 3_650),
    "months": (1, 1_200),
    "years": (1, 120),
    "x base salary": (1, 100),
    "parts of 3": (0, 3),
    "indicators": (1, 20),
    "day of the month": (1, 28),
    "working days": (0, 90),
}
CHOICES: dict[str, tuple[str, ...]] = {
    "yes/no": ("yes", "no"),
    "law group": ("1", "2", "3", "4", "5"),
    "year": ("known",),
    "kind of day": ("holiday", "swap_off", "compensation", "working_saturday", "possible"),
}
FAR = 2
"""A sum that grows or shrinks by more than so many times is asked about again."""

_WHOLE = re.compile(r"[0-9]{1,3}([.,\s][0-9]{3})+|[0-9]+")
_PERCENT = re.compile(r"[0-9]{1,9}(\.[0-9]+)?")
_MONTH_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})")
_CODE = re.compile(r"[A-Z]{2}")
_LINK = re.compile(r"https?://[\w-]+(\.[\w-]+)+(:[0-9]+)?([/?#]\S*)?")


@dataclass(frozen=True, slots=True)
class Document:
    """The paper a row stands on. `article` and `link` may be empty."""

    number: str
    issuer: str
    issued_on: str
    article: str
    link: str

    @property
    def source(self) -> str:
        """As one line: number and article, who issued it and when."""
        named = " ".join(filter(None, (self.number, self.article)))
        return f"{named} ({self.issuer}, {'/'.join(reversed(self.issued_on.split('-')))})"


class WrongValue(ValueError):
    """What was typed is no value of this unit; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_value(slot: Slot, typed: str) -> str:
    """What somebody typed, as the tables write it. Raises WrongValue."""
    text = " ".join(typed.split())
    if not text:
        raise WrongValue("needed")
    if slot.unit in CHOICES:
        return _chosen(slot.unit, text)
    if slot.may_be_unlimited and text.casefold() in WITHOUT_LIMIT:
        return UNLIMITED
    if text.startswith(("-", "−", "–")):
        raise WrongValue("negative")
    if slot.unit == MONTH_DAY:
        return _month_day(text)
    if slot.unit == CODE:
        return _matching(_CODE, text.upper(), "not_a_code")
    return _percent(text) if slot.kind == PERCENT else _whole(slot.kind, text)


def _chosen(unit: str, text: str) -> str:
    if text not in CHOICES[unit]:
        raise WrongValue("not_a_choice")
    return text


def _matching(pattern: re.Pattern[str], text: str, code: str) -> str:
    if not pattern.fullmatch(text):
        raise WrongValue(code)
    return text


def _month_day(text: str) -> str:
    found = _MONTH_DAY.fullmatch(text)
    try:
        # The 29th of February is no day of every year.
        return date(2025, int(found[2]), int(found[1])).isoformat()[5:] if found else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> str:
    raise WrongValue("not_a_month_day")


def _percent(text: str) -> str:
    plain = text.rstrip("% ").replace(",", ".")
    number = Decimal(_matching(_PERCENT, plain, "not_a_number")).normalize()
    if number > LEAST_MOST[PERCENT][1]:
        raise WrongValue("out_of_range")
    if number != round(number, 2):
        raise WrongValue("too_many_decimals")
    return f"{number:f}"


def _whole(kind: str, text: str) -> str:
    plain = re.sub(r"\s*(đồng|đ|VND)$", "", text, flags=re.IGNORECASE)
    digits = re.sub(r"[^0-9]", "", _matching(_WHOLE, plain, "not_a_number"))
    least, most = LEAST_MOST[kind]
    if len(digits) > 15 or not least <= int(digits) <= most:
        raise WrongValue("out_of_range")
    return str(int(digits))


@dataclass(frozen=True, slots=True)
class Read:
    """A form that was read: the row and its paper when nothing is wrong, else what is."""

    row: LegalRow | None
    document: Document | None
    faults: dict[str, str]


def read_row(slot: Slot, typed: Mapping[str, str], today: str) -> Read:
    """The row that a form asks for. `faults`: a code for each field that is wrong."""
    text = {name: clean_text(value) or "" for name, value in typed.items()}
    faults: dict[str, str] = {}
    value, confidence = OPEN, "open"
    if not text.get("unknown"):
        value, confidence = _value_or_fault(slot, text.get("value", ""), faults), "seen"
    where = "" if slot.places == ("",) else text.get("where", "")
    if where not in slot.places:
        faults["where"] = "no_such_place"
    faults |= _wrong_days(slot, text) | _wrong_paper(text, today)
    if slot.table == DATED and not text.get("name"):
        faults["name"] = "needed"
    long = (name for name, most in LONGEST_TEXT.items() if len(text.get(name, "")) > most)
    faults |= dict.fromkeys(long, "text_too_long")
    if faults:
        return Read(None, None, faults)
    document = Document(
        *(text.get(name, "") for name in ("number", "issuer", "issued_on", "article", "link"))
    )
    row = LegalRow(
        table=slot.table,
        item=slot.item,
        where=where,
        value=value,
        unit=slot.unit,
        valid_from=text["valid_from"],
        valid_to=text.get("valid_to", ""),
        source=document.source,
        confidence=confidence,
        name_vi=text["name"] if slot.table == DATED else slot.name,
        note="",
    )
    return Read(row, document, {})


def _value_or_fault(slot: Slot, typed: str, faults: dict[str, str]) -> str:
    try:
        return read_value(slot, typed)
    except WrongValue as wrong:
        faults["value"] = wrong.code
        return OPEN


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _wrong_days(slot: Slot, text: Mapping[str, str]) -> dict[str, str]:
    start, end = text.get("valid_from", ""), text.get("valid_to", "")
    faults: dict[str, str] = {}
    needed = {"valid_from": start} | ({"valid_to": end} if end or slot.table == DATED else {})
    for name, day in needed.items():
        if not day:
            faults[name] = "day_needed"
        elif not _is_day(day):
            faults[name] = "not_a_day"
        elif not FIRST_DAY <= day <= LAST_DAY:
            faults[name] = "day_absurd"
    if not faults and end and end < start:
        faults["valid_to"] = "ends_before_start"
    elif not faults and slot.table == DATED:
        days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
        faults |= {"valid_to": "too_long"} if days > LONGEST[slot.item] else {}
    return faults


def _wrong_paper(text: Mapping[str, str], today: str) -> dict[str, str]:
    faults = {name: "source_needed" for name in ("number", "issuer") if not text.get(name)}
    issued, link = text.get("issued_on", ""), text.get("link", "")
    if not issued:
        faults["issued_on"] = "source_needed"
    elif not _is_day(issued):
        faults["issued_on"] = "not_a_day"
    elif not FIRST_DAY <= issued <= today:
        faults["issued_on"] = "not_issued_yet" if issued > today else "day_absurd"
    if link and not _LINK.fullmatch(link):
        faults["link"] = "not_a_link"
    return faults


def is_far(was: LegalRow | None, becomes: LegalRow | None) -> bool:
    """True when a sum of money jumps so far that a zero may be missing or too many."""
    sums = [row for row in (was, becomes) if row and row.value != OPEN]
    if len(sums) < 2 or kind_of_unit(sums[1].unit) != MONEY:
        return False
    one, other = sorted(int(row.value) for row in sums)
    return other > one * FAR
