"""The worksheet of a request, counted by the law of a day, with what the commune decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.kinds import AreaFact, AreaLevel
from server.domain.legal.farm_income import FarmFacts, FarmLine, FarmVerdict, farm_verdict
from server.domain.legal.money import NotAllowed
from server.domain.legal.tables import OPEN, LegalRow, NotKnown
from server.domain.text import fold
from server.store.areas import facts_on, lineage
from server.store.farm import worksheet_of
from server.store.legal import legal_tables

URBAN_WORDS = ("phuong", "thi tran")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the worksheet, đồng. `counts`: None where nobody has decided yet."""

    line: str
    name: str
    revenue: int
    cost: int
    counts: bool | None
    open: bool

    @property
    def result(self) -> int:
        return self.revenue - self.cost


@dataclass(frozen=True, slots=True)
class Settlement:
    """`source` is empty where the kind of commune had to be read off its name."""

    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Assessed:
    """`verdict` is None without a worksheet. `limits`: the rows of the bands of the day."""

    day: str
    sheet_id: str | None
    sheet: dict[str, Any]
    lines: list[Line]
    settlement: Settlement
    in_sector: bool | None
    verdict: FarmVerdict | NotKnown | NotAllowed | None
    rows: tuple[LegalRow, ...] = field(default=())

    @property
    def conclusion(self) -> str | None:
        """qualifies, does_not, or None while nothing can be concluded."""
        if not isinstance(self.verdict, FarmVerdict):
            return None
        if self.verdict.verdict == "candidate":
            return "qualifies"
        return "does_not" if self.verdict.verdict in ("not_average", "not_in_sector") else None

    @property
    def not_known(self) -> NotKnown | None:
        if isinstance(self.verdict, NotKnown):
            return self.verdict
        return self.verdict.not_known if isinstance(self.verdict, FarmVerdict) else None

    @property
    def open_lines(self) -> list[Line]:
        return [line for line in self.lines if line.open]


def assess(
    data: Mapping[str, Any],
    household_id: str,
    village_id: str,
    day: str,
    in_sector: bool | None,
    counts: Mapping[str, bool],
) -> Assessed:
    """Income per person and month, band and verdict, by the bands of the day."""
    found = worksheet_of(household_id, data.get("assessment"))
    settlement = settlement_of(village_id, day)
    if found is None:
        return Assessed(day, None, {}, [], settlement, in_sector, None)
    sheet_id, sheet = found
    lines = [_line(row, day, counts) for row in sheet.get("lines") or []]
    verdict = farm_verdict(
        legal_tables(),
        day,
        FarmFacts(
            settlement=settlement.value,
            lines=[FarmLine(line.line, line.revenue, line.cost) for line in lines],
            people=sheet.get("people") or 0,
            counts=counts,
            in_sector=in_sector,
        ),
    )
    rows = verdict.rows if isinstance(verdict, FarmVerdict) else ()
    return Assessed(day, sheet_id, sheet, lines, settlement, in_sector, verdict, rows)


def _line(row: Mapping[str, Any], day: str, counts: Mapping[str, bool]) -> Line:
    legal = legal_tables().in_force(day, "farm_lines", row["line"])
    is_open = legal is None or legal.value == OPEN
    counted = counts.get(row["line"]) if is_open else legal is not None and legal.value == "yes"
    name = legal.name_vi if legal else row["line"]
    return Line(row["line"], name, row.get("revenue") or 0, row.get("cost") or 0, counted, is_open)


def settlement_of(village_id: str, day: str) -> Settlement:
    """Rural or urban, as stated of the place; else as the kind of its commune says."""
    stated = facts_on(village_id, day).get(AreaFact.SETTLEMENT.value)
    if stated is not None:
        return Settlement(stated.value, stated.source)
    above = lineage(village_id)
    commune = next((fold(step.name) for step in above if step.level == AreaLevel.COMMUNE), "")
    return Settlement("urban" if commune.startswith(URBAN_WORDS) else "rural", "")


def likely_in_sector(assessed: Assessed) -> bool | None:
    """What the worksheet speaks for: income from the four sectors, or people who work in them. The
    law knows no share, so the commune says it."""
    if isinstance(assessed.verdict, FarmVerdict) and assessed.verdict.sector_total > 0:
        return True
    workers = assessed.sheet.get("farm_workers")
    return workers > 0 if workers is not None else None
