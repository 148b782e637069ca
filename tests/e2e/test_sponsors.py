"""An officer writes down what a sponsor promised and brought, and gives ten cards from it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.sponsoring import hard_up

HOMES = 5
NAME = "Công ty Chè Hoa"


@pytest.fixture
def ten(app, village):
    """Five couples in hardship."""
    return [id_ for at in range(HOMES) for id_ in hard_up(app, village, 2, code=f"HL-{at}")]


def add_sponsor(page: Page) -> None:
    page.get_by_role("link", name="Nhà tài trợ", exact=True).click()
    page.get_by_label("Tên nhà tài trợ").fill(NAME)
    page.get_by_label("Loại").select_option("business")
    page.get_by_role("button", name="Thêm nhà tài trợ").click()
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()


def write_money(page: Page, kind: str, amount: str) -> None:
    page.get_by_role("group", name="Ghi thêm tiền").get_by_label(kind).check()
    page.get_by_label("Số tiền (đồng)").fill(amount)
    page.get_by_role("button", name="Ghi tiền").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi số tiền")


def fact(page: Page, label: str) -> int:
    """A number of the page's facts, in đồng."""
    row = page.locator("dl.facts > div").filter(has=page.get_by_text(label, exact=True))
    found = re.match(r"-?[\d.]+", row.locator("dd").inner_text())
    assert found, label
    return int(found.group().replace(".", ""))


def test_ten_cards_of_one_sponsor(officer, desk, ten):
    page = desk("canbo")
    add_sponsor(page)
    write_money(page, "Hứa tài trợ", "20.000.000")
    write_money(page, "Đã nhận", "15.000.000")
    assert fact(page, "Còn phải nhận") == 5_000_000

    page.get_by_role("link", name="Tặng thẻ").click()
    page.get_by_label("Chọn tất cả người tặng được").check()
    expect(page.locator("input[name=member]:checked")).to_have_count(len(ten))
    page.get_by_role("button", name="Xem trước khi tặng").click()
    expect(page.get_by_role("heading", name="Tặng thẻ: xem trước")).to_be_visible()
    given = fact(page, "Tặng lần này")
    assert fact(page, "Còn lại trước khi tặng") == 15_000_000
    assert fact(page, "Còn lại sau khi tặng") == 15_000_000 - given

    page.get_by_role("button", name="Xác nhận tặng thẻ").click()
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()
    assert fact(page, "Thẻ đã tặng") == len(ten)
    assert fact(page, "Tiền thẻ đã tặng") == given
    assert fact(page, "Còn lại của số đã nhận") == 15_000_000 - given

    page.get_by_role("link", name="Hộ khó khăn cần thẻ").click()
    expect(page.locator("input[name=member]")).to_have_count(0)
    expect(page.get_by_role("link", name=NAME)).to_have_count(len(ten))
