"""The layouts that come with the program, as rows of their files."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
OPEN = "OPEN"


@cache
def layout(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one file, in its order."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@dataclass(frozen=True, slots=True)
class Group:
    """A group of insured people on paper: its words, who pays, the digit of its benefit level."""

    name: str
    payer: str
    benefit_digit: str


@cache
def groups() -> dict[str, Group]:
    """Every group by its letters; what is not known is empty."""
    return {
        row["group"]: Group(row["name_vi"], _known(row["payer_vi"]), _known(row["benefit_digit"]))
        for row in layout("groups")
    }


def _known(text: str) -> str:
    return "" if text == OPEN else text
