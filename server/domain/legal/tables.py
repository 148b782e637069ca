"""Legal tables: dated rows, looked up by day only. Twin: pwa/src/domain/legal/tables.ts.

A value `OPEN` is literal: nobody knows it. Of several rows in force on a day the one that began
last speaks, and of two that began together the later one: so a row that an administrator adds
replaces an older one without touching it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

OPEN = "OPEN"


@dataclass(frozen=True, slots=True)
class LegalRow:
    """One value of the law. An empty `valid_from` or `valid_to` leaves that side unbounded.

    `where` is empty for the whole country, `rural` or `urban`, a province's code of 2025, or
    `former` and a province's code before. `confidence`: seen, memory, derived or open.
    """

    table: str
    item: str
    where: str
    value: str
    unit: str
    valid_from: str
    valid_to: str
    source: str
    confidence: str
    name_vi: str
    note: str

    def in_force(self, day: str) -> bool:
        return self.valid_from <= day and (not self.valid_to or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class NotKnown:
    """No value is known for this day: what somebody must add, and to which table."""

    table: str
    item: str
    where: str
    day: str


class NoValue(Exception):
    """Raised inside a rule, never out of one: `answered` turns it into the answer NotKnown."""

    def __init__(self, what: NotKnown) -> None:
        super().__init__(f"{what.table}/{what.item} on {what.day}")
        self.what = what


class Tables:
    """All rows, found by table, item and place."""

    def __init__(self, rows: Iterable[LegalRow]) -> None:
        self.rows = tuple(rows)
        self._found: dict[tuple[str, str, str], list[LegalRow]] = {}
        self._items: dict[str, dict[str, None]] = {}
        for row in self.rows:
            self._found.setdefault((row.table, row.item, row.where), []).append(row)
            self._items.setdefault(row.table, {})[row.item] = None
        for found in self._found.values():
            found.sort(key=lambda row: row.valid_from)

    def items(self, table: str) -> tuple[str, ...]:
        """The items of a table in the order in which they first stand there."""
        return tuple(self._items.get(table, ()))

    def in_force(self, day: str, table: str, item: str, where: str = "") -> LegalRow | None:
        """The row in force on the day, even when it says `OPEN`; None when there is none."""
        for row in reversed(self._found.get((table, item, where), ())):
            if row.in_force(day):
                return row
        return None

    def row(self, day: str, table: str, item: str, where: str = "") -> LegalRow:
        """The row with a known value; raises NoValue."""
        row = self.in_force(day, table, item, where)
        if row is None or row.value == OPEN:
            raise NoValue(NotKnown(table, item, where, day))
        return row
