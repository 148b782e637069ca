"""What runs beside gunicorn: one worker for the jobs of the background. It ends with the server,
also when the server is killed, because it looks whether its parent is still there."""

import os
import subprocess
import sys
from typing import Any

_beside: list[subprocess.Popen[bytes]] = []


def when_ready(server: Any) -> None:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "work", "--parent", str(os.getpid())]
    _beside.append(subprocess.Popen(command))


def on_exit(server: Any) -> None:
    for worker in _beside:
        worker.terminate()
    for worker in _beside:
        worker.wait(timeout=10)
