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
from tests.enrolling import book, hand, paid
from tests.http.test_farm_requests import asked as farm_request
from tests.http.test_farm_requests import home, on, page_of, step  # noqa: F401
from tests.silent_law import silence
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


def test_an_enrolment_of_that_day_is_not_said_to_be_right(desk, make, couple, places):
    hand(make, given := book(make, places, desk.user), desk.user)
    told = paid(couple[0], desk.user, given, 101, paid_on="2027-01-14", state_on="2027-01-14")
    enrolment = make.write(desk.user, "enrolment", told)
    page = text(desk.get(f"/enrolments/{enrolment}"))
    assert "Số tiền chưa đối chiếu được với luật của ngày thu." in page
    assert "Chưa biết cho ngày này: bảng 'Mức đóng'" in page


def test_the_page_why_names_the_table_of_every_price(desk, couple):
    page = text(desk.get(f"/people/{couple[0]}/why"))
    assert "bảng 'Mức đóng', mục Tỷ lệ đóng. Không suy đoán" in page
    assert page.count("chưa biết cho ngày này: Mức đóng") == 3, "three, six and twelve months"
    assert "Người dân đóng 12 tháng" not in page


def test_the_page_why_names_what_voluntary_insurance_lacks(desk, app, couple):
    silence(app, desk.user.id, "voluntary", "2027-01-01", "contribution_rate")
    page = text(desk.get(f"/people/{couple[0]}/why"))
    assert "chưa biết cho ngày này: BHXH tự nguyện" in page


def test_the_wait_of_who_lapsed_is_not_guessed(desk, app, places):
    homes.write(app, places.villages[0], homes.expired("Vi Văn Hết", "2027-01-05"))
    silence(app, desk.user.id, "card_start", "2027-01-01", "waiting_days", "gap_waiting_days")
    page = text(desk.get("/lists/lapsed"))
    assert "Vi Văn Hết" in page
    assert "chưa biết cho ngày này: Ngày bắt đầu của thẻ" in page


def test_what_comes_after_a_support_is_not_guessed(desk, app, places):
    year = {"living_class": "poor", "living_class_from": "2026-01-01"}
    homes.write(
        app, places.villages[0], homes.covered("Vi Văn Nghèo"), living_class_to="2027-02-28", **year
    )
    silence(app, desk.user.id, "law_group", "2027-03-01", "GD")
    page = text(desk.get("/lists/losing"))
    assert "28/02/2027" in page
    assert "chưa biết cho ngày này: Nhóm theo Điều 12" in page
    assert "100 % → chưa biết" in page


@pytest.fixture
def pupil(app, places):
    told = {"work": "pupil", "school_other": "Trường Nội trú", "birth_date": "2013-09"}
    homes.write(app, places.villages[0], homes.never_had("Vi Thị Hoa", **told))


def test_the_letter_to_a_school_says_what_it_cannot_say(desk, app, pupil):
    silence(app, desk.user.id, "state_support", "2027-01-01")
    answer = desk.get("/lists/pupils/letter.docx?mark=Trường Nội trú")
    assert "chưa biết cho ngày này: Hỗ trợ của nhà nước" in word(answer)


# The calendar of days off ends with 2027.


def test_a_request_of_2028_has_no_day_due(desk, make, home, on):  # noqa: F811
    on("2028-01-10")
    id_ = farm_request(make, desk, home, requested_on="2028-01-03")
    for path in ("/farm", page_of(id_)):
        assert "chưa biết cho ngày này (Ngày nghỉ)" in text(desk.get(path))


def test_a_posting_of_2028_does_not_begin(desk, make, home, on):  # noqa: F811
    on("2028-01-10")
    state = {"state": "checked", "checked_on": "2028-01-04", "verdict": "qualifies"}
    id_ = farm_request(make, desk, home, requested_on="2028-01-03", **state)
    answer = step(desk, id_, "post", day="2028-01-10")
    assert answer.status_code == 400
    assert "Chưa biết lịch nghỉ" in answer.get_data(as_text=True)


def test_where_cards_stand_has_no_age_without_a_calendar(as_officer, as_bhxh, lot, on):  # noqa: F811
    on("2028-03-01")
    for somebody, path in ((as_officer, "/tracking"), (as_bhxh, "/tracking"), (as_bhxh, "/bhxh")):
        page = text(somebody.get(path))
        assert "Chưa biết cho ngày này: bảng 'Ngày nghỉ'" in page
    assert "0 Ở BHXH quá" not in text(as_officer.get("/tracking"))


# The ladder of the retirement age ends with 2035.


def test_whom_to_ask_is_not_guessed_without_a_retirement_age(desk, app, places, on):  # noqa: F811
    on("2036-02-01")
    somebody = homes.person(
        "Lê Văn Tám", birth_date="1990-03-02", sex="male", social_insurance="none"
    )
    homes.write(app, places.villages[0], somebody)
    page = text(desk.get("/leads/survey"))
    assert "Chưa biết cho ngày này: bảng 'Tuổi lao động'" in page
    assert "Lê Văn Tám" not in page
    page = text(desk.get(f"/people/{somebody['id']}/why"))
    assert "Chưa biết tuổi nghỉ hưu của ngày này: bảng 'Tuổi lao động'" in page
