"""The thank-you list: what each sponsor gave in a period, and nobody who was given a card."""

from io import BytesIO

import openpyxl
import pytest

from tests.http.test_farm_papers import pdf, word
from tests.http.test_farm_requests import on  # noqa: F401
from tests.http.test_sponsors import company, desk, text  # noqa: F401
from tests.sponsoring import card, hard_up, money, sponsor

THANKS = "/sponsors/thanks.{}"


@pytest.fixture
def given(app, desk, company, make, places):  # noqa: F811
    """Two cards of November, one taken back, one of September."""
    people = hard_up(app, places.villages[0], people=4)
    card(make, desk.user, company, people[0])
    card(make, desk.user, company, people[1], amount=956_340)
    back = {"withdrawn_on": "2026-11-20", "withdrawn_reason": "Đã tự mua"}
    card(make, desk.user, company, people[2], **back)
    card(make, desk.user, company, people[3], agreed_on="2026-09-30", amount=819_720)
    return people


def test_the_list_counts_what_was_given_in_the_days_asked(desk, given):  # noqa: F811
    page = text(desk.get("/sponsors/thanks?since=2026-11-01&until=2026-11-30"))
    for words in ("Công ty Chè Hoa", "15.000.000", "2.322.540", "Hưng Long"):
        assert words in page
    assert "Lò Văn" not in page
    year = text(desk.get("/sponsors/thanks"))
    assert "3.142.260" in year


def test_who_gave_nothing_in_these_days_is_not_on_it(desk, company, make, places):  # noqa: F811
    sponsor(make, places.commune, desk.user, name="Quỹ chỉ hứa")
    assert "Quỹ chỉ hứa" not in text(desk.get("/sponsors/thanks"))
    early = text(desk.get("/sponsors/thanks?since=2026-01-01&until=2026-10-31"))
    assert "chưa có ai tài trợ" in early


def test_the_paper_thanks_and_names_no_recipient(desk, given):  # noqa: F811
    body, pages = pdf(desk, THANKS)
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "XÃ THƯỜNG XUÂN",
        "Thường Xuân, ngày 22 tháng 11 năm 2026",
        "Danh sách tổ chức, cá nhân tài trợ thẻ bảo hiểm y tế",
        "Từ ngày 01/01/2026 đến ngày 22/11/2026",
        "3.142.260 đồng",
        "Công ty Chè Hoa",
        "trân trọng cảm ơn",
    ):
        assert words in body
        assert words in word(desk, THANKS)
    assert "Lò Văn" not in body
    assert pages == 1


def test_the_spreadsheet_holds_numbers(desk, given, make, places):  # noqa: F811
    money(make, sponsor(make, places.commune, desk.user, name="=Quỹ", kind="fund"), "received", 5)
    book = openpyxl.load_workbook(BytesIO(desk.get(THANKS.format("xlsx")).data))
    rows = list(book["Danh sách"].iter_rows(values_only=True))
    assert rows[1][1:6] == ("Công ty Chè Hoa", "Doanh nghiệp", 15_000_000, 3, 3_142_260)
    assert rows[2][1] == "'=Quỹ"


def test_the_list_is_one_s_own_commune_s(desk, as_viewer, as_stranger, places, given):  # noqa: F811
    assert desk.get(f"/sponsors/thanks?commune={places.other_commune.id}").status_code == 403
    assert as_viewer.get(THANKS.format("pdf")).status_code == 403
    assert "Công ty Chè Hoa" not in text(as_stranger.get("/sponsors/thanks"))
    assert as_stranger.get(THANKS.format("pdf")).status_code == 404
    assert desk.get(THANKS.format("odt")).status_code == 404


@pytest.mark.parametrize(
    "query", ["since=2026-13-01", "until=heute", "since=2026-11-02&until=2026-11-01"]
)
def test_days_that_are_none_are_refused(desk, query):  # noqa: F811
    assert desk.get(f"/sponsors/thanks?{query}").status_code == 400
