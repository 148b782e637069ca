"""How many heads are missing, and how far winning everybody who can be won would bring a place."""

from collections.abc import Mapping
from dataclasses import dataclass

from server.domain.numbers import percent


@dataclass(frozen=True, slots=True)
class Heads:
    """People of one place on a day. `missing`: to its own target, None without one; `goal_rate`:
    that target in percent, of the plan of the `year`. `population`: the denominator of the plan,
    None where it names none: then rates are of `people`, those recorded. `kinds`: the uninsured by
    kind, None where nobody could count them. `unconfirmed` and `not_asked` stand beside, never
    inside."""

    covered: int
    people: int
    uninsured: int
    unconfirmed: int
    not_asked: int
    missing: int | None = None
    goal_rate: str | None = None
    population: int | None = None
    deadline: str | None = None
    year: int | None = None
    kinds: Mapping[str, int] | None = None

    @property
    def whole(self) -> int:
        """The denominator of both rates."""
        return self.population or self.people

    @property
    def rate(self) -> str | None:
        return percent(self.covered, self.whole)

    @property
    def rate_won(self) -> str | None:
        """The rate once every uninsured person has a card; None of nobody."""
        return percent(self.covered + self.uninsured, self.whole)

    @property
    def still_missing(self) -> int:
        """Heads that are missing even then: only who is not known yet can fill them."""
        return max(0, (self.missing or 0) - self.uninsured)

    @staticmethod
    def reach(rate: str | None) -> float:
        """A rate as a length of a hundred: more people than the plan knows reach no further."""
        return min(100.0, float(rate or 0))
