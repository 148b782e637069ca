"""Who belongs to the count on a day, and the count. Twin: pwa/src/domain/counting.ts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from schemas.kinds import Status
from server.domain.partial import first_day, last_day
from server.domain.status import AnswerFacts, CardFacts, EnrolmentFacts, EntitlementFacts, status_on


@dataclass(frozen=True, slots=True)
class Residence:
    """Where a person belongs in time: partial dates as recorded."""

    since: str | None = None
    ended_on: str | None = None
    merged: bool = False


def belongs_on(day: str, residence: Residence, household_ended_on: str | None = None) -> bool:
    """True when the person belongs to the count on the day.

    A rough `since` counts from its first day, or whoever came 'in 2026' would be missing all
    year; a rough end counts to its last. On the day of the end itself one still belongs.
    """
    if residence.merged or (residence.since and first_day(residence.since) > day):
        return False
    ends = (residence.ended_on, household_ended_on)
    return not any(end and last_day(end) < day for end in ends)


def in_registered(registration: str | None) -> bool:
    """True for the population registered here, permanently or temporarily."""
    return registration in ("permanent", "temporary")


def in_present(presence: str | None) -> bool:
    """True for the population really present."""
    return presence == "here"


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """All that the count asks of one person."""

    cards: Sequence[CardFacts] = ()
    entitlements: Sequence[EntitlementFacts] = ()
    answer: AnswerFacts = AnswerFacts()
    residence: Residence = Residence()
    household_ended_on: str | None = None
    registration: str | None = None
    presence: str | None = None
    enrolments: Sequence[EnrolmentFacts] = ()


@dataclass(slots=True)
class Tally:
    """People who belong to the count, by status, and the lines that stand apart."""

    people: int = 0
    covered: int = 0
    elsewhere: int = 0
    starting: int = 0
    unconfirmed: int = 0
    expired: int = 0
    none: int = 0
    not_asked: int = 0
    abroad: int = 0
    registered: int = 0
    registered_covered: int = 0
    present: int = 0
    present_covered: int = 0

    @property
    def uninsured(self) -> int:
        return self.expired + self.none

    def add(self, status: Status, registration: str | None, presence: str | None) -> None:
        """Count one person who belongs."""
        covered = status is Status.COVERED
        registered, present = in_registered(registration), in_present(presence)
        self.people += 1
        setattr(self, status.value, getattr(self, status.value) + 1)
        self.abroad += presence == "abroad"
        self.registered += registered
        self.registered_covered += registered and covered
        self.present += present
        self.present_covered += present and covered


COUNTS = tuple(field.name for field in fields(Tally))


def summed(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    total = Tally()
    for one in tallies:
        for name in COUNTS:
            setattr(total, name, getattr(total, name) + getattr(one, name))
    return total


def tally(day: str, people: Iterable[PersonFacts]) -> Tally:
    """Count the people who belong on the day."""
    counts = Tally()
    for person in people:
        if belongs_on(day, person.residence, person.household_ended_on):
            status = status_on(
                day, person.cards, person.entitlements, person.answer, person.enrolments
            )
            counts.add(status, person.registration, person.presence)
    return counts
