"""What a kind of file holds: its columns, how each is read, and what the template shows."""

from dataclasses import dataclass, field
from typing import Any

from server.tables.heading import heading_key
from server.tables.values import Reader


@dataclass(frozen=True, slots=True)
class Column:
    """`key`: the name in code. `label`: the heading, which `aliases` may stand for. `sample`: it
    stands in the template."""

    key: str
    label: str
    read: Reader
    needed: bool = False
    hint: str = ""
    examples: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    width: int = 16
    sample: bool = True

    def names(self) -> set[str]:
        return {heading_key(name) for name in (self.label, *self.aliases)}


@dataclass(frozen=True, slots=True)
class Line:
    """A row that could be read: its number and its values by key, None where the cell is empty.
    `raw`: its cells by heading, where they are kept."""

    number: int
    values: dict[str, Any]
    raw: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)


@dataclass(frozen=True)
class Layout:
    """`named`: the column in which a row's person or place is named. `offices`: its rows are about
    people in office, whose titles also stand above signatures. `tells`: a file of this kind has at
    least one of these columns."""

    kind: str
    title: str
    columns: tuple[Column, ...]
    named: str = ""
    offices: bool = False
    tells: tuple[str, ...] = ()
    labels: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        labels = {column.key: column.label for column in self.columns}
        object.__setattr__(self, "labels", labels)

    def label(self, key: str) -> str:
        return self.labels.get(key, key)

    @property
    def samples(self) -> tuple[Column, ...]:
        """The columns of the template."""
        return tuple(column for column in self.columns if column.sample)

    def wanted(self) -> dict[str, Column]:
        """The columns by every name a heading may call them."""
        return {name: column for column in self.columns for name in column.names()}
