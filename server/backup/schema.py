"""Schema revisions of a backup: whether this version knows one, and how it is brought up."""

from typing import Any

from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import Connection, insert, update

from server.store.db import new_id, now
from server.store.feeds import Instance
from server.store.people import Audit


def _config(connection: Connection | None = None) -> Any:
    config = current_app.extensions["migrate"].migrate.get_config()
    config.attributes["connection"] = connection
    return config


def knows(revision: str) -> bool:
    """True for every revision this version can start from, and no newer one."""
    try:
        return ScriptDirectory.from_config(_config()).get_revision(revision) is not None
    except CommandError:
        return False


def build(connection: Connection, revision: str) -> None:
    """Take the schema to a revision, inside the connection's own transaction."""
    command.upgrade(_config(connection), revision)


def renew(connection: Connection) -> None:
    """What a restored database needs before anybody may see it: today's schema, and an epoch of its
    own, by which every phone learns that it must offer again what it had sent."""
    build(connection, "head")
    connection.execute(update(Instance).values(epoch=new_id()))
    connection.execute(insert(Audit).values(id=new_id(), at=now(), kind="restore"))
