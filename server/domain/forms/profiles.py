"""Import sheets of other people's software, each a mapping file in `profiles/`: what stands in
which column is named there, by the names of `values.VALUES`. Another sheet is another file."""

import csv
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from server.domain.forms.head import FormHead, Row, no_forces
from server.domain.forms.layouts import layout
from server.domain.forms.sheet import Cell, Look, Number, Sheet, Value
from server.domain.forms.values import VALUES

FOLDER = Path(__file__).parent / "profiles"
NUMBERS: dict[str, Number] = {"text": "text", "number": "number", "money": "money"}
WIDTH = 14.0


class BadProfile(ValueError):
    """A mapping file asks for a value that there is not; `columns` are their positions."""

    def __init__(self, columns: Sequence[str]) -> None:
        super().__init__(f"columns {', '.join(columns)} name no value")
        self.columns = columns


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `value` names what is written, or `constant` is; neither: the column is blank."""

    position: int
    header: str
    value: str
    constant: str
    kind: Number
    confidence: str
    note: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One agency's sheet. Rows count from 1, as spreadsheets do. `title_en`: for English pages."""

    name: str
    title: str
    title_en: str
    sheet: str
    title_row: int
    header_row: int
    first_row: int
    columns: tuple[Column, ...]


def profiles() -> dict[str, Profile]:
    """Every profile that comes with the program, by its name."""
    return {row["profile"]: _profile(row) for row in layout("profiles")}


def _profile(row: dict[str, str]) -> Profile:
    with (FOLDER / f"{row['profile']}.csv").open(encoding="utf-8", newline="") as file:
        columns = columns_of(csv.DictReader(file))
    return Profile(
        row["profile"],
        row["name_vi"],
        row["name_en"],
        row["sheet"],
        int(row["title_row"]),
        int(row["header_row"]),
        int(row["first_row"]),
        columns,
    )


def columns_of(rows: Iterable[dict[str, str]]) -> tuple[Column, ...]:
    """The columns of a mapping file. Raises BadProfile."""
    listed = list(rows)
    wrong = [row["position"] for row in listed if row["value"] and row["value"] not in VALUES]
    if wrong:
        raise BadProfile(wrong)
    return tuple(
        Column(
            int(row["position"]),
            row["header"],
            row["value"],
            row["constant"],
            NUMBERS[row["kind"]],
            row["confidence"],
            row["note"],
        )
        for row in listed
    )


def import_sheet_of(
    profile: Profile, head: FormHead, rows: Iterable[Row], forces: Collection[str] = ()
) -> Sheet:
    """The rows as the agency's software reads them. Raises ListedByTheirUnit."""
    listed = sorted(no_forces(head, rows, forces), key=lambda row: row["place"])
    bold = Look(bold=True)
    cells = [Cell(profile.title_row - 1, 0, f"{profile.title}: {_called(head)}", bold)]
    for column in profile.columns:
        at = column.position - 1
        cells.append(Cell(profile.header_row - 1, at, column.header, bold))
        look = Look(column.kind, size_pt=10)
        for number, row in enumerate(listed, 1):
            value = _value(column, head, row, number)
            cells.append(Cell(profile.first_row + number - 2, at, value, look))
    widths = [WIDTH] * len(profile.columns)
    top = (profile.header_row - 1, profile.header_row - 1)
    return Sheet(profile.sheet, widths, cells, {}, top, wrap=False)


def _called(head: FormHead) -> str:
    return f"{head.number or 'bản nháp'}, {head.group}, {head.commune}"


def _value(column: Column, head: FormHead, row: Row, number: int) -> Value:
    if column.constant:
        return int(column.constant) if column.kind == "number" else column.constant
    return VALUES[column.value](head, row, number) if column.value else None
