"""People as the linkage model reads them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from server.domain import alike
from server.domain.text import fold, fold_tight


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A living or ended member, not merged away. `made`: who entered it on which day, if a person
    entered it at all."""

    id: str
    village: str | None
    household: str
    data: Mapping[str, Any]
    made: str | None = None

    @property
    def ended(self) -> bool:
        return self.data.get("ended_on") is not None


@dataclass(frozen=True, slots=True)
class HouseholdRecord:
    id: str
    village: str
    data: Mapping[str, Any]

    @property
    def ended(self) -> bool:
        return self.data.get("ended_on") is not None


class Roll:
    """People and their households, and what is asked of them again and again."""

    def __init__(
        self, people: Iterable[PersonRecord], households: Iterable[HouseholdRecord]
    ) -> None:
        self.households = {each.id: each for each in households}
        self.people = {each.id: each for each in people}
        self.seen = {
            id_: alike.person_of({**each.data, "household": each.household})
            for id_, each in self.people.items()
        }
        self.within: dict[str, list[PersonRecord]] = defaultdict(list)
        for each in self.people.values():
            self.within[each.household].append(each)

    def rows(self) -> list[dict[str, Any]]:
        """The people as the linkage model reads them."""
        return [self._row(each) for each in self.people.values()]

    def _row(self, each: PersonRecord) -> dict[str, Any]:
        person, data = self.seen[each.id], each.data
        home = self.households.get(each.household)
        home_data: Mapping[str, Any] = home.data if home else {}
        words = fold(person.full_name).split() or [""]
        born = person.birth_date or ""
        own_phone = data.get("phone")
        if own_phone is None and data.get("relation") == "head":
            own_phone = home_data.get("phone")
        named = not person.unnamed
        return {
            "unique_id": each.id,
            "village": each.village,
            "household": each.household,
            "hamlet": fold(home_data.get("hamlet") or "") or None,
            "unnamed": person.unnamed,
            "tight": "".join(words) if named else None,
            "words": words if named else [],
            "first": words[0] if named else None,
            "given": words[-1] if named else None,
            "name_called": (alike.called(person.full_name) or None) if named else None,
            "known_called": alike.called(person.known_as) or None,
            "born": born if len(born) == 10 else None,
            "year": int(born[:4]) if born else None,
            "month": int(born[5:7]) if len(born) > 4 else None,
            "day": int(born[8:]) if len(born) > 7 else None,
            "told": person.birth_is_estimate,
            "sex": person.sex,
            "personal_id": person.personal_id,
            "bhxh_number": person.bhxh_number,
            "old_id_number": data.get("old_id_number"),
            "phone": own_phone,
            "mother": self._mother(data),
            "mates": self.mates(each),
        }

    def _mother(self, data: Mapping[str, Any]) -> str | None:
        mother = self.people.get(data.get("mother") or "")
        return fold_tight(mother.data.get("full_name") or "") or None if mother else None

    def mates(self, each: PersonRecord) -> list[str]:
        """Who else lives there, by name and year: names alone repeat within a family."""
        own = fold_tight(self.seen[each.id].full_name)
        keys = set()
        for mate in self.within[each.household]:
            person = self.seen[mate.id]
            name = fold_tight(person.full_name)
            if name not in (own, "") and not person.unnamed:
                keys.add(f"{name} {(person.birth_date or '')[:4]}")
        return sorted(keys)
