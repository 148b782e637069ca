"""Money is taken at the door without signal: the price of the payment day, one receipt book for two
collectors, a cash sheet that adds up."""

import pytest
from playwright.sync_api import expect

from server.store.db import transaction
from server.store.legal import legal_items
from server.store.reference import publish_all
from tests import homes
from tests.enrolling import book, hand


@pytest.fixture
def law(app):
    with app.app_context(), transaction():
        publish_all(legal_items())


@pytest.fixture
def receipts(make, places, officer):
    return book(make, places, officer)


@pytest.fixture
def farm_home(app, village):
    """A recognised farm household: a couple who never had a card."""
    people = (
        homes.never_had("Cầm Văn Nông", relation="head", work="farm", birth_date="1980-05-17"),
        homes.never_had("Vi Thị Nông", relation="spouse", work="farm", birth_date="1982-03-02"),
    )
    return homes.write(app, village, *people, code="HL-003", average_farm=True)


@pytest.fixture
def second_home(app, village):
    person = homes.never_had("Lương Văn Tám", relation="head", birth_date="1975-01-01")
    return homes.write(app, village, person, code="HL-004")


def ready(handset, username):
    phone = handset(username).open()
    phone.sign_in(username)
    phone.downloaded()
    return phone


def enrol(phone, home, *names):
    """Take the money of these people, as proposed otherwise; the receipt is shown at the end."""
    phone.go(f"#/household/{home}/enrol")
    who = phone.page.get_by_role("group", name="Ai tham gia")
    for chip in who.get_by_role("button").all():
        wanted = any(name in (chip.text_content() or "") for name in names)
        if (chip.get_attribute("aria-pressed") == "true") != wanted:
            chip.tap()
    phone.page.get_by_role("button", name="Đã thu").tap()
    expect(phone.page.get_by_role("img", name="Ảnh biên lai")).to_be_visible()


@pytest.mark.parametrize(
    ("day", "own", "total", "state"),
    [
        ("2026-06-30", "884.520", "1.263.600", "379.080"),
        ("2026-07-01", "956.340", "1.366.200", "409.860"),
    ],
)
def test_twelve_months_cost_what_the_payment_day_says_on_the_phone_and_at_the_desk(
    make, law, receipts, officer, lan, farm_home, known_home, handset, desk, day, own, total, state
):
    hand(make, receipts, lan)
    phone = ready(handset, "lan")
    phone.offline()
    phone.go(f"#/household/{farm_home}/enrol")
    at = phone.page
    at.get_by_text("Thu vào ngày khác").tap()
    at.get_by_label("Ngày thu tiền").fill("/".join(reversed(day.split("-"))))
    card = at.get_by_role("region", name="Cầm Văn Nông")
    expect(card).to_contain_text(own)
    expect(card).to_contain_text(total)
    expect(card).to_contain_text(state)
    at.get_by_role("group", name="Ai tham gia").get_by_role("button", name="Vi Thị Nông").tap()
    at.get_by_role("button", name=f"Đã thu {own} đ, lưu").tap()
    expect(
        at.get_by_role("img", name=f"Ảnh biên lai 0000101, người dân đóng {own} đ")
    ).to_be_visible()
    phone.go(f"#/household/{farm_home}")
    expect(at.get_by_role("link", name="Cầm Văn Nông Chủ hộ")).to_contain_text("chờ hiệu lực")
    phone.home()
    phone.online()
    expect(phone.trust).to_contain_text("Đã gửi hết")

    page = desk("canbo")
    page.goto("/enrolments?state=submitted")
    page.get_by_role("link", name="Cầm Văn Nông").click()
    for amount in (own, total, state):
        expect(page.locator("main")).to_contain_text(amount)
    expect(page.get_by_text("Tổng số tiền khác mức đóng")).to_have_count(0)
    page.get_by_role("button", name="Đã kiểm tra, đúng").click()
    expect(page.locator("main")).to_contain_text("Xã đã kiểm tra")
    phone.go("#/enrolments")
    phone.go("#/sync")
    phone.tap("Đồng bộ ngay")
    phone.go("#/enrolments")
    expect(at.get_by_role("link").filter(has_text="Cầm Văn Nông")).to_contain_text("Xã đã kiểm tra")


def test_two_collectors_without_signal_share_one_book_and_the_day_adds_up(
    make, law, receipts, officer, lan, village, farm_home, second_home, handset, desk
):
    minh = make.user("surveyor", username="minh", name="Minh", areas=[village])
    hand(make, receipts, lan)
    hand(make, receipts, minh)
    first, second = ready(handset, "lan"), ready(handset, "minh")
    first.offline()
    second.offline()
    enrol(first, farm_home, "Cầm Văn Nông", "Vi Thị Nông")
    enrol(second, second_home, "Lương Văn Tám")
    first.go("#/cash")
    expect(first.page.get_by_role("region", name="Sổ thu tiền")).to_contain_text("1.912.680 đ")
    first.home()
    first.online()
    expect(first.trust).to_contain_text("Đã gửi hết")
    second.home()
    second.online()
    expect(second.trust).to_contain_text("Đã gửi hết")
    second.go("#/enrolments")
    row = second.page.get_by_role("link").filter(has_text="Lương Văn Tám")
    expect(row).to_contain_text("chờ xã xét")

    page = desk("canbo")
    page.goto("/cash")
    total = page.locator("tr.total")
    expect(total).to_contain_text("3.278.880")
    page.get_by_role("link", name="Lan").click()
    page.get_by_role("button", name="Ghi đã nhận").click()
    expect(page.locator("dl.facts").first).to_contain_text("đủ")
    page.goto("/cash")
    expect(total).to_contain_text("1.366.200")
    page.goto("/review")
    expect(page.locator("main")).to_contain_text("Lương Văn Tám")
    first.go("#/sync")
    first.tap("Đồng bộ ngay")
    first.go("#/cash")
    sheet = first.page.get_by_role("region", name="Sổ thu tiền")
    expect(sheet).to_contain_text("Xã đã nhận")
    expect(sheet.locator("tr.costs-own")).to_contain_text("0 đ")
