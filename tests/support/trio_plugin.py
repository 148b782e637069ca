"""pytest plugin: after a run of every HTTP test, each route must have had its trio.

Each worker tells the controller what it heard; who runs a part of the tests is not asked."""

from pathlib import Path
from typing import Any

import pytest
from werkzeug.routing import Rule

from server import create_app
from tests.support.trio import Recorder, lacking

TESTS = Path(__file__).resolve().parents[1]
FOLDER = TESTS / "http"
FUZZ = FOLDER / "test_nothing_fails.py"
"""It sends anything to everything: what it happens to meet proves no route's trio."""

FOR_ALL = frozenset(
    {
        "basics.health",
        "basics.openapi",
        "bhxh.api_docs",
        "desk.language",
        "accounts.sign_in_page",
        "accounts.sign_out",
    }
)
"""Served to whoever asks: nobody can be refused there."""

_recorder = pytest.StashKey[Recorder]()
_lacking = pytest.StashKey[list[str]]()
_files_passed: set[str] = set()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_recorder] = Recorder()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Any:
    recorder = item.config.stash[_recorder]
    recorder.on = item.path.is_relative_to(FOLDER) and item.path != FUZZ
    try:
        return (yield)
    finally:
        recorder.on = False


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """With xdist the controller hears the reports of all workers."""
    if report.when == "call" and report.passed:
        _files_passed.add(Path(report.nodeid.partition("::")[0]).name)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    told = getattr(node, "workeroutput", {}).get("trio", {})
    node.config.stash[_recorder].add(told)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    config = session.config
    recorder = config.stash[_recorder]
    if hasattr(config, "workeroutput"):
        config.workeroutput["trio"] = recorder.told()
    elif exitstatus == pytest.ExitCode.OK and _whole(config):
        config.stash[_lacking] = lacking(_rules(), recorder.seen, FOR_ALL)
        if config.stash[_lacking]:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    missing = config.stash.get(_lacking, [])
    if missing:
        terminalreporter.section("routes without their trio")
        for line in missing:
            terminalreporter.line(line)


def _whole(config: pytest.Config) -> bool:
    """Every file of HTTP tests ran, and nothing was picked out of one."""
    picked = config.option.keyword or config.option.markexpr or getattr(config.option, "lf", False)
    named = any("::" in argument for argument in config.args)
    return (
        not picked
        and not named
        and {each.name for each in FOLDER.glob("test_*.py")} <= _files_passed
    )


def _rules() -> list[Rule]:
    """Of an application that never touches its database; `static` is Flask's own."""
    from tests.conftest import settings_for

    rules = create_app(settings_for("sqlite://")).url_map.iter_rules()
    return [rule for rule in rules if rule.endpoint != "static"]
