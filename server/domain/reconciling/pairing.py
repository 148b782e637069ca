"""Which surveyed person a row of a list is: sure, likely, or none.

Sure is a number that one person and one row carry alone, with nothing that contradicts it. A number
under another name is never a match, whatever else agrees: twins and neighbours get each other's.
All else is put to the linkage model, and a person has one row, a row one person.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from server.domain import alike
from server.domain.alike import Birth, Name, Person
from server.domain.text import fold, fold_tight

THRESHOLD = 0.5
"""As likely as not: below it a pair is not put before anybody."""
NUMBER = 0.95
"""What a shared number is worth where something contradicts it."""
HIGHEST = 0.9999
NUMBERS = ("personal_id", "bhxh_number")

Pair = tuple[str, str]
"""A person and a row, by their ids."""


class Kind(StrEnum):
    """`differs`: the row carries a person's number under another name."""

    SURE = "sure"
    LIKELY = "likely"
    DIFFERS = "differs"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a row is. `differences`: what list and survey say otherwise of the pair."""

    row: str
    kind: Kind
    person: str | None = None
    score: float = 0.0
    differences: tuple[str, ...] = ()


def differences(person: Person, row: Person) -> tuple[str, ...]:
    """What both sides say, each otherwise: names of fields. A birth date known to the year alone
    differs from no day of that year."""
    said = []
    for name in NUMBERS:
        one, other = getattr(person, name), getattr(row, name)
        if one is not None and other is not None and one != other:
            said.append(name)
    if alike.compare_names(person, row) not in (Name.SAME, Name.ACCENTS, Name.UNNAMED):
        said.append("full_name")
    if alike.compare_births(person, row) not in (Birth.SAME, Birth.YEAR, Birth.UNKNOWN):
        said.append("birth_date")
    if person.sex and row.sex and person.sex != row.sex:
        said.append("sex")
    return tuple(said)


def contradicts(person: Person, row: Person) -> bool:
    """True when something speaks against two who share a number being one."""
    said = set(differences(person, row))
    apart = {"sex", *NUMBERS} & said
    slight = alike.compare_births(person, row) in (Birth.SWAPPED, Birth.PART)
    named = alike.compare_names(person, row) is Name.UNNAMED and not _written_alike(person, row)
    return named or bool(apart) or ("birth_date" in said and not slight) or _other_name(person, row)


def _other_name(person: Person, row: Person) -> bool:
    """Two newborns who are told apart by a number after `Bé trai` are twins."""
    name = alike.compare_names(person, row)
    if name is Name.UNNAMED:
        return person.unnamed and row.unnamed and not _written_alike(person, row)
    return name in (Name.OTHER, Name.OTHER_TONE)


def _written_alike(person: Person, row: Person) -> bool:
    return fold_tight(person.full_name) == fold_tight(row.full_name)


def _one_wrong_key(person: Person, row: Person) -> bool:
    """One key went wrong before the given name: of two who share a number that is a slip."""
    one, other = (fold(each.full_name).split() for each in (person, row))
    toned = alike.compare_names(person, row) is Name.OTHER_TONE
    if toned or one[-1:] != other[-1:] or alike.compare_births(person, row) is Birth.OTHER:
        return False
    return alike.one_slip("".join(one), "".join(other))


def _surely_two(person: Person, row: Person) -> bool:
    """What the model cannot know: given names apart by one accent are twins, not a slip. A number
    that differs is no proof here: lists are full of wrong ones."""
    if _other_name(person, row) or (person.sex and row.sex and person.sex != row.sex):
        return True
    years = [int(each.birth_date[:4]) for each in (person, row) if each.birth_date]
    return len(years) == 2 and abs(years[0] - years[1]) > alike.GUESSED_YEARS


def pair_up(
    people: Mapping[str, Person],
    rows: Mapping[str, Person],
    candidates: Callable[[Mapping[str, str]], Iterable[tuple[str, str, float]]],
    same: Collection[Pair] = (),
    not_same: Collection[Pair] = (),
) -> list[Verdict]:
    """A verdict for each row. `same`, `not_same`: what people decided before, which nothing
    overrules. `candidates` asks the model about all that is left, given who is found already (the
    person of each row)."""
    matching = _Matching(people, rows, set(not_same))
    for person, row in sorted(same):
        matching.take(person, row, Kind.LIKELY, 1.0)
    matching.by_number()
    matching.by_model(candidates(matching.persons()))
    return [matching.verdict(row) for row in rows]


class _Matching:
    def __init__(
        self, people: Mapping[str, Person], rows: Mapping[str, Person], apart: set[Pair]
    ) -> None:
        self.people, self.rows, self.apart = people, rows, apart
        self.found: dict[str, Verdict] = {}
        self.taken: set[str] = set()
        self.otherwise: dict[str, str] = {}
        self.numbered: dict[Pair, float] = {}

    def take(self, person: str, row: str, kind: Kind, score: float) -> None:
        if person not in self.people or row not in self.rows:
            return
        if person in self.taken or row in self.found:
            return
        said = differences(self.people[person], self.rows[row])
        self.found[row] = Verdict(row, kind, person, score, said)
        self.taken.add(person)

    def persons(self) -> dict[str, str]:
        """Who is found already: the person of each row."""
        return {row: each.person for row, each in self.found.items() if each.person}

    def by_number(self) -> None:
        pairs = self._share_numbers()
        each_person = Counter(person for person, _row in pairs)
        each_row = Counter(row for _person, row in pairs)
        for person, row in sorted(pairs):
            if person in self.taken or row in self.found:
                continue
            one, other = self.people[person], self.rows[row]
            alone = each_person[person] == each_row[row] == 1
            if alone and not contradicts(one, other):
                self.take(person, row, Kind.SURE, 1.0)
            elif _other_name(one, other) and not _one_wrong_key(one, other):
                self.otherwise.setdefault(row, person)
            else:
                self.numbered[person, row] = NUMBER

    def _share_numbers(self) -> set[Pair]:
        pairs: set[Pair] = set()
        for name in NUMBERS:
            holders, listed = (_holders(name, side) for side in (self.people, self.rows))
            for number in holders.keys() & listed.keys():
                pairs |= {(one, row) for one in holders[number] for row in listed[number]}
        return pairs - self.apart

    def by_model(self, candidates: Iterable[tuple[str, str, float]]) -> None:
        scores = dict(self.numbered)
        for person, row, score in candidates:
            scores[person, row] = max(score, scores.get((person, row), 0.0))
        odds = {pair: _odds(score) for pair, score in scores.items() if self._possible(pair)}
        of_person: dict[str, float] = defaultdict(float)
        of_row: dict[str, float] = defaultdict(float)
        for (person, row), value in odds.items():
            of_person[person] += value
            of_row[row] += value
        # Of two who fit equally well neither is likely: each takes from the other's odds.
        best = sorted(
            ((value / (1 + max(of_person[pair[0]], of_row[pair[1]])), pair)
             for pair, value in odds.items()),
            key=lambda each: (-each[0], each[1]),
        )  # fmt: skip
        for score, (person, row) in best:
            if score >= THRESHOLD:
                self.take(person, row, Kind.LIKELY, round(score, 4))

    def _possible(self, pair: Pair) -> bool:
        person, row = pair
        if pair in self.apart or person in self.taken or row in self.found:
            return False
        return pair in self.numbered or not _surely_two(self.people[person], self.rows[row])

    def verdict(self, row: str) -> Verdict:
        if row in self.found:
            return self.found[row]
        if row in self.otherwise:
            person = self.otherwise[row]
            said = differences(self.people[person], self.rows[row])
            return Verdict(row, Kind.DIFFERS, person, 0.0, said)
        return Verdict(row, Kind.NONE)


def _holders(name: str, side: Mapping[str, Person]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for id_, person in side.items():
        number = getattr(person, name)
        if number is not None:
            found[number].append(id_)
    return found


def _odds(score: float) -> float:
    bounded = min(score, HIGHEST)
    return bounded / (1 - bounded)
