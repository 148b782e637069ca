"""A served database, phones and desks in real Chromium. Whatever a page does is watched."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from server.store.area_loading import notice_item
from server.store.db import db, transaction
from server.store.reference import publish_all
from tests import homes
from tests.e2e.handset import Handset
from tests.e2e.watch import Watch
from tests.factories import PASSWORD
from tests.support.live import live_server

WAIT = 20_000

expect.set_options(timeout=WAIT)


@pytest.fixture
def app(sqlite_app):
    """These journeys are about the browser: one engine is enough."""
    return sqlite_app


@pytest.fixture
def live(app, tmp_path):
    with app.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
        db.engine.dispose()
    with live_server(url, tmp_path / "server.log") as server:
        yield server


@pytest.fixture
def watch(live) -> Iterator[Watch]:
    """Fails the test that caused a foreign request, a breach of the policy or a console error."""
    watch = Watch(live.url)
    yield watch
    assert watch.faults == []


@pytest.fixture
def village(places):
    return places.villages[0]


@pytest.fixture
def lan(make, village):
    return make.user("surveyor", username="lan", name="Lan", areas=[village])


@pytest.fixture
def officer(make, places):
    return make.user("officer", username="canbo", areas=[places.commune], lists_room=True)


@pytest.fixture
def known_home(app, village):
    """Surveyed before: both have a card."""
    people = (homes.covered("Vi Văn Tú", relation="head"), homes.covered("Lò Thị Mai"))
    return homes.write(app, village, *people, hamlet="Xóm Đồng", code="HL-001")


@pytest.fixture
def imported_home(app, village):
    """Known to the commune by name only: nobody has asked."""
    people = (homes.person("Hà Văn Chưa", relation="head"), homes.person("Hà Thị Hỏi"))
    return homes.write(app, village, *people, hamlet="Xóm Chuối", code="HL-002")


@pytest.fixture
def notice(app, places):
    """The data notice, as the phones get it."""
    with app.app_context(), transaction():
        publish_all([notice_item()])


@pytest.fixture
def handset(playwright: Playwright, live, watch, tmp_path) -> Iterator[Callable[..., Handset]]:
    """Phones; each name is a browser profile of its own."""
    made: list[Handset] = []

    def phone(name: str = "lan") -> Handset:
        made.append(Handset(playwright, tmp_path / f"phone-{name}", live.url, watch))
        return made[-1]

    yield phone
    for one in made:
        one.close()


@pytest.fixture
def desk(browser: Browser, live, watch) -> Iterator[Callable[..., Page]]:
    """A desk browser signed in as somebody."""
    contexts = []

    def page(username: str, password: str = PASSWORD, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": 1280, "height": 800},
            base_url=live.url,
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        watch.over(context)
        contexts.append(context)
        page = context.new_page()
        page.goto("/sign-in")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(password)
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    yield page
    for context in contexts:
        context.close()


@pytest.fixture
def phone(lan, known_home, handset):
    """Lan's phone, with everything on it."""
    phone = handset().open()
    phone.sign_in("lan")
    phone.downloaded()
    return phone
