"""Rows below a heading that are no rows of the table: numbers of columns, section titles, totals,
the signatures at the end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from server.domain.text import fold

_NUMBERING = re.compile(r"\(?(\d{1,2}|[a-z])\)?\Z", re.IGNORECASE)
_SECTION = re.compile(r"(?:[IVX]{1,5}|[A-H])[.)]?\Z")
_PLACES = ("thon", "xom", "to dan pho", "lop")
_TOTALS = ("tong cong", "tong so", "tong hop", "cong cong", "luy ke", "total")
_TOTALS_ALONE = ("tong", "cong")
_SIGNED = (
    "nguoi lap", "thu truong", "giam doc", "hieu truong", "pho hieu truong", "chu tich",
    "pho chu tich", "ky ten", "ky, ghi ro", "xac nhan", "t m", "tm", "kt", "ke toan", "truong thon",
    "can bo", "nguoi kiem tra", "noi nhan", "lap bieu", "ghi chu", "bang chu", "danh sach nay",
)  # fmt: skip
_DATED = re.compile(r"ngay\b.*\bthang\b.*\bnam\b")
FEW = 3
"""Cells that a signature fills at most."""

WORDS = {
    "numbering": "Dòng đánh số cột, không phải người.",
    "totals": "Dòng cộng, không phải người.",
    "signature": "Phần ký tên ở cuối, không phải người.",
    "section": "Dòng tiêu đề trong bảng, không phải người.",
}


@dataclass(slots=True)
class Leaving:
    """Asked row by row, in the order of the file. `name`: the column in which people are named.
    `offices`: rows of the table may say what elsewhere stands above a signature."""

    name: int | None
    offices: bool = False
    _signed: bool = False

    def why(self, cells: Sequence[str]) -> str | None:
        """A key of `WORDS`, None for a row of the table."""
        filled = [cell for cell in cells if cell]
        if _counts_columns(filled):
            return "numbering"
        named = self.name is not None and self.name < len(cells) and bool(cells[self.name])
        total = next((at for at, cell in enumerate(cells) if _is_total(fold(cell))), None)
        if total is not None and (not named or total <= (self.name or 0)):
            return "totals"
        # A number before the name is somebody's, however little the row tells of them.
        if len(filled) > FEW or (named and (self.offices or filled[0].isdecimal())):
            return None
        if self._signed or any(_is_signed(fold(cell)) for cell in filled):
            self._signed = True
            return "signature"
        alone = len(filled) == 1 and not named and self.name is not None
        return "section" if alone or _is_section(filled) else None


def _counts_columns(filled: Sequence[str]) -> bool:
    """`(1) (2) (3)` or `A B 1 2`: below the heading, in one step after another."""
    found = [_NUMBERING.match(cell) for cell in filled]
    numbers = [int(each[1]) for each in found if each and each[1].isdecimal()]
    steps = zip(numbers, numbers[1:], strict=False)
    return all(found) and len(numbers) > 2 and all(after == now + 1 for now, after in steps)


def _is_section(filled: Sequence[str]) -> bool:
    """`II · Thôn Hưng Long`, or a place alone where the names of people stand."""
    if len(filled) == 1:
        return _begins(fold(filled[0]), _PLACES)
    return bool(_SECTION.match(filled[0]))


def _is_total(folded: str) -> bool:
    return folded in _TOTALS_ALONE or _begins(folded, _TOTALS)


def _is_signed(folded: str) -> bool:
    return bool(_DATED.search(folded)) or _begins(folded, _SIGNED)


def _begins(folded: str, words: Sequence[str]) -> bool:
    return any(folded == word or folded.startswith(word + " ") for word in words)
