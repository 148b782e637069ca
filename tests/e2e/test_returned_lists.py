"""A list leaves as a workbook, a village head changes it, and it comes back: one row is accepted,
one refused, and the phone shows what was accepted."""

import re
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page, expect

NAME, PHONE = "Họ và tên", "Điện thoại"


def cell_of(sheet: Worksheet, name: str, label: str) -> object:
    heads = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows() if row[heads.index(NAME)].value == name)
    return row[heads.index(label)]


def taken(page: Page, folder: Path) -> Path:
    page.goto("/lists/covered")
    with page.expect_download() as download:
        page.get_by_role("button", name="Tải Excel").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def filled_in(path: Path) -> None:
    """Tú has a number and Mai another name; a village head adds a row below."""
    book = load_workbook(path)
    sheet = book["Danh sách"]
    cell_of(sheet, "Vi Văn Tú", PHONE).value = 912345678  # type: ignore[attr-defined]
    cell_of(sheet, "Lò Thị Mai", NAME).value = "Lò Thị Mây"  # type: ignore[attr-defined]
    heads = [cell.value for cell in sheet[1]]
    new = {NAME: "Vi Thị Mới", "Mã hộ": "HL-001", "Ngày sinh": "2026"}
    sheet.append([new.get(str(head), "") for head in heads])
    book.save(path)


def opened(page: Page, name: str) -> None:
    """The row is shown, and its keys work: they do once the page has loaded."""
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.wait_for_load_state()


def test_what_a_village_head_changed_is_accepted_or_refused_row_by_row(
    officer, lan, known_home, handset, desk, tmp_path
):
    page = desk("canbo")
    path = taken(page, tmp_path)
    filled_in(path)

    page.get_by_role("link", name="Danh sách gửi lại").click()
    page.get_by_label("Tệp thôn gửi lại (XLSX)").set_input_files(path)
    page.get_by_label("Ai đã điền (không bắt buộc)").fill("Trưởng thôn Hưng Long")
    page.get_by_role("button", name="Nhận và so với sổ").click()
    table = page.get_by_role("table")
    expect(table.get_by_role("row", name="Vi Văn Tú")).to_contain_text("0912345678")
    expect(table.get_by_role("row", name="Vi Thị Mới")).to_contain_text("Người mới")
    page.get_by_role("link", name="Vi Văn Tú").click()
    opened(page, "Vi Văn Tú")
    page.keyboard.press("1")
    expect(page.get_by_role("status")).to_contain_text("Vi Văn Tú: đã nhận.")

    page.goto("/returned")
    page.get_by_role("link", name=re.compile("^Người có thẻ còn hạn")).click()
    page.get_by_role("link", name="Lò Thị Mai").click()
    opened(page, "Lò Thị Mai")
    page.keyboard.press("2")
    expect(page.get_by_role("status")).to_contain_text("Lò Thị Mai: đã ghi là không nhận.")

    opened(page, "Vi Thị Mới")
    page.keyboard.press("3")
    expect(page.get_by_role("status")).to_contain_text("Đã gửi lời nhắn")

    phone = handset().open()
    phone.sign_in("lan")
    phone.downloaded()
    phone.open_household("Vi Văn Tú")
    expect(phone.page.get_by_role("main")).to_contain_text("Lò Thị Mai")
    expect(phone.page.locator('a[href="tel:0912345678"]').first).to_be_visible()
    expect(phone.page.get_by_role("main")).to_contain_text("Vi Thị Mới")
