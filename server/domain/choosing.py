"""Of two records of one person or household: what is chosen together, and which side is better."""

from collections.abc import Iterable, Mapping
from typing import Any

Data = Mapping[str, Any]

OWN = frozenset({"household", "village", "merged_into", "ended_on", "end_reason", "end_evidence",
                 "moved_to"})  # fmt: skip
"""What belongs to the record, not to the person: the record that stays keeps its own."""

TOGETHER: tuple[tuple[str, ...], ...] = (
    ("full_name", "name_is_provisional"),
    ("birth_date", "birth_is_estimate"),
    ("personal_id", "personal_id_state"),
    ("presence", "away_since", "away_place"),
    ("school", "school_other", "school_class", "boards"),
    ("insurance_answer", "insurance_asked_on", "uninsured_reason"),
    ("intends_to_join", "join_on"),
    ("social_insurance", "voluntary_paid_to"),
    ("unemployment_insurance", "unemployment_benefit_to"),
    ("guardian", "guardian_name"),
    ("birth_registration", "birth_registered_at"),
    ("since", "since_reason"),
    ("living_class", "living_class_source", "living_class_from", "living_class_to"),
    ("latitude", "longitude", "accuracy_m"),
    ("notice_version", "notice_on"),
)
"""Fields that mean something only together: taken from one side as a whole."""

_BY_DAY = {"insurance_answer": "insurance_asked_on", "notice_version": "notice_on",
           "confirmed_on": "confirmed_on", "living_class": "living_class_from"}  # fmt: skip
_PROOF = {"seen": 3, "told": 2, "not_shown": 1}


def groups_of(fields: Iterable[str]) -> list[tuple[str, ...]]:
    """The fields of an entity in their order, those that belong together in one group."""
    of_first = {group[0]: group for group in TOGETHER}
    inside = {name for group in TOGETHER for name in group[1:]}
    known = list(fields)
    return [
        tuple(name for name in of_first.get(first, (first,)) if name in known)
        for first in known
        if first not in OWN and first not in inside
    ]


def better_side(group: tuple[str, ...], one: Data, other: Data) -> int:
    """0 when the first record's values are to be proposed, 1 for the second's: what says something,
    says it more exactly, or was asked later. The first's when nothing tells them apart."""
    return int(_weight(group, other) > _weight(group, one))


def _weight(group: tuple[str, ...], data: Data) -> tuple[Any, ...]:
    first = group[0]
    value = data.get(first)
    said = any(data.get(name) is not None for name in group)
    if first == "full_name":
        accents = sum(not char.isascii() for char in str(value or ""))
        return (said, data.get("name_is_provisional") is not True, accents)
    if first == "birth_date":
        return (said, data.get("birth_is_estimate") is not True, len(str(value or "")))
    if first == "personal_id":
        return (value is not None, _PROOF.get(data.get("personal_id_state") or "", 0), said)
    if first in _BY_DAY:
        return (said, data.get(_BY_DAY[first]) or "")
    return (said,)


def better_record(one: Data, other: Data) -> int:
    """0 when the first record is to stay, 1 for the second: one that has not ended, of somebody
    with a name and a number, and of which more is known."""
    return int(_standing(other) > _standing(one))


def _standing(data: Data) -> tuple[Any, ...]:
    return (
        data.get("ended_on") is None,
        data.get("name_is_provisional") is not True,
        data.get("personal_id") is not None,
        sum(value not in (None, "") for value in data.values()),
    )
