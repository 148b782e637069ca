"""A file as sheets of rows of text. CSV, XLS and XLSX are told apart by their content; text of old
encodings and old fonts is mended on the way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from server.domain.text import clean_text
from server.tables import encodings
from server.tables.csv_rows import Row, csv_rows, unicode_of
from server.tables.encodings import READERS, leaning, mended, verdict_on_bytes, verdict_on_text
from server.tables.refusing import Unreadable
from server.tables.xls_rows import open_xls, xls_rows
from server.tables.xlsx_rows import COLUMN_LIMIT, open_xlsx, xlsx_about, xlsx_rows

ROW_LIMIT = 250_000
CELL_LIMIT = 5_000
SAMPLE_ROWS = 400
ZIP, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")

__all__ = ["ROW_LIMIT", "Book", "Row", "Sheet", "open_book", "open_rows", "readings"]


@dataclass(slots=True)
class Sheet:
    """`encoding`: what its text was in, when that had to be mended; `always`, or where a cell and
    its column tell so. `about`: how many rows there seem to be, None when the file does not say."""

    name: str
    raw: Callable[[], Iterator[Row]]
    encoding: str | None = None
    always: bool = False
    hidden: bool = False
    about: int | None = None
    _leaning: dict[int, bool] = field(default_factory=dict)

    def rows(self) -> Iterator[Row]:
        """Every row that is not empty, with its number in the file. Raises `Unreadable`."""
        count = 0
        for number, cells in self.raw():
            row = [self._cell(place, cell) for place, cell in enumerate(cells[:COLUMN_LIMIT])]
            while row and not row[-1]:
                row.pop()
            if not row:
                continue
            count += 1
            if count > ROW_LIMIT + 1:
                raise too_many_rows()
            yield number, row

    def sample(self, rows: int = SAMPLE_ROWS) -> list[Row]:
        """The first rows, mended."""
        return list(islice(self.rows(), rows))

    def settle(self) -> None:
        """Look at the first rows for text of an old font."""
        if self.encoding is None:
            self.encoding = verdict_on_text(self._texts()).encoding
        if self.encoding and not self.always:
            columns: dict[int, list[str]] = {}
            for _number, cells in islice(self.raw(), SAMPLE_ROWS):
                for place, cell in enumerate(cells):
                    columns.setdefault(place, []).append(cell)
            self._leaning = {
                place: leaning(texts, self.encoding) for place, texts in columns.items()
            }

    def _texts(self) -> list[str]:
        return [cell for _number, cells in islice(self.raw(), SAMPLE_ROWS) for cell in cells]

    def _cell(self, place: int, cell: str) -> str:
        if not cell:
            return ""
        if self.encoding is not None and not cell.isascii():
            if self.always:
                cell = READERS[self.encoding](cell)
            else:
                cell = mended(cell, self.encoding, self._leaning.get(place, False))
        return _clean(cell)


@dataclass(frozen=True, slots=True)
class Book:
    """`kind`: csv, xls or xlsx. `written_in`: the encoding of a CSV file."""

    kind: str
    sheets: tuple[Sheet, ...]
    written_in: str | None = None

    @property
    def shown(self) -> list[Sheet]:
        """The sheets a person sees when they open the file."""
        return [sheet for sheet in self.sheets if not sheet.hidden] or list(self.sheets)


def too_many_rows() -> Unreadable:
    return Unreadable("too_many_rows", limit=f"{ROW_LIMIT:,}".replace(",", "."))


def open_book(data: bytes, encoding: str | None = None) -> Book:
    """The file's sheets. `encoding`: what a person said it is written in. Raises `Unreadable`."""
    if data.startswith(OLD_EXCEL):
        old = open_xls(data)
        names = [(sheet.name, sheet.visibility != 0) for sheet in old.sheets()]
        return _book(
            "xls",
            names,
            lambda at: xls_rows(old, at),
            lambda at: old.sheet_by_index(at).nrows,
            encoding,
        )
    if data.startswith(ZIP):
        new = open_xlsx(data)
        shown = [(sheet.title, sheet.sheet_state != "visible") for sheet in new.worksheets]
        return _book(
            "xlsx", shown, lambda at: xlsx_rows(new, at), lambda at: xlsx_about(new, at), encoding
        )
    return _csv(data, encoding)


def open_rows(data: bytes) -> Iterator[Row]:
    """The rows of the first sheet that is shown."""
    yield from open_book(data).shown[0].rows()


def _book(
    kind: str,
    sheets: list[tuple[str, bool]],
    rows: Callable[[int], Iterator[Row]],
    about: Callable[[int], int | None],
    encoding: str | None,
) -> Book:
    if not sheets:
        raise Unreadable("file_empty")
    font = encoding if encoding in encodings.FONTS else None
    found = [
        Sheet(name, partial(rows, at), font, hidden=hidden, about=about(at))
        for at, (name, hidden) in enumerate(sheets)
    ]
    for sheet in found:
        sheet.settle()
    return Book(kind, tuple(found))


def _csv(data: bytes, encoding: str | None) -> Book:
    in_unicode = unicode_of(data)
    sheet = Sheet("", lambda: csv_rows(data, in_unicode), about=data.count(b"\n"))
    if in_unicode is not None:
        sheet.encoding = encoding if encoding in encodings.FONTS else None
        sheet.settle()
        return Book("csv", (sheet,), in_unicode)
    if encoding is None:
        verdict = verdict_on_bytes(sheet._texts())
        if not verdict.sure:
            raise Unreadable("encoding_unsure")
        encoding = verdict.encoding
    if encoding in READERS:
        sheet.encoding, sheet.always = encoding, True
    return Book("csv", (sheet,), encoding)


def readings(data: bytes, lines: int = 3) -> dict[str, list[str]]:
    """How the first lines that tell read in each old encoding: what a person chooses from."""
    texts = [
        " · ".join(filter(None, map(_clean, cells)))
        for _number, cells in islice(csv_rows(data, None), SAMPLE_ROWS)
        if not "".join(cells).isascii()
    ][:lines]
    return {name: [read(text)[:160] for text in texts] for name, read in READERS.items()}


def _clean(value: str) -> str:
    """Cleaned, and without the apostrophe that our own exports put before what spreadsheets run."""
    text = clean_text(value[:CELL_LIMIT]) or ""
    return text[1:] if text[:1] == "'" and text[1:].startswith(RUN_BY_SPREADSHEETS) else text
