"""The population re-counted: four denominators side by side, who makes them differ, the paper."""

from io import BytesIO

import openpyxl
import pypdfium2
import pytest

from schemas.kinds import Indicator
from server.store.db import new_id, today
from server.store.plans import Target
from tests import homes


@pytest.fixture
def village(app, make, places):
    """Hưng Long: the plan says five. Four are recorded; An and Bình are registered and at home, Cúc
    is registered and abroad, Dũng is at home and not registered. An and Dũng have a card."""
    first = places.villages[0]
    plan = {"indicator": Indicator.BHYT_COVERAGE, "source": "Kế hoạch xã", "population": 5}
    make.add(Target(area_id=first.id, year=int(today()[:4]), planned=5, **plan))
    homes.write(
        app,
        first,
        homes.covered("Lê Thị An"),
        homes.never_had("Lê Văn Bình"),
        homes.never_had("Lê Thị Cúc", presence="abroad", away_place="Đài Loan"),
        homes.covered("Lê Văn Dũng", registration="none"),
        code="HL-01",
    )
    return first


def typed(**values):
    told = {"on": "2026-11-15", "police": "6", "agreed": "4", "source": "Biên bản 15/11/2026"}
    return {**told, "once": new_id(), **values}


def test_each_rate_has_its_own_denominator_and_the_people_that_fit(as_officer, village):
    path = f"/recount/{village.id}"
    as_officer.submit(path, typed())
    book = as_officer.get(f"/recount.xlsx?area={village.id}").data
    head, row, *_ = openpyxl.load_workbook(BytesIO(book))["Dân số"].values
    told = dict(zip(head, row, strict=True))
    assert [told[name] for name in ("Dân số giao", "Công an quản lý", "Đã thống nhất")] == [5, 6, 4]
    assert (told["Thường trú, tạm trú"], told["Có thẻ (Thường trú, tạm trú)"]) == (3, 1)
    assert (told["Thực tế ở nhà"], told["Có thẻ (Thực tế ở nhà)"]) == (3, 2)
    assert told["Tỷ lệ (Đã thống nhất)"] == "50,00\u00a0%"
    assert told["Tỷ lệ (Thực tế ở nhà)"] == "66,67\u00a0%"
    assert told["Tỷ lệ (Công an quản lý)"] == "33,33\u00a0%"
    assert "Biên bản 15/11/2026" in as_officer.get(path).get_data(as_text=True)


def test_who_makes_the_difference_is_named(as_officer, as_viewer, village):
    page = as_officer.get(f"/recount/{village.id}").get_data(as_text=True)
    found, missing = page.split("Có đăng ký mà không ở")[0], page.split("Có đăng ký mà không ở")[-1]
    assert "Lê Văn Dũng" in found
    assert "Đài Loan" in missing
    assert "Lê Thị An" not in page
    assert "Lê Văn Dũng" not in as_viewer.get(f"/recount/{village.id}").get_data(as_text=True)


def test_the_minutes_are_ready_to_sign(as_officer, village):
    path = f"/recount/{village.id}"
    as_officer.submit(path, typed())
    pages = pypdfium2.PdfDocument(as_officer.get(f"{path}/minutes.pdf").data)
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)
    assert "Rà soát, thống nhất số liệu dân số thôn Hưng Long" in text
    assert "là 4 người" in text
    for words in ("ĐẠI DIỆN THÔN", "CÔNG AN", "TM. ỦY BAN NHÂN DÂN", "Lê Thị Cúc", "Lê Văn Dũng"):
        assert words in text
    assert as_officer.get(f"{path}/minutes.docx").data[:2] == b"PK"


def test_a_sum_is_told_only_of_counts_that_every_village_has(as_officer, places, village):
    as_officer.submit(f"/recount/{village.id}", typed())
    book = as_officer.get(f"/recount.xlsx?area={places.commune.id}").data
    head, *rows = openpyxl.load_workbook(BytesIO(book))["Dân số"].values
    total = dict(zip(head, rows[-1], strict=True))
    assert total["Thôn, tổ dân phố"] == "Cộng"
    assert (total["Công an quản lý"], total["Thực tế ở nhà"]) == (None, 3)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"police": "", "agreed": ""}, "Gõ ít nhất một trong hai số."),
        ({"agreed": "-4"}, "Gõ số người, từ 0 đến một triệu."),
        ({"on": "2999-01-01"}, "Ngày này chưa đến."),
        ({"source": ""}, "Ghi số và ngày của văn bản."),
    ],
)
def test_a_wrong_figure_is_refused_with_a_sentence(as_officer, village, wrong, words):
    page = as_officer.submit(f"/recount/{village.id}", typed(**wrong)).get_data(as_text=True)
    assert words in page


def test_a_form_sent_twice_counts_once(as_officer, village):
    told = typed()
    for _ in range(2):
        as_officer.submit(f"/recount/{village.id}", told)
    page = as_officer.get(f"/recount/{village.id}").get_data(as_text=True)
    assert page.split("Các lần đếm")[-1].count("Biên bản 15/11/2026") == 1


def test_others_areas_and_what_is_no_village_are_refused(
    as_officer, as_stranger, as_viewer, places, village
):
    for path in (
        "/recount?area={}",
        "/recount.xlsx?area={}",
        "/recount/{}",
        "/recount/{}/minutes.pdf",
    ):
        assert as_officer.get(path.format(new_id())).status_code == 404
        assert as_stranger.get(path.format(village.id)).status_code == 403
    assert as_officer.get(f"/recount/{places.commune.id}").status_code == 404
    assert as_officer.get(f"/recount/{village.id}/minutes.exe").status_code == 404
    for desk, area, code in (
        (as_officer, new_id(), 404),
        (as_stranger, village.id, 403),
        (as_viewer, village.id, 403),
    ):
        assert desk.submit(f"/recount/{area}", typed(), form_at="/account").status_code == code
    assert as_viewer.get(f"/recount/{village.id}/minutes.pdf").status_code == 403
    assert as_viewer.get(f"/recount?area={places.commune.id}").status_code == 200
