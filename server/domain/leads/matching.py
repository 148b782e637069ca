"""Whom a row of the insurance's file means: surely by a number, likely by name and year of birth
within the village. What is likely is confirmed by a person."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from server.domain.text import fold_tight

SURE, LIKELY, NONE = "sure", "likely", "none"
OTHER_NAME, SEVERAL = "other_name", "several"


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the register."""

    id: str
    name: str
    birth: str | None
    village: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """`doubt`: a code of what to look at, or empty."""

    match: str
    member: str | None = None
    doubt: str = ""


@dataclass(slots=True)
class Register:
    """The people of a commune, to be found by number or by name."""

    by_number: dict[str, Known] = field(default_factory=dict)
    by_name: dict[tuple[str, str], list[Known]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, people: Iterable[Known]) -> "Register":
        register = cls()
        for one in people:
            register.by_number.update(dict.fromkeys(one.numbers, one))
            if one.birth:
                register.by_name[fold_tight(one.name), one.birth[:4]].append(one)
        return register

    def find(self, row: Mapping[str, Any], villages: Mapping[str, str]) -> Match:
        """`villages`: the folded names of villages by id; a row of none of them is looked for in
        all."""
        for name in ("personal_id", "bhxh_number"):
            found = self.by_number.get(row.get(name) or "")
            if found is None:
                continue
            if fold_tight(found.name) == fold_tight(row["full_name"]):
                return Match(SURE, found.id)
            return Match(LIKELY, found.id, OTHER_NAME)
        birth = row.get("birth_date")
        if not birth:
            return Match(NONE)
        alike = self.by_name.get((fold_tight(row["full_name"]), birth[:4]), [])
        told = fold_tight(row.get("village_text") or row.get("address") or "")
        here = [one for one in alike if villages.get(one.village, "-") in told] or alike
        if len(here) == 1:
            return Match(LIKELY, here[0].id)
        return Match(NONE, None, SEVERAL if here else "")
