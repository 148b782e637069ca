"""What talks of a period came to: sums by village, kind, collector, and who mobilised."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from schemas.kinds import LeadOutcome

OPEN = "open"
OUTCOMES = (*(outcome.value for outcome in LeadOutcome), OPEN)


@dataclass(frozen=True, slots=True)
class Group:
    """So many leads that agree in all of this. `outcome`: `open` where there is none yet."""

    village: str
    kind: str
    collector: str
    mobilised_by: str
    outcome: str
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: `key` is what its leads agree in."""

    key: str
    joined: int
    call_later: int
    no: int
    not_found: int
    open: int

    @property
    def total(self) -> int:
        return self.joined + self.call_later + self.no + self.not_found + self.open


@dataclass(frozen=True, slots=True)
class Tally:
    """`mobilisers`: of who joined only; the rest were mobilised by nobody."""

    villages: list[Line]
    kinds: list[Line]
    collectors: list[Line]
    mobilisers: list[Line]
    sum: Line


def tally(groups: Iterable[Group]) -> Tally:
    """The tables of these leads, each row once; whoever achieved most stands first."""
    every = list(groups)
    joined = [one for one in every if one.outcome == LeadOutcome.JOINED]
    return Tally(
        villages=_lines(every, lambda one: one.village),
        kinds=_lines(every, lambda one: one.kind),
        collectors=_lines(every, lambda one: one.collector),
        mobilisers=_lines(joined, lambda one: one.mobilised_by),
        sum=_line("", every),
    )


def _lines(groups: Iterable[Group], key: Callable[[Group], str]) -> list[Line]:
    found: dict[str, list[Group]] = defaultdict(list)
    for one in groups:
        found[key(one)].append(one)
    lines = [_line(name, ones) for name, ones in found.items()]
    return sorted(lines, key=lambda line: (-line.joined, -line.total, line.key))


def _line(key: str, groups: Iterable[Group]) -> Line:
    sums = dict.fromkeys(OUTCOMES, 0)
    for one in groups:
        sums[one.outcome] += one.count
    return Line(key, *(sums[name] for name in OUTCOMES))
