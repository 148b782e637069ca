"""What a list is: a pure definition, with all that a page, a file or the index needs of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from schemas.kinds import Role, Status

if TYPE_CHECKING:
    from server.store.action_lists import Condition, Marks

ALL_STATUSES = tuple(Status)
READERS = (Role.SURVEYOR, Role.OFFICER, Role.BHXH, Role.ADMIN)
OFFICES = (Role.OFFICER, Role.BHXH, Role.ADMIN)

WHO = ("age", "sex", "minority", "living", "farm", "presence", "social", "group")
"""What most lists may be narrowed by, beside village, status and day."""


@dataclass(frozen=True, slots=True)
class Window:
    """Days or months ahead or back that a reader may choose. `choices`: those with a button."""

    label: Any
    default: int
    most: int
    choices: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Extra:
    """Columns that a list shows beside who a person is: labels and widths on paper and sheet.
    `cells` gives their texts for each of these people."""

    columns: tuple[tuple[Any, int], ...]
    cells: Callable[[str, Sequence[Any]], list[list[str]]]


@dataclass(frozen=True, slots=True)
class PeopleList:
    """`about`: what it is for; `taker`: who gets it. Exactly one of `condition` (SQL) and `reader`
    says who is on it; neither, and the status alone does. `statuses`: who else never is. `marks`:
    the words of what puts people on it, by which they are chosen (`mark_label`)."""

    key: str
    group: str
    title: Any
    about: Any
    taker: Any
    statuses: tuple[str, ...] = ALL_STATUSES
    condition: "Condition | None" = None
    reader: "Callable[[str, Sequence[str]], dict[str, Marks]] | None" = None
    offers: tuple[str, ...] = WHO
    window: Window | None = None
    extra: Extra | None = None
    mark_label: Any = ""
    marks: Mapping[str, str] | None = None
    sort: str = "place"
    by_mark: bool = False
    """Each mark may be taken away as a file of its own: a school gets its own pupils only."""
    category: bool = False
    """A row of the table of categories."""
    roles: tuple[str, ...] = READERS


@dataclass(frozen=True, slots=True)
class TableList:
    """Counts, events or places: rows that are no plain people. `tables` reads them."""

    key: str
    group: str
    title: Any
    about: Any
    taker: Any
    monthly: bool = False
    named: bool = False
    """Names people, so that each look is logged and it is not posted in public."""
    roles: tuple[str, ...] = READERS


@dataclass(frozen=True, slots=True)
class Link:
    """A list that another page keeps."""

    path: str
    group: str
    title: Any
    about: Any
    taker: Any
    roles: tuple[str, ...] = OFFICES
