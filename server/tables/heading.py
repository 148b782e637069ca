"""Where the heading of a table stands: below title rows, in one row or two."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from server.domain.text import fold_tight
from server.tables.csv_rows import Row

LOOKED_AT = 40
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_OF_PEOPLE = re.compile(r"\d{4}|\d/\d")


def heading_key(text: str) -> str:
    """A heading as it is compared: `Ngày sinh (dd/mm/yyyy) *` is `ngaysinh`."""
    return fold_tight(_IN_BRACKETS.sub(" ", text)) or fold_tight(text)


@dataclass(frozen=True, slots=True)
class Heading:
    """`first`, `last`: the rows it stands in, as the file numbers them. `cells`: what each column
    is called. `titles`: what stands above. `known`: how many columns are called by known names."""

    first: int
    last: int
    cells: tuple[str, ...]
    titles: tuple[str, ...]
    known: int


def find_heading(sample: Sequence[Row], names: Collection[str]) -> Heading | None:
    """The row, or pair of rows, with most of the names (as `heading_key` gives them); else the
    first row of more than one cell. None for a table without rows."""
    best: Heading | None = None
    for at in range(min(len(sample), LOOKED_AT)):
        for height in (1, 2):
            if at + height > len(sample):
                continue
            cells = _cells(sample, at, height, names)
            known = _known(cells, names)
            if height == 2 and not _adds(sample[at + 1][1], known, names):
                continue
            if known > (best.known if best else 0):
                best = _heading(sample, at, height, cells, known)
    return best or _first_wide(sample)


def heading_at(sample: Sequence[Row], row: int, names: Collection[str]) -> Heading | None:
    """The heading that a person said stands in this row."""
    for at, (number, cells) in enumerate(sample):
        if number == row:
            known = _known(cells, names)
            return _heading(sample, at, 1, cells, known)
    return None


def _heading(
    sample: Sequence[Row], at: int, height: int, cells: Sequence[str], known: int
) -> Heading:
    titles = [cell for _number, row in sample[:at] for cell in row if cell]
    first, last = sample[at][0], sample[at + height - 1][0]
    return Heading(first, last, tuple(cells), tuple(titles), known)


def _first_wide(sample: Sequence[Row]) -> Heading | None:
    for at, (_number, cells) in enumerate(sample):
        if sum(bool(cell) for cell in cells) > 1:
            return _heading(sample, at, 1, cells, 0)
    return _heading(sample, 0, 1, sample[0][1], 0) if sample else None


def _cells(sample: Sequence[Row], at: int, height: int, names: Collection[str]) -> list[str]:
    top = sample[at][1]
    if height == 1:
        return list(top)
    bottom = sample[at + 1][1]
    width = max(len(top), len(bottom))
    top, bottom = [*top, *[""] * (width - len(top))], [*bottom, *[""] * (width - len(bottom))]
    cells, above = [], ""
    for upper, lower in zip(top, bottom, strict=True):
        # A merged cell holds its text in its first column only; the names below belong to it.
        above = upper or (above if lower else "")
        cells.append(_called(above, lower, names))
    return cells


def _called(above: str, lower: str, names: Collection[str]) -> str:
    """What a column under two rows of heading is called: both together, or the known one."""
    if not lower:
        return above
    for name in (f"{above} {lower}", lower):
        if name and heading_key(name) in names:
            return name
    return f"{above} {lower}".strip()


def _known(cells: Sequence[str], names: Collection[str]) -> int:
    return len({key for cell in cells if (key := heading_key(cell)) in names})


def _adds(lower: Sequence[str], together: int, names: Collection[str]) -> bool:
    """Whether two rows are one heading: the lower names something and holds nothing that only
    people have, and the upper names something more, as a title row does not."""
    alone = _known(lower, names)
    return 0 < alone < together and not any(_OF_PEOPLE.search(cell) for cell in lower)
