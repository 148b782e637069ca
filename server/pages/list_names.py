"""What lists are called, for pages of other rooms that speak of them: the room that keeps a list
says so when it is loaded."""

from collections.abc import Mapping
from typing import Any

_names: dict[str, Any] = {}


def name_lists(names: Mapping[str, Any]) -> None:
    """Say what lists are called, by key; lazy texts are asked for anew on every page."""
    _names.update(names)


def list_name(key: str) -> str | None:
    """What the list of this key is called; None when no room keeps one."""
    return str(_names[key]) if key in _names else None
