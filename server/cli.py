"""The command line: the desk's twin for whoever runs the server."""

from flask import Flask


def add_commands(app: Flask) -> None:
    """Hang the commands of every file on `flask --app wsgi`."""
