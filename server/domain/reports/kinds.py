"""The kinds of report, as rows: who owes one, how often, and by when."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from server.domain.reports.periods import Every, Period, before, period_of


class Level(StrEnum):
    """Whose report it is: a commune's, village by village, or an insurance unit's, by communes."""

    COMMUNE = "commune"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Kind:
    """`subject`: what it is about, on paper. `due`: how the last day is told
    (`server.domain.reports.periods`). `source`: who asks for it."""

    key: str
    level: Level
    every: Every
    due: str
    subject: str
    source: str

    def period(self, day: str) -> Period:
        """The period the day lies in."""
        return period_of(self.every, day, self.due)

    def before(self, period: Period) -> Period:
        """The period that ends where this one begins."""
        return before(self.every, period, self.due)


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its key, in the order they are shown."""
    with (Path(__file__).parent / "kinds.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["kind"]: Kind(
                row["kind"],
                Level(row["level"]),
                Every(row["every"]),
                row["due"],
                row["subject"],
                row["source"],
            )
            for row in csv.DictReader(file)
        }
