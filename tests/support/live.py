"""A real server process, for what only a real one shows: workers, threads, being killed."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECRET = "a secret key that only the tests know"


@dataclass
class Live:
    """A running server. Its socket is the test's own: connections made before the server is up,
    or while it is being restarted, wait in the socket's queue instead of failing."""

    database_url: str
    workers: int
    threads: int
    socket: socket.socket
    log: Path
    app: str = "wsgi:app"
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", self.app, "--no-control-socket"]
        command += ["--bind", f"fd://{self.socket.fileno()}", "--worker-class", "gthread"]
        command += ["--workers", str(self.workers), "--threads", str(self.threads)]
        command += ["--timeout", "120", "--log-level", "warning"]
        environment = {
            **os.environ,
            "DATABASE_URL": self.database_url,
            "SECRET_KEY": SECRET,
            "PYTHONPATH": str(ROOT),
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                pass_fds=[self.socket.fileno()],
                start_new_session=True,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """SIGKILL to the server and all its workers."""
        if self.process is not None:
            os.killpg(self.process.pid, 9)
            self.process.wait()
            self.process = None


@contextmanager
def live_server(
    database_url: str, log: Path, *, workers: int = 1, threads: int = 4, app: str = "wsgi:app"
) -> Iterator[Live]:
    """Serve a migrated database until the block ends."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        listener.set_inheritable(True)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        live = Live(database_url, workers, threads, listener, log, app)
        live.start()
        try:
            yield live
        finally:
            live.kill()
