"""Arrows point down only: see the contracts in pyproject.toml."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture.tree import ROOT, project_files

CLOCKS_AND_CHANCE = {"now", "today", "utcnow", "monotonic", "uuid1", "uuid4", "uuid7"}


def test_every_module_stands_on_a_floor_and_imports_only_downwards():
    lint = Path(sys.executable).with_name("lint-imports")
    outcome = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stdout


def test_nothing_imports_the_doorstep():
    importers = [
        str(path.relative_to(ROOT))
        for path in project_files("server/*.py", "schemas/*.py")
        if "wsgi" in imported(path)
    ]
    assert importers == []


def test_rules_are_given_the_time_and_the_ids_they_use():
    calls = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in project_files("server/domain/*.py", "server/errors.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and called(node) in CLOCKS_AND_CHANCE
    ]
    assert calls == []


def called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names
