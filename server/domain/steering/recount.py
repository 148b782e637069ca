"""The population of a village as each office counts it, and the rate under each of these counts.

Three populations (official, registered, present) are told apart by the plans; the police's and the
agreed one are typed from the paper that the commune, the police and the village have signed."""

from dataclasses import dataclass
from enum import StrEnum

from server.domain.counting import Tally
from server.domain.numbers import percent


class Count(StrEnum):
    """Who counts: the plan, the police, the survey by registration, the survey by presence, and
    what the three offices have agreed on."""

    OFFICIAL = "official"
    POLICE = "police"
    REGISTERED = "registered"
    PRESENT = "present"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate with its own denominator, and the numerator that fits it."""

    count: Count
    covered: int
    population: int | None

    @property
    def percent(self) -> str | None:
        return percent(self.covered, self.population)


def rates(
    tally: Tally, official: int | None, police: int | None, agreed: int | None
) -> dict[Count, Rate]:
    """The rate under each denominator. Counts of the survey take their own people with a card; the
    others, which name nobody, take all of them."""
    all_covered = tally.covered
    return {
        Count.OFFICIAL: Rate(Count.OFFICIAL, all_covered, official),
        Count.POLICE: Rate(Count.POLICE, all_covered, police),
        Count.REGISTERED: Rate(Count.REGISTERED, tally.registered_covered, tally.registered),
        Count.PRESENT: Rate(Count.PRESENT, tally.present_covered, tally.present),
        Count.AGREED: Rate(Count.AGREED, all_covered, agreed),
    }


def together(parts: list[int | None]) -> int | None:
    """The sum over villages; None as soon as one of them has no count."""
    known = [part for part in parts if part is not None]
    return sum(known) if parts and len(known) == len(parts) else None
