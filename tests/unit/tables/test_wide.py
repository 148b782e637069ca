"""Wide tables: where their heading ends, what their columns are called and hold."""

import pytest

from server.domain.plan_columns import guess_columns
from server.roster.plan_table import count_of, rate_of
from server.tables.values import Noted, Wrong
from server.tables.wide import Wide, wide_table

LETTERHEAD = ["UBND TỈNH", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
GROUPS = ["TT", "Đơn vị", "BHYT", "", "", "BHXH", ""]
NAMES = ["", "", "Dân số", "Số thẻ", "Tỷ lệ", "LLLĐ", "Tham gia"]


def sheet(*rows):
    return [(at, list(cells)) for at, cells in enumerate(rows, start=1) if any(cells)]


def table_of(*rows) -> Wide:
    found = wide_table(sheet(*rows))
    assert found is not None
    return found


def test_a_heading_over_two_rows_is_spread_over_its_columns():
    rows = (LETTERHEAD, ["CHỈ TIÊU NĂM 2026"], GROUPS, NAMES, ["1", "Xã A", "10", "9", "90"])
    table = table_of(*rows)
    assert (table.first, table.last) == (3, 4)
    assert table.columns == (
        ("TT",), ("Đơn vị",), ("BHYT", "Dân số"), ("BHYT", "Số thẻ"), ("BHYT", "Tỷ lệ"),
        ("BHXH", "LLLĐ"), ("BHXH", "Tham gia"),
    )  # fmt: skip
    assert table.titles[-1] == "CHỈ TIÊU NĂM 2026"
    assert guess_columns(table.columns) == {
        1: "name",
        2: "bhyt_coverage.population",
        3: "bhyt_coverage.planned",
        4: "bhyt_coverage.printed_percent",
        5: "social_insurance.population",
        6: "social_insurance.planned",
    }


def test_the_numbers_of_columns_are_no_line():
    numbering = ["(1)", "(2)", "(3)", "(4)", "(5)"]
    table = table_of(GROUPS, NAMES, numbering, ["1", "Xã A", "10", "9", "90"])
    assert [cells[1] for _number, cells in table.rows] == ["Xã A"]


def test_a_sheet_without_figures_beside_names_is_no_table():
    assert wide_table(sheet(LETTERHEAD, ["Ghi chú", "xem phụ lục 2"])) is None


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Tỷ lệ bao phủ BHYT (%)", "bhyt_coverage.printed_percent"),
        ("Chỉ tiêu BHYT giao (%)", "bhyt_coverage.goal_percent"),
        ("Số người tham gia BHXH tự nguyện", "voluntary_social_insurance.planned"),
        ("Học sinh có thẻ BHYT", "pupils.planned"),
        ("Trẻ em dưới 6 tuổi có thẻ", "children_under_6.planned"),
        ("Bảo hiểm thất nghiệp", "unemployment_insurance.planned"),
        ("Dân số", "basis.population"),
        ("Dân số trong độ tuổi lao động", "basis.working_age"),
        ("Lực lượng lao động", "basis.labour_force"),
        ("Xã, phường", "name"),
        ("Thời hạn hoàn thành", "deadline"),
        ("Thực hiện BHYT năm 2025", None),
        ("Ghi chú", None),
    ],
)
def test_a_column_is_taken_for_what_its_heading_says(heading, key):
    assert guess_columns([(heading,)]).get(0) == key


def test_a_district_column_is_the_name_where_there_is_no_other():
    assert guess_columns([("Huyện",)]) == {0: "name"}
    assert guess_columns([("Huyện",), ("Xã",)]) == {0: "district", 1: "name"}


@pytest.mark.parametrize("cell", ["1.604", "1,604", "1 604", "1604", "1604,0", "1604.00"])
def test_a_count_is_read_however_its_thousands_are_parted(cell):
    assert count_of(cell) == 1604


@pytest.mark.parametrize("cell", ["95,5", "-3", "hai trăm", "1.60"])
def test_what_is_no_count_is_refused(cell):
    with pytest.raises(Wrong):
        count_of(cell)


@pytest.mark.parametrize("cell", ["95,2 %", "95.2", "95,2", "95,20%", "95.2%"])
def test_a_rate_is_read_however_it_is_written(cell):
    assert rate_of(cell) == "95.2"


def test_a_share_of_one_is_percent_and_that_is_said():
    assert rate_of("0,952") == Noted("95.2", "share_as_percent")
    assert rate_of("0,9 %") == "0.9"
    assert rate_of("95.18987654") == "95.19"


@pytest.mark.parametrize("cell", ["chín lăm", "95,2,1", ""])
def test_what_is_no_rate_is_refused(cell):
    with pytest.raises(Wrong):
        rate_of(cell)
