"""Which text governs a request, and the forms it prescribes: rows by date, because another
procedure is expected. A request keeps the version under which it was checked."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "versions.csv"


@dataclass(frozen=True, slots=True)
class Version:
    """`basis`: the text as a decision cites it."""

    code: str
    valid_from: str
    valid_to: str
    request_form: str
    decision_form: str
    basis: str
    source: str
    confidence: str


@cache
def versions() -> tuple[Version, ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(Version(**row) for row in csv.DictReader(file))


def version_on(day: str) -> Version | None:
    """The procedure in force on a day; None where none is known."""
    found = [
        each
        for each in versions()
        if each.valid_from <= day and (not each.valid_to or day <= each.valid_to)
    ]
    return max(found, key=lambda each: each.valid_from, default=None)


def version_called(code: str | None, day: str) -> Version | None:
    """The version a request was checked under, or the one in force on the day."""
    named = next((each for each in versions() if each.code == code), None)
    return named or version_on(day)
