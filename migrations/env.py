"""Alembic's environment: the models of server.store against the application's database."""

from alembic import context
from flask import current_app

from server.store import (  # noqa: F401  (the tables)
    duplicates,
    feeds,
    people,
    places,
    plans,
    records,
)
from server.store.db import db


def run() -> None:
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
