"""D03-TS, opened by LibreOffice and compared cell by cell with its layout."""

import zipfile
from io import BytesIO

import openpyxl
import pypdfium2
import pytest

from server.domain.forms.d03 import FIRST_ROW, HEAD_ROW, d03_sheet
from server.domain.forms.head import ListedByTheirUnit
from server.domain.forms.layouts import layout
from server.pages.forms.d03 import d03_workbook
from tests.support.office import Office
from tests.unit.forms.samples import BOTH, LISTS, LONG_NAME, MANY, head, row

every_list = pytest.mark.parametrize("name", LISTS)


def sheet_of(path, *, formulas=False):
    return openpyxl.load_workbook(path, data_only=not formulas)["D03-TS"]


def values_of(sheet):
    return [[cell.value for cell in line] for line in sheet.iter_rows()]


def text_of(path):
    document = pypdfium2.PdfDocument(path)
    pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    return pages


@every_list
def test_every_cell_is_where_the_layout_says(opened, name):
    sheet = sheet_of(opened.recalculated / f"d03-{name}.xlsx")
    for cell in d03_sheet(head(LISTS[name]), LISTS[name]).cells:
        found = sheet.cell(cell.row + 1, cell.column + 1).value
        assert (found if found is not None else "") == (
            cell.value if cell.value is not None else ""
        )


@every_list
def test_recalculated_it_is_what_was_written(opened, name):
    written, recalculated = (
        values_of(sheet_of(folder / f"d03-{name}.xlsx"))
        for folder in (opened.sent, opened.recalculated)
    )
    assert recalculated == written


def test_the_columns_are_those_of_the_form(opened):
    sheet = sheet_of(opened.recalculated / "d03-one.xlsx")
    letters = [cell.value for cell in sheet[HEAD_ROW + 3]][:17]
    assert letters == ["A", "B", *(str(number) for number in range(1, 16))]
    for column in layout("d03_columns"):
        place = sheet[f"{column['excel_column']}{HEAD_ROW + 3}"]
        assert place.value == column["form_column"]
        above, _, below = column["label_vi"].partition(" – ")
        heads = [sheet.cell(line, place.column).value for line in (HEAD_ROW + 1, HEAD_ROW + 2)]
        assert heads[1] == below if below else heads[0].replace("\n", "") == above


def test_totals_are_formulas_that_add_up(opened):
    sheet = sheet_of(opened.sent / "d03-both.xlsx", formulas=True)
    found = {line[1].value: line for line in sheet.iter_rows(min_row=FIRST_ROW + 1)}
    assert found["Cộng tăng"][2].value == "=COUNT(A15:A21)"
    assert found["Cộng tăng"][11].value == "=SUM(L15:L21)"
    values = sheet_of(opened.recalculated / "d03-both.xlsx")
    totals = {line[1].value: [cell.value for cell in line] for line in values.iter_rows()}
    assert totals["Cộng tăng"][2] == 4
    assert totals["Cộng giảm"][2] == 2
    assert totals["Tổng cộng"][2] == 6
    assert totals["Tổng cộng"][10:13] == [3_500_000, 409_860, 100_000]


def test_numbers_that_name_somebody_keep_their_zeros_and_years_stay_years(opened):
    sheet = sheet_of(opened.recalculated / "d03-both.xlsx")
    people = {line[1].value: [cell.value for cell in line] for line in sheet.iter_rows()}
    assert people[LONG_NAME][2:5] == ["0123456789", "038080000001", "1948"]
    assert people["Y Phiên"][4] == "03/2021"
    assert people["A Thút"][16] == "Chuyển đi nơi khác"
    assert people["Lê Văn Tám 5"][16] == "Chết; trích lục khai tử số 12"


def test_what_looks_like_a_formula_is_a_name(opened):
    sheet = sheet_of(opened.recalculated / "d03-both.xlsx", formulas=True)
    assert {"=1+1", "@gọi lại"} <= {cell.value for line in sheet.iter_rows() for cell in line}
    whole = zipfile.ZipFile(opened.sent / "d03-both.xlsx")
    assert "<f>1+1</f>" not in whole.read("xl/worksheets/sheet1.xml").decode()


def test_a_wrong_total_would_be_noticed(opened, tmp_path):
    """LibreOffice really counts again: what it says is not what the file claimed."""
    body = d03_workbook(head(MANY), MANY)
    source, output = zipfile.ZipFile(BytesIO(body)), tmp_path / "wrong.xlsx"
    with zipfile.ZipFile(output, "w") as damaged:
        for name in source.namelist():
            damaged.writestr(name, source.read(name).replace(b"<v>1035000</v>", b"<v>7</v>"))
    office = Office(tmp_path / "office")
    made = office.converted([output], "xlsx", tmp_path / "again")["wrong"]
    totals = {line[1].value: line[11].value for line in sheet_of(made).iter_rows()}
    assert totals["Cộng tăng"] == 1_035_000


@every_list
def test_it_is_printed_on_wide_pages_with_its_head_on_each(opened, name):
    path = opened.printed / f"d03-{name}.pdf"
    document = pypdfium2.PdfDocument(path)
    width, height = document[0].get_size()
    document.close()
    assert width > height
    *pages, _notes = text_of(path)
    assert all("Mã số nhân viên thu" in page for page in pages)
    assert "NGƯỜI LẬP DANH SÁCH" in pages[-1]


def test_the_long_list_takes_as_few_pages_as_it_needs(opened):
    assert len(text_of(opened.printed / "d03-many.pdf")) <= 5
    assert len(text_of(opened.printed / "d03-one.pdf")) == 2


def test_a_row_without_a_number_of_the_insurance_gives_the_personal_one():
    cells = {
        cell.column: cell.value
        for cell in d03_sheet(head([]), [row(1, bhxh_number=None)]).cells
        if cell.row == FIRST_ROW + 2
    }
    assert cells[2] == cells[3] == "038080000001"


def test_both_sections_are_in_the_order_of_the_form(opened):
    text = " ".join(text_of(opened.printed / "d03-both.pdf"))
    order = [text.index(word) for word in ("Tăng", "Cộng tăng", "Giảm", "Cộng giảm", "Tổng cộng")]
    assert order == sorted(order)
    assert len(BOTH) == 6


@pytest.mark.parametrize("group", ["QN", "CA", "CY", "TQ", "TA", "TY"])
def test_a_list_of_the_armed_forces_is_never_written(group):
    with pytest.raises(ListedByTheirUnit):
        d03_workbook(head([], insurance_group=group), [])


def test_a_member_of_the_armed_forces_stops_the_list():
    with pytest.raises(ListedByTheirUnit) as refused:
        d03_workbook(head(BOTH), BOTH, forces={"member-2", "member-5"})
    assert refused.value.places == [2, 5]


def test_a_draft_leaves_lines_to_write_on():
    draft = head([], document_number=None, number=None, sealed_on=None, maker_code=None)
    texts = {cell.value for cell in d03_sheet(draft, []).cells}
    assert {"Mã đơn vị/Điểm thu: ……………………", "Số: ……… tháng 11 năm 2026"} <= texts
    assert "Ngày …… tháng …… năm 2026" in texts
