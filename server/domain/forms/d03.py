"""D03-TS, the list of people who join health insurance alone: QĐ 490/QĐ-BHXH of 28/3/2023.

One list a group and rate of support. Columns, head and sections are rows of `d03_*.csv`.
"""

from collections.abc import Collection, Iterable, Sequence

from server.domain.forms.head import FormHead, Row, no_forces
from server.domain.forms.layouts import groups, layout
from server.domain.forms.sheet import Align, Cell, Look, Number, Sheet, address, row_heights
from server.domain.forms.values import VALUES
from server.domain.numbers import number_words, percent_words

TITLE = "DANH SÁCH NGƯỜI CHỈ THAM GIA BHYT"
FORM = "Mẫu D03-TS"
ISSUED = "(Ban hành kèm theo QĐ số 490/QĐ-BHXH ngày 28/3/2023 của BHXH Việt Nam)"
DOTS = "……………………"
HEAD_ROW, FIRST_ROW = 11, 14
LEFT, MIDDLE, RIGHT, LAST = (0, 6), (7, 9), (10, 16), 16
COUNTED = 2
"""The column of the totals in which people are counted."""
LINE_PT = 12.5
HEAD_HEIGHTS = {5: 24.0, HEAD_ROW: 28.0, HEAD_ROW + 1: 40.0}
KINDS: dict[str, tuple[Number, Align]] = {
    "text": ("text", "left"),
    "day": ("text", "center"),
    "middle": ("text", "center"),
    "number": ("number", "center"),
    "money": ("money", "right"),
    "people": ("people", "center"),
}


def d03_sheet(head: FormHead, rows: Iterable[Row], forces: Collection[str] = ()) -> Sheet:
    """The form with its rows in the order of their places; totals are formulas with their values.

    Raises ListedByTheirUnit when somebody of the armed forces stands on the list.
    """
    listed = sorted(no_forces(head, rows, forces), key=lambda row: row["place"])
    body = _Body(head, listed)
    body.write()
    cells = [*_top(head), *_column_heads(), *body.cells, *_foot(head, body.row + 1)]
    widths = [float(column["width"]) for column in layout("d03_columns")]
    heights = row_heights(body.cells, widths, LINE_PT) | HEAD_HEIGHTS
    return Sheet("D03-TS", widths, cells, heights, (HEAD_ROW, HEAD_ROW + 2))


def _top(head: FormHead) -> list[Cell]:
    """The block above the table."""
    cells = [
        Cell(0, RIGHT[0], FORM, Look(align="center", bold=True), 0, RIGHT[1]),
        Cell(1, RIGHT[0], ISSUED, Look(align="center", size_pt=10, italic=True), 2, RIGHT[1]),
        Cell(5, 0, TITLE, Look(align="center", size_pt=15, bold=True), 5, LAST),
    ]
    told = _told(head)
    places = {"left": LEFT, "middle": MIDDLE, "right": RIGHT, "whole": (0, LAST)}
    for line in layout("d03_header"):
        row, (first, last) = int(line["row"]) - 1, places[line["side"]]
        value = told[line["value"]]
        whole = line["side"] == "whole"
        text = value if whole else f"{line['field_vi']}: {value or DOTS}"
        look = Look(align="center" if whole else "left", italic=whole)
        cells.append(Cell(row, first, text, look, row, last))
    return cells


def _told(head: FormHead) -> dict[str, str]:
    group = groups().get(head.group)
    year, month = head.month.split("-")
    number = head.document_number or head.number or "………"
    salary = f"{number_words(head.base_salary)} đồng" if head.base_salary else ""
    return {
        "unit_name": head.unit_name,
        "unit_code": head.unit_code,
        "tax_code": head.tax_code,
        "address": head.address,
        "phone": head.phone,
        "email": head.email,
        "group_name": group.name if group else "",
        "group": head.card_code,
        "base_salary": salary,
        "payer": group.payer if group else "",
        "state_percent": percent_words(head.support_percent) if head.support_percent else "",
        "list_line": f"Số: {number} tháng {month} năm {year}",
    }


def _column_heads() -> list[Cell]:
    """Two tiers: columns that share the words before the dash share a cell above."""
    look = Look(align="center", size_pt=10, bold=True, border=True, shaded=True)
    cells: list[Cell] = []
    columns = layout("d03_columns")
    above = [column["label_vi"].split(" – ") for column in columns]
    at = 0
    while at < len(columns):
        if len(above[at]) == 1:
            # Broken where the words part: a spreadsheet would cut a long one anywhere.
            words = above[at][0].replace("/", "/\n")
            cells.append(Cell(HEAD_ROW, at, words, look, HEAD_ROW + 1, at))
            at += 1
            continue
        end = at
        while end < len(columns) and above[end][0] == above[at][0]:
            cells.append(Cell(HEAD_ROW + 1, end, above[end][-1], look))
            end += 1
        cells.append(Cell(HEAD_ROW, at, above[at][0], look, HEAD_ROW, end - 1))
        at = end
    letters = Look(align="center", size_pt=9, italic=True, border=True)
    return cells + [
        Cell(HEAD_ROW + 2, index, column["form_column"], letters)
        for index, column in enumerate(columns)
    ]


class _Body:
    """The table, section by section; `row` is the next free one."""

    def __init__(self, head: FormHead, rows: Sequence[Row]) -> None:
        self.head, self.rows, self.row = head, rows, FIRST_ROW
        self.cells: list[Cell] = []
        self.columns = layout("d03_columns")
        self.summed = [i for i, column in enumerate(self.columns) if column["summed"] == "yes"]
        self.began = FIRST_ROW
        self.totals: list[tuple[int, dict[int, int]]] = []

    def write(self) -> None:
        for section in layout("d03_sections"):
            rows = [row for row in self.rows if row["kind"] == section["kind"]]
            if section["role"] == "total":
                self._total(section["label_vi"], rows)
            elif section["role"] == "grand_total":
                self._grand_total(section["label_vi"])
            else:
                self._title(section)
                self._people(rows if section["role"] == "rows" else ())

    def _title(self, section: dict[str, str]) -> None:
        whole = section["role"] == "section"
        if whole:
            self.began = self.row
        center = Look(align="center", bold=whole, italic=not whole, border=True)
        words = Look(bold=whole, italic=not whole, border=True)
        self.cells.append(Cell(self.row, 0, section["number"], center))
        self.cells.append(Cell(self.row, 1, section["label_vi"], words, self.row, LAST))
        self.row += 1

    def _people(self, rows: Sequence[Row]) -> None:
        for number, row in enumerate(rows, 1):
            for index, column in enumerate(self.columns):
                kind, align = KINDS[column["kind"]]
                value = VALUES[column["value"]](self.head, row, number)
                look = Look(kind, align, size_pt=10, border=True)
                self.cells.append(Cell(self.row, index, value, look))
            self.row += 1

    def _total(self, label: str, rows: Sequence[Row]) -> None:
        """People are counted by their row numbers, which alone are numbers in the first column."""
        sums = {COUNTED: len(rows)} | {index: self._sum(index, rows) for index in self.summed}
        first, last = self.began, self.row - 1
        formulas = {
            index: f"{'COUNT' if index == COUNTED else 'SUM'}"
            f"({address(first, column)}:{address(last, column)})"
            for index, column in [(COUNTED, 0), *((index, index) for index in self.summed)]
        }
        self.totals.append((self.row, sums))
        self._sum_row(label, sums, formulas)

    def _grand_total(self, label: str) -> None:
        sums = {index: sum(one[index] for _row, one in self.totals) for index in self.totals[0][1]}
        formulas = {
            index: "+".join(address(row, index) for row, _sums in self.totals) for index in sums
        }
        self._sum_row(label, sums, formulas)

    def _sum(self, index: int, rows: Sequence[Row]) -> int:
        give = VALUES[self.columns[index]["value"]]
        return sum(int(give(self.head, row, 0) or 0) for row in rows)

    def _sum_row(self, label: str, sums: dict[int, int], formulas: dict[int, str]) -> None:
        for index in range(len(self.columns)):
            number: Number = "people" if index == COUNTED else "money"
            look = Look(number, KINDS[number][1], size_pt=10, bold=True, border=True, shaded=True)
            cell = Cell(self.row, index, sums.get(index), look, formula=formulas.get(index))
            if index == 1:
                cell = Cell(self.row, 1, label, Look(bold=True, border=True, shaded=True))
            self.cells.append(cell)
        self.row += 1


def _foot(head: FormHead, row: int) -> list[Cell]:
    """Who made the list on the left, the head of the unit on the right."""
    year, month, day = head.day.split("-") if head.day else (head.month[:4], "……", "……")
    center, slant = Look(align="center", bold=True), Look(align="center", italic=True)
    right = (head.signer_title or "Thủ trưởng đơn vị").upper()
    return [
        Cell(row, RIGHT[0], f"Ngày {day} tháng {month} năm {year}", slant, row, LAST),
        Cell(row + 1, 1, "NGƯỜI LẬP DANH SÁCH", center, row + 1, 4),
        Cell(row + 1, RIGHT[0], right, center, row + 1, LAST),
        Cell(row + 2, 1, "(Ký, ghi rõ họ tên)", slant, row + 2, 4),
        Cell(row + 2, RIGHT[0], "(Ký, đóng dấu, ghi rõ họ tên)", slant, row + 2, LAST),
        Cell(row + 7, 1, head.maker, center, row + 7, 4),
        Cell(row + 7, RIGHT[0], head.signer, center, row + 7, LAST),
    ]
