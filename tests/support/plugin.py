"""pytest plugin: the PostgreSQL and the browser that tests share.

With xdist the cluster is started once, by the controller, before the workers; each worker has a
database of its own. Without xdist it starts when the first test asks for it. Set
`BAOPHU_TEST_POSTGRES` to use a server that already runs.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.support import chromium as chromium_support
from tests.support import postgres

_open = pytest.StashKey[ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_open] = ExitStack()
    is_worker = hasattr(config, "workerinput")
    spreads = bool(getattr(config.option, "numprocesses", None))
    if spreads and not is_worker and not config.option.collectonly:
        _server(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    if _open in config.stash:
        config.stash[_open].close()


def _server(config: pytest.Config) -> str:
    """Address of the run's PostgreSQL, started now if nobody did."""
    address = os.environ.get(postgres.SERVER_ENV)
    if address is None:
        address = config.stash[_open].enter_context(postgres.cluster())
        # Workers inherit the environment of the controller.
        os.environ[postgres.SERVER_ENV] = address
        config.stash[_open].callback(os.environ.pop, postgres.SERVER_ENV, None)
    return address


@pytest.fixture(scope="session")
def postgres_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty PostgreSQL database for this worker, as SQLAlchemy writes its address."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with postgres.database(_server(request.config), f"baophu_test_{worker}") as address:
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright itself, for tests that need a browser profile which outlives a restart."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for the whole run; a test opens its own context in it."""
    running = playwright.chromium.launch(**chromium_support.launch_options())
    yield running
    running.close()
