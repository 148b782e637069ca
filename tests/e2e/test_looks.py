"""Every screen of the phone and every page of the desk, in light and in dark: axe finds nothing,
nothing leaves the origin, nothing breaks the policy, and nothing is wider than the screen."""

import pytest
from playwright.sync_api import Page

from tests.e2e.watch import violations
from tests.support.stage import set_stage
from tools.tour import DESK_SIZE, PHONE_SIZE, desk_tour, phone_tour

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
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        if told := violations(page):
            found.append(f"{name}, {scheme}: {told}")
    return found


def test_no_screen_of_the_phone_has_a_violation(browser_page, live, stage):
    page = browser_page(PHONE_SIZE, phone=True)
    found = [t for name in phone_tour(page, live.url, stage) for t in trouble(page, name)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("username", ["officer", "viewer"])
def test_no_page_of_the_desk_has_a_violation(browser_page, live, watch, username):
    watch.foresee("status of 403")
    watch.foresee("status of 404")
    page = browser_page(DESK_SIZE, phone=False)
    page.goto(f"{live.url}/sign-in")
    found = trouble(page, "sign-in")
    found += [t for name in desk_tour(page, live.url, username) for t in trouble(page, name)]
    assert found == [], "\n".join(found)
