"""A file as lines of a kind: the sheet and the heading found, each column known by what it is
called or by what a person said it is, each cell read as its value."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from server.domain.text import fold_tight
from server.roster.faults import Faults, Unreadable
from server.roster.layout import Column, Layout, Line
from server.roster.sexed import SEXES, one_is_lost, settle
from server.tables.encodings import NAMES
from server.tables.heading import Heading, find_heading, heading_at, heading_key
from server.tables.leaving import Leaving
from server.tables.opening import ROW_LIMIT, Book, Row, Sheet, open_book, too_many_rows
from server.tables.values import Noted, Wrong

USUAL = ("utf-8", "utf-8-sig")
FAR = 1_000_000_000
"""Before a sheet that was not reached stand more rows than any file has."""


@dataclass(frozen=True, slots=True)
class How:
    """What a person said about the file, where guessing was not enough. `columns`: which column
    (from 0) holds what; an empty key is a column that is not read."""

    sheet: str | None = None
    heading: int | None = None
    encoding: str | None = None
    columns: Mapping[int, str] | None = None


@dataclass(slots=True)
class Reading:
    """The lines of a file as they are read; `rows` counts those of the table that are not empty,
    `left_out` those below the heading that belong to no person. `raw`: keep the cells too.
    `titles`: what stands above the heading. `about`: how many rows the file seems to have."""

    layout: Layout
    faults: Faults
    how: How = field(default_factory=How)
    raw: bool = False
    rows: int = 0
    left_out: int = 0
    titles: tuple[str, ...] = ()
    about: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Where the table of a file is: its sheet, its heading, the first rows below. `parts`: all
    sheets with this heading, such as one for each class, in the order of the workbook."""

    book: Book
    sheet: Sheet
    heading: Heading
    below: Sequence[Row]
    parts: Sequence[tuple[Sheet, Heading]] = ()


def find_table(data: bytes, layout: Layout, how: How) -> Found:
    """The sheet and heading that know most columns of the layout, or those a person named. Raises
    `Unreadable`."""
    book, names = open_book(data, how.encoding), layout.wanted().keys()
    best: Found | None = None
    tables: list[tuple[Sheet, Heading]] = []
    for sheet in _asked(book, how):
        sample = sheet.sample()
        heading = (
            heading_at(sample, how.heading, names) if how.heading else find_heading(sample, names)
        )
        if heading is None:
            continue
        tables.append((sheet, heading))
        if best is None or heading.known > best.heading.known:
            below = [row for row in sample if row[0] > heading.last]
            best = Found(book, sheet, heading, below)
    if best is None:
        raise Unreadable("file_empty")
    same = [each for each in tables if _one_table(each[1], best.heading)]
    return replace(best, parts=same)


def _one_table(one: Heading, other: Heading) -> bool:
    """Two sheets with the same columns in the same order are one table in parts."""
    return one is other or (
        one.known > 0 and list(map(heading_key, one.cells)) == list(map(heading_key, other.cells))
    )


def _asked(book: Book, how: How) -> list[Sheet]:
    if how.sheet is None:
        return book.shown
    chosen = [sheet for sheet in book.sheets if sheet.name == how.sheet]
    if not chosen:
        raise Unreadable("sheet_unknown", value=how.sheet)
    return chosen


def read_lines(data: bytes, reading: Reading) -> Iterator[Line]:
    """Every line without a fault; the faults of the others are kept, all columns of a row."""
    faults = reading.faults
    try:
        found = find_table(data, reading.layout, reading.how)
        _tell(found, faults)
        reading.titles = tuple(title for _sheet, one in found.parts for title in one.titles)
        reading.about = _about(found)
        places = columns_of(found.heading, reading.layout, reading.how, faults)
        if not faults.whole_file:
            yield from _lines(found, places, reading)
    except Unreadable as error:
        faults.add(error.row, error.column, error.code, **error.more)
        faults.whole_file = True


def _lines(found: Found, places: list[tuple[int, Column]], reading: Reading) -> Iterator[Line]:
    named = [place for place, column in places if column.key == reading.layout.named]
    column = named[0] if named else None
    parts, before = reading.faults.parts, 0
    parts[:] = [(sheet.name, FAR) for sheet, _heading in found.parts]
    for at, (sheet, heading) in enumerate(found.parts):
        parts[at] = (sheet.name, before)
        below = (
            (number + before, cells) for number, cells in sheet.rows() if number > heading.last
        )
        last = yield from _lines_of(
            below, Leaving(column, reading.layout.offices), places, heading, reading
        )
        before = max(last, before)
    if not reading.rows:
        raise Unreadable("file_empty")


def _lines_of(
    below: Iterator[Row],
    leaving: Leaving,
    places: list[tuple[int, Column]],
    heading: Heading,
    reading: Reading,
) -> Generator[Line, None, int]:
    """The lines of one sheet; the number of its last row."""
    number = 0
    for number, cells in below:
        if why := leaving.why(cells):
            reading.left_out += 1
            reading.faults.add(number, "", why, blocks=False)
            continue
        reading.rows += 1
        values = values_of(number, cells, places, reading.faults)
        if number not in reading.faults.blocked_rows:
            yield Line(number, values, raw_of(heading, cells) if reading.raw else {})
        if reading.rows > ROW_LIMIT:
            raise too_many_rows()
    return number


def _about(found: Found) -> int | None:
    """How many rows all parts seem to have; None where one does not say."""
    told = [sheet.about for sheet, _heading in found.parts]
    return None if None in told else sum(one or 0 for one in told)


def raw_of(heading: Heading, cells: Sequence[str]) -> dict[str, str]:
    """The cells of a row by heading, as they stood; a column without a heading by its number."""
    called = (*heading.cells, *[""] * len(cells))
    return {called[at] or f"#{at + 1}": cell for at, cell in enumerate(cells) if cell}


def _tell(found: Found, faults: Faults) -> None:
    """What was found out about the file, so that nobody has to wonder."""
    if found.heading.first > 1:
        faults.add(0, "", "heading_found", blocks=False, what=str(found.heading.first))
    if len(found.parts) > 1:
        names = ", ".join(f"“{sheet.name}”" for sheet, _heading in found.parts)
        faults.add(0, "", "sheets_read", blocks=False, what=names)
    elif len(found.book.shown) > 1:
        faults.add(0, "", "sheet_read", blocks=False, what=found.sheet.name)
    encoding = found.sheet.encoding or found.book.written_in
    if encoding and encoding not in USUAL:
        name = NAMES.get(encoding, "UTF-16")
        faults.add(0, "", "encoding_mended", blocks=False, what=name)


def columns_of(
    heading: Heading, layout: Layout, how: How, faults: Faults
) -> list[tuple[int, Column]]:
    """Which cell holds which column."""
    if how.columns is not None:
        found = _as_told(how.columns, layout)
    else:
        found = _by_name(heading, layout, faults)
    for column in layout.columns:
        if column.needed and column.key not in found:
            faults.add(0, column.label, "column_missing", column=column.label)
    if layout.tells and not found.keys() & set(layout.tells):
        names = ", ".join(f"“{layout.label(key)}”" for key in layout.tells)
        faults.add(0, "", "kind_doubtful", blocks=False, what=names)
    return list(found.values())


def _as_told(told: Mapping[int, str], layout: Layout) -> dict[str, tuple[int, Column]]:
    columns = {column.key: column for column in layout.columns}
    return {key: (place, columns[key]) for place, key in sorted(told.items()) if key in columns}


def _by_name(heading: Heading, layout: Layout, faults: Faults) -> dict[str, tuple[int, Column]]:
    wanted = layout.wanted()
    found: dict[str, tuple[int, Column]] = {}
    for place, text in enumerate(heading.cells):
        # `Năm sinh (Nữ)`: here the bracket matters.
        column = wanted.get(fold_tight(text)) or wanted.get(heading_key(text))
        if column is None:
            if text:
                faults.add(heading.last, text, "column_unknown", blocks=False)
        elif column.key in found:
            faults.add(0, column.label, "column_twice", column=column.label)
        else:
            found[column.key] = (place, column)
    if lost := one_is_lost(found):
        place, _column = found.pop(lost)
        faults.add(heading.last, heading.cells[place], "column_unknown", blocks=False)
    elif SEXES.keys() & found.keys():
        faults.add(0, "", "sexed_columns", blocks=False)
    return found


def values_of(
    number: int, cells: list[str], places: list[tuple[int, Column]], faults: Faults
) -> dict[str, Any]:
    """The values of a row by key; what cannot be read is a fault, what was mended is noted."""
    values: dict[str, Any] = {}
    for place, column in places:
        text = cells[place] if place < len(cells) else ""
        if not text:
            if column.needed:
                faults.add(number, column.label, "needed")
            continue
        try:
            value = column.read(text)
        except Wrong as wrong:
            faults.add(number, column.label, wrong.code, value=text, **wrong.more)
            continue
        if value.__class__ is Noted:
            faults.add(number, column.label, value.code, blocks=False, value=text, read=value.value)
            value = value.value
        values[column.key] = value
    settle(number, values, faults)
    return values
