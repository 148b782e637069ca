"""The linkage model in a process of its own."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

MODEL = Path(__file__).with_name("model.py")
LONGEST_S, BEAT_S = 300, 5

Likely = list[tuple[str, str, float]]
Beat = Callable[[], None]


def likely(rows: list[dict[str, Any]]) -> Likely:
    """Who may stand twice among these people."""
    return _told(rows)


def linked(
    left: list[dict[str, Any]], right: list[dict[str, Any]], beat: Beat = lambda: None
) -> Likely:
    """Who of the left list may be whom of the right one. `beat` is called now and then meanwhile;
    what it raises ends the comparison."""
    return _told({"left": left, "right": right}, beat)


def _told(asked: Any, beat: Beat = lambda: None) -> Likely:
    """What the linkage model finds. It is given people and nothing else: no database, no setting
    of the server, and no address of anything."""
    process = subprocess.Popen(
        [sys.executable, "-P", str(MODEL)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": "/usr/bin:/bin"},
    )
    try:
        told = _answer(process, orjson.dumps(asked), beat)
    except BaseException:
        process.kill()
        process.communicate()
        raise
    if process.returncode != 0:
        raise RuntimeError(f"the linkage model ended with {process.returncode}")
    pairs: Likely = orjson.loads(told)
    return pairs


def _answer(process: subprocess.Popen[bytes], asked: bytes, beat: Beat) -> bytes:
    """What the process answers; an error when it takes longer than anybody would wait."""
    question: bytes | None = asked
    for _beat in range(LONGEST_S // BEAT_S):
        try:
            return process.communicate(question, timeout=BEAT_S)[0]
        except subprocess.TimeoutExpired:
            question = None
            beat()
    raise TimeoutError("the linkage model did not come to an end")
