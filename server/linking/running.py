"""The linkage model in a process of its own."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson

MODEL = Path(__file__).with_name("model.py")
LONGEST_S = 300

Likely = list[tuple[str, str, float]]


def likely(rows: list[dict[str, Any]]) -> Likely:
    """Who may stand twice among these people."""
    return _told(rows)


def linked(left: list[dict[str, Any]], right: list[dict[str, Any]]) -> Likely:
    """Who of the left list may be whom of the right one."""
    return _told({"left": left, "right": right})


def _told(asked: Any) -> Likely:
    """What the linkage model finds. It is given people and nothing else: no database, no setting
    of the server, and no address of anything."""
    done = subprocess.run(
        [sys.executable, "-P", str(MODEL)],
        input=orjson.dumps(asked),
        capture_output=True,
        timeout=LONGEST_S,
        env={"PATH": "/usr/bin:/bin"},
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"the linkage model ended with {done.returncode}")
    pairs: Likely = orjson.loads(done.stdout)
    return pairs
