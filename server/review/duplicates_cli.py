"""The duplicate pass from the command line, for a nightly timer."""

import click
from flask.cli import AppGroup

from server.review.matching_pass import communes_with_people, find_in
from server.store.db import transaction

duplicates = AppGroup("duplicates", help="People and households that may stand twice.")


@duplicates.command("find")
@click.option("--commune", "code", help="Only the commune with this code.")
def find(code: str | None) -> None:
    """Compare everybody of each commune and put new pairs before its officers."""
    chosen = [(it.id, it.name, it.code) for it in communes_with_people()]
    chosen = [it for it in chosen if code is None or it[2] == code]
    if not chosen:
        raise click.ClickException("Nobody is recorded there.")
    for commune, name, _code in chosen:
        with transaction():
            done = find_in(commune, by=None)
        click.echo(
            f"{name}: {done.people} people, {done.found} pairs, {done.new} new, {done.gone} gone"
        )
