"""What a kind of import would do, before it does it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from server.roster.faults import Faults
from server.roster.layout import Layout, Line
from server.roster.places import Places


class Change(NamedTuple):
    """A field that a row changes: its heading, what was known, what the row says."""

    label: str
    was: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a row: `new`, `changed` or `same`."""

    row: int
    kind: str
    changes: list[Change] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """Steps in the order of the file, each the work of one row, counted by what they do."""

    steps: list[Callable[[], None]] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    same: int = 0

    def add(self, step: Callable[[], None] | None, *, new: bool) -> None:
        """A step; None where everything already stands as the row says."""
        if step is None:
            self.same += 1
            return
        self.steps.append(step)
        if new:
            self.new += 1
        else:
            self.changed += 1

    def write(self, faults: Faults) -> int:
        """Carry the steps out inside the caller's transaction; how many rows were written."""
        for step in self.steps:
            step()
        return len(self.steps)


@dataclass(frozen=True)
class Kind:
    """A kind of import: its layout, and what makes a plan of good lines. `kept`: the rows stay a
    list of their own, beside the records."""

    layout: Layout
    plan: Callable[[Iterator[Line], Faults, Places], Plan] | None
    hint: str
    kept: bool = False


def twice(seen: dict[object, int], key: object, line: Line) -> int | None:
    """The row where this key stood before, or None; remembers it."""
    other = seen.setdefault(key, line.number)
    return None if other == line.number else other
