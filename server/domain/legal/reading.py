"""The tables that come with the program: one CSV file each, beside this module."""

import csv
from functools import cache
from pathlib import Path

from server.domain.legal.tables import LegalRow, Tables

FOLDER = Path(__file__).parent


def table_names() -> tuple[str, ...]:
    """Every table that comes with the program."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.csv")))


def rows_of_table(name: str) -> list[LegalRow]:
    """The rows of one table, in the order of its file."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [LegalRow(table=name, **row) for row in csv.DictReader(file)]


@cache
def national_tables() -> Tables:
    """All tables that come with the program, read once."""
    return Tables(row for name in table_names() for row in rows_of_table(name))
