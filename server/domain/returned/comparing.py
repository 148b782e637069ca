"""What was changed in a list that came back, cell by cell, against what the cells said when it
left. Spreadsheets turn days into numbers, take zeros away and sort half a table: none of this is a
change, and what cannot be told apart from one is kept back and said."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from zlib import crc32

from server.domain.returned.columns import BY_LABEL, Column, Reads, meant, plain
from server.domain.text import fold

NAME_LABEL, BIRTH_LABEL = "Họ và tên", "Ngày sinh"
SHUFFLED_FROM, SHUFFLED_SHARE = 3, 0.8
"""So many cells of a column must have changed, and this share of their new values have stood in
other rows of it, before the column is taken for sorted apart from the rest."""
TELLING = ("full_name", "birth_date", "personal_id", "bhxh_number", "phone")
"""Fields that hardly repeat, so that equal values in another order mean a shuffled column."""
RENAMED_SHARE = 0.6
NUMBERS = (Reads.PERSONAL_ID, Reads.BHXH_NUMBER)

Read = Callable[[Column, str], Any]


class Unread(Exception):
    """A cell that holds no value of its field; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Kind(StrEnum):
    CHANGE = "change"
    NEW = "new"
    TWICE = "twice"
    UNKNOWN = "unknown"
    SHIFTED = "shifted"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a row carried when it left. `originals`: as `columns.originals` gives them."""

    member: str
    home: str
    originals: Sequence[Any]
    checks: Sequence[int]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: `cells` by the heading of their column, `extra` under headings that the
    list never had."""

    number: int
    id: str
    cells: Mapping[str, str]
    extra: Sequence[tuple[str, str]] = ()


@dataclass(slots=True)
class Edit:
    """One changed cell. `fault`: the code of why it cannot be taken as it stands."""

    label: str
    entity: str
    field: str
    was: Any
    set: Any
    raw: str
    fault: str = ""


@dataclass(slots=True)
class Row:
    """A row that says something. `told`: changed cells of columns that we count. `like`: of a
    shifted or new row, the person whose it seems to be."""

    number: int
    kind: Kind
    mark: Mark | None
    name: str
    edits: list[Edit] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)
    extra: list[tuple[str, str]] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)
    like: str = ""


@dataclass(slots=True)
class Compared:
    """`unchanged`, `absent`: rows that say nothing, and people of the list who are not in it any
    more. `shuffled`: columns that were sorted apart from the rest."""

    rows: list[Row]
    unchanged: int
    absent: int
    shuffled: list[str]


def renamed(
    lines: Sequence[Line],
    marks: Mapping[str, Mark],
    labels: Sequence[str],
    counted: Sequence[str],
    lacking: Sequence[str],
    read: Read,
) -> dict[str, str]:
    """Which unknown heading stands for which lacking column: the one whose cells it holds."""
    names = {label: at for at, label in enumerate(labels)}
    checks = {label: at for at, label in enumerate(counted)}
    found: dict[str, str] = {}
    for heading in dict.fromkeys(heading for line in lines for heading, _text in line.extra):
        cells = [
            (marks[line.id], text)
            for line in lines if line.id in marks
            for name, text in line.extra if name == heading
        ]  # fmt: skip
        for label in lacking:
            hits = sum(_holds(label, names, checks, mark, text, read) for mark, text in cells)
            if hits and hits >= RENAMED_SHARE * len(cells) and label not in found.values():
                found[heading] = label
                break
    return found


def _holds(
    label: str,
    names: Mapping[str, int],
    checks: Mapping[str, int],
    mark: Mark,
    text: str,
    read: Read,
) -> bool:
    if label in checks:
        return bool(mark.checks[checks[label]] == crc32(plain(text).encode()))
    column, original = meant(label, mark.originals[names[label]])
    return original is not None and same(column, original, text, read)


def same(column: Column, original: Any, text: str, read: Read) -> bool:
    """True when the cell says what it said, in whatever way a program wrote it since."""
    typed = plain(text)
    if typed == plain(column.shown(original)):
        return True
    if typed in ("", column.nothing):
        return original is None
    if original is None:
        return False
    if column.reads in NUMBERS and typed.isdecimal():
        # A spreadsheet takes zeros from the front, however many there are.
        return typed.zfill(len(original)) == original
    try:
        return bool(_compared(column, read(column, typed)) == _compared(column, original))
    except Unread:
        return False


def _compared(column: Column, value: Any) -> Any:
    if column.reads is Reads.TEXT:
        return plain(str(value))
    if column.reads is Reads.PHONE:
        digits = "".join(filter(str.isdecimal, str(value)))
        return digits.removeprefix("84" if len(digits) > 10 else "0")
    return value


def compare(
    lines: Iterable[Line],
    marks: Mapping[str, Mark],
    labels: Sequence[str],
    counted: Sequence[str],
    read: Read,
) -> Compared:
    """`labels`, `counted`: the columns of the list in the order of the marks. `read`: a cell's text
    as a value; raises `Unread`."""
    work = _Comparing(marks, labels, counted, read)
    by_id: dict[str, list[Line]] = defaultdict(list)
    rows: list[Row] = []
    for line in lines:
        if line.id in marks:
            by_id[line.id].append(line)
        else:
            rows.append(work.stranger(line))
    unchanged = 0
    for id_, group in by_id.items():
        said = [row for line in _distinct(group) if (row := work.row(line, marks[id_])) is not None]
        if len(_distinct(group)) > 1:
            for row in said:
                row.kind = Kind.TWICE
        unchanged += not said
        rows += said
    shuffled = _keep_back_shuffled(rows)
    rows.sort(key=lambda row: row.number)
    return Compared(rows, unchanged, len(marks) - len(by_id), shuffled)


def _distinct(lines: Sequence[Line]) -> list[Line]:
    """Rows of one record without exact copies."""
    found: dict[tuple[Any, ...], Line] = {}
    for line in lines:
        cells = {label: plain(text) for label, text in line.cells.items() if label in BY_LABEL}
        found.setdefault((*sorted(cells.items()), *line.extra), line)
    return list(found.values())


class _Comparing:
    def __init__(
        self, marks: Mapping[str, Mark], labels: Sequence[str], counted: Sequence[str], read: Read
    ) -> None:
        self.labels, self.counted, self.read = labels, counted, read
        self.people: dict[tuple[str, str], str] = {}
        for id_, mark in marks.items():
            told = dict(zip(labels, mark.originals, strict=True))
            self.people[fold(told.get(NAME_LABEL) or ""), told.get(BIRTH_LABEL) or ""] = id_

    def row(self, line: Line, mark: Mark) -> Row | None:
        """What a row says that it did not say before; None for nothing."""
        edits = [
            edit
            for label, original in zip(self.labels, mark.originals, strict=True)
            if label in line.cells
            and (edit := self._edit(label, original, line.cells[label])) is not None
        ]
        told = [
            (label, line.cells[label])
            for label, check in zip(self.counted, mark.checks, strict=True)
            if label in line.cells and crc32(plain(line.cells[label]).encode()) != check
        ]
        extra = [(heading, text) for heading, text in line.extra if plain(text)]
        if not (edits or told or extra):
            return None
        name = dict(zip(self.labels, mark.originals, strict=True)).get(NAME_LABEL) or ""
        row = Row(line.number, Kind.CHANGE if edits or told else Kind.NOTE, mark, name,
                  edits, told, extra, _shown(line))  # fmt: skip
        other = self._like(line)
        if other not in ("", line.id) and any(edit.field == "full_name" for edit in edits):
            row.kind, row.like = Kind.SHIFTED, other
        return row

    def stranger(self, line: Line) -> Row:
        """A row of nobody on the list: somebody new, or a code that is not ours."""
        kind = Kind.UNKNOWN if line.id else Kind.NEW
        extra = [(heading, text) for heading, text in line.extra if plain(text)]
        name = plain(line.cells.get(NAME_LABEL, ""))
        return Row(line.number, kind, None, name, [], [], extra, _shown(line), self._like(line))

    def _like(self, line: Line) -> str:
        """Whose name and birth date stand in this row."""
        name, text = fold(line.cells.get(NAME_LABEL, "")), plain(line.cells.get(BIRTH_LABEL, ""))
        if not name:
            return ""
        try:
            birth = self.read(BY_LABEL[BIRTH_LABEL], text) if text else ""
        except Unread:
            return ""
        return self.people.get((name, birth), "")

    def _edit(self, label: str, original: Any, text: str) -> Edit | None:
        column, value = meant(label, original)
        if same(column, value, text, self.read):
            return None
        typed = plain(text)
        edit = Edit(label, column.entity.value, column.field, value, None, typed)
        if typed not in ("", column.nothing):
            try:
                edit.set = self.read(column, typed)
            except Unread as unread:
                edit.fault = unread.code
        return edit


def _shown(line: Line) -> dict[str, str]:
    return {label: plain(text) for label, text in line.cells.items() if plain(text)}


def _keep_back_shuffled(rows: Iterable[Row]) -> list[str]:
    """Columns whose changed cells hold one another's old values: somebody sorted them alone."""
    columns: dict[str, list[Edit]] = defaultdict(list)
    for row in rows:
        for edit in row.edits:
            if edit.field in TELLING and not edit.fault:
                columns[edit.label].append(edit)
    found = []
    for label, edits in columns.items():
        before = Counter(edit.was for edit in edits if edit.was is not None)
        after = Counter(edit.set for edit in edits if edit.set is not None)
        if len(edits) >= SHUFFLED_FROM and (before & after).total() >= SHUFFLED_SHARE * len(edits):
            found.append(label)
            for edit in edits:
                edit.fault = "shuffled"
    return found
