"""Children whom the insurance counts to another household than they live in."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

CHILD_YEARS = 18


@dataclass(frozen=True, slots=True)
class Placed:
    """A matched person: the household by survey, the household by the list, the year of birth."""

    person: str
    household: str
    code: str
    born: str | None


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A child, the list's household, and whose household that is by survey."""

    person: str
    household: str
    code: str
    belongs_to: str


def misplaced_children(matched: Iterable[Placed], year: int) -> list[Misplaced]:
    """Children of that year whose household on the list is, by most of its people, another one of
    the survey. A household of which nobody else was found says nothing."""
    listed: dict[str, list[Placed]] = defaultdict(list)
    for each in matched:
        listed[each.code].append(each)
    found = []
    for code, people in listed.items():
        adults = Counter(each.household for each in people if not _child(each, year))
        if not adults:
            continue
        [(home, most), *rest] = adults.most_common()
        # As many people of one house as of another: whose code it is nobody can say.
        if rest and rest[0][1] == most:
            continue
        found += [
            Misplaced(each.person, each.household, code, home)
            for each in people
            if _child(each, year) and each.household != home
        ]
    return found


def _child(each: Placed, year: int) -> bool:
    return each.born is not None and year - int(each.born[:4]) < CHILD_YEARS
