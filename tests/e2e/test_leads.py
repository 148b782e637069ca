"""The commune gives two people of the survey to a collector; what came of the talks is written
without signal, and stands in the tally once it arrives."""

import re

import pytest
from playwright.sync_api import expect

from server.store.db import transaction
from server.store.legal import legal_items
from server.store.reference import publish_all
from tests import homes

WANTS = re.compile("^Lò Thị Muốn")
"""Every row names the head of the household, too."""

FREE = {"birth_date": "1985-03-02", "sex": "female", "work": "farm", "social_insurance": "none"}


@pytest.fixture
def law(app):
    with app.app_context(), transaction():
        publish_all(legal_items())


@pytest.fixture
def couple(app, village):
    """One wants to join; the other's book is paused."""
    people = (
        homes.person(
            "Lò Thị Muốn",
            relation="head",
            phone="0912 000 111",
            voluntary_interest="yes",
            **FREE,  # type: ignore[arg-type]
        ),
        homes.person("Vi Văn Dừng", **{**FREE, "social_insurance": "paused"}),  # type: ignore[arg-type]
    )
    return homes.write(app, village, *people, code="HL-009")


def test_given_at_the_desk_talked_to_without_signal_and_counted(
    law, officer, lan, couple, handset, desk
):
    page = desk("canbo")
    page.goto("/leads/survey")
    page.get_by_label("Chọn tất cả trên trang này").check()
    page.get_by_label("Giao cho").select_option(label="Lan")
    page.get_by_role("button", name="Giao đi vận động").click()
    expect(page.get_by_role("status")).to_contain_text("Đã giao 2 người cho Lan.")

    phone = handset().open()
    phone.sign_in("lan")
    phone.downloaded()
    phone.offline()
    at = phone.page
    at.get_by_role("link", name="2 người Vận động BHXH tự nguyện").tap()
    people = at.get_by_role("main").get_by_role("link")
    expect(people.first).to_contain_text("Vi Văn Dừng")
    at.get_by_role("link", name=WANTS).tap()
    expect(at.get_by_role("link", name="Gọi 0912 000 111")).to_be_visible()
    expect(at.get_by_text("Khi rà soát đã nói muốn tham gia.")).to_be_visible()
    phone.tap("Đã tham gia")
    phone.tap("Người khác")
    at.get_by_label("Họ và tên người vận động").fill("Ông Hà")
    phone.save("Lưu kết quả")

    phone.tap("Bấm nhầm, bỏ kết quả: Lò Thị Muốn")
    expect(at.get_by_text("2 người", exact=True)).to_be_visible()
    at.get_by_role("link", name=WANTS).tap()
    phone.tap("Đã tham gia")
    phone.tap("Người khác")
    at.get_by_label("Họ và tên người vận động").fill("Ông Hà")
    phone.save("Lưu kết quả")

    at.get_by_role("link", name="Vi Văn Dừng").tap()
    phone.tap("Lưu kết quả")
    expect(at.get_by_text("Chọn một kết quả trước khi lưu.")).to_be_visible()
    phone.tap("Hẹn gặp lại")
    phone.tap("Tuần sau")
    phone.save("Lưu kết quả")
    expect(at.get_by_text("Không còn ai phải gặp")).to_be_visible()

    phone.home()
    phone.online()
    expect(phone.trust).to_contain_text("Đã gửi hết")
    page.goto("/leads/tally")
    credit = page.get_by_role("region", name="Theo người vận động")
    expect(credit.get_by_role("row", name="Ông Hà 1")).to_be_visible()
    page.goto("/leads?state=call_later")
    expect(page.get_by_role("link", name="Vi Văn Dừng")).to_be_visible()
    page.goto("/leads?state=joined")
    page.get_by_role("link", name="Lò Thị Muốn").click()
    expect(page.locator("main")).to_contain_text("tự nguyện")
