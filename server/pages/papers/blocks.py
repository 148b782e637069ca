"""What an official paper is made of, by the order of NĐ 30/2020/NĐ-CP, annexes I and III.
The sizes are rows of `layout.csv`."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

NATIONAL_TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
NATIONAL_MOTTO = "Độc lập - Tự do - Hạnh phúc"
MARGINS_MM = {"top": 20, "right": 18, "bottom": 20, "left": 30}
"""Annex I part I, I.3: top and bottom 20 to 25 mm, left 30 to 35, right 15 to 20."""

Align = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Style:
    size_pt: int
    bold: bool
    italic: bool


@cache
def styles() -> dict[str, Style]:
    """The model sizes of the decree, by element."""
    with (Path(__file__).parent / "layout.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["element"]: Style(int(row["size_pt"]), row["bold"] == "yes", row["italic"] == "yes")
            for row in csv.DictReader(file)
        }


@dataclass(frozen=True, slots=True)
class Head:
    """Without a body, as on a form that people sign, the national title stands alone. The body may
    take two lines. `parent`: the body above it. `subject`: the V/v of a letter without a title."""

    body: str | None
    number: str
    place_date: str
    parent: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph in the style of an element. `rule`: a third of a line drawn below it."""

    element: str
    text: str
    align: Align = "center"
    rule: bool = False
    indent: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """`Điều 1.` in bold, then its words."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A line of a form: its label, and what is filled in (dots to write on where nothing is)."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a form's line, and its share of the width in percent."""

    text: str
    share: int


@dataclass(frozen=True, slots=True)
class Abreast:
    """Short fields of a form, side by side."""

    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width_mm: int
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """`element`: in whose style its cells are; `table_small` for many columns on one page."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    element: str = "table"


@dataclass(frozen=True, slots=True)
class Signature:
    """`recipients` on the left; `above` (authority, title) and the name's place on the right, with
    room to sign between them."""

    recipients: Sequence[str]
    above: Sequence[str]
    hint: str = ""
    name: str = ""
    place_date: str = ""
    room_mm: int = 24


@dataclass(frozen=True, slots=True)
class Signers:
    """Several who sign side by side, each under their own title with room to sign."""

    titles: Sequence[str]
    room_mm: int = 24


@dataclass(frozen=True, slots=True)
class Annex:
    """What follows begins a page of its own, and its pages are numbered on their own (annex I,
    III.1đ). `landscape`: for a table that is too wide for upright pages."""

    landscape: bool = False


Block = Head | Line | Article | Field | Abreast | Table | Signature | Signers | Annex


@dataclass(frozen=True, slots=True)
class Paper:
    """`name`: of the file, without its ending. `landscape`: for a table that stands in the text
    itself and is too wide for upright pages (annex I part I, I.2)."""

    name: str
    title: str
    blocks: Sequence[Block]
    landscape: bool = False


def para(text: str) -> Line:
    """A paragraph of the body."""
    return Line("body", text, "justify", indent=True)


def place_date(place: str, day: str | None) -> str:
    """`Ia Dom, ngày 05 tháng 02 năm 2027`; dots to write on without a day."""
    if not day:
        return f"{place}, ngày …… tháng …… năm ………"
    year, month, number = day.split("-")
    # Only days below 10 and the months 1 and 2 get a leading zero (annex I, II.4).
    return (
        f"{place}, ngày {number} tháng {month if month in ('01', '02') else int(month)} năm {year}"
    )
