"""What an insurance period on a list adds to the cards of a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from server.domain.partial import FIRST_DAY_EVER, last_day

NO_END = "9999-12-31"


class Step(StrEnum):
    """`differs`: the list ends earlier than what is recorded; a person decides, the list does
    not."""

    ADD = "add"
    KNOWN = "known"
    NOTHING = "nothing"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Period:
    """What is to be done with a row's period. `cards`: those that the list ends earlier, by id."""

    step: Step
    values: Mapping[str, Any]
    cards: tuple[str, ...] = ()


def period_of(
    row: Mapping[str, Any],
    cards: Iterable[tuple[str, Mapping[str, Any]]],
    evidence: str,
    made_on: str,
) -> Period:
    """What the period of a row does to the cards of its person. `made_on`: the day the list was
    made, on which the period was looked up; `cards`: id and record of each."""
    if not (row.get("valid_from") or row.get("valid_to")):
        return Period(Step.NOTHING, {})
    values = _values(row, evidence, made_on)
    counting = [
        (id_, card)
        for id_, card in cards
        if not card.get("void_reason") and card.get("evidence") != "told"
    ]
    longer = tuple(id_ for id_, card in counting if _ends_later(card, row))
    if longer:
        return Period(Step.DIFFERS, values, longer)
    same = [card for _id, card in counting if _same_days(card, row)]
    return Period(Step.KNOWN if _says_no_more(values, same) else Step.ADD, values)


def _values(row: Mapping[str, Any], evidence: str, made_on: str) -> dict[str, Any]:
    said = {
        "evidence": evidence,
        "number": row.get("card_number"),
        "insurance_group": row.get("insurance_group"),
        "valid_from": row.get("valid_from"),
        "valid_to": row.get("valid_to"),
        "checked_on": made_on,
        "first_clinic": row.get("first_clinic"),
    }
    return {name: value for name, value in said.items() if value}


def _same_days(card: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    return all(card.get(name) == row.get(name) for name in ("valid_from", "valid_to"))


def _ends_later(card: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """The recorded period runs into the list's and ends after it. A card without an end claims
    none."""
    if not row.get("valid_to") or not card.get("valid_to"):
        return False
    listed, recorded = last_day(row["valid_to"]), last_day(card["valid_to"])
    begins = card.get("valid_from") or FIRST_DAY_EVER
    return recorded > listed and begins <= listed


def _says_no_more(values: Mapping[str, Any], same: Iterable[Mapping[str, Any]]) -> bool:
    """An equal period is recorded, and the list would add neither a number nor, where no end is
    known, a later look."""
    return any(
        (values.get("valid_to") or (card.get("checked_on") or "") >= values["checked_on"])
        and (card.get("number") or not values.get("number"))
        for card in same
    )


def covers(row: Mapping[str, Any], day: str) -> bool:
    """True while the period of the row has not ended; one without an end has not."""
    end = row.get("valid_to")
    return (last_day(end) if end else NO_END) >= day
