"""The law on one day, remembering which rows were read. Twin: pwa/src/domain/legal/law.ts."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from server.domain.legal.tables import LegalRow, NotKnown, NoValue, Tables

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class Law:
    """What the tables say on a day. `rows` are those a rule has read, in that order."""

    def __init__(self, tables: Tables, day: str) -> None:
        self.tables, self.day = tables, day
        self._read: dict[LegalRow, None] = {}

    @property
    def rows(self) -> tuple[LegalRow, ...]:
        return tuple(self._read)

    def find(self, table: str, item: str, where: str = "") -> LegalRow | None:
        """The row in force, even when it says `OPEN`, or None; remembered when there is one."""
        row = self.tables.in_force(self.day, table, item, where)
        if row is not None:
            self._read[row] = None
        return row

    def row(self, table: str, item: str, where: str = "") -> LegalRow:
        """The row in force with a known value, remembered; raises NoValue."""
        row = self.tables.row(self.day, table, item, where)
        self._read[row] = None
        return row

    def text(self, table: str, item: str, where: str = "") -> str:
        """A value as text; raises NoValue."""
        return self.row(table, item, where).value

    def number(self, table: str, item: str, where: str = "") -> int:
        """A whole number; raises NoValue."""
        return int(self.row(table, item, where).value)

    def numbers(self, table: str, prefix: str) -> tuple[int, ...]:
        """The numbers of `prefix_1`, `prefix_2` and so on, as far as rows are in force."""
        found: list[int] = []
        while self.tables.in_force(self.day, table, f"{prefix}_{len(found) + 1}"):
            found.append(self.number(table, f"{prefix}_{len(found) + 1}"))
        if not found:
            raise NoValue(NotKnown(table, f"{prefix}_1", "", self.day))
        return tuple(found)


def answered(rule: Callable[Given, Answer]) -> Callable[Given, Answer | NotKnown]:
    """A rule that stops where no value is known, and answers so instead of raising."""

    @wraps(rule)
    def answer(*args: Given.args, **kwargs: Given.kwargs) -> Answer | NotKnown:
        try:
            return rule(*args, **kwargs)
        except NoValue as stop:
            return stop.what

    return answer


def known(answer: Answer | NotKnown) -> Answer:
    """The value of another rule's answer; raises NoValue when it is not known."""
    if isinstance(answer, NotKnown):
        raise NoValue(answer)
    return answer
