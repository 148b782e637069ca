"""Moves, merges and their undoing from the command line, as an officer who is named."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask
from sqlalchemy import select

from schemas.kinds import Entity
from server.errors import Problem
from server.review.duplicates_cli import duplicates
from server.store.audit import note_act
from server.store.changes.write import Author, Result, author_at_desk
from server.store.db import db, transaction
from server.store.people import User
from server.store.review import merging, moving, undoing


def commands(app: Flask) -> None:
    app.cli.add_command(record)
    app.cli.add_command(duplicates)


@click.group("record")
def record() -> None:
    """Move or merge records; every decision is a change and reaches the phones."""


@record.command("move")
@click.argument("household")
@click.argument("village")
@click.option("--as", "username", required=True, help="The officer who decides.")
def move(household: str, village: str, username: str) -> None:
    """Move HOUSEHOLD with all that hangs on it to VILLAGE."""
    with _deciding(username) as author:
        _tell(moving.move_household(household, village, author))
        note_act("move_household", by=author.user_id, subject=household, area=village)


@record.command("merge")
@click.argument("entity", type=click.Choice(["household", "member"]))
@click.argument("loser")
@click.argument("winner")
@click.option("--as", "username", required=True, help="The officer who decides.")
def merge(entity: str, loser: str, winner: str, username: str) -> None:
    """Say that LOSER and WINNER are one; the winner stays."""
    with _deciding(username) as author:
        [result] = merging.merge(Entity(entity), loser, winner, author)
        _tell(result)
        note_act(f"merge_{entity}", by=author.user_id, subject=loser, into=winner)


@record.command("unmerge")
@click.argument("entity", type=click.Choice(["household", "member"]))
@click.argument("loser")
@click.option("--as", "username", required=True, help="The officer who decides.")
def unmerge(entity: str, loser: str, username: str) -> None:
    """Take a merge of LOSER back."""
    with _deciding(username) as author:
        _tell(undoing.unmerge(Entity(entity), loser, author))
        note_act(f"merge_{entity}", by=author.user_id, subject=loser, into=None)


@contextmanager
def _deciding(username: str) -> Iterator[Author]:
    """One transaction as a named officer; a problem is told in its own words."""
    try:
        with transaction():
            user = db.session.scalar(select(User).where(User.username == username))
            if user is None:
                raise click.ClickException(f"Không có người dùng {username}.")
            yield author_at_desk(user, "command")
    except Problem as problem:
        raise click.ClickException(problem.kind.vi) from problem


def _tell(result: Result) -> None:
    reasons = "; ".join(it["message"] for it in result.on_the_wire().get("reasons", []))
    click.echo(f"{result.status}{': ' + reasons if reasons else ''}")
