"""A list against the people of a commune, as the linkage model is asked about them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from server.domain.reconciling.pairing import Pair, Verdict, pair_up
from server.domain.text import fold_tight
from server.linking.rows import HouseholdRecord, PersonRecord, Roll
from server.linking.running import Likely, linked

VILLAGE_WORDS = ("thon", "ban", "xom", "khupho", "todanpho", "khu", "lang", "ap", "buon")
Link = Callable[[list[dict[str, Any]], list[dict[str, Any]]], Likely]


class Comparison:
    """People and households of a commune beside the rows of a list. `villages`: name to id."""

    def __init__(
        self,
        people: Iterable[PersonRecord],
        households: Iterable[HouseholdRecord],
        rows: Mapping[str, Mapping[str, Any]],
        villages: Mapping[str, str],
    ) -> None:
        self.roll = Roll(people, households)
        self.named = {plain_village(name): id_ for name, id_ in villages.items()}
        self.codes = {id_: row.get("household_code") for id_, row in rows.items()}
        self.listed = Roll([self._record(id_, row) for id_, row in rows.items()], [])

    def _record(self, id_: str, row: Mapping[str, Any]) -> PersonRecord:
        village = self.named.get(plain_village(row.get("village_text") or ""))
        household = f"list {self.codes[id_] or id_}"
        return PersonRecord(id_, village, household, dict(row))

    def verdicts(
        self,
        same: Collection[Pair] = (),
        not_same: Collection[Pair] = (),
        link: Link | None = linked,
    ) -> list[Verdict]:
        """What each row is. `same`, `not_same`: what people decided before. Without `link`
        only what numbers say."""
        rows = {id_: replace(person, household=None) for id_, person in self.listed.seen.items()}

        def candidates(found: Mapping[str, str]) -> Likely:
            if link is None:
                return []
            persons = set(found.values())
            left = [one for one in self.roll.rows() if one["unique_id"] not in persons]
            return link(left, self._asked(found))

        return pair_up(self.roll.seen, rows, candidates, same, not_same)

    def _asked(self, found: Mapping[str, str]) -> list[dict[str, Any]]:
        """The rows not found yet, each in the household that its code is known to mean."""
        homes = self._homes(found)
        asked = [one for one in self.listed.rows() if one["unique_id"] not in found]
        for one in asked:
            home = homes.get(self.codes[one["unique_id"]] or "")
            if home:
                one["household"] = home
        return asked

    def _homes(self, found: Mapping[str, str]) -> dict[str, str]:
        """Whose household a code is: as recorded, else where most of its people found live."""
        living: dict[str, Counter[str]] = defaultdict(Counter)
        for row, person in found.items():
            code = self.codes[row]
            if code:
                living[code][self.roll.people[person].household] += 1
        homes = {code: counts.most_common(1)[0][0] for code, counts in living.items()}
        for home in self.roll.households.values():
            code = home.data.get("bhxh_household_code")
            if code:
                homes[code] = home.id
        return homes


def plain_village(name: str) -> str:
    """A village's name without what it is called before it: `Thôn Hưng Long` is `Hưng Long`."""
    tight = fold_tight(name)
    for word in VILLAGE_WORDS:
        if tight.startswith(word) and len(tight) > len(word) + 1:
            return tight[len(word) :]
    return tight
