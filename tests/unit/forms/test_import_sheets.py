"""Import sheets: one mapping file an agency, opened by LibreOffice and compared with it."""

import openpyxl
import pytest

from server.domain.forms.head import ListedByTheirUnit
from server.domain.forms.profiles import (
    BadProfile,
    Profile,
    columns_of,
    import_sheet_of,
    profiles,
)
from server.domain.forms.values import VALUES
from tests.unit.forms.samples import BOTH, LISTS, LONG_NAME, head, row

SIXTY_THREE = "d03_tk1_63"


def sheet_of(opened, name, listed):
    book = openpyxl.load_workbook(opened.recalculated / f"{name}-{listed}.xlsx", data_only=True)
    return book[profiles()[name].sheet]


def by_header(opened, listed, place):
    """One person's cells by their headers; the receipt's stand twice."""
    sheet = sheet_of(opened, SIXTY_THREE, listed)
    heads = [cell.value for cell in sheet[2]][:63]
    cells = [sheet.cell(place + 2, column).value for column in range(1, 64)]
    return {head: value for head, value in zip(heads, cells, strict=True) if head}


@pytest.mark.parametrize("name", profiles())
@pytest.mark.parametrize("listed", LISTS)
def test_every_cell_is_where_the_mapping_says(opened, name, listed):
    profile, rows = profiles()[name], LISTS[listed]
    sheet = sheet_of(opened, name, listed)
    for column in profile.columns:
        found = [sheet.cell(line, column.position).value for line in range(1, 3 + len(rows))]
        assert (found[profile.header_row - 1] or "") == column.header
        for number, one in enumerate(rows, 1):
            value = VALUES[column.value](head(rows), one, number) if column.value else None
            expected = int(column.constant) if column.constant else value
            cell = found[profile.first_row + number - 2]
            assert (cell if cell is not None else "") == (expected if expected is not None else "")


def test_the_sheet_has_its_sixty_three_columns_and_begins_in_row_three(opened):
    sheet = sheet_of(opened, SIXTY_THREE, "one")
    columns = profiles()[SIXTY_THREE].columns
    assert [column.position for column in columns] == list(range(1, 64))
    assert sheet.cell(3, 2).value == "Lê Văn Tám 1"
    assert sheet["BK2"].value == "MaNhanvienThu"
    assert sheet["AG2"].value == "Tk1_Save"


def test_ids_are_text_and_money_is_a_number(opened):
    one = by_header(opened, "one", 1)
    assert (one["MasoBHXH"], one["SoCCCD"], one["MaBenhVien"]) == (
        "0123456789",
        "038080000001",
        "38154",
    )
    assert (one["TienDongThucTe"], one["Tiendong"]) == (819_720, 2_530_000)
    assert (one["PA"], one["Tk1_Save"], one["GioiTinh"], one["MucHuong"]) == ("TM", "x", 1, "4")
    assert (one["TyleNSDP"], one["TuNgay"], one["TenTinhBenhVien"]) == (
        "10",
        "01/12/2026",
        "Tỉnh Thanh Hóa",
    )


def test_the_receipt_stands_in_both_its_places(opened):
    sheet = sheet_of(opened, SIXTY_THREE, "one")
    assert sheet["H3"].value == sheet["BJ3"].value == "20/11/2026"
    assert sheet["I3"].value == sheet["BI3"].value == "AA/26 0000123"


def test_who_left_has_the_day_of_death_and_no_code_that_nobody_knows(opened):
    dead, moved = by_header(opened, "both", 5), by_header(opened, "both", 6)
    assert (dead["NgayChet"], dead["PA"], dead["TienDongThucTe"]) == ("08/10/2026", None, None)
    assert moved["NgayChet"] is None
    assert by_header(opened, "both", 1)["HoTen"] == LONG_NAME


@pytest.mark.parametrize(("place", "base"), [(1, 2_530_000), (2, 1_771_000), (9, 1_012_000)])
def test_the_base_follows_the_ladder_of_the_household(place, base):
    [amount] = [
        cell.value
        for cell in import_sheet_of(
            profiles()[SIXTY_THREE], head([]), [row(1, ladder_place=place)]
        ).cells
        if (cell.row, cell.column) == (2, 10)
    ]
    assert amount == base


def test_another_agency_is_another_mapping_file():
    lines = [
        mapping(1, "ho_ten", "full_name"),
        mapping(2, "ngay_sinh", "birth_date"),
        mapping(3, "ccns", "birth_year_only", kind="number"),
    ]
    other = Profile("khac", "Phần mềm khác", "Other software", "Sheet1", 1, 1, 2, columns_of(lines))
    cells = import_sheet_of(other, head(BOTH), BOTH).cells
    years = [cell.value for cell in cells if cell.column == 2]
    assert years == ["ccns", 1, 0, 0, 0, 0, 1]


def test_a_mapping_that_asks_for_what_there_is_not_is_refused():
    with pytest.raises(BadProfile) as refused:
        columns_of([mapping(1, "ho_ten", "full_name"), mapping(2, "don_vi", "military_unit")])
    assert refused.value.columns == ["2"]


def test_no_sheet_names_the_armed_forces():
    with pytest.raises(ListedByTheirUnit):
        import_sheet_of(profiles()[SIXTY_THREE], head(BOTH), BOTH, forces={"member-1"})


def mapping(position, header, value, *, kind="text"):
    more = {"constant": "", "confidence": "seen", "note": ""}
    return {"position": str(position), "header": header, "value": value, "kind": kind} | more
