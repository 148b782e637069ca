"""The page 'why' of a person: facts, steps, rows of law and the result on any day."""

import pytest

from server.store.areas import add_fact
from server.store.db import db, transaction
from server.store.places import Area


@pytest.fixture
def farmer(make, places, as_officer) -> str:
    """Of a recognised farm household; a card that ended on 31/5/2026."""
    officer, village = as_officer.user, places.villages[0]
    home, (person,) = make.household(officer, village, ["Đặng Văn Phúc"])
    make.write(officer, "household", {"average_farm": True}, record=home)
    make.write(officer, "member", BORN | {"registration": "permanent"}, record=person)
    card = {"evidence": "card_seen", "valid_from": "2021-04-01", "valid_to": "2026-05-31"}
    make.write(officer, "card", {"member": person, **card})
    return person


BORN = {"birth_date": "1980-05-17", "ethnic_group": "13", "work": "farm"}


def text_of(who, person: str, day: str) -> str:
    answer = who.get(f"/people/{person}/why", query_string={"day": day})
    assert answer.status_code == 200
    return answer.text


def test_a_farmer_sees_the_group_both_prices_and_the_article_of_law(as_officer, farmer):
    page = text_of(as_officer, farmer, "2026-11-22")
    for words in (
        "Hộ nông, lâm, ngư, diêm nghiệp có mức sống trung bình đã được công nhận",
        "Được chọn tham gia theo hộ gia đình",
        "1.366.200",
        "409.860",
        "Luật BHYT Đ13 k5e",
        "NĐ 161/2026/NĐ-CP",
        "2.530.000 đồng",
        "4,5",
        "17/05/1980",
    ):
        assert words in page


def test_the_price_is_that_of_the_day_asked_for(as_officer, farmer):
    before, after = (text_of(as_officer, farmer, day) for day in ("2026-06-30", "2026-07-01"))
    assert "1.263.600" in before
    assert "1.366.200" in after
    assert "1.263.600" not in after


def test_rows_of_law_show_no_codes_of_the_program(as_officer, farmer):
    page = text_of(as_officer, farmer, "2026-11-22")
    for code in ("charity_home", "average_farm", "OPEN", "may_choose", "every_other", "NLNDN"):
        assert code not in page


def test_what_is_lost_by_waiting_stands_beside_the_card(as_officer, farmer):
    page = text_of(as_officer, farmer, "2026-08-30")
    for words in ("29/08/2026", "30/08/2026", "29/09/2026", "gián đoạn lâu, phải chờ"):
        assert words in page
    assert "01/04/2026" in page, "five years in a row are full"


def test_a_date_without_a_price_says_which_table_lacks_it(as_officer, farmer):
    page = text_of(as_officer, farmer, "2027-01-01")
    assert "Chưa biết cho ngày này: bảng 'Mức đóng', mục Tỷ lệ đóng" in page
    assert "1.366.200" not in page


def test_a_province_without_a_known_resolution_says_so_and_names_the_most(as_officer, farmer):
    page = text_of(as_officer, farmer, "2026-11-22")
    assert "bảng 'Hỗ trợ của tỉnh'" in page
    assert "nhiều nhất 956.340" in page


def test_the_facts_of_the_area_count_and_are_shown_with_their_paper(
    app, as_officer, places, farmer
):
    with app.app_context(), transaction():
        add_fact(places.villages[0], "region", "III", source="QĐ 1/QĐ-TTg", valid_from="2026-01-01")
    page = text_of(as_officer, farmer, "2026-11-22")
    for words in ("Người dân tộc thiểu số sống ở nơi khó khăn", "QĐ 1/QĐ-TTg", "không phải đóng"):
        assert words in page
    assert "không phải đóng" not in text_of(as_officer, farmer, "2025-12-31")


def test_a_commune_that_left_region_three_supports_its_minority_for_a_while(
    app, as_officer, places, farmer
):
    with app.app_context(), transaction():
        commune = db.session.get_one(Area, places.commune.id)
        dates = {"valid_from": "2021-06-04", "valid_to": "2025-12-31"}
        add_fact(commune, "region", "III", source="QĐ 861/QĐ-TTg", **dates)
    left = "Người dân tộc thiểu số ở xã vừa ra khỏi vùng khó khăn"
    assert left not in text_of(as_officer, farmer, "2025-12-31")
    assert left in text_of(as_officer, farmer, "2026-01-01")
    assert left in text_of(as_officer, farmer, "2028-12-31")
    assert left not in text_of(as_officer, farmer, "2029-01-01")


def test_nobody_pays_in_a_near_poor_household_of_a_poor_commune(app, make, as_officer, places):
    near_poor = {"living_class": "near_poor"}
    _, (person,) = make.household(as_officer.user, places.villages[0], ["Lê Thị Tư"], **near_poor)
    assert "xã có thuộc danh sách xã nghèo hay không" in text_of(as_officer, person, "2026-11-22")
    with app.app_context(), transaction():
        commune = db.session.get_one(Area, places.commune.id)
        add_fact(commune, "poor_commune", "yes", source="QĐ 2/QĐ-TTg", valid_from="2026-01-01")
    page = text_of(as_officer, person, "2026-11-22")
    assert "Xã nghèo (danh sách của Thủ tướng)" in page
    assert "xã có thuộc danh sách xã nghèo hay không" not in page
    assert "tính từ ngày ghi trong quyết định hoặc danh sách" in page
    assert "Thẻ, nếu đóng 12 tháng ngày này" not in page


def test_a_child_has_the_card_from_birth_to_the_day_of_the_law(make, as_officer, farmer):
    born = {"birth_date": "2020-11-15"}
    make.write(as_officer.user, "member", born, record=farmer, was={"birth_date": "1980-05-17"})
    page = text_of(as_officer, farmer, "2026-11-22")
    assert "15/11/2020 – 30/11/2026" in page


def test_a_pupil_of_the_last_grade_has_the_cards_of_the_school_year(make, as_officer, places):
    _, (person,) = make.household(as_officer.user, places.villages[0], ["Lê Thị Học"])
    pupil = {"birth_date": "2009-03-01", "work": "pupil", "school_class": "12A1"}
    make.write(as_officer.user, "member", pupil, record=person)
    card = {"evidence": "card_seen", "valid_from": "2026-01-01", "valid_to": "2026-12-31"}
    make.write(as_officer.user, "card", {"member": person, **card})
    page = text_of(as_officer, person, "2026-12-10")
    for words in (
        "9 tháng: 01/01/2027 – 30/09/2027",
        "12 tháng: 01/01/2027 – 31/12/2027",
        "nhà trường thu và lập danh sách",
        "512.325",
    ):
        assert words in page


def test_a_pupil_of_the_first_grade_has_a_card_from_october(make, as_officer, places):
    _, (person,) = make.household(as_officer.user, places.villages[0], ["Lê Văn Một"])
    pupil = {"birth_date": "2020-05-20", "work": "pupil", "school_class": "1A"}
    make.write(as_officer.user, "member", pupil, record=person)
    page = text_of(as_officer, person, "2026-11-22")
    assert "3 tháng: 01/10/2026 – 31/12/2026" in page
    assert "học sinh lớp 1, theo năm học" in page
    assert "Ngày đóng cuối để khỏi chờ" not in page


def test_without_a_day_it_is_today(as_officer, farmer):
    assert as_officer.get(f"/people/{farmer}/why").status_code == 200


@pytest.mark.parametrize("day", ["heute", "2026-13-01", "2026-11", "\x00"])
def test_a_day_that_is_none_is_refused(as_officer, farmer, day):
    answer = as_officer.get(f"/people/{farmer}/why", query_string={"day": day})
    assert answer.status_code == 400


def test_the_persons_page_leads_there(as_officer, farmer):
    assert f"/people/{farmer}/why" in as_officer.get(f"/people/{farmer}").text


def test_nobody_of_that_name_is_not_found(as_officer):
    assert as_officer.get("/people/x/why").status_code == 404


def test_people_of_another_commune_and_viewers_are_refused(
    make, places, as_stranger, as_officer, as_viewer, farmer
):
    _, (far,) = make.household(as_stranger.user, places.other_village, ["Lò Văn Xa"])
    assert as_officer.get(f"/people/{far}/why").status_code == 403
    assert as_viewer.get(f"/people/{farmer}/why").status_code == 403


def test_in_english_the_reasons_are_english(as_officer, farmer):
    as_officer.get("/language/en")
    page = text_of(as_officer, farmer, "2026-11-22")
    assert "May choose to join with the household" in page
    assert "Rows of law that were read" in page


def test_voluntary_insurance_says_what_the_least_income_costs(as_officer, farmer):
    page = text_of(as_officer, farmer, "2026-11-22")
    for words in ("1.500.000 đồng một tháng", "mức người dân tộc thiểu số", "nhiều nhất 231.000"):
        assert words in page


def test_who_may_not_join_voluntary_insurance_is_told_why(make, as_officer, farmer):
    make.write(as_officer.user, "member", {"social_insurance": "compulsory"}, record=farmer)
    page = text_of(as_officer, farmer, "2026-11-22")
    assert "Người này không đóng BHXH tự nguyện được." in page
    assert "Đang đóng BHXH bắt buộc." in page
    assert "231.000" not in page


def test_a_day_before_the_law_on_social_insurance_knows_no_voluntary_price(as_officer, farmer):
    assert "chưa biết cho ngày này: BHXH tự nguyện" in " ".join(
        text_of(as_officer, farmer, "2025-06-30").replace("</span>", "").split()
    )
