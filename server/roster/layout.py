"""What a kind of file holds: its columns, how each is read, and what the template shows."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.fields import is_partial_date
from server.domain.text import fold_tight
from server.roster.faults import Faults, Unreadable
from server.roster.opening import open_rows


class Wrong(Exception):
    """A cell that cannot be read: the code of why, and what its words need."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code, self.more = code, more


Reader = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """`key`: the name in code. `label`: the heading, which `aliases` may stand for."""

    key: str
    label: str
    read: Reader
    needed: bool = False
    hint: str = ""
    examples: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    width: int = 16

    def names(self) -> set[str]:
        return {fold_tight(name) for name in (self.label, *self.aliases)}


@dataclass(frozen=True, slots=True)
class Line:
    """A row that could be read: its number and its values by key, None where the cell is empty."""

    number: int
    values: dict[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)


@dataclass(frozen=True)
class Layout:
    kind: str
    title: str
    columns: tuple[Column, ...]
    labels: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        labels = {column.key: column.label for column in self.columns}
        object.__setattr__(self, "labels", labels)

    def label(self, key: str) -> str:
        return self.labels.get(key, key)


@dataclass(slots=True)
class Reading:
    """The lines of a file as they are read; `rows` counts those that are not empty."""

    layout: Layout
    faults: Faults
    rows: int = 0


def read_lines(data: bytes, reading: Reading) -> Iterator[Line]:
    """Every line without a fault; the faults of the others are kept, all columns of a row."""
    faults = reading.faults
    try:
        # All rows before the first is judged: a file that is too large costs no more than opening.
        rows = iter(list(open_rows(data)))
        header = next(rows, None)
        if header is None:
            raise Unreadable("file_empty")
        places = _places(header[1], header[0], reading)
        if faults.whole_file:
            return
        for number, cells in rows:
            reading.rows += 1
            values = _values(number, cells, places, faults)
            if number not in faults.blocked_rows:
                yield Line(number, values)
        if not reading.rows:
            raise Unreadable("file_empty")
    except Unreadable as error:
        faults.add(error.row, error.column, error.code, **error.more)
        faults.whole_file = True


def _places(cells: list[str], row: int, reading: Reading) -> list[tuple[int, Column]]:
    """Which cell holds which column."""
    layout, faults = reading.layout, reading.faults
    wanted = {name: column for column in layout.columns for name in column.names()}
    found: dict[str, tuple[int, Column]] = {}
    for place, text in enumerate(cells):
        column = wanted.get(fold_tight(text))
        if column is None:
            if text:
                faults.add(row, text, "column_unknown", blocks=False)
        elif column.key in found:
            faults.add(0, column.label, "column_twice", column=column.label)
        else:
            found[column.key] = (place, column)
    for column in layout.columns:
        if column.needed and column.key not in found:
            faults.add(0, column.label, "column_missing", column=column.label)
    return list(found.values())


def _values(
    number: int, cells: list[str], places: list[tuple[int, Column]], faults: Faults
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for place, column in places:
        text = cells[place] if place < len(cells) else ""
        if not text:
            if column.needed:
                faults.add(number, column.label, "needed")
            continue
        try:
            values[column.key] = column.read(text)
        except Wrong as wrong:
            faults.add(number, column.label, wrong.code, value=text, **wrong.more)
    return values


def text(limit: int = 200) -> Reader:
    def read(value: str) -> str:
        if len(value) > limit:
            raise Wrong("too_long", limit=limit)
        return value

    return read


def number(most: int = 100_000_000) -> Reader:
    """A whole number; dots and spaces may part the thousands."""

    def read(value: str) -> int:
        digits = re.sub(r"[.,\s](?=\d{3}(?:\D|$))", "", value)
        if not digits.isascii() or not digits.isdecimal() or len(digits) > 12:
            raise Wrong("not_a_number")
        if int(digits) > most:
            raise Wrong("out_of_range")
        return int(digits)

    return read


def percentage(value: str) -> str:
    """A percentage as decimal text with a point: `95,57 %` becomes `95.57`."""
    plain = value.replace("%", "").replace(",", ".").strip()
    if not re.fullmatch(r"\d{1,3}(\.\d{1,6})?", plain) or float(plain) > 999:
        raise Wrong("not_a_percent")
    return plain


def partial_date(value: str) -> str:
    """`17/05/1980`, `5/1980`, `1980` or ISO, as a partial date on the wire."""
    parts = re.split(r"[/.\-]", value.strip())
    if not all(part.isascii() and part.isdecimal() for part in parts) or len(parts) > 3:
        raise Wrong("not_a_date")
    if len(parts[0]) != 4:
        parts.reverse()
    iso = "-".join([parts[0], *(part.zfill(2) for part in parts[1:])])
    if not is_partial_date(iso):
        raise Wrong("not_a_date")
    return iso


def whole_date(value: str) -> str:
    try:
        iso = partial_date(value)
    except Wrong:
        raise Wrong("not_a_whole_date") from None
    if len(iso) != 10:
        raise Wrong("not_a_whole_date")
    return iso


def pattern(expression: str, shape: str, tidy: str = r"[\s.]") -> Reader:
    """Text of a fixed shape, after taking out what people put between digits."""

    def read(value: str) -> str:
        tidied = re.sub(tidy, "", value).upper()
        if not re.fullmatch(expression, tidied, re.ASCII):
            raise Wrong("wrong_shape", shape=shape)
        return tidied

    return read


def one_of(words: Mapping[str, str], synonyms: Mapping[str, str] | None = None) -> Reader:
    """A value of a closed list by its word, without regard to accents and case."""
    known = {fold_tight(word): value for value, word in words.items()}
    known |= {fold_tight(word): value for word, value in (synonyms or {}).items()}
    choices = ", ".join(words.values())

    def read(value: str) -> str:
        found = known.get(fold_tight(value))
        if found is None:
            raise Wrong("not_in_list", choices=choices)
        return found

    return read


def yes_no(value: str) -> bool:
    folded = fold_tight(value)
    if folded in ("co", "x", "dung", "1", "yes", "true"):
        return True
    if folded in ("khong", "0", "no", "false"):
        return False
    raise Wrong("not_in_list", choices="có, không")
