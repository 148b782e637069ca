"""A workbook that came back, as rows under the headings of the list that left."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.fields import UUID
from server.domain.codes import ethnic_code
from server.domain.returned.columns import BY_LABEL, ID_LABEL, NUMBER_LABEL, Column, Reads
from server.domain.returned.comparing import (
    NAME_LABEL,
    Compared,
    Line,
    Mark,
    Unread,
    compare,
    renamed,
)
from server.store.list_marks import Opener, is_marked
from server.tables import values
from server.tables.heading import Heading, find_heading, heading_key
from server.tables.leaving import Leaving
from server.tables.opening import OLD_EXCEL, ZIP, Book, Row, Sheet, open_book

MOST_ROWS = 25_000
CHECKED = 200
"""Rows that show what a column without a heading of ours holds."""
PHONE_DIGITS = 9
"""What is left of a number of ten digits whose zero a spreadsheet took."""


class Refused(Exception):
    """The file as a whole is not taken; `code` is a key of the room's words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back. `about`: what the list said of itself when it left. `lacking`, `doubled`:
    columns that are not read; `renamed`: what some are called now; `spoilt`: rows whose mark was
    changed; `left`: rows that are no people (totals, signatures)."""

    export_id: str
    about: dict[str, Any]
    compared: Compared
    lacking: list[str]
    doubled: list[str]
    renamed: dict[str, str]
    spoilt: int
    left: int


def read_returned(data: bytes, key: bytes | None) -> Returned:
    """`key`: of the marks of this database. Raises `Refused`, and `Unreadable` for a file that
    nobody could read."""
    if not data.startswith((ZIP, OLD_EXCEL)):
        raise Refused("csv")
    book = open_book(data)
    opener, marks, spoilt = _marks(book, key)
    about = opener.about
    table = _Table.of(book, about["columns"], about["counted"])
    lines = table.lines()
    lacking = [label for label in (*about["columns"], *about["counted"]) if label in table.lacking]
    called = renamed(lines[:CHECKED], marks, about["columns"], about["counted"], lacking, read_cell)
    if called:
        lines = [_called(line, called) for line in lines]
    people, left = _without_signatures(lines)
    compared = compare(people, marks, about["columns"], about["counted"], read_cell)
    lacking = [label for label in lacking if label not in called.values() and label in BY_LABEL]
    return Returned(opener.export_id, about, compared, lacking, table.doubled, called, spoilt, left)


def _marks(book: Book, key: bytes | None) -> tuple[Opener, dict[str, Mark], int]:
    """What the rows carried when they left, by record."""
    for sheet in book.sheets:
        first = sheet.sample(1)
        if first and is_marked(first[0][1][0]):
            break
    else:
        raise Refused("no_marks")
    try:
        opener = Opener(first[0][1][0], key)
    except ValueError:
        raise Refused("not_ours") from None
    marks, spoilt = {}, 0
    for _number, cells in list(sheet.rows())[1:]:
        try:
            member, home, originals, checks = opener.row(cells[0])
        except ValueError:
            spoilt += 1
        else:
            marks[member] = Mark(member, home, originals, checks)
    return opener, marks, spoilt


@dataclass(slots=True)
class _Table:
    """The sheet with the list: which column is what."""

    rows: list[Row]
    heading: Heading
    id_at: int
    columns: dict[int, str]
    lacking: set[str]
    doubled: list[str]

    @classmethod
    def of(cls, book: Book, labels: Sequence[str], counted: Sequence[str]) -> "_Table":
        known = {heading_key(label): label for label in (NUMBER_LABEL, *labels, *counted)}
        names = {*known, heading_key(ID_LABEL)}
        found = [
            (heading.known, sheet, heading)
            for sheet in book.sheets
            if (heading := find_heading(sheet.sample(), names)) is not None
        ]
        best = max(found, key=lambda one: one[0], default=None)
        if best is None or best[0] < 2:
            raise Refused("no_table")
        _count, sheet, heading = best
        rows = _rows(sheet, heading)
        id_at = _id_column(heading, rows)
        if id_at is None:
            raise Refused("no_ids")
        places: dict[str, list[int]] = {}
        for at, cell in enumerate(heading.cells):
            if at != id_at and (label := known.get(heading_key(cell) if cell else "")):
                places.setdefault(label, []).append(at)
        doubled = [label for label, at in places.items() if len(at) > 1 and not _equal(rows, at)]
        columns = {at[0]: label for label, at in places.items() if label not in doubled}
        lacking = {label for label in (*labels, *counted) if label not in places}
        return cls(rows, heading, id_at, columns, lacking, doubled)

    def lines(self) -> list[Line]:
        found = []
        for number, cells in self.rows:
            told = [*cells, *[""] * (self.id_at + 1 - len(cells))]
            texts = dict.fromkeys(self.columns.values(), "")
            extra = []
            for at, text in enumerate(told):
                if at in self.columns:
                    texts[self.columns[at]] = text
                elif at != self.id_at and text and not self._is_copy(at):
                    extra.append((self._heading(at), text))
            if any(text for label, text in texts.items() if label != NUMBER_LABEL) or extra:
                found.append(Line(number, told[self.id_at].strip().lower(), texts, extra))
        return found

    def _heading(self, at: int) -> str:
        return self.heading.cells[at] if at < len(self.heading.cells) else ""

    def _is_copy(self, at: int) -> bool:
        """A second column of the same heading: told for the file as a whole."""
        key = heading_key(self._heading(at)) if self._heading(at) else ""
        return bool(key) and key in {
            heading_key(label) for label in (*self.columns.values(), *self.doubled)
        }


def _rows(sheet: Sheet, heading: Heading) -> list[Row]:
    rows = []
    for number, cells in sheet.rows():
        if number > heading.last:
            rows.append((number, cells))
        if len(rows) > MOST_ROWS:
            raise Refused("too_long")
    return rows


def _id_column(heading: Heading, rows: Sequence[Row]) -> int | None:
    """The column of record ids: by its heading, else by what stands in it."""
    for at, cell in enumerate(heading.cells):
        if cell and heading_key(cell) == heading_key(ID_LABEL):
            return at
    counts: dict[int, int] = {}
    for _number, cells in rows[:CHECKED]:
        for at, cell in enumerate(cells):
            if UUID.match(cell):
                counts[at] = counts.get(at, 0) + 1
    return max(counts, key=lambda at: counts[at], default=None)


def _equal(rows: Sequence[Row], places: Sequence[int]) -> bool:
    """Whether columns of one heading say the same everywhere."""
    return all(
        len({cells[at] if at < len(cells) else "" for at in places}) == 1 for _n, cells in rows
    )


def _called(line: Line, called: dict[str, str]) -> Line:
    cells = {**line.cells, **dict.fromkeys(called.values(), "")}
    cells |= {called[heading]: text for heading, text in line.extra if heading in called}
    extra = [(heading, text) for heading, text in line.extra if heading not in called]
    return Line(line.number, line.id, cells, extra)


def _without_signatures(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """The rows without totals and signatures. Nobody who is named beside anything else is one."""
    leaving = Leaving(0)
    kept = []
    for line in lines:
        name = line.cells.get(NAME_LABEL, "")
        others = [text for label, text in line.cells.items()
                  if text and label not in (NAME_LABEL, NUMBER_LABEL)]  # fmt: skip
        others += [text for _heading, text in line.extra]
        why = None if line.id else leaving.why([name, *others])
        if why is None or (name and others and why != "totals"):
            kept.append(line)
    return kept, len(lines) - len(kept)


def _phone(text: str) -> str:
    digits = "".join(filter(str.isdecimal, text))
    if len(digits) == PHONE_DIGITS and not text.startswith(("0", "+")):
        text = "0" + text
    found: str = values.pattern(r"\+?\d[\d .-]{5,18}", "", tidy=r"\A\s+|\s+\Z")(text)
    return found


def _ethnic(text: str) -> str:
    code = ethnic_code(text)
    if code is None:
        raise values.Wrong("not_in_list")
    return code


READERS: dict[Reads, Callable[[str], Any]] = {
    Reads.TEXT: values.text(),
    Reads.PARTIAL: values.partial_date,
    Reads.DAY: values.whole_date,
    Reads.PERSONAL_ID: values.personal_id,
    Reads.BHXH_NUMBER: values.bhxh_number,
    Reads.PHONE: _phone,
    Reads.ETHNIC: _ethnic,
}


def read_cell(column: Column, text: str) -> Any:
    """A cell's text as a value of its field. Raises `Unread`."""
    reader = values.one_of(column.words) if column.words else READERS[column.reads]
    try:
        value = reader(text)
    except values.Wrong as wrong:
        raise Unread(wrong.code) from None
    return value.value if isinstance(value, values.Noted) else value
