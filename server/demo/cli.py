"""`flask --app wsgi seed`: the demo commune, into an empty database only."""

import time
from datetime import date

import click
from flask import Flask, current_app

from server.config import Settings
from server.demo.seed import is_empty, seed
from server.store.db import today, transaction

USERS = "surveyor, surveyor2, officer, bhxh, viewer, admin"


def commands(app: Flask) -> None:
    @app.cli.command("seed")
    @click.option("--day", help="The day the sample is made for, as 2026-11-22; today without it.")
    def seed_command(day: str | None) -> None:
        """Fill an empty database with the demo commune, its users and their password."""
        with transaction():
            empty = is_empty()
        if not empty:
            click.echo("The database is not empty: nothing was seeded.")
            return
        settings: Settings = current_app.extensions["baophu.settings"]
        start = time.monotonic()
        grown = seed(date.fromisoformat(day or today()), settings.demo_password)
        took = time.monotonic() - start
        click.echo(
            f"Demo commune: {grown.households} households, {grown.people} people, {took:.1f} s."
        )
        click.echo(f"Users: {USERS}")
        if settings.demo_password is None:
            click.echo(f"Password of all of them, shown only now: {grown.password}")
        else:
            click.echo("Password of all of them: as set in DEMO_PASSWORD.")
