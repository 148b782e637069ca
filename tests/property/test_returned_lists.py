"""Whatever people and spreadsheets do to a list between leaving and coming back: exactly the cells
that somebody edited are changes, of exactly these people."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from flask import Flask
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from server.domain.returned.columns import BY_LABEL
from server.domain.returned.comparing import Kind
from server.lists.catalogue import PEOPLE
from server.lists.entries import Entry
from server.lists.export import Rows, list_xlsx
from server.pages.sheets import Notes
from server.returned.reading import Refused, read_returned
from server.store.db import new_id
from tests.support.office import Office

ABOUT = {"database": "", "list": "uninsured", "title": "", "filters": "", "day": "",
         "made_at": "", "by": "", "name": ""}  # fmt: skip
KEY = bytes(32)
NAME, BIRTH = "Họ và tên", "Ngày sinh"
WORKBOOKS = (Phase.explicit, Phase.reuse, Phase.generate)
"""Writing and reading workbooks takes too long to look for the smallest one that fails."""
Cells = dict[tuple[str, str], Any]


def person(number: int) -> Entry:
    """Nobody's data repeats, some of it is missing; every third has a year of birth only."""
    whole = f"19{50 + number}-0{1 + number % 9}-1{number % 9}"
    member = {
        "full_name": f"Lò Thị Ển {chr(65 + number)}",
        "birth_date": whole[:4] if number % 3 == 2 else whole,
        "sex": ("male", "female")[number % 2],
        "ethnic_group": "03",
        "relation": "child",
        "presence": "here",
        **({"personal_id": f"0380500{number:05}"} if number % 2 else {}),
        **({"bhxh_number": f"00{number:08}"} if number % 3 else {}),
        **({"phone": f"09{number:08}"} if number % 2 else {}),
    }
    home = {"code": f"HL-{number:03}", "address": f"Xóm {number}", "phone": f"08{number:08}"}
    return Entry(new_id(), new_id(), "v", "Hưng Long", "none", member, home, None, None, "", None)


def workbook_of(people: Sequence[Entry]) -> Workbook:
    rows = Rows(PEOPLE["uninsured"], "2026-11-22", [list(people)])
    with list_xlsx(rows, Notes("", ()), ABOUT, KEY) as file:
        return load_workbook(BytesIO(file.read()))


def saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@dataclass
class Table:
    """The sheet with the list as rows of cells, its head first: to be edited and put back."""

    book: Workbook
    rows: list[list[Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = [list(row) for row in self.book["Danh sách"].iter_rows(values_only=True)]

    def at(self, label: str) -> int:
        return self.rows[0].index(label)

    def row(self, person: Entry) -> list[Any]:
        return next(row for row in self.rows[1:] if row[0] == person.id)

    def put_back(self, *, above: Sequence[str] = (), title: str = "Danh sách") -> bytes:
        sheet = self.book["Danh sách"]
        sheet.delete_rows(1, sheet.max_row)
        for words in above:
            sheet.append([words])
        for row in self.rows:
            sheet.append(row)
        sheet.title = title
        return saved(self.book)


NEW = {
    NAME: [f"Vi Văn Đổi {letter}" for letter in "ABCDEFGHIJKL"],
    BIRTH: [f"0{month}/05/2001" for month in range(1, 10)] + ["05/2002", "2003", "31/12/2004"],
    "Địa chỉ": [f"Khu mới {number}" for number in range(12)],
    "Giới tính": ["Nam", "Nữ"],
    "Dân tộc": ["Kinh", "Mường"],
    "Tên thường gọi": [f"Cò {number}" for number in range(12)],
    "Điện thoại": [f"07{number:08}" for number in range(12)],
}
EDITS = st.lists(
    st.tuples(st.integers(0, 11), st.sampled_from(sorted(NEW)), st.integers(0, 11)), max_size=8
)
MEDDLING = st.fixed_dictionaries(
    {
        "count": st.integers(3, 12),
        "edits": EDITS,
        "order": st.randoms(use_true_random=False),
        "sort": st.booleans(),
        "move": st.booleans(),
        "delete": st.sets(st.integers(0, 11), max_size=3),
        "drop": st.sets(st.sampled_from([BIRTH, "Nơi ở", "Tình trạng thẻ"]), max_size=2),
        "copy": st.sets(st.integers(0, 11), max_size=2),
        "numbers": st.booleans(),
        "apart": st.booleans(),
        "above": st.lists(st.sampled_from(["DANH SÁCH THÔN", "Tháng 11"]), max_size=2),
        "title": st.sampled_from(["Danh sách", "Sheet1", "Trang tính 2"]),
    }
)


@pytest.fixture(scope="module")
def bare(sqlite_stand: Any) -> Iterator[Flask]:
    with sqlite_stand.app.app_context():
        yield sqlite_stand.app


def edited(table: Table, people: Sequence[Entry], edits: Sequence[tuple[int, str, int]]) -> Cells:
    """Make the edits; gives what they come to, the last of each cell."""
    found: Cells = {}
    for who, label, which in edits:
        if who < len(people):
            text = NEW[label][which % len(NEW[label])]
            table.row(people[who])[table.at(label)] = text
            found[people[who].id, label] = text
    return found


def as_numbers(row: list[Any], table: Table) -> None:
    """What a spreadsheet makes of cells that look like days and numbers."""
    for label in ("Số định danh", "Mã số BHXH", "Điện thoại"):
        text = row[table.at(label)]
        row[table.at(label)] = int(text) if text else text
    text = row[table.at(BIRTH)]
    if text and text.count("/") == 2:
        row[table.at(BIRTH)] = datetime.datetime.strptime(text, "%d/%m/%Y")
    elif text and text.isdecimal():
        row[table.at(BIRTH)] = int(text)


def meddled(people: Sequence[Entry], how: Mapping[str, Any]) -> tuple[bytes, Cells]:
    """The file as it comes back, and the cells that were edited and are still in it."""
    table = Table(workbook_of(people))
    cells = edited(table, people, how["edits"])
    for row in table.rows[1:]:
        if how["numbers"]:
            as_numbers(row, table)
        if how["apart"]:
            row[:] = [normalize("NFD", one) if isinstance(one, str) else one for one in row]
    gone = {people[at].id for at in how["delete"] if at < len(people)}
    head, rows = table.rows[0], [row for row in table.rows[1:] if row[0] not in gone]
    rows += [list(rows[at]) for at in how["copy"] if at < len(rows)]
    if how["sort"]:
        how["order"].shuffle(rows)
    places = [at for at, label in enumerate(head) if label not in how["drop"]]
    if how["move"]:
        how["order"].shuffle(places)
    table.rows = [[row[at] for at in places] for row in (head, *rows)]
    left = {
        key: text for key, text in cells.items() if key[0] not in gone and key[1] not in how["drop"]
    }
    return table.put_back(above=how["above"], title=how["title"]), left


def changes_in(data: bytes) -> Cells:
    compared = read_returned(data, KEY).compared
    assert {row.kind for row in compared.rows} <= {Kind.CHANGE}
    assert not any(edit.fault for row in compared.rows for edit in row.edits)
    return {
        (row.mark.member, edit.label): edit.set
        for row in compared.rows
        if row.mark
        for edit in row.edits
    }


def expected(cells: Cells, people: Sequence[Entry]) -> Cells:
    """Edits that say something else than before, as values."""
    data = {one.id: one for one in people}
    found: Cells = {}
    for (id_, label), text in cells.items():
        column = BY_LABEL[label]
        entity = data[id_].household if column.entity == "household" else data[id_].member
        if text != column.shown(entity.get(column.field)):
            found[id_, label] = text
    return found


def as_text(cells: Cells) -> Cells:
    return {key: BY_LABEL[key[1]].shown(value) for key, value in cells.items()}


@given(how=MEDDLING)
@settings(max_examples=40, phases=WORKBOOKS)
def test_exactly_the_edited_cells_come_back(bare: Flask, how: Mapping[str, Any]) -> None:
    people = [person(number) for number in range(how["count"])]
    data, cells = meddled(people, how)
    assert as_text(changes_in(data)) == expected(cells, people)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


@pytest.mark.parametrize("to", ["xlsx", "xls"])
def test_libreoffice_saves_it_and_exactly_the_edited_cells_come_back(
    bare: Flask, office: Office, tmp_path: Path, to: str
) -> None:
    people = [person(number) for number in range(12)]
    table = Table(workbook_of(people))
    cells = edited(table, people, [(1, NAME, 0), (2, BIRTH, 3), (4, "Giới tính", 1)])
    as_numbers(table.row(people[6]), table)
    source = tmp_path / "gui lai.xlsx"
    source.write_bytes(table.put_back())
    (tmp_path / "out").mkdir()
    made = office.converted([source], to, tmp_path / "out")["gui lai"]
    assert as_text(changes_in(made.read_bytes())) == expected(cells, people)


def test_libreoffice_saves_csv_and_the_file_is_refused(
    bare: Flask, office: Office, tmp_path: Path
) -> None:
    source = tmp_path / "gui lai.xlsx"
    source.write_bytes(saved(workbook_of([person(1), person(2)])))
    (tmp_path / "out").mkdir()
    made = office.converted([source], "csv", tmp_path / "out")["gui lai"]
    with pytest.raises(Refused) as refused:
        read_returned(made.read_bytes(), KEY)
    assert refused.value.code == "csv"


@given(st.sampled_from([NAME, BIRTH, "Điện thoại"]), st.integers(5, 12))
@settings(max_examples=12, phases=WORKBOOKS)
def test_a_column_sorted_alone_changes_nobody(bare: Flask, label: str, count: int) -> None:
    table = Table(workbook_of([person(number) for number in range(count)]))
    at = table.at(label)
    values = [row[at] for row in table.rows[1:]]
    for row, value in zip(table.rows[1:], [*values[1:], values[0]], strict=True):
        row[at] = value
    compared = read_returned(table.put_back(), KEY).compared
    assert compared.shuffled == [label]
    assert all(edit.fault for row in compared.rows for edit in row.edits)
