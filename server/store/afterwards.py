"""What a reading request has to write all the same: that somebody read. Written when its snapshot
is closed, before the answer goes out; what cannot be written is not answered."""

from collections.abc import Callable, Hashable

from server.store.db import db

_KEY = "afterwards"


def write_afterwards(what: Hashable, write: Callable[[], None]) -> None:
    """Do `write` in a transaction of its own after this request's reading; once for each `what`."""
    db.session.info.setdefault(_KEY, {})[what] = write


def take_afterwards() -> list[Callable[[], None]]:
    """What is to be written now; it is not told a second time."""
    return list(db.session.info.pop(_KEY, {}).values())
