"""From when to when the card of a row runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.domain.legal.candidates import ENTITLED, rights_on
from server.domain.legal.card_dates import CardDates, child_card, decided_card
from server.domain.legal.facts import PersonFacts
from server.domain.legal.tables import Tables

CHILD = "TE"
BY_LIVING_CLASS = ("HN", "CN", "minority_near_poor")
Span = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Begins:
    """`group` of the list, the `day` on which its rules are asked, and `cards_from`: the first day
    of its cards where the law names none."""

    group: str
    day: str
    cards_from: str | None = None


def card_span(facts: PersonFacts, paid: Mapping[str, Any], tables: Tables, begins: Begins) -> Span:
    """First and last day: of what was paid for; of a child from birth (NĐ 188/2025 Đ13); of who a
    decision names its days; of all others the list's own first day and the end of their right."""
    if paid:
        return paid.get("card_from"), paid.get("card_to")
    found: object = None
    if begins.group == CHILD and facts.birth_date:
        found = child_card(tables, begins.day, facts.birth_date)
    elif begins.group in BY_LIVING_CLASS and facts.living_class_from:
        found = decided_card(tables, facts.living_class_from, facts.living_class_to)
    if isinstance(found, CardDates):
        return found.valid_from, found.valid_to
    ends = [
        right.valid_to
        for right in rights_on(begins.day, facts)
        if begins.group in (right.kind, ENTITLED.get(right.kind)) and right.valid_to
    ]
    return begins.cards_from, min(ends, default=None)
