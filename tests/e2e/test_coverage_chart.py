"""The chart of coverage over time: drawn of the page's own numbers, in the page's own colours."""

import pytest

from tests.support.stage import set_stage
from tools.tour import DESK_SIZE, sign_in_at_desk

INKS = """canvas => {
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const pen = copy.getContext('2d', {willReadFrequently: true});
  pen.drawImage(canvas, 0, 0);
  const {data} = pen.getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let at = 0; at < data.length; at += 4)
    if (data[at + 3] === 255) seen.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
  return [...seen];
}"""
ACCENT = {"light": "11,98,94", "dark": "111,207,198"}


@pytest.fixture
def stage(app):
    return set_stage(app)


def test_the_chart_is_drawn_in_light_and_in_dark(browser, watch, stage, live):
    context = browser.new_context(viewport=DESK_SIZE, color_scheme="light")
    watch.over(context)
    page = context.new_page()
    sign_in_at_desk(page, live.url, "officer")
    page.goto(f"{live.url}/coverage/over-time")
    page.get_by_role("img", name="Biểu đồ tỷ lệ bao phủ").wait_for()
    canvas = page.locator(".chart canvas")
    assert "Đang có thẻ" in page.locator(".u-legend").inner_text()
    drawn = {"light": canvas.evaluate(INKS)}
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("matchMedia('(prefers-color-scheme: dark)').matches")
    page.evaluate("new Promise(requestAnimationFrame)")
    drawn["dark"] = canvas.evaluate(INKS)
    context.close()
    assert {scheme: ACCENT[scheme] in inks for scheme, inks in drawn.items()} == {
        "light": True,
        "dark": True,
    }
