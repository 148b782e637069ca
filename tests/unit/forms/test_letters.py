"""The tờ trình of a list and the letter to a school, as Word prints in LibreOffice and as PDF."""

import pytest

from server.domain.card_lists.digest import totals_of
from server.pages.forms.memo import memo_paper
from server.pages.forms.school_letter import school_year
from server.pages.papers.blocks import Table
from tests.unit.forms.reading import pages_of
from tests.unit.forms.samples import BOTH, LONG_NAME, head

both_files = pytest.mark.parametrize("kind", ["word", "own"])


@both_files
def test_the_memo_says_what_is_to_be_approved(opened, kind):
    [page] = pages_of(opened, "memo", kind)[0]
    totals = totals_of(BOTH)
    for words in (
        "PHÒNG VĂN HÓA - XÃ HỘI",
        "Số: 12/TTr-VHXH",
        "Thường Xuân, ngày 22 tháng 11 năm 2026",
        "Kính gửi: Chủ tịch Ủy ban nhân dân xã Thường Xuân",
        "số 07/DS-UBND tháng 11/2026, gồm 6 người: tăng 4, giảm 2.",
        "(mã GB), ngân sách nhà nước hỗ trợ 30 % mức đóng",
        "Ngân sách nhà nước hỗ trợ (đồng) 1.639.440",
        "TRƯỞNG PHÒNG",
    ):
        assert words in page
    assert totals["state_support"] == 1_639_440
    assert page.index("ỦY BAN NHÂN DÂN XÃ THƯỜNG XUÂN") < page.index("PHÒNG VĂN HÓA")


@both_files
def test_a_memo_without_number_and_day_leaves_room(opened, kind):
    [page] = pages_of(opened, "memo-draft", kind)[0]
    assert "Số: ……/TTr-VHXH" in page
    assert "ngày …… tháng …… năm" in page
    assert "bổ sung cho danh sách số BP-15646-2026-0003" in page
    assert "gồm 45 người" in page


def test_the_memo_of_a_list_that_the_budget_pays_names_no_amounts():
    totals = dict.fromkeys(totals_of(BOTH), 0) | {"rows": 19, "increase": 19}
    paper = memo_paper(head(BOTH), totals, None, None)
    [table] = [block for block in paper.blocks if isinstance(block, Table)]
    assert [row[1] for row in table.rows] == ["Số người tăng", "Số người giảm"]


@both_files
def test_the_letter_names_the_uninsured_and_nobody_else(opened, kind):
    pages, _sizes = pages_of(opened, "letter", kind)
    text = " ".join(pages)
    assert "có 47 học sinh của nhà trường" in text
    assert "V/v học sinh chưa có thẻ bảo hiểm y tế năm học 2026 - 2027" in text
    assert "trước ngày 05/12/2026" in text
    assert "Lò Thị Hạnh 46" in text
    assert LONG_NAME.split()[0] in text
    assert "Đã Có Thẻ" not in text
    assert "Con Bộ Đội" not in text


@both_files
def test_the_annex_begins_a_page_and_repeats_its_head(opened, kind):
    pages, _sizes = pages_of(opened, "letter", kind)
    assert "DANH SÁCH HỌC SINH" not in pages[0]
    assert "DANH SÁCH HỌC SINH" in pages[1]
    assert all("Họ và tên" in page for page in pages[1:])
    assert len(pages_of(opened, "letter-one", kind)[0]) == 2


@both_files
def test_a_letter_without_number_leaves_room_and_claims_no_rate(opened, kind):
    pages, _sizes = pages_of(opened, "letter-one", kind)
    assert "Số: ……/UBND-VHXH" in pages[0]
    assert "hỗ trợ" not in pages[0]
    assert "Kính gửi: Trường Tiểu học Điện Biên 1" in pages[0]


@pytest.mark.parametrize(
    ("day", "year"),
    [("2026-07-31", "2025 - 2026"), ("2026-08-01", "2026 - 2027"), ("2027-05-22", "2026 - 2027")],
)
def test_a_school_year_begins_in_august(day, year):
    assert school_year(day) == year
