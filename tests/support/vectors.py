"""Cases that Python and TypeScript both run: `{what, given, then}` in tests/vectors."""

import json
from pathlib import Path
from typing import Any

import pytest

VECTORS = Path(__file__).parents[1] / "vectors"


def cases(name: str) -> list[Any]:
    """The cases of one file as parameters, each named by its own sentence."""
    rows = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(row["given"], row["then"], id=row["what"]) for row in rows]
