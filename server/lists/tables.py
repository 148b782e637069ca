"""Lists that are tables of counts, events or places: what they show, ready for page and file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_login import current_user

from schemas.fields import is_partial_date
from server.errors import Problem
from server.lists.kinds import TableList
from server.lists.service import Ground, ground_of
from server.pages.sheets import Cell
from server.store.db import today


@dataclass(frozen=True, slots=True)
class Head:
    """One column: its title, its width on a sheet, and what it adds up to, where it is a number."""

    title: Any
    width: int
    number: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """A table. `links`: the page behind each row, `ids`: the record each row is about. `people`:
    how many people it names."""

    heads: Sequence[Head]
    rows: Sequence[Sequence[Cell]]
    total: Sequence[Cell] | None = None
    remarks: Sequence[str] = ()
    links: Sequence[str] = ()
    ids: Sequence[str] = ()
    people: int = 0
    link_at: int = 0
    marked: frozenset[int] = field(default_factory=frozenset)
    """Rows that somebody must look at."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a table is asked for: its ground, the day, and the month of monthly ones."""

    ground: Ground
    day: str
    month: str

    @property
    def villages(self) -> list[str]:
        return list(self.ground.villages)


Reader = Callable[[Asked], Body]


def asked_of(which: TableList, form: Mapping[str, str]) -> Asked:
    """The ground, day and month of an address or a form. Problems: malformed, not_found,
    not_allowed."""
    ground = ground_of(form.get("area", "").strip(), current_user)
    month = form.get("month", "").strip() or today()[:7]
    if len(month) != 7 or not is_partial_date(month):
        raise Problem("malformed", {"fields": {"month": ["not_a_date"]}})
    return Asked(ground, today(), month if which.monthly else "")
