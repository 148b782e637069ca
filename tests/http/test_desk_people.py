"""Households and people at the desk: found, read, and kept from whoever they do not concern."""

from dataclasses import dataclass

import pytest

from tests.factories import Factory


@dataclass
class Family:
    home: str
    head: str
    child: str


@pytest.fixture
def family(make: Factory, places, as_officer) -> Family:
    """Household HL-01 of Hưng Long: Đặng Văn Phúc, and Lan with a card that has ended."""
    officer, village = as_officer.user, places.villages[0]
    home, (head, child) = make.household(
        officer, village, ["Đặng Văn Phúc", "Đặng Thị Lan"], code="HL-01", hamlet="Xóm Đình"
    )
    make.write(officer, "member", {"personal_id": "038085001234", "sex": "male"}, record=head)
    make.write(
        officer,
        "card",
        {
            "member": child,
            "evidence": "card_seen",
            "valid_from": "2024-01-01",
            "valid_to": "2024-12-31",
        },
    )
    return Family(home, head, child)


@pytest.fixture
def far_family(make: Factory, places, as_stranger) -> Family:
    """Of the other commune."""
    home, (head,) = make.household(as_stranger.user, places.other_village, ["Lò Văn Xa"])
    return Family(home, head, head)


@pytest.mark.parametrize(
    "typed", ["dang van phuc", "HL-01", "hl 01", "038085001234", "PHÚC", "lan"]
)
def test_a_household_is_found_by_a_name_a_code_or_a_number(as_officer, family, typed):
    page = as_officer.get("/households", query_string={"q": typed}).text
    assert "Đặng Văn Phúc" in page
    assert "hết hạn" in page


def test_what_nobody_is_called_finds_nothing_and_says_what_to_do(as_officer, family):
    page = as_officer.get("/households?q=khong-co-ai").text
    assert "Không có hộ nào như vậy." in page
    assert "Thử một phần của tên" in page


@pytest.mark.parametrize("typed", ["%", "_", "'", "\\", "a" * 500])
def test_signs_that_mean_something_to_a_database_mean_nothing_here(as_officer, family, typed):
    for path in ("/households", "/people", "/areas", "/users"):
        assert as_officer.get(path, query_string={"q": typed}).status_code == 200


def test_a_surveyor_finds_nobody_of_another_village(make, places, as_officer, as_surveyor, family):
    make.household(as_officer.user, places.villages[1], ["Đặng Văn Khác"])
    page = as_surveyor.get("/people?q=dang van").text
    assert "Đặng Văn Phúc" in page
    assert "Đặng Văn Khác" not in page


def test_people_are_filtered_by_todays_status(as_officer, family):
    assert "Đặng Thị Lan" in as_officer.get("/people?status=expired").text
    page = as_officer.get("/people?status=not_asked").text
    assert "Đặng Văn Phúc" in page
    assert "Đặng Thị Lan" not in page


def test_somebody_who_left_is_still_found_by_name(make, as_officer, family):
    gone = {"ended_on": "2025-03", "end_reason": "moved_away"}
    make.write(as_officer.user, "member", gone, record=family.child)
    assert "không tính hôm nay" in as_officer.get("/people?q=thi lan").text
    assert "Chuyển đi" in as_officer.get(f"/households/{family.home}").text


@pytest.mark.parametrize("page", ["a", "0", "-1", "99999999999999999999", "7"])
def test_a_page_that_is_none_becomes_the_nearest(as_officer, family, page):
    assert "Đặng Thị Lan" in as_officer.get("/people", query_string={"page": page}).text


def test_long_lists_come_in_pages(make, places, as_officer):
    names = [f"Người {number:03}" for number in range(60)]
    make.household(as_officer.user, places.villages[0], names)
    first, second = as_officer.get("/people").text, as_officer.get("/people?page=2").text
    assert "Người 000" in first
    assert "Người 059" not in first
    assert "Người 059" in second
    assert "Trang 2 trên 2" in second


def test_a_household_shows_its_people_and_who_wrote_what(as_officer, family):
    page = as_officer.get(f"/households/{family.home}").text
    for words in ("Hộ Đặng Văn Phúc", "Chủ hộ", "Xóm Đình", "038085001234", "Ai đã sửa gì"):
        assert words in page
    assert as_officer.user.name in page


def test_a_person_shows_cards_status_and_every_change(as_officer, family):
    page = as_officer.get(f"/people/{family.child}").text
    for words in ("hết hạn", "01/01/2024", "31/12/2024", "Đã xem thẻ", "Họ và tên: Đặng Thị Lan"):
        assert words in page


def test_a_change_is_told_with_what_stood_before(make, as_officer, family):
    make.write(
        as_officer.user,
        "member",
        {"full_name": "Đặng Thị Ngọc Lan"},
        record=family.child,
        was={"full_name": "Đặng Thị Lan"},
    )
    page = as_officer.get(f"/people/{family.child}").text
    assert "Đặng Thị Lan →" in page
    assert "<h1>Đặng Thị Ngọc Lan</h1>" in page


@pytest.mark.parametrize("path", ["/households/{}", "/people/{}"])
def test_a_record_that_does_not_exist_is_not_found(as_officer, path):
    assert as_officer.get(path.format("x")).status_code == 404


def test_another_communes_records_are_not_shown(as_officer, as_surveyor, as_bhxh, far_family):
    for who in (as_officer, as_surveyor, as_bhxh):
        assert who.get(f"/households/{far_family.home}").status_code == 403
        assert who.get(f"/people/{far_family.head}").status_code == 403
        assert "Lò Văn Xa" not in who.get("/people?q=lo van xa").text


def test_another_communes_village_cannot_be_asked_for(as_officer, places):
    for path in ("/households", "/people", "/review"):
        answer = as_officer.get(path, query_string={"village": places.other_village.id})
        assert answer.status_code == 403


def test_the_insurance_office_reads_the_people_of_its_communes(as_bhxh, family):
    assert "Đặng Thị Lan" in as_bhxh.get(f"/people/{family.child}").text


def test_who_sees_counts_only_sees_no_people(as_viewer, family):
    paths = ("/households", "/people", "/review", f"/people/{family.head}")
    assert [as_viewer.get(path).status_code for path in paths] == [403] * 4
    assert as_viewer.get("/").status_code == 200


def test_a_status_that_is_none_is_refused(as_officer):
    assert as_officer.get("/people?status=nonsense").status_code == 400


def test_the_list_of_people_counts_like_the_coverage_page(make, places, as_officer, as_surveyor):
    """Also for those who left, who were merged, and whose household was merged elsewhere."""
    officer, (here, there) = as_officer.user, places.villages
    winner, (_one, double) = make.household(officer, here, ["Lê Thị Một", "Lê Thị Một"])
    loser, (moved, gone) = make.household(officer, there, ["Lê Văn Theo", "Lê Văn Mất"])
    make.write(officer, "member", {"merged_into": _one}, record=double)
    make.write(officer, "household", {"merged_into": winner}, record=loser)
    make.write(officer, "member", {"ended_on": "2026-01-02", "end_reason": "deceased"}, record=gone)
    make.write(officer, "member", {"insurance_answer": "never_had",
                                   "insurance_asked_on": "2026-10-01"}, record=moved)  # fmt: skip
    for who, path, number in (
        (as_officer, "/people", 2),
        (as_officer, "/people?status=none", 1),
        (as_officer, f"/people?village={there.id}", 0),
        (as_surveyor, "/people", 2),
    ):
        page = who.get(path).text
        assert f'<p class="lead">{number} người</p>' in page, path
        assert page.count('href="/people/') == number, path


def test_a_worksheet_that_says_not_how_many_people_share_the_income_is_shown(
    as_officer, make, family
):
    lines = [{"line": "crops", "revenue": 30_000_000, "cost": 10_000_000}]
    sheet = {"household": family.home, "months_to": "2026-10", "lines": lines}
    make.write(as_officer.user, "farm_assessment", sheet)
    page = as_officer.get(f"/households/{family.home}")
    assert (page.status_code, "20.000.000 đồng, – người" in page.text) == (200, True)
