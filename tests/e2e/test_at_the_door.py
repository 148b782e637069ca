"""At the door, without signal: what joining costs, who pays, from when, and who need not pay."""

import re

import pytest
from playwright.sync_api import Locator, expect

from server.domain.partial import add_days
from server.store.areas import publish_area
from server.store.db import db, today, transaction
from server.store.legal import legal_items
from server.store.places import Area
from server.store.reference import publish_all
from server.store.talking import usual_items
from tests import homes

GROUP = "Hộ nông, lâm, ngư, diêm nghiệp có mức sống trung bình"
FARMERS = ("Lò Văn Nông", "Vi Thị Ruộng", "Lò Văn Rẫy", "Lò Thị Nương", "Lò Văn Đồi")
CHILD = "Lò Thị Bé"
PAID_ON = "22/11/2026"


@pytest.fixture
def law(app, places):
    """The legal tables and the areas above the village, as the phones get them."""
    with app.app_context(), transaction():
        publish_all([*legal_items(), *usual_items()])
        for area in (places.province, places.commune, *places.villages):
            publish_area(db.session.get_one(Area, area.id))


@pytest.fixture
def farm_home(app, village):
    """Five grown-ups who would pay, and a child under six; nobody has a card."""
    people = [
        homes.never_had(name, relation="head" if at == 0 else "child", birth_date=str(1960 + at))
        for at, name in enumerate(FARMERS)
    ]
    people[0]["member"]["uninsured_reason"] = "cannot_afford"
    child = homes.never_had(CHILD, relation="grandchild", birth_date="2025-01-31")
    return homes.write(app, village, *people, child, average_farm=True, hamlet="Xóm Rẫy")


@pytest.fixture
def ending_home(app, village):
    """A card that ends in ten days, and one that ended twenty days ago."""
    soon, late = add_days(today(), 10), add_days(today(), -20)
    people = (
        homes.covered("Hà Văn Sắp", soon, relation="head", birth_date="1975"),
        homes.covered("Hà Thị Muộn", late, birth_date="1978"),
    )
    return homes.write(app, village, *people, hamlet="Xóm Suối")


@pytest.fixture
def school_home(app, village):
    """A pupil of the last grade and one of the first; neither has a card."""
    last = {"work": "pupil", "school_class": "12A1", "birth_date": "2009-03-01"}
    first = {"work": "pupil", "school_class": "1A", "birth_date": "2020-05-20"}
    people = (
        homes.covered("Cao Văn Cha", relation="head", birth_date="1980"),
        homes.never_had("Cao Thị Lớn", **last),
        homes.never_had("Cao Văn Bé", **first),
    )
    return homes.write(app, village, *people, hamlet="Xóm Trường")


@pytest.fixture
def phone(law, farm_home, ending_home, school_home, phone):
    """Lan's phone has it all; then the signal goes."""
    phone.offline()
    phone.page.reload()
    return phone


def row(table: Locator, line: str) -> Locator:
    return table.get_by_role("row", name=line)


def numbers(locator: Locator) -> list[str]:
    return re.findall(r"\d{1,3}(?:\.\d{3})+", locator.inner_text())


def price_on(phone, day: str) -> Locator:
    """The card with the ways of the household, for a payment on a day."""
    box = phone.page.get_by_label("Đóng vào ngày nào?")
    folded = phone.page.get_by_text("người, đóng ngày")
    if not box.is_visible():
        folded.tap()
    box.fill(day)
    expect(folded).to_contain_text(day)
    return phone.page.get_by_role("region", name="Cả hộ đóng bao nhiêu?")


def person_card(phone, name: str) -> Locator:
    """What is said of one person, unfolded."""
    summary = phone.page.locator("summary").filter(has_text=name)
    summary.tap()
    return phone.page.locator("details").filter(has=summary).last


def test_a_farm_household_hears_what_it_costs_without_signal(phone):
    phone.open_household(FARMERS[0])
    phone.page.get_by_role("link", name="Tham gia: đóng bao nhiêu").tap()
    expect(phone.page.get_by_role("heading", name="Tham gia BHYT")).to_be_visible()

    ways = price_on(phone, PAID_ON)
    assert numbers(row(ways, "Gia đình đóng")) == ["4.781.700", "4.371.840"]
    assert numbers(row(ways, "Nhà nước")) == ["2.049.300"]
    expect(ways).to_contain_text(
        "Theo nhóm được hỗ trợ, gia đình đóng nhiều hơn 409.860 đ so với theo hộ gia đình."
    )
    expect(ways).to_contain_text("chưa gồm hỗ trợ của tỉnh")
    expect(ways).to_contain_text("Chưa biết cho ngày này: bảng “Hỗ trợ của tỉnh”.")
    expect(ways).to_contain_text("Luật cho gia đình tự chọn.")

    phone.page.get_by_text(f"12 tháng: nhiều nhất 956.340 đ · {GROUP}").first.tap()
    supported = phone.page.get_by_role("region", name=GROUP).first
    assert numbers(row(supported, "12 tháng")) == ["956.340", "1.366.200", "409.860"]
    assert numbers(row(supported, "3 tháng")) == ["239.085", "341.550", "102.465"]
    household = phone.page.get_by_role("region", name="Hộ gia đình").first
    assert numbers(row(household, "6 tháng")) == ["683.100", "683.100"]
    expect(phone.page.get_by_text("Thẻ có từ 22/12/2026").first).to_be_visible()
    said = phone.page.get_by_role("region", name="Khi nghe “Không đủ tiền”, có thể nói")
    expect(said.get_by_role("listitem")).to_have_count(3)
    reason = phone.page.get_by_text("đã được công nhận").first
    expect(reason).to_contain_text("Luật BHYT Đ12 k4 d")

    phone.page.get_by_role("link", name="Thu tiền, ghi biên lai").tap()
    expect(phone.page.get_by_role("heading", name="Thu tiền, ghi biên lai")).to_be_visible()


def test_a_signal_that_comes_and_goes_moves_nothing_under_the_finger(phone):
    """The row that a thumb is on its way to stays where it is, also after an opening without
    signal, which the browser tells late."""
    gone = phone.page.get_by_text("Không có mạng.")

    def place() -> float:
        phone.search(FARMERS[0])
        row = phone.page.get_by_role("link", name=FARMERS[0]).first
        box = row.bounding_box()
        assert box is not None
        return box["y"]

    phone.page.reload()
    opened = place()
    expect(gone).to_be_visible()
    offline = place()
    phone.online()
    expect(gone).to_be_hidden()
    phone.downloaded()
    assert [opened, place()] == [offline, offline]


def test_a_box_tapped_as_soon_as_its_screen_is_there_keeps_its_keys(phone):
    """The heading takes the focus with the screen, not a moment later out of somebody's hands."""
    phone.go("#/sync")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Đồng bộ")
    focused = phone.page.evaluate("""() => new Promise((done) => {
      new MutationObserver((_, watcher) => {
        if (!document.querySelector('[role="search"]')) return;
        watcher.disconnect();
        done(document.activeElement?.textContent);
      }).observe(document.body, {childList: true, subtree: true});
      location.hash = '#/today';
    })""")
    assert focused == "Hôm nay"


def test_the_price_is_that_of_the_payment_day(phone, farm_home):
    phone.go(f"#/household/{farm_home}/price")
    before = price_on(phone, "30/06/2026")
    assert numbers(row(before, "Gia đình đóng"))[0] == "4.422.600"
    after = price_on(phone, "01/07/2026")
    assert numbers(row(after, "Gia đình đóng"))[0] == "4.781.700"
    unknown = price_on(phone, "01/01/2027")
    expect(unknown).to_contain_text("Chưa biết cho ngày này: bảng “Mức đóng”.")
    assert numbers(unknown) == []


def test_a_pupil_hears_of_the_school_year_and_who_collects(phone, school_home):
    phone.go(f"#/household/{school_home}/price")
    price_on(phone, PAID_ON)
    cards = person_card(phone, "Cao Thị Lớn")
    assert numbers(row(cards, "10 tháng")) == ["569.250", "1.138.500", "569.250"]
    expect(row(cards, "10 tháng")).to_contain_text("thẻ đến 30/09/2027")
    expect(cards).to_contain_text("Lớp 12: thẻ đến 30/09. Được đóng đến 31/12, không hoàn lại.")
    expect(cards).to_contain_text("Nhà trường thu tiền và lập danh sách")
    little = person_card(phone, "Cao Văn Bé")
    expect(little).to_contain_text("Thẻ có từ 01/10/2026 (học sinh lớp 1, theo năm học).")
    expect(row(little, "3 tháng")).to_contain_text("thẻ đến 31/12/2026")

    phone.page.get_by_role("link", name="Thu tiền, ghi biên lai").tap()
    line = phone.page.get_by_role("region", name="Cao Thị Lớn")
    line.locator("summary").first.tap()
    expect(line).to_contain_text("Nhà trường thu tiền và lập danh sách")


def test_a_free_card_and_cards_to_renew_are_pointed_out(phone, ending_home):
    phone.home()
    phone.page.get_by_role("link", name="Thẻ miễn phí").tap()
    listed = phone.page.get_by_role("link", name=FARMERS[0])
    expect(listed).to_contain_text(CHILD)
    expect(listed).to_contain_text("Dưới 6 tuổi")
    listed.tap()
    notice = phone.page.get_by_role("region", name="Có thể được thẻ miễn phí")
    expect(notice.get_by_role("link")).to_have_count(1)
    expect(notice).to_contain_text(CHILD)

    phone.home()
    phone.page.get_by_role("link", name="Gia hạn thẻ").tap()
    rows = phone.page.get_by_role("main").get_by_role("listitem")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("Hà Văn Sắp")
    expect(rows.nth(0)).to_contain_text("còn 11 ngày")
    expect(rows.nth(1)).to_contain_text("Hà Thị Muộn")
    expect(rows.nth(1)).to_contain_text("Sau ngày đó phải chờ 30 ngày mới có thẻ.")
