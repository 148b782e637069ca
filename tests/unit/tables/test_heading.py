"""Where a table begins and what in it is nobody's row."""

import pytest

from server.tables.heading import find_heading, heading_at, heading_key
from server.tables.leaving import Leaving

NAMES = {heading_key(name) for name in ("Họ và tên", "Ngày sinh", "Giới tính", "Từ ngày",
                                        "Đến ngày", "Thẻ BHYT từ ngày", "Số CCCD")}  # fmt: skip


def found_in(rows):
    heading = find_heading(rows, NAMES)
    assert heading is not None
    return heading


def sample(*rows):
    return list(enumerate(map(list, rows), start=1))


def test_a_heading_stands_below_merged_titles():
    rows = sample(
        ("UBND XÃ THƯỜNG XUÂN", "", ""),
        ("DANH SÁCH NGƯỜI THAM GIA NĂM 2026", "", ""),
        ("STT", "Họ và tên", "Ngày sinh"),
        ("1", "Lê Thị Mơ", "1980"),
    )
    found = found_in(rows)
    assert (found.first, found.last, found.known) == (3, 3, 2)
    assert found.titles[1] == "DANH SÁCH NGƯỜI THAM GIA NĂM 2026"


def test_two_rows_of_heading_are_read_together():
    rows = sample(
        ("STT", "Họ và tên", "Thẻ BHYT", "", "Ghi chú"),
        ("", "", "Từ ngày", "Đến ngày", ""),
        ("1", "Lê Thị Mơ", "01/01/2026", "31/12/2026", ""),
    )
    found = found_in(rows)
    assert (found.first, found.last) == (1, 2)
    assert found.cells == ("STT", "Họ và tên", "Thẻ BHYT Từ ngày", "Đến ngày", "Ghi chú")


def test_brackets_accents_and_case_of_a_heading_do_not_matter():
    rows = sample(("HO VA TEN (*)", "Ngày sinh\n(dd/mm/yyyy)"), ("a", "b"))
    assert found_in(rows).known == 2


def test_data_is_never_taken_for_a_second_row_of_heading():
    rows = sample(("Họ và tên", "Ngày sinh"), ("Giới tính", "17/05/1980"))
    assert found_in(rows).last == 1


def test_a_table_of_unknown_names_begins_at_its_first_wide_row():
    rows = sample(("Danh sách",), ("Cột A", "Cột B"), ("1", "2"))
    found = found_in(rows)
    assert (found.first, found.known) == (2, 0)
    assert find_heading([], NAMES) is None


def test_a_person_may_say_where_the_heading_is():
    rows = sample(("Họ và tên", "x"), ("Số CCCD", "y"))
    told = heading_at(rows, 2, NAMES)
    assert told is not None
    assert told.cells == ("Số CCCD", "y")
    assert heading_at(rows, 9, NAMES) is None


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["(1)", "(2)", "(3)", "(4)"], "numbering"),
        (["A", "B", "1", "2", "3"], "numbering"),
        (["", "Tổng cộng", "12", "8"], "totals"),
        (["TỔNG SỐ: 12 người", "", "", ""], "totals"),
        (["Cộng", "", "", "120.000"], "totals"),
        (["Thôn Hưng Long", "", "", ""], "section"),
        (["", "Xã Thường Xuân, ngày 20 tháng 11 năm 2026", "", ""], "signature"),
        (["", "NGƯỜI LẬP BIỂU", "", "CHỦ TỊCH"], "signature"),
        (["1", "Tòng Văn Cộng", "1980", "Nam"], None),
        (["2", "Công Thị Tổng", "", ""], None),
        (["3", "", "1980", "Nam"], None),
        (["", "Chu Tịch", "1980", "Nam", "TT"], None),
    ],
)
def test_a_row_that_is_nobody_is_left_out(row, why):
    assert Leaving(1).why(row) == why


def test_who_signed_stands_below_and_is_left_out_too():
    leaving = Leaving(1)
    assert leaving.why(["", "NGƯỜI LẬP", "", ""]) == "signature"
    assert leaving.why(["", "Nguyễn Thị Ký", "", ""]) == "signature"


def test_a_section_with_its_numeral_is_no_person():
    leaving = Leaving(1)
    assert leaving.why(["II", "Thôn Hưng Long", "", ""]) == "section"
    assert leaving.why(["", "Lớp 6A", "", ""]) == "section"
    assert leaving.why(["A.", "Hộ nghèo", "12 hộ"]) == "section"


def test_a_total_before_the_names_counts_no_person():
    assert Leaving(1).why(["Cộng", "60 người", "", ""]) == "totals"
    assert Leaving(1).why(["5", "Vi Tổng Số", "1980"]) is None


def test_who_has_a_number_in_the_list_is_somebody_though_little_is_told():
    leaving = Leaving(1)
    assert leaving.why(["7", "Bàn Văn Lìn", "Cán bộ xã"]) is None
    assert leaving.why(["", "Chủ tịch", ""]) == "signature"
    assert leaving.why(["8", "Vi Thị Hoa", ""]) is None
    assert leaving.why(["", "Bàn Thị Mùi"]) == "signature"
