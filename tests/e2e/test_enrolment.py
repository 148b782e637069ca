"""Money is taken at the door without signal: the price of the payment day, one receipt book for two
collectors, a cash sheet that adds up."""

import pytest
from playwright.sync_api import expect

from server.store.changes.write import new_change
from server.store.db import new_id, transaction
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


PROMISE = {
    "sponsor_name": "Công ty Chè Hoa",
    "amount": 956_340,
    "months": 12,
    "insurance_group": "GB",
    "agreed_on": "2026-11-02",
}


@pytest.fixture
def sponsored_home(app, village):
    """A recognised farm household: a sponsor pays for the mother's card, the son is at school."""
    mother = homes.never_had("Vi Thị Nông", relation="head", work="farm", birth_date="1982-03-02")
    son = homes.never_had("Vi Văn Học", relation="child", work="pupil", birth_date="2012-09-02")
    home = homes.write(app, village, mother, son, code="HL-005", average_farm=True)
    promise = {"member": mother["id"], "sponsor": new_id(), **PROMISE}
    homes.apply(app, [new_change("sponsorship", new_id(), promise)])
    return home


def test_one_receipt_holds_a_sponsored_year_and_nine_months_of_a_pupil(
    make, law, receipts, officer, lan, sponsored_home, known_home, handset, desk
):
    hand(make, receipts, lan)
    phone = ready(handset, "lan")
    phone.offline()
    at = phone.page
    phone.go(f"#/household/{sponsored_home}")
    expect(at.get_by_role("region", name="Có nhà tài trợ")).to_contain_text("Công ty Chè Hoa")
    phone.go(f"#/household/{sponsored_home}/enrol")
    at.get_by_text("Thu vào ngày khác").tap()
    at.get_by_label("Ngày thu tiền").fill("20/11/2026")
    mother = at.get_by_role("region", name="Vi Thị Nông")
    expect(mother).to_contain_text("12 tháng: 0 đ")
    expect(mother).to_contain_text("Nhà tài trợ Công ty Chè Hoa trả")
    son = at.get_by_role("region", name="Vi Văn Học")
    son.get_by_text("Vi Văn Học").first.tap()
    son.get_by_text("được chọn 1 đến 12").tap()
    son.get_by_role("button", name="9", exact=True).tap()
    expect(son).to_contain_text("9 tháng: 512.325 đ")
    son.get_by_text("Nguồn khác hỗ trợ", exact=True).tap()
    son.get_by_label("Nguồn khác hỗ trợ (đồng)").fill("512326")
    expect(son).to_contain_text("Nhiều nhất 512.325 đ")
    son.get_by_label("Nguồn khác hỗ trợ (đồng)").fill("100000")
    son.get_by_label("Ai hỗ trợ, vì sao").fill("Hội phụ huynh góp")
    at.get_by_role("button", name="Đã thu 412.325 đ, lưu").tap()
    picture = at.get_by_role("img", name="Ảnh biên lai 0000101, người dân đóng 412.325 đ")
    expect(picture).to_be_visible()
    at.get_by_role("link", name="Vi Thị Nông").tap()
    expect(at.get_by_role("row", name="Nhà tài trợ Công ty Chè Hoa trả 956.340")).to_be_visible()
    expect(at.get_by_role("row", name="Người dân đóng 0 đ")).to_be_visible()
    phone.go(f"#/household/{sponsored_home}")
    expect(at.get_by_role("heading", name="Người trong hộ")).to_be_visible()
    expect(at.get_by_role("region", name="Có nhà tài trợ")).to_have_count(0)
    phone.go("#/cash")
    at.get_by_text("Ngày", exact=True).first.tap()
    at.get_by_label("Ngày", exact=True).fill("20/11/2026")
    sheet = at.get_by_role("region", name="Sổ thu tiền")
    expect(sheet).to_contain_text("412.325 đ")
    expect(sheet).to_contain_text("1 biên lai, 2 người")
    phone.home()
    phone.online()
    expect(phone.trust).to_contain_text("Đã gửi hết")
    phone.go("#/enrolments")
    for name in ("Vi Thị Nông", "Vi Văn Học"):
        row = at.get_by_role("link").filter(has_text=name)
        expect(row).to_contain_text("Đã nộp")
        expect(row).not_to_contain_text("chờ xã xét")

    page = desk("canbo")
    page.goto("/enrolments?state=submitted")
    page.get_by_role("link", name="Vi Thị Nông").click()
    expect(page.locator("main")).to_contain_text("956.340")
    page.goto("/enrolments?state=submitted")
    page.get_by_role("link", name="Vi Văn Học").click()
    expect(page.locator("main")).to_contain_text("412.325")
    expect(page.locator("main")).to_contain_text("Hội phụ huynh góp")


def test_a_person_is_asked_for_what_the_list_lacks_and_the_money_stays_where_it_was(
    make, law, receipts, officer, lan, farm_home, known_home, handset
):
    hand(make, receipts, lan)
    phone = ready(handset, "lan")
    phone.go(f"#/household/{farm_home}/enrol")
    at = phone.page
    at.get_by_label("Người vận động").fill("Bà Mai")
    lacking = at.locator("details").filter(has_text="Danh sách gửi BHXH").last
    lacking.locator("summary").tap()
    lacking.get_by_role("link", name="Cầm Văn Nông").tap()
    expect(at.get_by_text("Giấy tờ cần ghi thêm")).to_contain_text("Giới tính")
    at.get_by_role("button", name="Nam", exact=True).tap()
    phone.save()
    expect(at.get_by_label("Người vận động")).to_have_value("Bà Mai")
    lacking.locator("summary").tap()
    expect(lacking.get_by_role("link", name="Vi Thị Nông")).to_contain_text("Giới tính")
    expect(lacking.get_by_role("link", name="Cầm Văn Nông")).not_to_contain_text("Giới tính")
