"""What crosses the wire is defined once; the files made from the definition are up to date."""

import filecmp
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's words, in which `make schemas` was just run."""
    copy = tmp_path_factory.mktemp("fresh")
    leave = shutil.ignore_patterns("__pycache__", "openapi.json", "wire")
    for folder in ("schemas", "server", "pwa/src"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=leave)
    subprocess.run([sys.executable, "-m", "schemas.build"], cwd=copy, check=True)
    script = json.loads((ROOT / "pwa/package.json").read_text(encoding="utf-8"))["scripts"]["types"]
    tools = str(ROOT / "pwa/node_modules/.bin")
    subprocess.run(
        ["sh", "-c", script],
        cwd=copy / "pwa",
        check=True,
        capture_output=True,
        env={**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"},
    )
    return copy


def test_make_schemas_would_not_change_the_api_document(fresh: Path):
    document = "schemas/openapi.json"
    assert filecmp.cmp(ROOT / document, fresh / document, shallow=False), "run `make schemas`"


def test_make_schemas_would_change_nothing_on_the_phone(fresh: Path):
    wire = "pwa/src/wire"
    both = filecmp.dircmp(ROOT / wire, fresh / wire)
    assert both.left_only + both.right_only == []
    _, differing, unreadable = filecmp.cmpfiles(
        ROOT / wire, fresh / wire, both.common_files, shallow=False
    )
    assert differing + unreadable == [], "run `make schemas`"
