"""Alembic's environment: the models of server.store against the application's database."""

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from server.store import (  # noqa: F401  (the tables)
    action_list_views,
    backups,
    bhxh,
    card_lists,
    duplicates,
    duties,
    feeds,
    imported_lists,
    jobs,
    people,
    places,
    plan_documents,
    plans,
    receipts,
    records,
    sealing_keys,
    sponsors,
)
from server.store.coverage import stored  # noqa: F401  (its table)
from server.store.db import db
from server.store.review import decided  # noqa: F401  (its tables)


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()


# A restore brings its own connection, and commits what it did around the migrations with them.
given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with db.engine.connect() as own:
        run(own)
        own.commit()
