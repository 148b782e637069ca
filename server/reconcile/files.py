"""A tab as a workbook, as CSV or as a paper."""

from collections.abc import Sequence

from server.domain.numbers import day_words, number_words
from server.domain.words import SEX
from server.pages.papers.blocks import Article, Block, Column, Line, Paper, Table, para
from server.pages.papers.commune import head_of, signed
from server.pages.papers.pdf import pdf_file
from server.pages.sheets import Cell, Notes, Sheet, csv_file, workbook
from server.reconcile.kinds import ListKind, made_on
from server.reconcile.lines import MatchLine, PersonLine, period_words, school_words
from server.reconcile.tabs import Tab
from server.reconcile.words import LEAD, TAB
from server.store.imported_lists import ImportedList

MATCH_COLUMNS = (
    ("Dòng", 7),
    ("Họ và tên trên danh sách", 26),
    ("Ngày sinh", 12),
    ("Giới tính", 9),
    ("Số định danh", 16),
    ("Mã số BHXH", 14),
    ("Mã hộ BHXH", 14),
    ("Thôn trên danh sách", 18),
    ("Kỳ thẻ trên danh sách", 24),
    ("Người đã khảo sát", 26),
    ("Ngày sinh đã ghi", 14),
    ("Số định danh đã ghi", 17),
    ("Mã số BHXH đã ghi", 16),
    ("Thôn", 18),
    ("Ghi chú", 40),
)
SCHOOL_COLUMNS = (
    ("Trường, lớp trên danh sách", 34),
    ("Trường, lớp đã ghi", 34),
)
PERSON_COLUMNS = (
    ("STT", 6),
    ("Họ và tên", 26),
    ("Ngày sinh", 12),
    ("Giới tính", 9),
    ("Số định danh", 16),
    ("Mã số BHXH", 14),
    ("Thôn", 18),
    ("Mã hộ", 14),
    ("Địa chỉ", 22),
)
REASON = (("Nhóm", 34),)
CHILD = (
    ("Mã hộ BHXH đang ghi", 18),
    ("Mã hộ BHXH của hộ đang ở", 20),
    ("Chủ hộ của mã đang ghi", 26),
)

Lines = Sequence[MatchLine | PersonLine]


def columns_of(tab: Tab) -> tuple[tuple[str, int], ...]:
    if tab is Tab.CHILDREN:
        return (*PERSON_COLUMNS, *CHILD)
    if tab is Tab.SCHOOL:
        return (*MATCH_COLUMNS, *SCHOOL_COLUMNS)
    return (*PERSON_COLUMNS, *REASON) if tab is Tab.NOT_LISTED else MATCH_COLUMNS


def cells_of(tab: Tab, number: int, line: MatchLine | PersonLine) -> list[Cell]:
    if isinstance(line, MatchLine):
        told = _match_cells(line)
        if tab is Tab.SCHOOL and line.pupil:
            told += [school_words(line.pupil.told), school_words(line.pupil.known)]
        return told
    person, home = line.person.data, line.person.home
    told = [
        number,
        person.get("full_name"),
        day_words(person.get("birth_date")),
        SEX.get(person.get("sex") or ""),
        person.get("personal_id"),
        person.get("bhxh_number"),
        line.person.village,
        home.get("code"),
        home.get("address") or home.get("hamlet"),
    ]
    if tab is Tab.CHILDREN:
        return [*told, line.code, home.get("bhxh_household_code"), line.note]
    return [*told, line.note]


def _match_cells(line: MatchLine) -> list[Cell]:
    row, person = line.row, line.person.data if line.person else {}
    return [
        row.get("at") or line.match.row_number,
        row.get("full_name"),
        day_words(row.get("birth_date")),
        SEX.get(row.get("sex") or ""),
        row.get("personal_id"),
        row.get("bhxh_number"),
        row.get("household_code"),
        row.get("village_text"),
        period_words(row),
        person.get("full_name"),
        day_words(person.get("birth_date")),
        person.get("personal_id"),
        person.get("bhxh_number"),
        line.person.village if line.person else None,
        "; ".join(line.notes),
    ]


def about(kept: ImportedList, tab: Tab, count: int, who: str) -> list[tuple[str, str]]:
    return [
        ("Danh sách", kept.name),
        ("Danh sách lập ngày", day_words(made_on(kept))),
        ("Nội dung", f"{TAB[tab]}. {LEAD[tab]}"),
        ("Số dòng", number_words(count)),
        ("Người lập", who),
    ]


def tab_file(
    kind: str, kept: ImportedList, commune: str, tab: Tab, lines: Lines, who: str, day: str
) -> bytes:
    """The tab in one of the kinds `xlsx`, `csv`, `pdf`."""
    rows = [cells_of(tab, number, line) for number, line in enumerate(lines, start=1)]
    columns, told = columns_of(tab), about(kept, tab, len(rows), who)
    if kind == "csv":
        return csv_file([label for label, _width in columns], rows)
    if kind == "xlsx":
        sheet = Sheet("Đối chiếu", columns, rows)
        return workbook([sheet], Notes(str(TAB[tab]), told))
    return pdf_file(_paper(kept, commune, tab, rows, told, day))


def _reader(kept: ImportedList) -> str:
    return "- Nhà trường;" if kept.kind == ListKind.SCHOOL_ROLL else "- BHXH cơ sở;"


def _paper(
    kept: ImportedList,
    commune: str,
    tab: Tab,
    rows: Sequence[Sequence[Cell]],
    told: Sequence[tuple[str, str]],
    day: str,
) -> Paper:
    """A list for the insurance or the school: who it is about, and what they say otherwise."""
    blocks: list[Block] = [
        head_of(commune, "DS", None, day),
        Line("type_name", "DANH SÁCH ĐỐI CHIẾU"),
        Line("abstract", str(TAB[tab]), rule=True),
        para(f"{LEAD[tab]} Danh sách: {kept.name}, lập ngày {day_words(made_on(kept))}."),
        Article("", f"Có {number_words(len(rows))} dòng."),
        _table(tab, rows),
        signed((_reader(kept), "- Lưu: VT.")),
    ]
    return Paper(f"doi-chieu-{tab}", f"Đối chiếu: {TAB[tab]}", blocks)


PAPER_MATCH = ((0, "Dòng", 10), (1, "Trên danh sách", 34), (2, "Ngày sinh", 20),
               (4, "Số định danh", 26), (9, "Đã khảo sát", 34), (13, "Thôn", 20),
               (14, "Ghi chú", 18))  # fmt: skip
PAPER_DIFFERENT = ((0, "Dòng", 10), (1, "Họ và tên", 30), (2, "Ngày sinh trên danh sách", 21),
                   (10, "Ngày sinh đã khảo sát", 21), (4, "Số định danh trên danh sách", 27),
                   (11, "Số định danh đã khảo sát", 27), (14, "Ghi chú", 26))  # fmt: skip
PAPER_SCHOOL = ((0, "Dòng", 10), (1, "Họ và tên", 36), (2, "Ngày sinh", 22), (13, "Thôn", 24),
                (15, "Trên danh sách", 36), (16, "Đã khảo sát", 34))  # fmt: skip
PAPER_PERSON = ((0, "STT", 10), (1, "Họ và tên", 36), (2, "Ngày sinh", 20),
                (4, "Số định danh", 26), (6, "Thôn", 24), (9, "Nhóm", 46))  # fmt: skip
PAPER_CHILD = ((0, "STT", 10), (1, "Họ và tên", 36), (2, "Ngày sinh", 20),
               (4, "Số định danh", 26), (6, "Thôn", 22), (9, "Mã hộ đang ghi", 22),
               (11, "Chủ hộ của mã đó", 26))  # fmt: skip


PAPERS = {
    Tab.CHILDREN: PAPER_CHILD,
    Tab.NOT_LISTED: PAPER_PERSON,
    Tab.DIFFERENT: PAPER_DIFFERENT,
    Tab.SCHOOL: PAPER_SCHOOL,
}


def _table(tab: Tab, rows: Sequence[Sequence[Cell]]) -> Table:
    chosen = PAPERS.get(tab, PAPER_MATCH)
    columns = [Column(label, width) for _at, label, width in chosen]
    return Table(
        columns,
        [[str(row[at]) if row[at] is not None else "" for at, _l, _w in chosen] for row in rows],
    )
