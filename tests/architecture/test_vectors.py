"""A rule that exists in Python and in TypeScript has vectors that both run."""

import json
import re
from pathlib import Path

import pytest

from tests.architecture.tree import project_files

VECTORS = sorted(project_files("tests/vectors/*.json"))


def mentions(name: str, *pathspecs: str) -> bool:
    quoted = re.compile(rf"""['"`/]{re.escape(name)}(\.json)?['"`]""")
    return any(quoted.search(p.read_text(encoding="utf-8")) for p in project_files(*pathspecs))


@pytest.mark.parametrize("vectors", VECTORS, ids=lambda path: path.stem)
def test_both_languages_run_the_vectors(vectors: Path):
    assert mentions(vectors.stem, "tests/*.py"), "no Python test names it"
    assert mentions(vectors.stem, "pwa/tests/*.ts", "pwa/src/*.test.ts"), "no vitest names it"


@pytest.mark.parametrize("vectors", VECTORS, ids=lambda path: path.stem)
def test_every_vector_says_what_it_is_about(vectors: Path):
    cases = json.loads(vectors.read_text(encoding="utf-8"))
    told = [case["what"] for case in cases]
    assert told
    assert len(told) == len(set(told)), "two vectors tell the same thing"
    assert all({"what", "given", "then"} <= set(case) for case in cases)
