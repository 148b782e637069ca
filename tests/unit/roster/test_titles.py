"""The day a list was made, as its titles tell it."""

import pytest

from server.roster.titles import made_on


@pytest.mark.parametrize(
    ("titles", "day"),
    [
        (["BHXH CƠ SỞ", "DANH SÁCH NGƯỜI THAM GIA THÁNG 10/2026"], "2026-10"),
        (["Danh sách tháng 10 năm 2026"], "2026-10"),
        (["Danh sách tháng 10/2026", "(Tính đến ngày 31/10/2026)"], "2026-10-31"),
        (["Ngày 31 tháng 10 năm 2026"], "2026-10-31"),
        (["Từ ngày 01/10/2026 đến ngày 31/10/2026"], "2026-10-31"),
        (["(Kèm theo Quyết định số 12 ngày 05/02/2019)", "Tháng 9/2026"], "2026-09"),
        (["Thời hạn thẻ từ 01/01/2026 đến 31/12/2026"], None),
        (["Danh sách đến ngày 31/12/2026"], None),
        (["Danh sách ngày 31/02/2026"], None),
        (["DANH SÁCH HỌC SINH NĂM HỌC 2026 - 2027"], None),
    ],
)
def test_titles_tell_the_day_of_a_list(titles, day):
    assert made_on(titles, "2026-11-23") == day
