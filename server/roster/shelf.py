"""Where an uploaded file lies between the dry run and the person's word: on the server, for its
owner only, named by its digest, gone after a working day. It never travels in a cookie."""

import hashlib
import os
import re
import time
from pathlib import Path

from flask import current_app

from server.errors import Problem

KEPT_SECONDS = 8 * 3600
DIGEST = re.compile(r"[0-9a-f]{64}\Z")


def put(user_id: str, data: bytes) -> str:
    """Keep the file; gives its digest."""
    digest = hashlib.sha256(data).hexdigest()
    path = _path(user_id, digest)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _clear(path.parent)
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "wb") as file:
        file.write(data)
    return digest


def get(user_id: str, digest: str) -> bytes:
    """The person's own file. Problem: not_found, also when it lay too long."""
    if not DIGEST.match(digest):
        raise Problem("not_found")
    path = _path(user_id, digest)
    if not path.is_file() or _is_old(path):
        raise Problem("not_found")
    return path.read_bytes()


def drop(user_id: str, digest: str) -> None:
    _path(user_id, digest).unlink(missing_ok=True)


def _path(user_id: str, digest: str) -> Path:
    return Path(current_app.instance_path) / "uploads" / f"{user_id}-{digest}"


def _is_old(path: Path) -> bool:
    try:
        changed = path.stat().st_mtime
    except FileNotFoundError:
        # Somebody else's request took it away a moment ago.
        return True
    return changed + KEPT_SECONDS < time.time()


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        if _is_old(path):
            path.unlink(missing_ok=True)
