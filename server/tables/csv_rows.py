"""CSV and its relatives: which encoding, which separator, and the rows."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper

from server.tables.encodings import western
from server.tables.refusing import Unreadable

Row = tuple[int, list[str]]

SAMPLE = 64 * 1024
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
          (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_SEPARATORS = ",;\t|"


def unicode_of(data: bytes) -> str | None:
    """The Unicode encoding of the bytes, None when they are in an older one. Raises `Unreadable`
    for what is no text."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    head = data[:SAMPLE]
    if head.count(0) > len(head) // 4:
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    if 0 in head or head.startswith(b"%PDF"):
        raise Unreadable("file_unreadable")
    return "utf-8" if _is_utf8(data) else None


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), SAMPLE):
            decoder.decode(data[start : start + SAMPLE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def csv_rows(data: bytes, encoding: str | None) -> Iterator[Row]:
    """The rows as they stand; without an encoding the bytes are read as western letters."""
    if encoding is None:
        lines: Iterator[str] = (western(line) for line in BytesIO(data))
        head = western(data[:SAMPLE])
    else:
        lines = (line for line in TextIOWrapper(BytesIO(data), encoding, newline=""))
        head = data[:SAMPLE].decode(encoding, "ignore")
    reader = csv.reader(lines, delimiter=_separator(head), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except UnicodeDecodeError:
        raise Unreadable("file_unreadable", row=reader.line_num) from None
    except csv.Error:
        raise Unreadable("file_unreadable", row=reader.line_num) from None


def _separator(head: str) -> str:
    """What parts the cells: found equally often in most lines, so that a comma in a title or in an
    address decides nothing."""
    lines = head.splitlines()[:30]

    def weight(mark: str) -> int:
        times = Counter(line.count(mark) for line in lines)
        return max((many * lines_ for many, lines_ in times.items()), default=0)

    return max(_SEPARATORS, key=weight)
