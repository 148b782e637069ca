"""The Chromium that the tests and the bench drive."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A test browser that calls nobody but the server under test.
_QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
)


def find_chromium() -> str:
    """Path of the browser: `CHROMIUM`, or the first known name on the PATH."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return chosen
    for name in _NAMES:
        if path := shutil.which(name):
            return path
    raise RuntimeError("No Chromium found: install it, or name its binary in CHROMIUM.")


def launch_options(*more: str) -> dict[str, Any]:
    """Arguments for `chromium.launch` and `launch_persistent_context`."""
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return {
        "executable_path": find_chromium(),
        "headless": True,
        "args": [*_QUIET, *as_root, *more],
    }


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser, closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        try:
            yield browser
        finally:
            browser.close()
