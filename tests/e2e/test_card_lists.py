"""From a checked enrolment and a child without a card to a list sealed for the insurance: one
officer makes and submits it, another approves and seals it."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.card_lists import ListPeople


@pytest.fixture
def people(make, officer, village):
    return ListPeople(make, officer, village)


@pytest.fixture
def approver(make, places):
    return make.user("officer", username="duyet", areas=[places.commune], lists_room=True)


def make_list(page: Page, group: str) -> None:
    page.get_by_role("link", name="Danh sách gửi BHXH").first.click()
    page.get_by_role("link", name="Lập danh sách").click()
    page.get_by_role("link", name=group).click()
    page.get_by_role("button", name="Lập danh sách với người đã chọn").click()
    expect(page.get_by_role("status")).to_contain_text("Đã thêm")


def submit(page: Page, memo: str) -> None:
    page.get_by_label("Số tờ trình").fill(memo)
    page.get_by_role("button", name="Trình duyệt").click()
    expect(page.get_by_role("status")).to_contain_text("Đã trình duyệt danh sách BP-15646-")


def approve_and_seal(page: Page, address: str, number: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Duyệt", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Đã duyệt")
    page.get_by_label("Số văn bản").fill(number)
    page.get_by_label("Người ký", exact=True).fill("Lê Văn Nam")
    page.get_by_label("Chức vụ người ký").fill("Phó Chủ tịch")
    page.get_by_role("button", name="Chốt và gửi BHXH").click()
    expect(page.get_by_role("status")).to_contain_text("Đã chốt")


def test_from_who_waits_to_two_sealed_lists(officer, approver, desk, people):
    home = people.farm_home()
    people.enrolled(people.farmer("Lò Thị Hoa", home))
    mai = people.farmer("Lò Thị Mai", home, relation="child", clinic_wanted=None)
    people.enrolled(mai)
    people.child("Lò Văn Bé", home)
    page, other = desk("canbo"), desk("duyet")

    make_list(page, "Hộ làm nông")
    expect(page.get_by_role("heading", name="1 trên 2 dòng sẽ bị trả lại")).to_be_visible()
    page.get_by_role("link", name="Chưa có nơi khám ban đầu").click()
    row = page.get_by_role("row").filter(has_text="Lò Thị Mai")
    expect(row).to_contain_text("Người rà soát")
    expect(page.get_by_role("row").filter(has_text="Lò Thị Hoa")).to_have_count(0)
    page.get_by_role("button", name="Để lại 1 dòng cho đợt sau").click()
    expect(page.get_by_text("Không dòng nào có lý do để BHXH trả lại.")).to_be_visible()
    submit(page, "12/TTr-UBND")
    approve_and_seal(other, page.url, "15/DS-UBND")
    expect(other.get_by_text("Lê Văn Nam, Phó Chủ tịch")).to_be_visible()
    expect(other.get_by_role("button", name="Trình duyệt")).to_have_count(0)

    make_list(page, "Trẻ em dưới 6 tuổi")
    expect(page.get_by_role("row").filter(has_text="Lò Văn Bé")).to_contain_text("đủ")
    submit(page, "13/TTr-UBND")
    approve_and_seal(other, page.url, "16/DS-UBND")

    other.get_by_role("link", name="Danh sách gửi BHXH").first.click()
    sealed = other.get_by_role("row").filter(has_text="Đã chốt")
    expect(sealed).to_have_count(2)
    expect(sealed.first).to_contain_text(f"BP-15646-{date.today().year}-0002")
