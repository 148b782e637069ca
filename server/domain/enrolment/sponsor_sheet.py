"""What a sponsor promised, gave and has left."""

from collections.abc import Iterable
from dataclasses import dataclass

from server.domain.enrolment.sponsorships import OPEN, USED


@dataclass(frozen=True, slots=True)
class Card:
    """One sponsored card, or `people` of the same kind. Whole đồng: `amount` is what was given for
    it, `paid` what the standing enrolments that name it took."""

    state: str
    amount: int
    paid: int = 0
    people: int = 1


@dataclass(frozen=True, slots=True)
class SponsorSheet:
    """Whole đồng. `given`: what used cards took, and what open ones may still take. `balance`: of
    what was received; below zero more was given than came. `still_promised`: yet to come; below
    zero more came than was promised."""

    promised: int = 0
    received: int = 0
    cards: int = 0
    used: int = 0
    given: int = 0

    @property
    def balance(self) -> int:
        return self.received - self.given

    @property
    def still_promised(self) -> int:
        return self.promised - self.received

    @property
    def open(self) -> int:
        return self.cards - self.used


def sponsor_sheet(promised: int, received: int, cards: Iterable[Card]) -> SponsorSheet:
    """Add up one sponsor. A card taken back or lapsed counts no more: its money is free again."""
    people = used = given = 0
    for card in cards:
        if card.state == USED:
            used += card.people
            given += card.paid
        elif card.state == OPEN:
            given += card.amount
        else:
            continue
        people += card.people
    return SponsorSheet(promised, received, people, used, given)


def all_together(sheets: Iterable[SponsorSheet]) -> SponsorSheet:
    """The sums of several sponsors."""
    every = list(sheets)
    return SponsorSheet(
        sum(one.promised for one in every),
        sum(one.received for one in every),
        sum(one.cards for one in every),
        sum(one.used for one in every),
        sum(one.given for one in every),
    )
