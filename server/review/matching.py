"""Who may stand twice in a commune: people and households, by what is recorded of them.

The linkage model says how likely two people are one (`server.linking`, in a process of its own);
here what it found is judged by what it cannot know: that whoever was entered
together is two, that a number both carry must be settled whatever the names say.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from server.domain import alike
from server.domain.alike import Birth, Name
from server.domain.text import fold_tight
from server.linking.rows import HouseholdRecord, PersonRecord, Roll

SURE = 0.99
"""The score of what needs no model: a number both carry."""
Likely = Iterable[tuple[str, str, float]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one, `one` < `other`; `why`: codes, the weightiest first."""

    entity: str
    one: str
    other: str
    score: float
    why: tuple[str, ...]


class Commune(Roll):
    """The records of a commune, and which of them may be one."""

    def pairs(self, likely: Likely) -> list[Pair]:
        """What is put before a person, out of what the model found."""
        people = self._people_pairs(likely)
        return [*people, *self._household_pairs(people)]

    # People.

    def _people_pairs(self, likely: Likely) -> list[Pair]:
        scores = {(one, other): score for one, other, score in likely}
        for pair in self._same_numbers():
            scores[pair] = max(SURE, scores.get(pair, 0.0))
        return [
            Pair("member", one, other, score, self._why(one, other))
            for (one, other), score in sorted(scores.items())
            if self._to_be_settled(one, other)
        ]

    def _same_numbers(self) -> set[tuple[str, str]]:
        pairs: set[tuple[str, str]] = set()
        for name in ("personal_id", "bhxh_number"):
            holders: dict[str, list[str]] = defaultdict(list)
            for each in self.people.values():
                if each.data.get(name):
                    holders[each.data[name]].append(each.id)
            for ids in holders.values():
                pairs |= set(combinations(sorted(ids), 2))
        return pairs

    def _to_be_settled(self, one: str, other: str) -> bool:
        first, second = self.people[one], self.people[other]
        if first.ended and second.ended:
            return False
        if alike.same_number(self.seen[one], self.seen[other]) is not None:
            return True
        together = first.household == second.household and first.made is not None
        if together and first.made == second.made:
            return False
        return not alike.surely_two(self.seen[one], self.seen[other])

    def _why(self, one: str, other: str) -> tuple[str, ...]:
        first, second = self.people[one], self.people[other]
        person, second_person = self.seen[one], self.seen[other]
        name = alike.compare_names(person, second_person)
        birth = alike.compare_births(person, second_person)
        mates = set(self.mates(first)) & set(self.mates(second))
        codes = {
            "same_personal_id": _equal(first, second, "personal_id"),
            "same_bhxh_number": _equal(first, second, "bhxh_number"),
            "same_old_id": _equal(first, second, "old_id_number"),
            f"name_{name}": name not in (Name.OTHER, Name.OTHER_TONE),
            f"birth_{birth}": birth not in (Birth.OTHER, Birth.UNKNOWN),
            "same_phone": _equal(first, second, "phone"),
            "same_household": first.household == second.household,
            "same_mates": first.household != second.household and bool(mates),
            "same_village": first.village == second.village,
        }
        return tuple(code for code, holds in codes.items() if holds)

    # Households.

    def _household_pairs(self, people: list[Pair]) -> list[Pair]:
        shared: Counter[tuple[str, str]] = Counter()
        matched: dict[tuple[str, str], set[str]] = defaultdict(set)
        for pair in people:
            homes = sorted({self.people[pair.one].household, self.people[pair.other].household})
            if len(homes) == 2:
                key = (homes[0], homes[1])
                shared[key] += 1
                matched[key] |= {pair.one, pair.other}
        for key in self._same_codes():
            shared.setdefault(key, 0)
        found = [self._household_pair(key, shared[key], matched[key]) for key in sorted(shared)]
        return [pair for pair in found if pair is not None]

    def _same_codes(self) -> set[tuple[str, str]]:
        """Households with the same code in one village, or the same code at BHXH."""
        holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for each in self.households.values():
            if each.data.get("code"):
                holders["code", each.village, fold_tight(each.data["code"])].append(each.id)
            if each.data.get("bhxh_household_code"):
                holders["bhxh", each.data["bhxh_household_code"]].append(each.id)
        return {pair for ids in holders.values() for pair in combinations(sorted(ids), 2)}

    def _household_pair(self, key: tuple[str, str], shared: int, matched: set[str]) -> Pair | None:
        one, other = (self.households.get(id_) for id_ in key)
        if one is None or other is None or (one.ended and other.ended):
            return None
        sizes = sorted(len(self.within[id_]) for id_ in key)
        most = shared >= 2 and 2 * shared >= sizes[1] and self._heads_matched(key, matched)
        all_alone = shared == 1 and sizes == [1, 1]
        codes = {
            "same_bhxh_code": _same(one, other, "bhxh_household_code"),
            "same_code": one.village == other.village and _same(one, other, "code"),
            "same_people": most or all_alone,
            "same_phone": _same(one, other, "phone"),
            "same_address": one.village == other.village and _same(one, other, "address"),
            "same_village": one.village == other.village,
        }
        why = tuple(code for code, holds in codes.items() if holds)
        if not set(why) & {"same_bhxh_code", "same_code", "same_people"}:
            return None
        exact = codes["same_bhxh_code"] or codes["same_code"]
        score = SURE if exact else min(SURE, shared / max(1, sizes[0]))
        return Pair("household", key[0], key[1], round(score, 4), why)

    def _heads_matched(self, key: tuple[str, str], matched: set[str]) -> bool:
        """Whoever heads one of them is in the other, too: else a young family may have moved out
        of the old one, which still names them."""
        heads = [
            each.id
            for id_ in key
            for each in self.within[id_]
            if each.data.get("relation") == "head" and not each.ended
        ]
        return set(heads) <= matched


def _equal(one: PersonRecord, other: PersonRecord, name: str) -> bool:
    return one.data.get(name) is not None and one.data.get(name) == other.data.get(name)


def _same(one: HouseholdRecord, other: HouseholdRecord, name: str) -> bool:
    left, right = one.data.get(name), other.data.get(name)
    return bool(left and right) and fold_tight(str(left)) == fold_tight(str(right))
