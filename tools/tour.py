"""A walk past every screen of the phone and every page of the desk: for eyes and for axe."""

import re
from collections import deque
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import FilePayload, Page, Route, expect

from tests.support.stage import PASSWORD, Stage

PHONE_SIZE = {"width": 360, "height": 640}
DESK_SIZE = {"width": 1280, "height": 800}
_AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27,}")
_ONE = re.compile(r"/\d{6,}(?=/|$)|(?<=^/law)/(?!rows/)[a-z_]+")
_NO_PAGE = re.compile(r"^/(app|api|language)/|\.(svg|csv|xlsx|docx|pdf)$|/templates/")
DESK_STARTS = ("/", "/nowhere", "/users/new", "/law/local_support")
DESK_USERS = ("officer", "admin", "bhxh", "viewer")
WIZARD = ("names", "people", "insurance", "farm", "papers", "review")
FAMILY = ("Lường Văn Bảy", "Quàng Thị Tám", "Lường Văn Mười")


def phone_tour(page: Page, url: str, stage: Stage) -> Iterator[str]:
    """Leads a signed-out phone past every screen; yields the name of the one that stands there."""
    held: list[Route] = []
    page.route("**/api/v1/sync", lambda route: held.append(route), times=1)
    page.goto(f"{url}/app/")
    page.get_by_label("Tên đăng nhập").fill("surveyor2")
    yield "01-sign-in"
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", name="Đang tải dữ liệu")).to_be_visible()
    yield "02-first-download"
    for route in held:
        route.continue_()
    expect(page.locator("a.trust")).to_contain_text(re.compile("Đã gửi hết · đồng bộ "))
    yield "03-today"
    yield from _today(page)
    yield from _records(page, stage)
    yield from _new_household(page)
    yield from _trust(page)


def _show(page: Page, address: str) -> None:
    page.evaluate("(to) => { location.hash = to; }", address)
    expect(page.locator("h1")).not_to_have_text("")
    expect(page.get_by_text(re.compile("^Đang (mở|tính)…$"))).to_have_count(0)
    page.evaluate("document.fonts.ready.then(() => true)")


def _today(page: Page) -> Iterator[str]:
    page.get_by_role("button", name=re.compile("^Mọi hộ")).click()
    yield "04-all-households"
    search = page.get_by_role("textbox", name="Tìm người, hộ, số định danh")
    search.fill("nguyen")
    expect(page.get_by_role("main").get_by_role("link", name="Nguyễn").first).to_be_visible()
    yield "05-search"
    search.fill("không ai tên thế này")
    expect(page.get_by_text("Không thấy ai khớp")).to_be_visible()
    yield "06-search-nobody"
    search.fill("")


def _records(page: Page, stage: Stage) -> Iterator[str]:
    home, person = f"#/household/{stage.household}", f"#/person/{stage.member}"
    places = {
        "10-household": home,
        "11-household-edit": f"{home}/edit",
        "12-visit": f"{home}/visit",
        "13-add-member": f"{home}/add",
        "14-newborn": f"{home}/newborn",
        "15-household-end": f"{home}/end",
        "16-notice": f"{home}/notice",
        "17-field-note": f"{home}/note",
        "18-farm-worksheet": f"{home}/farm",
        "18-farm-request": f"{home}/request",
        "19-returned-answer": f"{home}/answer/{stage.returned}",
        "20-person": person,
        "21-card-new": f"{person}/card",
        "22-card-edit": f"{person}/card/{stage.card}",
        "23-card-void": f"{person}/void/{stage.card}",
        "24-entitlement": f"{person}/entitlement",
        "25-person-end": f"{person}/end",
        "26-not-here": "#/household/00000000-0000-7000-8000-000000000000",
        "27-tally": "#/tally",
        "27-losing": "#/losing",
        "27-leads": "#/leads",
        "28-changes": "#/changes",
        "29-price": f"{home}/price/{stage.member}",
        "29-free-cards": "#/free",
        "29-renewals": "#/renewals",
        "29-enrol": f"{home}/enrol",
        "29-enrolments": "#/enrolments",
        "29-cash": "#/cash",
    }
    for name, address in places.items():
        _show(page, address)
        yield name
        if name == "12-visit":
            page.get_by_role("button", name="Đi vắng", exact=True).click()
            yield "12-visit-absent"
    yield from _leads(page)


def _leads(page: Page) -> Iterator[str]:
    """One person to be talked to, with what each outcome asks, and the list once it is written."""
    _show(page, "#/leads")
    page.get_by_role("main").get_by_role("link").first.click()
    page.get_by_role("button", name="Hẹn gặp lại").click()
    page.get_by_role("button", name="Lưu kết quả").click()
    expect(page.get_by_role("alert").or_(page.locator(".error")).first).to_be_visible()
    yield "27-lead-call-later"
    page.get_by_role("button", name="Đã tham gia").click()
    yield "27-lead-joined"
    page.get_by_role("button", name="Lưu kết quả").click()
    expect(page.get_by_role("heading", name="Hôm nay đã ghi")).to_be_visible()
    yield "27-leads-written"
    page.get_by_role("button", name="Bấm nhầm, bỏ kết quả").click()


def _new_household(page: Page) -> Iterator[str]:
    _show(page, "#/today")
    page.get_by_role("button", name="Hộ mới").click()
    for place, name in enumerate(FAMILY):
        label = "Chủ hộ" if place == 0 else f"Người thứ {place + 1}"
        page.get_by_label(label, exact=True).fill(name)
    yield "30-new-names"
    new = page.evaluate("location.hash").rpartition("/")[0]
    for number, step in enumerate(WIZARD[1:], 31):
        _show(page, f"{new}/{step}")
        _answer(page, step)
        yield f"{number}-new-{step}"
    page.get_by_role("button", name="Lưu hộ").click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield "36-new-mistakes"


def _answer(page: Page, step: str) -> None:
    """Enough for the step to show what it can ask."""
    if step == "people":
        page.get_by_role("region", name=FAMILY[1]).get_by_text("Khác", exact=True).click()
        page.get_by_role("region", name=FAMILY[2]).get_by_label("Sinh", exact=True).fill("2099")
    if step == "insurance":
        page.get_by_role("button", name="Có thẻ", exact=True).first.click()
        page.get_by_role("button", name="Chưa từng có", exact=True).last.click()
    if step == "farm":
        for number in (0, 1):
            page.get_by_role("button", name="Có", exact=True).nth(number).click()
        page.get_by_role("button", name="Không phải", exact=True).click()
    if step == "papers":
        page.locator("summary").first.click()


def _trust(page: Page) -> Iterator[str]:
    _show(page, "#/today")
    expect(page.get_by_text("Đang nhập dở")).to_be_visible()
    page.context.set_offline(True)
    expect(page.get_by_text("Không có mạng.")).to_be_visible()
    yield "40-today-offline-draft"
    _show(page, "#/sync")
    yield "41-sync-offline"
    page.context.set_offline(False)
    expect(page.get_by_text("Không có mạng.")).to_have_count(0)
    yield "42-sync"
    page.get_by_role("button", name="Đăng xuất").click()
    yield "43-sign-out-asked"
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Sync", level=1)).to_be_visible()
    yield "44-sync-english"
    _show(page, "#/today")
    yield "45-today-english"


def sign_in_at_desk(page: Page, url: str, username: str) -> None:
    page.goto(f"{url}/sign-in")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)


def desk_tour(page: Page, url: str, username: str) -> Iterator[str]:
    """Every page that a signed-in user can reach by links, each kind once; yields its name."""
    sign_in_at_desk(page, url, username)
    yield from _follow(page, url, [f"{url}{path}" for path in DESK_STARTS], username)


def _follow(page: Page, url: str, starts: list[str], username: str) -> Iterator[str]:
    waiting, seen = deque(starts), {_kind(start) for start in starts}
    while waiting:
        page.goto(waiting.popleft())
        name = _kind(page.url).strip("/").replace("/", "-") or "start"
        yield f"{username}-{name}"
        for link in page.locator("a[href]:not([download])").evaluate_all(
            "links => links.map(({href}) => href)"
        ):
            path = urlsplit(link).path
            if link.startswith(url) and not _NO_PAGE.search(path) and _kind(link) not in seen:
                seen.add(_kind(link))
                waiting.append(link)


def officers_forms(page: Page, url: str) -> Iterator[str]:
    """The pages that only a form opens, for somebody signed in as a commune officer."""
    page.goto(f"{url}/review/move")
    page.get_by_label("Từ thôn").select_option(index=1)
    page.get_by_label("Chọn tất cả").check()
    page.get_by_label("Chuyển đến thôn").select_option(index=1)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", name="Xem trước khi chuyển")).to_be_visible()
    yield "officer-move-preview"
    page.goto(f"{url}/lists/losing")
    yield "officer-list-losing"
    page.goto(f"{url}/sealed")
    page.get_by_label("Tệp .bpx").set_input_files(_file("may-cua-lan.bpx", b"?"))
    page.get_by_role("button", name="Nhận tệp").click()
    expect(page.locator(".error, [role=alert]").first).to_be_visible()
    yield "officer-sealed-refused"
    page.goto(f"{url}/hardship")
    page.get_by_label("Chọn tất cả người tặng được").check()
    page.get_by_role("button", name="Xem trước khi tặng").click()
    expect(page.get_by_role("heading", name="Tặng thẻ: xem trước")).to_be_visible()
    yield "officer-give-preview"
    page.goto(f"{url}/leads/files")
    page.get_by_label("Diện của cả tệp").select_option("paused")
    named = "Họ và tên,Ngày sinh\nLê Thị Tuyết,2001\nAi Đó,1970".encode()
    page.get_by_label("Tệp (XLSX, XLS hoặc CSV)").set_input_files(_file("bao-luu.csv", named))
    page.get_by_role("button", name="Nhận và tìm trong sổ").click()
    expect(page.get_by_text("Chưa thấy trong sổ").first).to_be_visible()
    yield "officer-lead-file"
    sample = page.request.get(f"{url}/imports/templates/households.csv").body()
    page.goto(f"{url}/imports")
    page.get_by_label("Tệp chứa gì").select_option("households")
    page.get_by_label("Tệp", exact=True).set_input_files(_file("ho.csv", sample))
    page.get_by_role("button", name="Xem thử").click()
    expect(page.get_by_role("heading", name="Xem thử: ho.csv")).to_be_visible()
    yield "officer-import-preview"


def administrators_forms(page: Page, url: str) -> Iterator[str]:
    """The same for an administrator: a new user's password is shown once."""
    page.goto(f"{url}/users/new")
    page.get_by_role("button", name="Lưu và xem mật khẩu").click()
    page.get_by_label("Họ và tên").fill("Lò Thị Mới")
    page.get_by_label("Tên đăng nhập").fill("moi.hunglong")
    page.get_by_label("Vai trò").select_option("admin")
    area = page.locator("#area-choices option").first.get_attribute("value")
    page.get_by_label("Địa bàn thứ 1").fill(area or "")
    yield "admin-user-new-filled"
    page.get_by_role("button", name="Lưu và xem mật khẩu").click()
    expect(page.get_by_text("Mật khẩu chỉ hiện lần này")).to_be_visible()
    yield "admin-password-once"
    yield from _law_forms(page, url)


def _law_forms(page: Page, url: str) -> Iterator[str]:
    """A row of law: what is wrong with it, what it changes, and the row itself."""
    page.goto(f"{url}/law/local_support/add?item=average_farm")
    yield "admin-law-form"
    typed = {"#value": "-20", "#number": "NQ 12/2026/NQ-HĐND", "#issuer": "HĐND tỉnh Thanh Hóa"}
    days = {"#valid_from": "2026-12-01", "#issued_on": "2026-11-20"}
    for field, text in {**typed, **days}.items():
        page.locator(field).fill(text)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield "admin-law-mistakes"
    page.locator("#value").fill("20")
    page.locator("#where").select_option("38")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", name="Sẽ đổi")).to_be_visible()
    yield "admin-law-preview"
    page.get_by_role("button", name="Ghi dòng này").click()
    page.get_by_text("Dòng này sai").click()
    yield "admin-law-row"
    page.get_by_label("Lý do").fill("Gõ nhầm")
    page.get_by_role("button", name="Rút dòng này").click()
    yield "admin-law-withdrawn"


def _file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def _kind(address: str) -> str:
    """The address with every id and value taken out: two people have the same page, and so have
    two legal tables."""
    return _ONE.sub("/one", _AN_ID.sub("one", urlsplit(address).path))
