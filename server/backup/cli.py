"""Backup and restore, for whoever runs the server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from server.backup import service
from server.errors import Problem

FILE = click.Path(path_type=Path, dir_okay=True)


def commands(app: Flask) -> None:
    for command in (backup, restore):
        app.cli.add_command(command)


@contextmanager
def _told() -> Iterator[None]:
    """An expected failure is one sentence and exit code 1."""
    try:
        yield
    except Problem as problem:
        raise click.ClickException(problem.kind.vi) from None


@click.command("backup")
@with_appcontext
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Write the whole database to FILE while the server goes on working, and verify it."""
    with _told():
        written = service.back_up(file)
    click.echo(f"Đã sao lưu và kiểm tra lại: {file} ({written.size:,} byte)".replace(",", "."))
    click.echo(f"SHA-256 {written.sha256}")


@click.command("restore")
@with_appcontext
@click.argument("file", type=FILE)
@click.option("--yes", is_flag=True, help="Replace a database that holds data.")
def restore(file: Path, yes: bool) -> None:
    """Put FILE in place of the database; print what a person must check."""
    with _told():
        restored = service.restore(file, yes=yes)
    click.echo(f"Đã khôi phục từ {file}. Các máy sẽ tự gửi lại những gì đã gửi từ sau đó.")
    if restored.aside:
        click.echo(f"Dữ liệu cũ được giữ ở: {restored.aside}")
    if restored.check:
        click.echo("Hãy kiểm tra:")
    for line in restored.check:
        click.echo(f"  {line}")
