"""What the law does not say for a day, everywhere somebody at a desk meets it: the table is named,
and no amount, date or number stands in its place. From 2027 on the rate of contribution and the
average band are not known; of other tables an administrator says so here."""

import re
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from docx import Document

from tests import homes
from tests.http.test_farm_requests import on  # noqa: F401
from tests.sponsoring import card, hard_up, money, sponsor

DAY = "2027-01-15"
RATE = "bảng 'Mức đóng' chưa có giá trị"


@pytest.fixture
def desk(as_officer, on):  # noqa: F811
    on(DAY)
    return as_officer


@pytest.fixture
def company(desk, make, places):
    given = sponsor(make, places.commune, desk.user)
    money(make, given, "received", 15_000_000)
    return given


@pytest.fixture
def couple(app, places):
    return hard_up(app, places.villages[0], people=2)


@pytest.fixture
def farmers(app, places):
    """Two without a card in a recognised household."""
    people = [homes.never_had(name, birth_date="1980") for name in ("Lê Văn Tám", "Hà Thị Hoa")]
    homes.write(app, places.villages[0], *people, average_farm=True)
    return [one["id"] for one in people]


def text(answer):
    assert answer.status_code == 200, answer.status
    words = re.sub(r"(?s)<(script|style).*?</\1>|<[^>]+>", " ", answer.get_data(as_text=True))
    return " ".join(words.replace("&#39;", "'").split())


def amounts(page):
    """Every sum of money that a page names."""
    return re.findall(r"[\d.]+(?= đồng)", page)


def workbook(answer):
    """All that stands in a spreadsheet, and its rows of the first sheet."""
    assert answer.status_code == 200, answer.status
    sheets = openpyxl.load_workbook(BytesIO(answer.data)).worksheets
    rows = [list(sheet.iter_rows(values_only=True)) for sheet in sheets]
    return " ".join(str(cell) for one in rows for row in one for cell in row), rows[0]


def pdf(answer):
    document = pypdfium2.PdfDocument(answer.data)
    words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return " ".join(words.split())


def word(answer):
    return " ".join(each.text for each in Document(BytesIO(answer.data)).paragraphs)


def test_the_hardship_list_names_the_table_and_no_sum(desk, couple, company):
    page = text(desk.get("/hardship"))
    assert f"2 người chưa biết giá cho ngày này: {RATE}" in page
    assert page.count("Chưa biết giá cho ngày này: Mức đóng") == 2
    assert amounts(page) == ["0"], "only what sponsors gave already"
    assert "đã có người tài trợ, hoặc không cần" not in page


def test_who_has_a_sponsor_is_told_the_table_too(desk, make, couple, company):
    card(make, desk.user, company, couple[0], agreed_on="2027-01-10")
    page = text(desk.get("/hardship?sponsored=with"))
    assert "Chưa biết giá cho ngày này: Mức đóng" in page


def test_the_hardship_spreadsheet_names_the_table_in_each_row(desk, couple):
    answer = desk.submit("/hardship/export", {"months": "12"}, form_at="/account")
    told, rows = workbook(answer)
    assert RATE in told
    assert [row[7:11] for row in rows[1:]] == [(None,) * 4] * 2
    assert {row[13] for row in rows[1:]} == {"Chưa biết giá cho ngày này: Mức đóng"}
    assert "Còn cần tài trợ (đồng) chưa biết cho ngày này" in told


def test_a_card_whose_price_is_not_known_is_not_given(desk, couple, company):
    form = {"sponsor": company.id, "member": couple, "months": "12", "way": "whole"}
    page = text(desk.submit("/hardship/give", form, form_at="/sponsors"))
    assert "Không tặng được cho ai" in page
    assert page.count("Chưa biết giá cho ngày này: Mức đóng") == 2


def test_the_campaign_names_the_table_and_no_sum(desk, farmers):
    page = text(desk.get("/farm/campaign"))
    assert f"2 người chưa biết giá cho ngày này: {RATE}" in page
    assert page.count("chưa biết cho ngày này: Mức đóng") == 2
    assert amounts(page) == []


@pytest.mark.parametrize(("form", "read"), [("pdf", pdf), ("docx", word)])
def test_the_campaign_on_paper_names_the_table(desk, farmers, form, read):
    answer = desk.submit("/farm/campaign/export", {"format": form}, form_at="/farm/campaign")
    assert f"2 người chưa biết giá cho ngày này: {RATE}" in read(answer)


def test_the_campaign_spreadsheet_names_the_table_in_each_row(desk, farmers):
    answer = desk.submit("/farm/campaign/export", {"format": "xlsx"}, form_at="/farm/campaign")
    told, rows = workbook(answer)
    assert RATE in told
    assert {row[7:11] for row in rows[1:]} == {(None,) * 4}
    assert {row[13] for row in rows[1:]} == {"chưa biết giá cho ngày này: bảng 'Mức đóng'"}


def test_what_the_province_adds_names_its_table(as_officer, couple, farmers):
    for path in ("/hardship", "/farm/campaign"):
        page = text(as_officer.get(path))
        assert "chưa biết được tỉnh hỗ trợ thêm bao nhiêu: bảng 'Hỗ trợ của tỉnh'" in page
