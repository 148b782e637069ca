"""Part of a text, asked for as it was typed."""

from typing import Any

from sqlalchemy import ColumnElement


def holds(column: Any, text: str) -> ColumnElement[bool]:
    """True where the column contains this text. The wildcards of LIKE stand for themselves: whoever
    types `%` or `_` looks for that sign, and does not get everybody."""
    found: ColumnElement[bool] = column.contains(text, autoescape=True)
    return found
