"""The people of a commune as they are compared."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from sqlalchemy import Select, select

from server.linking.rows import HouseholdRecord, PersonRecord
from server.store.db import db
from server.store.places import Area
from server.store.records import Household, Member


def villages_in(commune: str) -> Select[Any]:
    return select(Area.id).where(Area.parent_id == commune)


def households_of(commune: str) -> list[HouseholdRecord]:
    """The commune's households. What was merged or ended as a double is settled already."""
    return [
        HouseholdRecord(id_, village, data)
        for id_, village, _home, data in _records(Household, commune)
    ]


def people_of(commune: str, made: Mapping[str, str]) -> list[PersonRecord]:
    """The commune's people, in the same way. `made`: who entered each on which day."""
    return [
        PersonRecord(id_, village, home, data, made.get(id_))
        for id_, village, home, data in _records(Member, commune)
    ]


def _records(
    table: type[Household] | type[Member], commune: str
) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    query = select(table.id, table.village_id, table.household_id, table.data).where(
        table.village_id.in_(villages_in(commune)), table.merged_into.is_(None)
    )
    for id_, village, home, data in db.session.execute(query):
        read = orjson.loads(data)
        if read.get("end_reason") != "duplicate":
            yield id_, village, home, read
