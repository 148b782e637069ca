"""Checks of the people of one household together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from server.domain.findings.base import Finding, warns, years_between
from server.domain.text import fold_tight

ADULT_AGE = 15
LEAST_AGE_OF_PARENT = 12


def check_household(members: Sequence[Mapping[str, Any]], today: str) -> list[Finding]:
    """Heads, likely duplicates and ages that contradict the relations. All of it warns:
    phones offline may both be right, and a household is repaired by people."""
    living = [data for data in members if not data.get("ended_on") and not data.get("merged_into")]
    if not living:
        return [warns("nobody_left", "ended_on")] if members else []
    return [*_head(living), *_twice(living), *_only_children(living, today), *_generations(living)]


def _head(living: list[Mapping[str, Any]]) -> list[Finding]:
    heads = sum(data.get("relation") == "head" for data in living)
    if heads == 1:
        return []
    return [warns("two_heads" if heads else "no_head", "relation")]


def _twice(living: list[Mapping[str, Any]]) -> list[Finding]:
    found = []
    numbers = Counter(data["personal_id"] for data in living if data.get("personal_id"))
    people = Counter(
        (fold_tight(data["full_name"]), data["birth_date"])
        for data in living
        if data.get("full_name") and data.get("birth_date")
    )
    if any(count > 1 for count in numbers.values()):
        found.append(warns("personal_id_twice", "personal_id"))
    if any(count > 1 for count in people.values()):
        found.append(warns("person_twice", "full_name"))
    return found


def _only_children(living: list[Mapping[str, Any]], today: str) -> list[Finding]:
    births = [data.get("birth_date") for data in living]
    children = all(birth and years_between(birth, today) < ADULT_AGE for birth in births)
    return [warns("only_children", "birth_date")] if children else []


def _generations(living: list[Mapping[str, Any]]) -> list[Finding]:
    """Parents are older than their children by at least twelve years."""
    heads = [data for data in living if data.get("relation") == "head" and data.get("birth_date")]
    if len(heads) != 1:
        return []
    head = heads[0]["birth_date"]
    for data in living:
        birth, relation = data.get("birth_date"), data.get("relation")
        if not birth:
            continue
        gap = years_between(head, birth) if relation == "child" else years_between(birth, head)
        if relation in ("child", "parent") and gap < LEAST_AGE_OF_PARENT:
            return [warns("generations", "birth_date")]
    return []
