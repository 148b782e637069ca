"""What runs beside gunicorn: one worker for the jobs of the background, started again when it dies.
It ends with the server, also when the server is killed, because it looks whether its parent is
still there."""

import os
import subprocess
import sys
from collections.abc import Sequence
from threading import Event, Thread
from typing import Any

LOOK_EVERY_S = 1.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
"""A worker that dies at once is started again more and more rarely."""


class Kept:
    """A process that is there as long as this object wants it."""

    def __init__(self, command: Sequence[str], look_every: float = LOOK_EVERY_S) -> None:
        self.command, self.look_every = list(command), look_every
        self.pause = FIRST_PAUSE_S
        self.process = subprocess.Popen(self.command)
        self._ended = Event()
        self._watch = Thread(target=self._keep, daemon=True)
        self._watch.start()

    def _keep(self) -> None:
        while not self._ended.wait(self.look_every):
            if self.process.poll() is None:
                self.pause = max(FIRST_PAUSE_S, self.pause - self.look_every)
                continue
            print(f"the worker ended, the next in {self.pause:.0f} s", file=sys.stderr, flush=True)
            if self._ended.wait(self.pause):
                return
            self.pause = min(2 * self.pause, LONGEST_PAUSE_S)
            self.process = subprocess.Popen(self.command)

    def end(self) -> None:
        self._ended.set()
        self._watch.join()
        self.process.terminate()
        self.process.wait(timeout=10)


_beside: list[Kept] = []


def when_ready(server: Any) -> None:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "work", "--parent", str(os.getpid())]
    _beside.append(Kept(command))


def on_exit(server: Any) -> None:
    for worker in _beside:
        worker.end()
