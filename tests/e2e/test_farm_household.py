"""A farm household: worksheet and request at the door, then the commune, then another group."""

import pytest
from playwright.sync_api import expect

from server.domain.numbers import day_words
from server.domain.partial import add_days
from server.store.db import today

HEAD = "Vi Văn Tú"
GROUP = "Hộ nông, lâm, ngư, diêm nghiệp có mức sống trung bình đã được công nhận"


@pytest.fixture
def officer(make, places):
    return make.user("officer", username="canbo", areas=[places.commune], farm_room=True)


@pytest.fixture
def days():
    """The paper was handed in a while ago, so that its posting is over by today."""
    return {name: add_days(today(), -back) for name, back in (("asked", 20), ("posted", 14))}


def fill_worksheet(phone):
    """Two people, 42 million a year from the fields: 1,750,000 a person and month."""
    phone.open_household(HEAD)
    phone.go(phone.page.url.partition("#")[2] + "/farm")
    phone.tap("+ Trồng trọt")
    crops = phone.page.get_by_role("group", name="Trồng trọt")
    crops.get_by_label("Thu").fill("60000000")
    crops.get_by_label("Chi phí").fill("18000000")
    expect(phone.page.get_by_text("1.750.000 đ")).to_be_visible()
    phone.save("Lưu phiếu")


def ask_for_recognition(phone, day):
    phone.open_household(HEAD)
    phone.go(phone.page.url.partition("#")[2] + "/request")
    phone.page.get_by_label("Ngày đề nghị").fill(day_words(day))
    phone.save("Ghi đề nghị")
    expect(phone.page.get_by_text("Đã đề nghị, chờ xã kiểm tra")).to_be_visible()


def decide(page, days):
    """Check, post, decide; the request's page is open."""
    expect(page.get_by_role("main")).to_contain_text("1.750.000")
    page.get_by_role("group", name="Hộ có làm nông").get_by_label("Có").check()
    page.get_by_label("Ngày kiểm tra").fill(days["posted"])
    page.get_by_role("button", name="Ghi kết quả kiểm tra").click()
    expect(page.get_by_role("main")).to_contain_text("Đủ điều kiện")
    page.get_by_label("Niêm yết từ ngày").fill(days["posted"])
    page.get_by_role("button", name="Niêm yết", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Đang niêm yết")
    page.get_by_label("Số quyết định").fill("05/QĐ-UBND")
    page.get_by_role("button", name="Công nhận", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Đã công nhận.")


def test_from_the_worksheet_at_the_door_to_another_group(phone, officer, desk, days):
    phone.offline()
    fill_worksheet(phone)
    ask_for_recognition(phone, days["asked"])
    phone.online()
    phone.home()
    expect(phone.trust).to_contain_text("Đã gửi hết")

    page = desk("canbo")
    page.get_by_role("link", name="Hộ nông nghiệp", exact=True).click()
    page.get_by_role("link", name=HEAD).click()
    decide(page, days)
    for paper in ("Mẫu 01 (Word)", "Mẫu 01 (PDF)"):
        with page.expect_download() as download:
            page.get_by_role("link", name=paper).click()
        assert download.value.suggested_filename.startswith("giay-de-nghi")

    page.get_by_role("link", name=HEAD).click()
    expect(page.get_by_role("main")).to_contain_text(GROUP)
    page.get_by_label("Xem ngày khác").fill(days["posted"])
    page.get_by_role("button", name="Xem").click()
    expect(page.get_by_role("main")).not_to_contain_text(GROUP)

    phone.page.reload()
    phone.open_household(HEAD)
    expect(phone.page.get_by_role("link", name="Đề nghị công nhận")).to_contain_text("Đã công nhận")
