"""Which requests are whole files, and what the others lack."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from server.domain.farm.procedure import UNDER_WAY
from server.domain.lacking import Filed, Lack, request_lacks
from server.farm.scope import data_of
from server.store.farm import people_of_each, worksheets_of_each
from server.store.records import FarmRequest, Member

ASKED = ("draft", *UNDER_WAY)


def lacks_of(requests: Iterable[FarmRequest], day: str) -> dict[str, list[Lack]]:
    """What each request under way lacks, by its id; what was decided is not asked any more."""
    asked = [(one, data_of(one)) for one in requests if one.state in ASKED]
    people = people_of_each({one.household_id for one, _ in asked}, day)
    sheets = worksheets_of_each({one.household_id: data.get("assessment") for one, data in asked})
    return {
        one.id: request_lacks(
            Filed(one.id, data),
            one.household_id,
            _filed(people[one.household_id]),
            _sheet(sheets.get(one.household_id)),
        )
        for one, data in asked
    }


def _filed(people: Sequence[Member]) -> list[Filed]:
    return [Filed(one.id, orjson.loads(one.data)) for one in people]


def _sheet(sheet: tuple[str, dict[str, Any]] | None) -> Filed | None:
    return Filed(*sheet) if sheet else None
