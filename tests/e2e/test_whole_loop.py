"""The journey of a day: out without signal, back, and seen by the commune."""

import re

import pytest
from playwright.sync_api import expect

MOST_TAPS = 45
FAMILY = ("Lường Văn Bảy", "Quàng Thị Tám", "Lường Thị Chín", "Lường Văn Mười")
CHILD = FAMILY[3]


@pytest.fixture
def phone(notice, phone):
    """The notice is on it; then the signal goes."""
    phone.offline()
    phone.page.reload()
    expect(phone.page.get_by_role("heading", name="Hôm nay")).to_be_visible()
    return phone


def record_family(phone):
    """A household of four, the last of them a child without insurance; gives the taps it took."""
    before = phone.taps()
    phone.name_people(*FAMILY)
    phone.next("Từng người")
    for name, relation, sex, year in zip(
        FAMILY, (None, "Vợ/chồng", "Con", "Con"), ("Nam", "Nữ", "Nữ", "Nam"),
        ("1985", "1988", "2012", "2019"), strict=True,
    ):  # fmt: skip
        phone.choose(name, *([relation] if relation else []), sex)
        phone.born(name, year)
    phone.next("Thẻ bảo hiểm y tế")
    for name in FAMILY[:3]:
        phone.choose(name, "Có thẻ")
    phone.choose(CHILD, "Chưa từng có", "Không đủ tiền")
    phone.next("Làm nông và thu nhập")
    phone.next("Giấy tờ")
    phone.next("Xem lại rồi lưu")
    phone.page.get_by_label("Đã đọc thông báo về dữ liệu cho gia đình nghe").tap()
    phone.tap("Lưu hộ")
    expect(phone.page.get_by_text("Đã lưu hộ Lường Văn Bảy trên máy này")).to_be_visible()
    return phone.taps() - before


def test_what_is_recorded_without_signal_reaches_the_officer(phone, officer, desk, village):
    phone.open_household("Vi Văn Tú")
    before = phone.taps()
    phone.tap("Đúng như cũ")
    phone.sees_saved()
    assert phone.taps() - before == 1

    phone.home()
    assert record_family(phone) <= MOST_TAPS

    phone.close()
    phone.open(offline=True)
    expect(phone.trust).to_contain_text(re.compile(r"[1-9]\d* chưa gửi"))
    phone.open_household("Vi Văn Tú")
    expect(phone.page.get_by_role("button", name="Đã xác nhận hôm nay")).to_be_visible()
    phone.open_household(CHILD)
    for name in FAMILY:
        expect(phone.page.get_by_role("link", name=name)).to_be_visible()
    expect(phone.page.get_by_role("link", name=CHILD)).to_contain_text("chưa có thẻ")

    phone.online()
    phone.home()
    expect(phone.trust).to_contain_text("Đã gửi hết")

    page = desk("canbo")
    page.get_by_role("link", name="Bao phủ", exact=True).click()
    line = page.get_by_role("region", name="Tình trạng thẻ").get_by_role("row", name=village.name)
    # Six people in two households: two covered, three whose card has no end, one without a card.
    counts = ("6", "2", "0", "0", "3", "0", "1", "0", r"33,33\s%")
    expect(line.get_by_role("cell")).to_have_text(
        [re.compile(rf"^\s*{count}\s*(2 hộ)?\s*$") for count in counts],
        use_inner_text=True,
    )
    page.get_by_role("link", name="Chưa có BHYT").click()
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text([CHILD])
    rows.get_by_role("link", name=CHILD).click()
    expect(page.get_by_role("heading", name=CHILD)).to_be_visible()


def test_a_household_imported_and_not_visited_is_not_asked_everywhere(
    lan, officer, imported_home, handset, desk
):
    phone = handset().open()
    phone.sign_in("lan")
    phone.downloaded()
    phone.open_household("Hà Văn Chưa")
    for name in ("Hà Văn Chưa", "Hà Thị Hỏi"):
        expect(phone.page.get_by_role("link", name=name)).to_contain_text("chưa hỏi")

    page = desk("canbo")
    page.goto(f"/households/{imported_home}")
    expect(page.get_by_role("main")).to_contain_text("chưa hỏi")
    page.goto("/coverage")
    expect(page.get_by_text("2 chưa hỏi, 0 chưa rõ hạn")).to_be_visible()
    page.goto("/lists/uninsured")
    expect(page.get_by_text("Không có ai trong danh sách này.")).to_be_visible()
    page.goto("/lists/not_asked")
    expect(page.locator("tbody tr")).to_have_count(2)
