"""Requests and households as lines of a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from server.domain.farm.due import DUE_BY, Due, due_of
from server.farm.scope import data_of
from server.pages.scope import own_villages
from server.store.db import today
from server.store.farm import Home, homes
from server.store.legal import legal_tables
from server.store.records import FarmRequest


@dataclass(frozen=True, slots=True)
class Line:
    request: FarmRequest
    data: dict[str, Any]
    home: Home
    village: str
    commune: str
    due: Due | None

    @property
    def name(self) -> str:
        return self.home.head or self.home.code or _("hộ chưa có mã")


@dataclass(frozen=True, slots=True)
class Dated:
    """A request with what comes next for it."""

    request: FarmRequest
    data: dict[str, Any]
    due: Due | None

    @property
    def overdue(self) -> bool:
        return bool(self.due and self.due.overdue)


def dated(requests: Iterable[FarmRequest]) -> list[Dated]:
    """The requests with their due dates, what is late first, then by village, the oldest first."""
    day, villages, tables = today(), own_villages(), legal_tables()
    known: dict[tuple[Any, ...], Due | None] = {}
    found = []
    for request in requests:
        data = data_of(request)
        # Hundreds of requests share a few days, and a day off is looked up in the law's tables.
        key = tuple(data.get(name) for name in DUE_BY)
        if key not in known:
            known[key] = due_of(tables, data, day)
        found.append(Dated(request, data, known[key]))
    return sorted(found, key=lambda one: (not one.overdue, villages[one.request.village_id].name))


def lines_in_order(found: Sequence[Dated]) -> list[Line]:
    """The same as lines, each with its household."""
    villages = own_villages()
    known = homes({one.request.household_id for one in found}, today())
    return [
        Line(
            one.request,
            one.data,
            known[one.request.household_id],
            villages[one.request.village_id].name,
            villages[one.request.village_id].commune,
            one.due,
        )
        for one in found
    ]


def lines_of(requests: Iterable[FarmRequest]) -> list[Line]:
    """The requests with their households, what comes next, and what is late first."""
    return lines_in_order(dated(requests))
