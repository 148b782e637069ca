"""How everybody of a village stands on any day, as the days on which that changes.

Belonging and status stay the same between the days that a record names: a card's start and end,
the day it was looked up, an answer, a right, an enrolment, moving in and out. So a village's whole
history is a few hundred counts, and any day is the last of them before it. The rule itself stays
in status.py and counting.py: it is asked once for each such day."""

import sys
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

from schemas.kinds import Status
from server.domain.counting import Tally, in_present, in_registered
from server.domain.partial import FIRST_DAY_EVER, add_days
from server.domain.status import (
    LOOKUP_DAYS,
    AnswerFacts,
    CardFacts,
    EnrolmentFacts,
    EntitlementFacts,
    status_on,
)

LAST_DAY_EVER = "9999-12-31"
NUMBERS = (*(field.name for field in fields(Tally)), "households")
"""What is counted of each day, in this order."""
WIDTH = len(NUMBERS)
_AT = {name: at for at, name in enumerate(NUMBERS)}
_DAY_SIZE = len(FIRST_DAY_EVER)

CardDays = tuple[str, str, str | None, str | None]
"""Evidence, first and last day, day of the look-up; void cards are left out."""
RightDays = tuple[str, str, str | None]
"""Kind, first and last day."""
PaidDays = tuple[str, str | None]
"""First and last day on which an enrolment that stands makes its person wait."""


class Known(NamedTuple):
    """All that decides a person's status on whatever day; whole days, as the tables hold them."""

    cards: tuple[CardDays, ...] = ()
    rights: tuple[RightDays, ...] = ()
    paid: tuple[PaidDays, ...] = ()
    answer: str | None = None
    asked_on: str | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """One person who is not merged away: the days they belong, what is known, how they count."""

    first_day: str | None
    last_day: str | None
    home_last_day: str | None
    registration: str | None
    presence: str | None
    known: Known


@dataclass(frozen=True, slots=True)
class Steps:
    """`days`: on which any number changes, in order. `sums`: the numbers that hold from each of
    them, `WIDTH` a day."""

    days: tuple[str, ...]
    sums: "array[int]"

    def on(self, day: str) -> Sequence[int]:
        """The numbers of this day, in the order of `NUMBERS`."""
        at = bisect_right(self.days, day) * WIDTH
        return self.sums[at - WIDTH : at] if at else _NOBODY

    def packed(self) -> bytes:
        """As it is stored."""
        count = len(self.days).to_bytes(4, "little")
        return count + "".join(self.days).encode("ascii") + _little(self.sums).tobytes()


_NOBODY = (0,) * WIDTH


def unpacked(stored: bytes) -> Steps:
    """What `packed` gave."""
    end = 4 + int.from_bytes(stored[:4], "little") * _DAY_SIZE
    told = stored[4:end].decode("ascii")
    sums = array("i")
    sums.frombytes(stored[end:])
    days = tuple(told[at : at + _DAY_SIZE] for at in range(0, len(told), _DAY_SIZE))
    return Steps(days, _little(sums))


def _little(sums: "array[int]") -> "array[int]":
    """The same order of bytes on every machine."""
    if sys.byteorder == "big":
        sums = array("i", sums)
        sums.byteswap()
    return sums


def steps_of(lives: Iterable[Life], homes: Mapping[str | None, int]) -> Steps:
    """The steps of a village. `homes`: how many households stand to each last day, None without
    an end."""
    moves: dict[str, list[int]] = defaultdict(lambda: [0] * WIDTH)
    known: dict[Known, list[tuple[str, Status]]] = {}
    for life in lives:
        for day, change, status in _moves(life, known):
            _count(moves[day], change, status, life)
    for last_day, number in homes.items():
        moves[FIRST_DAY_EVER][_AT["households"]] += number
        if (after := _after(last_day)) is not None:
            moves[after][_AT["households"]] -= number
    return _summed(moves)


def _summed(moves: Mapping[str, list[int]]) -> Steps:
    days = tuple(sorted(day for day, numbers in moves.items() if any(numbers)))
    sums, standing = array("i"), [0] * WIDTH
    for day in days:
        standing = [one + other for one, other in zip(standing, moves[day], strict=True)]
        sums.extend(standing)
    return Steps(days, sums)


def _moves(
    life: Life, known: dict[Known, list[tuple[str, Status]]]
) -> Iterator[tuple[str, int, Status]]:
    """Each day on which the person begins (1) or ends (-1) to be counted so. People of whom the
    same is known are worked out once."""
    first = life.first_day or FIRST_DAY_EVER
    last = min(life.last_day or LAST_DAY_EVER, life.home_last_day or LAST_DAY_EVER)
    if first > last:
        return
    stands = known.get(life.known)
    if stands is None:
        stands = known[life.known] = statuses(life.known)
    before: Status | None = None
    for at, (day, status) in enumerate(stands):
        ends = stands[at + 1][0] if at + 1 < len(stands) else None
        if day > last or (ends is not None and ends <= first):
            continue
        start = max(day, first)
        if before is not None:
            yield start, -1, before
        yield start, 1, status
        before = status
    if before is not None and (after := _after(last)) is not None:
        yield after, -1, before


def _count(numbers: list[int], change: int, status: Status, life: Life) -> None:
    covered = status is Status.COVERED
    numbers[_PEOPLE] += change
    numbers[_AT[status.value]] += change
    if life.presence == "abroad":
        numbers[_ABROAD] += change
    if in_registered(life.registration):
        numbers[_REGISTERED] += change
        numbers[_REGISTERED + 1] += change if covered else 0
    if in_present(life.presence):
        numbers[_PRESENT] += change
        numbers[_PRESENT + 1] += change if covered else 0


_PEOPLE, _ABROAD = _AT["people"], _AT["abroad"]
_REGISTERED, _PRESENT = _AT["registered"], _AT["present"]


def statuses(known: Known) -> list[tuple[str, Status]]:
    """The status from each of these days on, the first of all days included."""
    cards = [CardFacts(*card[:3], checked_on=card[3]) for card in known.cards]
    rights = [EntitlementFacts(*right) for right in known.rights]
    paid = [EnrolmentFacts(True, *days) for days in known.paid]
    answer = AnswerFacts(known.answer, known.asked_on)
    told: list[tuple[str, Status]] = []
    for day in sorted(_turns(known)):
        status = status_on(day, cards, rights, answer, paid)
        if not told or told[-1][1] is not status:
            told.append((day, status))
    return told


def _turns(known: Known) -> set[str]:
    """The days on which the status may change, and the first of all."""
    turns: set[str | None] = {FIRST_DAY_EVER, known.asked_on}
    for _evidence, first, last, checked_on in known.cards:
        turns |= {first, _after(last), checked_on, _after(checked_on, LOOKUP_DAYS)}
    for _kind, first, last in known.rights:
        turns |= {first, _after(last)}
    for first, last in known.paid:
        turns |= {first, _after(last)}
    return {day for day in turns if day is not None}


def _after(day: str | None, days: int = 0) -> str | None:
    """The day after, or after so many more; None where no calendar goes that far."""
    if day is None:
        return None
    try:
        return add_days(day, days + 1)
    except OverflowError:
        return None


def tally_of(numbers: Sequence[int]) -> tuple[Tally, int]:
    """The numbers of a day as people and households."""
    return Tally(*numbers[:-1]), numbers[-1]


def added(rows: Iterable[Sequence[int]]) -> list[int]:
    """Numbers of several villages together."""
    total = [0] * WIDTH
    for row in rows:
        total = [one + other for one, other in zip(total, row, strict=True)]
    return total
