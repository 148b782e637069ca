"""A list of BHXH in the browser: file, columns, dry run, word, list; no page of it is too wide."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from server.store.db import db
from tests.e2e.test_looks import trouble
from tests.http.test_import_jobs import messy
from tests.support.worker import worker

PHONE: ViewportSize = {"width": 360, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}

pytestmark = pytest.mark.usefixtures("officer")


@pytest.fixture
def at_work(app, live, tmp_path):
    """The worker that stands beside the server."""
    with app.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
    with worker(url, tmp_path / "worker.log") as process:
        yield process


def looked_at(page: Page, name: str) -> list[str]:
    """What is wrong with a page, on a desk and on a phone."""
    found = trouble(page, name)
    page.set_viewport_size(PHONE)
    found += trouble(page, f"{name}, small")
    page.set_viewport_size(DESK)
    return found


def send(page: Page, name: str, file: bytes) -> None:
    page.goto("/imports")
    page.get_by_label("Tệp chứa gì").select_option("bhxh_list")
    content = {"name": name, "mimeType": "application/octet-stream", "buffer": file}
    page.get_by_label("Tệp", exact=True).set_input_files(content)  # type: ignore[arg-type]
    page.get_by_role("button", name="Xem thử").click()


def test_a_list_goes_from_the_file_to_the_kept_list(desk, at_work):
    page, file = desk("canbo"), messy()
    send(page, "thang-11.xlsx", file)
    expect(page.get_by_role("heading", name="Các cột của tệp")).to_be_visible()
    expect(page.get_by_label("Cột Số CCCD được hiểu là")).to_have_value("personal_id")
    expect(page.get_by_text("Nguyễn Văn Hùng")).to_be_visible()
    found = looked_at(page, "columns")

    page.get_by_role("button", name="Xem thử").click()
    expect(page.get_by_role("button", name="Giữ danh sách")).to_be_visible()
    expect(page.get_by_text("TCVN3 (ABC), đã chuyển")).to_be_visible()
    expect(page.get_by_role("cell", name=re.compile("làm tròn"))).to_be_visible()
    found += looked_at(page, "dry run")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải báo cáo từng dòng (Excel)").click()
    assert download.value.suggested_filename.endswith(".xlsx")

    page.get_by_role("button", name="Giữ danh sách").click()
    expect(page.get_by_role("link", name="Xem danh sách")).to_be_visible()
    found += looked_at(page, "run")
    page.get_by_role("link", name="Xem danh sách").click()
    expect(page.get_by_role("cell", name="Trần Quốc Tuấn")).to_be_visible()
    found += looked_at(page, "list")
    page.goto("/imports")
    found += looked_at(page, "imports")
    assert found == [], "\n".join(found)

    send(page, "lai.xlsx", file)
    expect(page.get_by_text("Tệp này đã được nhập ngày")).to_be_visible(timeout=60_000)
