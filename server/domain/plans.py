"""What is odd in a plan, each with its reason. Nothing here refuses: what a document says is kept
as it says it, and people are told where its numbers cannot all be right."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from schemas.kinds import Indicator, PlanBasis
from server.domain.numbers import percent
from server.domain.partial import first_day

BHYT = Indicator.BHYT_COVERAGE.value
BHXH = Indicator.SOCIAL_INSURANCE.value
PARTS_OF_PEOPLE = (
    Indicator.CHILDREN_UNDER_6.value,
    Indicator.PUPILS.value,
    Indicator.BUDGET_GROUPS.value,
)
"""Their denominators are some of the people of the area."""
PARTS_OF_BHXH = (
    Indicator.VOLUNTARY_SOCIAL_INSURANCE.value,
    Indicator.UNEMPLOYMENT_INSURANCE.value,
)
"""Whoever joins one of these is counted in BHXH, too."""

OF_ROWS = ("deadline_elsewhere", "area_twice")

Numbers = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Line:
    """A target as a plan says it. `above`: the area of the plan whose part this area is. `holder`:
    whose part of the area's target it is; empty for the area's own. `row`: where it stands in a
    file. Percentages are decimal text."""

    area: str
    name: str
    indicator: str
    above: str | None = None
    month: int | None = None
    holder: str = ""
    population: int | None = None
    planned: int | None = None
    goal_percent: str | None = None
    printed_percent: str | None = None
    deadline: str | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Odd:
    """A figure that cannot be right as it stands. `code`: which rule; `more`: what its sentence
    needs, numbers and percentages as they are."""

    code: str
    area: str
    name: str
    indicator: str | None
    row: int = 0
    more: dict[str, Any] = field(default_factory=dict)


def odd_figures(year: int, lines: Sequence[Line], numbers: Numbers | None = None) -> list[Odd]:
    """Everything odd in a plan of a year, in the order of its lines. `numbers`: what it says of
    its areas beside the targets, by area and `PlanBasis`."""
    found = [*_of_lines(year, lines), *_twice(lines), *_sums(lines), *_goals(lines)]
    found += [*_holders(lines), *_months(lines), *_denominators(lines, numbers or {})]
    order = {line.area: place for place, line in reversed(list(enumerate(lines)))}
    return sorted(_said_once(found), key=lambda odd: order.get(odd.area, len(order)))


def _said_once(found: Sequence[Odd]) -> Iterator[Odd]:
    """What is odd in a row whatever its indicator is told of the row, not of each indicator."""
    rows: dict[tuple[Any, ...], list[Odd]] = defaultdict(list)
    for odd in found:
        own = "" if odd.code in OF_ROWS else odd.indicator
        rows[(odd.code, odd.area, odd.row, own, *odd.more.items())].append(odd)
    for same in rows.values():
        yield same[0] if len(same) == 1 else replace(same[0], indicator=None)


def rate_fits(printed: str, part: int, whole: int) -> bool:
    """True when a printed rate is what the counts give, as exactly as it was printed."""
    shown = Decimal(printed)
    exact = Decimal(part) * 100 / Decimal(whole)
    return exact.quantize(Decimal(1).scaleb(_exponent(shown)), ROUND_HALF_UP) == shown


def _printed_right(printed: str | None, part: int, whole: int) -> bool:
    return printed is None or rate_fits(printed, part, whole)


def _exponent(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    # A rate is printed with two decimals at most worth comparing; 95 may stand for 95,0.
    return max(-2, min(0, int(exponent)))


def _of_lines(year: int, lines: Iterable[Line]) -> Iterator[Odd]:
    for line in lines:
        part, whole = line.planned, line.population
        if part is not None and whole is not None and part > whole:
            yield _odd("part_above_whole", line, part=part, whole=whole)
        elif part is not None and whole and not _printed_right(line.printed_percent, part, whole):
            yield _odd("rate_differs", line, part=part, whole=whole,
                       printed=line.printed_percent, computed=percent(part, whole))  # fmt: skip
        if line.deadline and first_day(line.deadline)[:4] != str(year):
            yield _odd("deadline_elsewhere", line, deadline=line.deadline, year=year)


def _twice(lines: Iterable[Line]) -> Iterator[Odd]:
    seen: dict[tuple[Any, ...], Line] = {}
    for line in lines:
        key = (line.area, line.indicator, line.month, line.holder)
        first = seen.setdefault(key, line)
        if first is not line:
            yield _odd("area_twice", line, other=first.row)


def _sums(lines: Sequence[Line]) -> Iterator[Odd]:
    """A total beside the sum of its parts, for targets and for denominators."""
    parts = _by_above(lines)
    for line in lines:
        below = parts.get((line.area, line.indicator, line.month), [])
        if line.holder or len(below) < 2:
            continue
        for name, code in (("planned", "sum_differs"), ("population", "people_differ")):
            total, each = getattr(line, name), [getattr(part, name) for part in below]
            if total is not None and None not in each and sum(each) != total:
                yield _odd(code, line, total=total, sum=sum(each), gap=abs(sum(each) - total),
                           lines=len(each))  # fmt: skip


def _by_above(lines: Iterable[Line]) -> dict[tuple[Any, ...], list[Line]]:
    parts: dict[tuple[Any, ...], list[Line]] = defaultdict(list)
    seen: set[tuple[Any, ...]] = set()
    for line in lines:
        key = (line.area, line.indicator, line.month)
        if line.above and not line.holder and key not in seen:
            seen.add(key)
            parts[(line.above, line.indicator, line.month)].append(line)
    return parts


def _goals(lines: Sequence[Line]) -> Iterator[Odd]:
    """What an area is given, below what the area above it is to reach."""
    own = {(line.area, line.indicator, line.month): line for line in lines if not line.holder}
    for line in lines:
        above = own.get((line.above or "", line.indicator, line.month))
        if line.holder or line.month is not None:
            continue
        given = _rate(line)
        if above and above.goal_percent and given and _less(given, above.goal_percent):
            yield _odd("below_above", line, given=given, goal=above.goal_percent, above=above.name)
        elif line.goal_percent and line.planned is not None and line.population:
            counted = percent(line.planned, line.population)
            if counted and _less(counted, line.goal_percent):
                yield _odd("below_goal", line, given=counted, goal=line.goal_percent)


def _rate(line: Line) -> str | None:
    """What a line asks for, in percent: as counted, else its goal, else as printed."""
    counted = percent(line.planned, line.population) if line.planned is not None else None
    return counted or line.goal_percent or line.printed_percent


def _less(one: str, other: str) -> bool:
    return Decimal(one) < Decimal(other)


def _holders(lines: Sequence[Line]) -> Iterator[Odd]:
    """What several people, schools or agencies of an area are given together, above its target."""
    given: dict[tuple[Any, ...], int] = defaultdict(int)
    for line in lines:
        if line.holder and line.planned is not None:
            given[(line.area, line.indicator, line.month)] += line.planned
    for line in lines:
        held = given.get((line.area, line.indicator, line.month), 0)
        if not line.holder and line.planned is not None and held > line.planned:
            yield _odd("holders_above", line, sum=held, total=line.planned, gap=held - line.planned)


def _months(lines: Sequence[Line]) -> Iterator[Odd]:
    """Milestones are counts so far: they never fall, and the last is not above the year's."""
    years = {(line.area, line.indicator, line.holder): line for line in lines if not line.month}
    steps: dict[tuple[Any, ...], list[Line]] = defaultdict(list)
    for line in lines:
        if line.month and line.planned is not None:
            steps[(line.area, line.indicator, line.holder)].append(line)
    for key, found in steps.items():
        found.sort(key=lambda line: line.month or 0)
        for before, after in zip(found, found[1:], strict=False):
            if (after.planned or 0) < (before.planned or 0):
                yield _odd("month_falls", after, month=after.month, part=after.planned,
                           before=before.month, whole=before.planned)  # fmt: skip
        whole = years[key].planned if key in years else None
        if whole is not None and (found[-1].planned or 0) > whole:
            yield _odd("month_above_year", found[-1], month=found[-1].month,
                       part=found[-1].planned, whole=whole)  # fmt: skip


def _denominators(lines: Sequence[Line], numbers: Numbers) -> Iterator[Odd]:
    """Of one area: denominators, and numbers of people, that cannot stand side by side."""
    by_area: dict[str, dict[str, Line]] = defaultdict(dict)
    for line in lines:
        if not line.holder and line.month is None:
            by_area[line.area].setdefault(line.indicator, line)
    for area, own in by_area.items():
        told = {basis: numbers.get((area, basis)) for basis in map(str, PlanBasis)}
        some = next(iter(own.values()))
        yield from _against_people(some, own, told)
        yield from _against_bhxh(own)


def _against_people(
    some: Line, own: Mapping[str, Line], told: Mapping[str, int | None]
) -> Iterator[Odd]:
    people = own[BHYT].population if BHYT in own else None
    if people is not None and told["population"] is not None and people != told["population"]:
        yield _odd("two_populations", own[BHYT], part=people, whole=told["population"])
    people = people if people is not None else told["population"]
    labour = own[BHXH].population if BHXH in own else None
    labour = labour if labour is not None else told["labour_force"]
    for code, part, whole, line in (
        ("labour_above_age", labour, told["working_age"], own.get(BHXH, some)),
        ("labour_above_people", labour, people, own.get(BHXH, some)),
        ("age_above_people", told["working_age"], people, some),
    ):
        if part is not None and whole is not None and part > whole:
            yield _odd(code, line, part=part, whole=whole)
    for indicator in PARTS_OF_PEOPLE:
        part = own[indicator].population if indicator in own else None
        if part is not None and people is not None and part > people:
            yield _odd("group_above_people", own[indicator], part=part, whole=people)


def _against_bhxh(own: Mapping[str, Line]) -> Iterator[Odd]:
    bhxh = own.get(BHXH)
    if bhxh is None:
        return
    for indicator in PARTS_OF_BHXH:
        line = own.get(indicator)
        if line is None:
            continue
        if line.planned is not None and bhxh.planned is not None and line.planned > bhxh.planned:
            yield _odd("part_above_bhxh", line, part=line.planned, whole=bhxh.planned)
    voluntary, whole = own.get(PARTS_OF_BHXH[0]), bhxh.population
    if voluntary and whole and voluntary.population not in (None, whole):
        yield _odd("two_labour_forces", voluntary, part=voluntary.population, whole=whole)


def _odd(code: str, line: Line, **more: Any) -> Odd:
    return Odd(code, line.area, line.name, line.indicator, line.row, more)
