"""An officer settles a morning's queue without touching the mouse."""

import re

import pytest
from playwright.sync_api import expect

from server.store.db import new_id


@pytest.fixture
def doubts(make, officer, places):
    """Two clashes, a card that ends before it starts, and a question from the door."""
    home, people = make.household(officer, places.villages[0], ["Lê Văn Tám", "Lê Thị Na"])
    for person, (mine, other) in zip(
        people, (("0900000001", "0900000002"), ("0900000003", "0900000004")), strict=True
    ):
        make.write(officer, "member", {"phone": mine}, record=person)
        make.write(officer, "member", {"phone": other}, record=person)
    days = {"valid_from": "2026-01-01", "valid_to": "2025-01-01"}
    make.write(officer, "card", {"member": people[0], "evidence": "card_seen", **days})
    note = {"about": home, "kind": "question", "text": "Bao giờ có thẻ?"}
    make.write(officer, "field_note", note, record=new_id())


@pytest.fixture
def page(desk, officer, doubts):
    page = desk(officer.username)
    page.goto("/review")
    return page


def test_a_queue_is_emptied_by_keys_alone(page):
    press, heading = page.keyboard.press, page.get_by_role("heading", level=1)
    press("j")
    expect(page.get_by_role("link", name="Lê Văn Tám", exact=True).first).to_be_focused()
    press("Enter")
    expect(heading).to_have_text("Lê Văn Tám")
    press("2")
    expect(page.get_by_role("status")).to_have_text("Lê Văn Tám: đã ghi.")
    expect(heading).to_have_text("Lê Thị Na")
    press("u")
    expect(page.get_by_role("status")).to_have_text("Đã hoàn tác.")
    expect(heading).to_have_text("Lê Văn Tám")
    press("1")
    expect(page.get_by_role("status")).to_have_text("Lê Văn Tám: giữ giá trị đang ghi.")
    press("3")
    page.keyboard.press("Control+a")
    page.keyboard.type("0900000005")
    press("Enter")
    expect(page.get_by_role("status")).to_have_text("Lê Thị Na: đã ghi.")
    expect(page.get_by_text("Ngày hết hạn ở trước ngày bắt đầu")).to_be_visible()
    press("x")
    expect(page.get_by_label("Lý do")).to_be_focused()
    page.keyboard.type("Thẻ đọc nhầm")
    press("Enter")
    expect(page.get_by_role("status")).to_contain_text("không nhận")
    press("r")
    page.keyboard.type("Thứ Sáu tuần này.")
    press("Control+Enter")
    expect(page.get_by_role("status")).to_have_text("Đã gửi câu trả lời về thôn.")
    expect(page.get_by_text("Không còn gì ở đây.")).to_be_visible()


def test_keys_are_told_and_can_be_turned_off(page):
    page.keyboard.press("?")
    expect(page.get_by_text("xuống, lên một dòng")).to_be_visible()
    page.get_by_label("Dùng phím tắt trên máy này").uncheck()
    page.reload()
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("/review$"))
