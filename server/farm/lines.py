"""Requests and households as lines of a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from server.domain.farm.due import Due, due_of
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


def lines_of(requests: Iterable[FarmRequest]) -> list[Line]:
    """The requests with their households, what comes next, and what is late first."""
    found = list(requests)
    day, villages, tables = today(), own_villages(), legal_tables()
    known = homes({request.household_id for request in found}, day)
    lines = [
        Line(
            request,
            data_of(request),
            known[request.household_id],
            villages[request.village_id].name,
            villages[request.village_id].commune,
            due_of(tables, data_of(request), day),
        )
        for request in found
    ]
    return sorted(lines, key=lambda line: (not (line.due and line.due.overdue), line.village))
