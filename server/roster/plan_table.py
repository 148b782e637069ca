"""The rows of a plan's table as they stand in the file: whom each is about, and its figures."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from server.domain.plan_columns import DEADLINE, DISTRICT, NAME, POPULATION
from server.domain.text import fold
from server.roster.faults import Faults
from server.tables.values import Noted, Wrong, partial_date
from server.tables.wide import Wide, is_figure, is_nothing

_DISTRICT = re.compile(r"(huyen|h|thi xa|tx)\b")
_TOTAL = re.compile(r"tong (cong|so)\b|toan (tinh|huyen|xa|thanh pho|thi xa)\b|(tong|cong|chung)\Z")
_COUNT_ENDS = re.compile(r"(?<=\d)[.,]0{1,2}\Z")
_THOUSANDS = re.compile(r"\d{1,3}([.,\s]\d{3})+\Z")
_ORDER = re.compile(r"[ivxlc]+|[a-h]|\d+")
FRACTION = Decimal("1.5")
"""A share of more than all is rare, a rate below two percent rarer still."""


@dataclass(slots=True)
class PlanRow:
    """A row of the table. `values`: figures by indicator and measure; `numbers`: of people."""

    number: int
    name: str
    district: str = ""
    total: bool = False
    values: dict[tuple[str, str], int | str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    deadline: str | None = None

    @property
    def is_district(self) -> bool:
        return bool(_DISTRICT.match(fold(self.name)))

    @property
    def indicators(self) -> list[str]:
        return list(dict.fromkeys(indicator for indicator, _measure in self.values))


def plan_rows(table: Wide, columns: Mapping[int, str], faults: Faults) -> list[PlanRow]:
    """The rows that hold figures, totals among them. Faults name what cannot be read, what was
    mended, and every row that is left out, so that nothing goes unseen."""
    places = {key: place for place, key in columns.items() if key}
    reading = _Reading(table, columns, places.get(NAME), places.get(DISTRICT), faults)
    return [row for number, cells in table.rows if (row := reading.row(number, cells))]


@dataclass(slots=True)
class _Reading:
    table: Wide
    columns: Mapping[int, str]
    name_at: int | None
    district_at: int | None
    faults: Faults
    section: str = ""
    district: str = ""

    def row(self, number: int, cells: Sequence[str]) -> PlanRow | None:
        told = self._name(cells)
        if self.district_at is not None and self.district_at < len(cells):
            self.district = cells[self.district_at] or self.district
        if not self._has_figures(cells):
            self._leave(number, told or next(filter(None, cells), ""))
            return None
        row = PlanRow(number, told, self.district or self.section, bool(_TOTAL.match(fold(told))))
        for place, key in self.columns.items():
            cell = cells[place] if place < len(cells) else ""
            if key not in ("", NAME, DISTRICT) and not is_nothing(cell):
                self._read(row, key, self._label(place), cell)
        if row.is_district:
            self.section, self.district = told, ""
        if not told:
            self.faults.add(number, "", "place_needed", blocks=False)
            return None
        return row

    def _name(self, cells: Sequence[str]) -> str:
        """The name column; a total merged over several columns stands in the first of them."""
        at = self.name_at if self.name_at is not None else 0
        if at < len(cells) and cells[at]:
            return cells[at]
        before = [cell for cell in cells[:at] if cell and not _ORDER.fullmatch(fold(cell))]
        return before[0] if before else ""

    def _has_figures(self, cells: Sequence[str]) -> bool:
        read = [at for at, key in self.columns.items() if key not in ("", NAME, DISTRICT, DEADLINE)]
        return any(at < len(cells) and is_figure(cells[at]) for at in read)

    def _leave(self, number: int, words: str) -> None:
        """A district that heads its communes, or a note."""
        if _DISTRICT.match(fold(words)):
            self.section, self.district = words, ""
            self.faults.add(number, "", "section", blocks=False)
        elif words:
            self.faults.add(number, "", "note_row", blocks=False, value=words)

    def _label(self, place: int) -> str:
        words = self.table.columns[place] if place < len(self.table.columns) else ()
        return ", ".join(words) or f"#{place + 1}"

    def _read(self, row: PlanRow, key: str, label: str, cell: str) -> None:
        kind, _dot, measure = key.partition(".")
        try:
            if key == DEADLINE:
                found = partial_date(cell)
                row.deadline = found.value if isinstance(found, Noted) else found
            elif kind == "basis":
                row.numbers[measure] = count_of(cell)
            elif measure.endswith("percent"):
                rate = rate_of(cell)
                if isinstance(rate, Noted):
                    self.faults.add(row.number, label, rate.code, blocks=False, value=cell,
                                    read=rate.value.replace(".", ","))  # fmt: skip
                    rate = rate.value
                row.values[(kind, measure)] = rate
            else:
                row.values[(kind, measure)] = count_of(cell)
        except Wrong as wrong:
            self.faults.add(row.number, label, wrong.code, blocks=False, value=cell, **wrong.more)


def count_of(cell: str) -> int:
    """A number of people: `1.604`, `1,604`, `1604,0`. Raises `Wrong`."""
    plain = cell.strip()
    plain = re.sub(r"[.,\s]", "", plain) if _THOUSANDS.match(plain) else _COUNT_ENDS.sub("", plain)
    if not plain.isascii() or not plain.isdecimal() or len(plain) > 9:
        raise Wrong("not_a_number")
    return int(plain)


def rate_of(cell: str) -> str | Noted:
    """A rate as decimal text: `95,2 %`, `95.2`; a share of one, `0.952`, is taken for percent and
    noted. More than two decimals come from a formula: nobody printed them. Raises `Wrong`."""
    marked = "%" in cell
    plain = cell.replace("%", "").replace(",", ".").strip()
    if not re.fullmatch(r"\d{1,3}(\.\d+)?", plain):
        raise Wrong("not_a_percent")
    rate = Decimal(plain)
    share = not marked and rate <= FRACTION and "." in plain
    if share:
        rate *= 100
    shown = rate if _decimals(rate) <= 2 else rate.quantize(Decimal("0.01"), ROUND_HALF_UP)
    told = f"{shown.normalize():f}"
    return Noted(told, "share_as_percent") if share else told


def _decimals(rate: Decimal) -> int:
    return max(0, -int(rate.normalize().as_tuple().exponent))


def with_denominators(row: PlanRow) -> dict[tuple[str, str], int | str]:
    """The figures of a row; an indicator whose denominator stands in a column of its own, for all,
    takes it from there."""
    values = dict(row.values)
    for indicator, basis in (("bhyt_coverage", "population"), ("social_insurance", "labour_force")):
        count = row.numbers.get(basis)
        if indicator in row.indicators and count is not None:
            values.setdefault((indicator, POPULATION), count)
    return values
