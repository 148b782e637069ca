"""Every phone screen (360x640) and every desk page (1280x800), light and dark, as PNG files.

    python -m tools.screenshots FOLDER [phone | desk] [light | dark]

A throw-away demo commune is seeded and served for it; a phone or desk that cannot be led past
all of its screens is a failure.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from server.store.db import db
from tests.conftest import migrated
from tests.support.chromium import chromium
from tests.support.live import live_server
from tests.support.stage import Stage, set_stage
from tools.tour import DESK_SIZE, DESK_USERS, PHONE_SIZE, desk_tour, phone_tour

SCHEMES = ("light", "dark")


@contextmanager
def staged(folder: Path) -> Iterator[tuple[str, Stage]]:
    """The address of a served demo commune, and the household that has everything."""
    database = f"sqlite:///{folder}/demo.db"
    app = migrated(database)
    stage = set_stage(app)
    with app.app_context():
        db.engine.dispose()
    with live_server(database, folder / "server.log") as live:
        yield live.url, stage


def shoot_phone(browser: Browser, url: str, stage: Stage, scheme: str, folder: Path) -> None:
    context = _context(browser, PHONE_SIZE, scheme, phone=True)
    page = context.new_page()
    for name in phone_tour(page, url, stage):
        page.screenshot(path=folder / f"phone-{scheme}-{name}.png")
        if page.evaluate("document.documentElement.scrollHeight > 1.2 * innerHeight"):
            page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")
            page.screenshot(path=folder / f"phone-{scheme}-{name}-end.png")
            page.evaluate("window.scrollTo(0, 0)")
    context.close()


def shoot_desk(browser: Browser, url: str, scheme: str, folder: Path) -> None:
    context = _context(browser, DESK_SIZE, scheme, phone=False)
    page = context.new_page()
    page.goto(f"{url}/sign-in")
    page.screenshot(path=folder / f"desk-{scheme}-sign-in.png")
    context.close()
    for user in DESK_USERS:
        context = _context(browser, DESK_SIZE, scheme, phone=False)
        page = context.new_page()
        for name in desk_tour(page, url, user):
            page.screenshot(path=folder / f"desk-{scheme}-{name}.png")
        context.close()


def _context(browser: Browser, size: dict[str, int], scheme: str, *, phone: bool) -> BrowserContext:
    return browser.new_context(
        viewport=size,  # type: ignore[arg-type]
        color_scheme=scheme,  # type: ignore[arg-type]
        is_mobile=phone,
        has_touch=phone,
    )


def main(arguments: list[str]) -> None:
    if not arguments:
        raise SystemExit("python -m tools.screenshots FOLDER [phone | desk] [light | dark]")
    folder, wanted = Path(arguments[0]), set(arguments[1:])
    folder.mkdir(parents=True, exist_ok=True)
    kinds = wanted & {"phone", "desk"} or {"phone", "desk"}
    with (
        tempfile.TemporaryDirectory() as home,
        staged(Path(home)) as (url, stage),
        chromium() as browser,
    ):
        for scheme in wanted.intersection(SCHEMES) or SCHEMES:
            if "phone" in kinds:
                shoot_phone(browser, url, stage, scheme, folder)
            if "desk" in kinds:
                shoot_desk(browser, url, scheme, folder)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main(sys.argv[1:])
