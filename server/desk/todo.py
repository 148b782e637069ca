"""A to-do of the start page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from server.store.scope import Village


@dataclass(frozen=True, slots=True)
class Todo:
    """`parts`: the same number by village, `kinds`: by kind; each with its own list. `overdue`:
    some of it is late."""

    label: str
    count: int
    path: str
    hint: str = ""
    parts: list[tuple[str, int, str]] = field(default_factory=list)
    kinds: list[tuple[str, int, str]] = field(default_factory=list)
    overdue: bool = False


def counted_todo(
    label: str,
    hint: str,
    counts: Mapping[str, int],
    villages: Mapping[str, Village],
    path: str,
    choice: str = "village",
) -> Todo:
    """A number with its villages; `path` opens the list of all, with `choice` that of one."""
    parts = [
        (villages[village].name, count, f"{path}&{choice}={village}")
        for village, count in counts.items()
        if count
    ]
    return Todo(label, sum(counts.values()), path, hint, sorted(parts))
