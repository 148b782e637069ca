"""A real worker process, for what only a real one shows: its memory, and being killed."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from tests.support.live import ROOT, SECRET

PATIENCE_S = 600


@contextmanager
def worker(database_url: str, log: Path, app: str = "wsgi") -> Iterator[subprocess.Popen[bytes]]:
    """`flask --app wsgi work` on a migrated database, until the block ends."""
    command = [sys.executable, "-m", "flask", "--app", app, "work"]
    command += ["--parent", str(os.getpid())]
    environment = {**os.environ, "DATABASE_URL": database_url, "SECRET_KEY": SECRET}
    with log.open("ab") as told:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=told, stderr=told)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def peak_mb(process: subprocess.Popen[bytes]) -> float:
    """The most memory the process has had so far."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    [peak] = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(peak) / 1024


def until(asked: Callable[[], bool], patience: float = PATIENCE_S) -> None:
    """Look until it is so; an error when it takes longer than anybody would wait."""
    end = monotonic() + patience
    while not asked():
        if monotonic() > end:
            raise TimeoutError("the worker did not come to it")
        sleep(0.02)
