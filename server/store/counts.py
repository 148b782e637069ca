"""How everybody in a village stands, counted once and kept until its feed moves."""

from collections.abc import Sequence
from typing import NamedTuple

from server.store.kept import KeptByVillage
from server.store.status_sql import count_people

KEPT = 4_000


class Count(NamedTuple):
    """People of one status in a village, and how many of them are abroad, registered, present."""

    village_id: str
    status: str
    people: int
    abroad: int
    registered: int
    present: int


_kept = KeptByVillage[tuple[Count, ...]](KEPT, lambda counts: 1)


def counts_by_village(day: str, villages: Sequence[str]) -> list[Count]:
    """How everybody who belongs to these villages on the day stands."""
    found = _kept.of(day, villages, lambda missing: _count(day, missing))
    return [count for counts in found.values() for count in counts]


def _count(day: str, villages: Sequence[str]) -> dict[str, tuple[Count, ...]]:
    found: dict[str, tuple[Count, ...]] = dict.fromkeys(villages, ())
    for row in count_people(day, villages):
        count = Count._make(row)
        found[count.village_id] = (*found[count.village_id], count)
    return found
