"""Every check of the project, in order, stopping at the first that fails.

    python -m tools.check          all of them
    python -m tools.check lint     only style, types and floors

The last line of the run is a counted summary, `N passed, N failed`. A skipped test proves
nothing, so it counts as failed.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ".venv/bin"


@dataclass(frozen=True)
class Count:
    passed: int = 0
    failed: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.passed + other.passed, self.failed + other.failed)


@dataclass(frozen=True)
class Step:
    """A command; `report` is the file it writes its results to, `read` counts them."""

    heading: str
    command: list[str]
    report: str = ""
    read: Callable[[Path], Count] | None = None


def count_junit(report: Path) -> Count:
    """What pytest ran: everything that is not a pass is a failure."""
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    total = failed = 0
    for suite in suites:
        total += int(suite.get("tests", 0))
        failed += sum(int(suite.get(kind, 0)) for kind in ("failures", "errors", "skipped"))
    return Count(total - failed, failed)


def count_vitest(report: Path) -> Count:
    """What vitest ran: everything that is not a pass is a failure."""
    found = json.loads(report.read_text(encoding="utf-8"))
    passed = int(found["numPassedTests"])
    return Count(passed, int(found["numTotalTests"]) - passed)


def npm(script: str, *more: str) -> list[str]:
    return ["npm", "--prefix", "pwa", "run", "--silent", script, *(["--", *more] if more else [])]


def pytest(report: str, *more: str) -> list[str]:
    return [f"{BIN}/pytest", "-q", f"--junitxml={report}", *more]


def lint_steps() -> list[Step]:
    return [
        Step("Python shape (ruff format)", [f"{BIN}/ruff", "format", "--check", "--quiet", "."]),
        Step("Python style (ruff)", [f"{BIN}/ruff", "check", "--quiet", "."]),
        Step("Python types (mypy)", [f"{BIN}/mypy"]),
        Step("Floors (import-linter)", [f"{BIN}/lint-imports"]),
        Step("TypeScript shape (prettier)", npm("format:check")),
        Step("TypeScript style and floors (eslint)", npm("lint")),
        Step("TypeScript types (tsc)", npm("typecheck")),
    ]


def test_steps(reports: Path) -> list[Step]:
    vitest, tests, browser = (str(reports / name) for name in ("vitest", "pytest", "e2e"))
    return [
        Step(
            "Phone (vitest)",
            npm("test", "--reporter=default", "--reporter=json", f"--outputFile.json={vitest}"),
            vitest,
            count_vitest,
        ),
        Step("Phone app and desk styles (build)", ["tools/setup.sh", "app"]),
        Step(
            "Server, both databases (pytest)",
            # Half of their time they wait: for a disk, a database, a process.
            pytest(tests, "-n", "3", "--ignore=tests/e2e", "tests"),
            tests,
            count_junit,
        ),
        Step(
            "Journeys in Chromium (pytest)",
            pytest(browser, "-n", "2", "--dist", "worksteal", "tests/e2e"),
            browser,
            count_junit,
        ),
    ]


def run(step: Step) -> Count:
    """Run one step; a step without tests counts only when it fails."""
    print(f"\n== {step.heading}", flush=True)
    started = time.monotonic()
    code = subprocess.run(step.command, cwd=ROOT, check=False).returncode
    print(f"-- {time.monotonic() - started:.0f} s", flush=True)
    count = Count()
    if step.read and Path(step.report).exists():
        count = step.read(Path(step.report))
    if code != 0 and count.failed == 0:
        count += Count(failed=1)
    return count


def main(arguments: list[str]) -> int:
    os.environ.pop("DATABASE_URL", None)  # no check may touch the database of `make run`
    # Each of the many servers that tests start would compile all its modules anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    total = Count()
    with tempfile.TemporaryDirectory(prefix="baophu-check-") as folder:
        steps = lint_steps()
        if arguments != ["lint"]:
            steps += test_steps(Path(folder))
        for step in steps:
            total += run(step)
            if total.failed:
                print(f"\nStopped at: {step.heading}")
                break
    print(f"\n{total.passed} passed, {total.failed} failed")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
