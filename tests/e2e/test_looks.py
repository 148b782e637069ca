"""Every screen of the phone and every page of the desk, in light and in dark: axe finds nothing,
nothing leaves the origin, nothing breaks the policy, and nothing is wider than the screen."""

from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.e2e.watch import violations
from tests.support.stage import set_stage
from tools.tour import (
    DESK_SIZE,
    DESK_USERS,
    PHONE_SIZE,
    administrators_forms,
    desk_tour,
    officers_forms,
    phone_tour,
    sign_in_at_desk,
)

SCHEMES: dict[Literal["light", "dark"], tuple[str, ...]] = {
    "light": (),
    "dark": ("color-contrast",),
}
"""The rules asked in each: nothing but the colours changes in the dark."""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def stage(app):
    return set_stage(app)


@pytest.fixture
def browser_page(browser, stage, live, watch):
    contexts = []

    def page(size, *, phone: bool) -> Page:
        context = browser.new_context(viewport=size, is_mobile=phone, has_touch=phone)
        watch.over(context)
        contexts.append(context)
        return context.new_page()

    yield page
    for context in contexts:
        context.close()


def trouble(page: Page, name: str) -> list[str]:
    found = []
    if page.evaluate(OVERFLOW) > 0:
        found.append(f"{name} is wider than the screen by {page.evaluate(OVERFLOW)} px")
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        if told := violations(page, *rules):
            found.append(f"{name}, {scheme}: {told}")
    return found


def test_of_rows_built_alike_the_odd_one_is_still_found(browser):
    """What keeps the walks quick leaves out nothing that looks, or is named, another way."""
    rows = ["<tr><td>Lò Văn Một</td><td><button>Sửa</button></td></tr>"] * 6
    page = browser.new_page()
    frame = "<html lang=vi><title>t</title><main><h1>Sổ</h1><table>%s</table></main>"
    page.set_content(frame % "".join(rows))
    assert violations(page) == ""
    rows[3] = "<tr><td>Lò Văn Một</td><td><button></button></td></tr>"
    rows[4] = "<tr><td style='color:#ccc'>Lò Văn Một</td><td><button>Sửa</button></td></tr>"
    page.set_content(frame % "".join(rows))
    found = violations(page)
    page.close()
    assert "button-name" in found
    assert "color-contrast" in found


def test_no_screen_of_the_phone_has_a_violation(browser_page, live, stage):
    page = browser_page(PHONE_SIZE, phone=True)
    found = [t for name in phone_tour(page, live.url, stage) for t in trouble(page, name)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("username", DESK_USERS)
def test_no_page_of_the_desk_has_a_violation(browser_page, live, watch, username):
    watch.foresee("status of 403")
    watch.foresee("status of 404")
    page = browser_page(DESK_SIZE, phone=False)
    page.goto(f"{live.url}/sign-in")
    found = trouble(page, "sign-in")
    found += [t for name in desk_tour(page, live.url, username) for t in trouble(page, name)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("forms", [officers_forms, administrators_forms])
def test_no_page_behind_a_form_has_a_violation(browser_page, live, watch, forms):
    watch.foresee("status of 400")
    page = browser_page(DESK_SIZE, phone=False)
    sign_in_at_desk(page, live.url, "admin" if forms is administrators_forms else "officer")
    found = [t for name in forms(page, live.url) for t in trouble(page, name)]
    assert found == [], "\n".join(found)
