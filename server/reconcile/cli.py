"""Reconciliation from the command line, for a timer."""

import click
from flask import Flask
from flask.cli import with_appcontext

from server.errors import Problem
from server.reconcile.running import run
from server.store.db import transaction


def commands(app: Flask) -> None:
    app.cli.add_command(reconcile)


@click.command("reconcile")
@click.argument("list_id")
@with_appcontext
def reconcile(list_id: str) -> None:
    """Compare the kept list LIST_ID with everybody of its commune."""
    try:
        with transaction():
            found = run(list_id, by=None)
    except Problem as problem:
        raise click.ClickException(problem.kind.vi) from problem
    kinds = ", ".join(f"{count} {kind}" for kind, count in found.by_kind.items())
    click.echo(f"{found.rows} rows, {found.people} people: {kinds}")
