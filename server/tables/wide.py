"""Tables that are wide rather than long: a row a place, groups of columns under one merged heading.
Where the heading ends and the figures begin, and what each column is called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from server.domain.text import fold
from server.tables.csv_rows import Row
from server.tables.leaving import Leaving

HEADING_ROWS = 4
_FIGURE = re.compile(r"-?\d{1,3}([.,\s]\d{3})*([.,]\d+)?\s*%?\Z|-?\d+([.,]\d+)?\s*%?\Z")
_NOTHING = frozenset({"", "-", "–", "—", "x", "…", "..."})
_KEPT = Leaving(None)


@dataclass(frozen=True, slots=True)
class Wide:
    """`columns`: of each column the words of its heading from the top, merged cells spread.
    `first`, `last`: the rows of the heading. `titles`: what stands above. `rows`: what is below."""

    columns: tuple[tuple[str, ...], ...]
    first: int
    last: int
    titles: tuple[str, ...]
    rows: tuple[Row, ...]


def is_figure(cell: str) -> bool:
    return bool(_FIGURE.match(cell.strip()))


def is_nothing(cell: str) -> bool:
    """A cell that says there is no figure."""
    return fold(cell) == "" or cell.strip().lower() in _NOTHING


def wide_table(rows: Sequence[Row]) -> Wide | None:
    """The table of a sheet, None where no row has two figures beside a name."""
    start = next((at for at, (_number, cells) in enumerate(rows) if _is_line(cells)), None)
    if start is None:
        return None
    top = _top(rows, start)
    heading = [cells for _number, cells in rows[top:start] if not _counts(cells)]
    below = tuple(row for row in rows[start:] if not _counts(row[1]))
    width = max((len(cells) for _number, cells in rows[top:]), default=0)
    first = rows[top][0] if top < start else rows[start][0]
    last = rows[start - 1][0] if top < start else rows[start][0] - 1
    titles = tuple(cell for _number, cells in rows[:top] for cell in cells if cell)
    return Wide(_columns(heading, width), first, last, titles, below)


def _is_line(cells: Sequence[str]) -> bool:
    """Words that name a place, and at least two figures after them."""
    if _counts(cells):
        return False
    named = next((at for at, cell in enumerate(cells) if cell and not is_figure(cell)), None)
    return named is not None and sum(is_figure(cell) for cell in cells[named + 1 :] if cell) > 1


def _counts(cells: Sequence[str]) -> bool:
    """`(1) (2) (3)` below the heading: the numbers of the columns."""
    return _KEPT.why([*cells]) == "numbering"


def _top(rows: Sequence[Row], start: int) -> int:
    """The first row of the heading: upwards from the figures while rows name several columns."""
    top, used = start, 0
    while top > 0 and used < HEADING_ROWS:
        cells = [cell for cell in rows[top - 1][1] if cell]
        if _counts(rows[top - 1][1]):
            top -= 1
            continue
        if len(cells) < 2 or (used and len(cells) < 3 and not _covers(rows[top - 1][1])):
            break
        top, used = top - 1, used + 1
    return top


def _covers(cells: Sequence[str]) -> bool:
    """Few words above many columns are groups of them; a letterhead begins in the first column."""
    return not cells[0]


def _columns(heading: Sequence[Sequence[str]], width: int) -> tuple[tuple[str, ...], ...]:
    padded = [[*cells, *[""] * (width - len(cells))] for cells in heading]
    spread: list[list[str]] = []
    for level, cells in enumerate(padded):
        below = padded[level + 1 :]
        row, above = list[str](), ""
        for at, cell in enumerate(cells):
            # A merged cell holds its text in its first column only; the names below belong to it.
            mine = any(lower[at] for lower in below)
            starts = bool(spread) and at and spread[-1][at] != spread[-1][at - 1]
            above = cell or (above if mine and not starts else "")
            row.append(above)
        spread.append(row)
    return tuple(
        tuple(dict.fromkeys(level[at] for level in spread if level[at])) for at in range(width)
    )
