"""A surveyor's phone: a real Chromium of 360x640 whose profile outlives closing and killing it."""

import os
import re
import signal
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import (
    BrowserContext,
    Error,
    Locator,
    Page,
    Playwright,
    ViewportSize,
    expect,
)

from tests.e2e.watch import Watch
from tests.factories import PASSWORD
from tests.support.chromium import launch_options

SCREEN: ViewportSize = {"width": 360, "height": 640}
SAVED = "Đã lưu trên máy này"
# When something was typed last, when a draft was last put on disk, and what a thumb does:
# touches, and keys outside the boxes for names. Going on to the next
# name with Enter counts as well.
LISTEN = """
(() => {
  let taps = 0;
  let lastInput = 0;
  let draftKept = 0;
  let tellKept = () => undefined;
  addEventListener('input', () => { lastInput = performance.now(); }, true);
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...row) {
    const began = performance.now();
    const kept = () => { draftKept = began; tellKept(); };
    if (this.name === 'drafts') this.transaction.addEventListener('complete', kept);
    return put.apply(this, row);
  };
  // A form waits 250 ms after the last key; what was put earlier was an earlier state.
  window.draftOnDisk = () => new Promise((done) => {
    tellKept = () => { if (draftKept > lastInput + 200) done(true); };
    tellKept();
  });
  window.tapsSoFar = () => taps;
  const isName = ({labels}) => /^(Chủ hộ|Người thứ \\d+)$/.test(labels?.[0]?.textContent ?? '');
  addEventListener('pointerdown', (event) => { if (event.isTrusted) taps += 1; }, true);
  addEventListener('keydown', (event) => {
    if (event.isTrusted && (event.key === 'Enter' || !isName(event.target))) taps += 1;
  }, true);
})();
"""


class Handset:
    def __init__(self, playwright: Playwright, profile: Path, url: str, watch: Watch) -> None:
        self._playwright, self._profile = playwright, profile
        self._url, self._watch = url, watch
        self._context: BrowserContext | None = None
        self._page: Page | None = None

    @property
    def context(self) -> BrowserContext:
        assert self._context is not None, "the browser is closed"
        return self._context

    @property
    def page(self) -> Page:
        assert self._page is not None, "the browser is closed"
        return self._page

    def open(self, *, offline: bool = False, script: str = "") -> "Handset":
        """Open the app, as from its icon. `script`: what a test adds to every page."""
        self._context = self._playwright.chromium.launch_persistent_context(
            self._profile, viewport=SCREEN, has_touch=True, is_mobile=True, **launch_options()
        )
        self._watch.over(self._context)
        self._context.add_init_script(LISTEN + script)
        self._context.set_offline(offline)
        self._page = self._context.pages[0]
        self._page.goto(f"{self._url}/app/")
        return self

    def close(self) -> None:
        """As somebody closes it. The app goes first: on its way out Chromium would give a page that
        was without a connection one for a moment."""
        if self._context is not None:
            for page in self._context.pages:
                page.goto("about:blank")
            self._context.close()
        self._context = self._page = None

    def kill(self) -> None:
        """SIGKILL to the browser: it gets no chance to write anything more."""
        with self.context.expect_event("close"):
            os.kill(self._browser_process(), signal.SIGKILL)
        self._context = self._page = None

    def kill_tab(self) -> None:
        """The tab's process dies; the app is opened again in another tab."""
        dead = self.page
        with dead.expect_event("crash"), suppress(Error):
            dead.goto("chrome://crash")
        self._page = self.context.new_page()
        dead.close()
        self._page.goto(f"{self._url}/app/")

    def _browser_process(self) -> int:
        flag = f"--user-data-dir={self._profile}".encode()
        for command in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = command.read_bytes().split(b"\0")
            except OSError:
                continue
            if flag in words and not any(word.startswith(b"--type=") for word in words):
                return int(command.parent.name)
        raise AssertionError("the browser is not running")

    def offline(self) -> None:
        self.context.set_offline(True)
        expect(self.page.get_by_text("Không có mạng.")).to_be_visible()

    def online(self) -> None:
        self.context.set_offline(False)

    def sign_in(self, username: str, password: str = PASSWORD) -> None:
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu", exact=True).fill(password)
        self.tap("Đăng nhập")

    def downloaded(self) -> None:
        """Wait until everything is here and the app would open without a connection."""
        expect(self.trust).to_contain_text(re.compile(r"Đã gửi hết · đồng bộ "))
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    @property
    def trust(self) -> Locator:
        """The line that says what is unsent."""
        return self.page.locator("a.trust")

    def tap(self, name: str, role: str = "button") -> None:
        self.page.get_by_role(role, name=name, exact=True).tap()  # type: ignore[arg-type]

    def go(self, address: str) -> None:
        """To a screen by its address, as a link would."""
        self.page.evaluate("(to) => { location.hash = to; }", address)

    def home(self) -> None:
        self.go("#/today")
        expect(self.page.get_by_role("heading", name="Hôm nay", level=1)).to_be_visible()

    def search(self, words: str) -> None:
        self.home()
        self.page.get_by_role("textbox", name="Tìm người, hộ, số định danh").fill(words)

    def open_household(self, person: str) -> None:
        """Find somebody by name and open their household."""
        self.search(person)
        self.page.get_by_role("link", name=person).first.tap()
        expect(self.page.get_by_role("heading", name="Người trong hộ")).to_be_visible()

    def sees_saved(self) -> None:
        expect(self.page.get_by_text(SAVED)).to_be_visible()

    def save(self, button: str = "Lưu") -> None:
        """Save a form. 'Saved' stands before the form has taken its step back by itself."""
        form = self.page.url
        self.tap(button)
        self.sees_saved()
        expect(self.page).not_to_have_url(form)

    def name_people(self, *names: str) -> None:
        """The first step of a new household; the boxes are reached with Enter."""
        self.tap("Hộ mới")
        for place, name in enumerate(names):
            label = "Chủ hộ" if place == 0 else f"Người thứ {place + 1}"
            box = self.page.get_by_label(label, exact=True)
            expect(box).to_be_focused()
            box.fill(name)
            if place < len(names) - 1:
                box.press("Enter")

    def next(self, heading: str) -> None:
        """Go on to the step with this heading."""
        self.page.get_by_role("button", name=re.compile("^(Tiếp tục|Để sau)$")).tap()
        expect(self.page.get_by_role("heading", name=heading, level=1)).to_be_visible()

    def person(self, name: str) -> Locator:
        """The card of one person in a step of a new household."""
        return self.page.get_by_role("region", name=name, exact=True)

    def choose(self, name: str, *chips: str) -> None:
        for chip in chips:
            self.person(name).get_by_role("button", name=chip, exact=True).first.tap()

    def born(self, name: str, year: str) -> None:
        box = self.person(name).get_by_label("Sinh", exact=True)
        box.tap()
        box.press_sequentially(year)

    def taps(self) -> int:
        return int(self.page.evaluate("window.tapsSoFar()"))
