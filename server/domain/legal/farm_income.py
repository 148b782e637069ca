"""A farm household's income, its band and the verdict. Twin: pwa/src/domain/legal/farm_income.ts.

QĐ 24/2021/QĐ-TTg Đ3 k2, TT 07/2021/TT-BLĐTBXH; bands: table `poverty` (NĐ 07/2021/NĐ-CP,
NĐ 351/2025/NĐ-CP); lines that count: table `farm_lines`. Income is Σ(revenue − cost) of twelve
months ÷ people ÷ 12; it is compared before rounding, and shown rounded down to a whole đồng.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from server.domain.legal.law import Law, answered
from server.domain.legal.money import NotAllowed
from server.domain.legal.tables import OPEN, LegalRow, NotKnown, NoValue, Tables

MONTHS = 12


@dataclass(frozen=True, slots=True)
class FarmLine:
    """A line of the worksheet, đồng of twelve months."""

    line: str
    revenue: int = 0
    cost: int = 0


@dataclass(frozen=True, slots=True)
class FarmFacts:
    """`settlement`: rural or urban. `counts`: what the commune decided on lines the law leaves
    open. `in_sector`: whether the household works in the four sectors; None: nobody decided, for
    the law knows no share of income or of workers. `deprived`: indicators of deprivation.
    """

    settlement: str
    lines: Sequence[FarmLine]
    people: int
    counts: Mapping[str, bool] = field(default_factory=dict)
    in_sector: bool | None = None
    deprived: int | None = None


@dataclass(frozen=True, slots=True)
class FarmVerdict:
    """`verdict`: candidate, not_average, not_in_sector, undecided or not_known.

    `band`: poor, near_poor, poor_or_near_poor, average, above; None where not known.
    `per_person_month` without the lines of `undecided_lines`, which the law leaves open and the
    commune has not settled; `left_out` are those that are never added. `reasons` are codes.
    """

    verdict: str
    band: str | None
    total: int
    per_person_month: int
    sector_total: int
    left_out: tuple[str, ...]
    undecided_lines: tuple[str, ...]
    reasons: tuple[str, ...]
    not_known: NotKnown | None
    rows: tuple[LegalRow, ...]


@dataclass(slots=True)
class _Sum:
    total: int = 0
    sector: int = 0
    least: int = 0
    most: int = 0
    left_out: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)


@answered
def farm_verdict(tables: Tables, day: str, facts: FarmFacts) -> FarmVerdict | NotAllowed:
    """The verdict by the bands of the day of the determination."""
    if facts.people < 1:
        return NotAllowed("no_people", "people")
    if any(line.revenue < 0 or line.cost < 0 for line in facts.lines):
        return NotAllowed("negative_amount", "lines")
    law = Law(tables, day)
    added = _add(law, facts)
    months = facts.people * MONTHS
    not_known = _open_limit(law, facts)
    band = _band_as_known(law, facts, added.total)
    verdict, reasons = _verdict(law, facts, added, band, not_known)
    return FarmVerdict(
        verdict=verdict,
        band=band,
        total=added.total,
        per_person_month=added.total // months,
        sector_total=added.sector,
        left_out=tuple(added.left_out),
        undecided_lines=tuple(added.undecided),
        reasons=tuple(reasons),
        not_known=not_known,
        rows=law.rows,
    )


def _add(law: Law, facts: FarmFacts) -> _Sum:
    added = _Sum()
    for line in facts.lines:
        result = line.revenue - line.cost
        row = law.find("farm_lines", line.line)
        if row is None:
            raise NoValue(NotKnown("farm_lines", line.line, "", law.day))
        counts = facts.counts.get(line.line) if row.value == OPEN else row.value == "yes"
        if counts is None:
            added.undecided.append(line.line)
            added.least += min(result, 0)
            added.most += max(result, 0)
        elif counts:
            added.total += result
            if law.find("farm_lines", f"sector_{line.line}"):
                added.sector += result
        else:
            added.left_out.append(line.line)
    return added


def _open_limit(law: Law, facts: FarmFacts) -> NotKnown | None:
    """Without both limits of the average class nothing is concluded, not even 'below it'."""
    try:
        for item in ("average_above", "average_to"):
            law.number("poverty", item, facts.settlement)
    except NoValue as stop:
        return stop.what
    return None


def _band_as_known(law: Law, facts: FarmFacts, total: int) -> str | None:
    try:
        return _band(law, facts, total)
    except NoValue:
        return None


def _band(law: Law, facts: FarmFacts, total: int) -> str:
    """Low bound exclusive, high bound inclusive."""
    months = facts.people * MONTHS
    if total <= law.number("poverty", "poor_to", facts.settlement) * months:
        if facts.deprived is None:
            return "poor_or_near_poor"
        poor = facts.deprived >= law.number("poverty", "poor_indicators")
        return "poor" if poor else "near_poor"
    above = law.number("poverty", "average_above", facts.settlement) * months
    to = law.number("poverty", "average_to", facts.settlement) * months
    return "average" if above < total <= to else "above"


def _verdict(
    law: Law, facts: FarmFacts, added: _Sum, band: str | None, not_known: NotKnown | None
) -> tuple[str, list[str]]:
    if not_known is not None:
        return "not_known", ["band_not_known"]
    extremes = {_band(law, facts, added.total + more) for more in (added.least, added.most)}
    if added.undecided and len(extremes | {band}) > 1:
        return "undecided", ["lines_undecided"]
    if band != "average":
        return "not_average", [f"band_{band}"]
    if facts.in_sector is None:
        return "undecided", ["band_average", "sector_undecided"]
    if not facts.in_sector:
        return "not_in_sector", ["band_average", "not_in_sector"]
    return "candidate", ["band_average", "in_sector"]
