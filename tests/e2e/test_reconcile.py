"""An officer settles a list of the insurance without touching the mouse."""

import re

import pytest
from playwright.sync_api import expect

from tests import homes
from tests.reconciling import YEAR, kept_list, row
from tests.support.worker import worker

ID = "038201001234"


@pytest.fixture
def kept(app, make, places, officer):
    """One person by her number, two by name and place, of whom one is another one."""
    people = [
        homes.person("Lò Thị Mai", birth_date="1980-05-17", sex="female", personal_id=ID),
        homes.person("Lò Văn Pánh", birth_date="1950-06-06", sex="male"),
        homes.person("Vi Thị Én", birth_date="1975-02-03", sex="female"),
    ]
    homes.write(app, places.villages[0], *people, code="HL-7")
    place = {"village_text": "Thôn Hưng Long", **YEAR}
    return kept_list(
        make, places.commune, officer,
        row("LO THI MAI", "1980-05-17", sex="female", personal_id=ID, **place),
        row("LÒ VĂN PÁNH", "1950-06-06", sex="male", bhxh_number="3801000002", **place),
        row("Vi Thị Én", "1975-02-03", sex="female", bhxh_number="3801000003", **place),
    )  # fmt: skip


@pytest.fixture
def at_work(live, tmp_path):
    """The worker beside the server."""
    with worker(live.database_url, tmp_path / "worker.log"):
        yield


def test_a_list_is_settled_by_keys_alone(desk, officer, kept, at_work):
    page = desk(officer.username)
    press, heading = page.keyboard.press, page.get_by_role("heading", level=1)
    said = page.get_by_role("status")
    page.goto("/reconcile")
    page.get_by_role("button", name="So với khảo sát").focus()
    press("Enter")
    expect(page.get_by_text("với 3 người đã khảo sát")).to_be_visible(timeout=60_000)
    press("j")
    press("j")
    expect(page.get_by_role("link", name="Có thể là một người")).to_be_focused()
    press("Enter")
    expect(heading).to_have_text("Có thể là một người")
    press("j")
    press("Enter")
    expect(heading).to_have_text("Có phải một người không?")
    press("1")
    expect(said).to_have_text("Đã xác nhận, ghi thêm kỳ thẻ.")
    expect(page.get_by_role("cell", name="Vi Thị Én").first).to_be_visible()
    press("2")
    expect(said).to_have_text("Đã ghi nhớ: không phải một người.")
    expect(page.get_by_text("Không có dòng nào ở đây.")).to_be_visible()
    page.goto(f"/reconcile/{kept}/sure")
    page.get_by_role("button", name=re.compile("Xác nhận các cặp")).focus()
    press("Enter")
    expect(said).to_contain_text("Đã xác nhận 1 cặp, ghi 1 kỳ thẻ.")
    page.goto(f"/reconcile/{kept}/not-found")
    expect(page.get_by_text("Đã trả lời: không phải một người")).to_be_visible()
