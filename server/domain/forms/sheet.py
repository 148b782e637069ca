"""A sheet described: cells with their looks, widths, and how it is printed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

LETTERS_A_DIGIT = 1.2
"""A column's width counts digits; of Vietnamese letters, marks and spaces so many more fit."""

Value = str | int | None
Number = Literal["text", "number", "money", "people"]
Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks. `text` keeps an id's zeros; `money` parts thousands, `people` says so."""

    number: Number = "text"
    align: Align = "left"
    size_pt: int = 11
    bold: bool = False
    italic: bool = False
    border: bool = False
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, or a block of cells down to `to_row`, `to_column`; places count from 0. With a
    `formula`, `value` is what it comes to."""

    row: int
    column: int
    value: Value
    look: Look
    to_row: int | None = None
    to_column: int | None = None
    formula: str | None = None

    @property
    def merged(self) -> bool:
        return (self.to_row, self.to_column) != (None, None)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a workbook. `widths` in characters; `heights` in points, by row, where a merged
    cell needs more than a line; rows `head` (first, last) are repeated on every printed page.
    Without `wrap` every row is one line, as software reads it."""

    name: str
    widths: Sequence[float]
    cells: Sequence[Cell]
    heights: dict[int, float]
    head: tuple[int, int]
    wrap: bool = True


def column_name(index: int) -> str:
    """`A` for 0, `AA` for 26."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def address(row: int, column: int) -> str:
    """`B12` for row 11, column 1."""
    return f"{column_name(column)}{row + 1}"


def row_heights(cells: Iterable[Cell], widths: Sequence[float], line: float) -> dict[int, float]:
    """The height in points of every row of unmerged cells, by its fullest one: whoever opens the
    file does not measure it again. `line`: the height of one line."""
    lines: dict[int, int] = {}
    for cell in cells:
        if isinstance(cell.value, str) and not cell.merged and cell.look.number == "text":
            lines[cell.row] = max(
                lines.get(cell.row, 1), _lines(cell.value, widths[cell.column] * LETTERS_A_DIGIT)
            )
    return {row: line * count + 4 for row, count in lines.items()}


def _lines(text: str, width: float) -> int:
    """Words broken at spaces, as a spreadsheet does; a word longer than the line is cut."""
    count, used = 1, 0
    for word in text.split():
        long = len(word)
        if used and used + 1 + long > width:
            count, used = count + 1, 0
        if long > width:
            count += ceil(long / width) - 1
        used += long + (1 if used else 0)
    return count
