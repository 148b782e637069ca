"""A labelled pair of lists: who was surveyed in a commune, and what the insurance has of them.

Names, accents, slips and their odds are the generator's own; nothing comes from the matcher.
`truth` says which row is whom, and the matcher never sees it.
"""

from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.duplicates.sample import PLAIN, Being, House, Sample, _Village

VILLAGES = ("Hưng Long", "Xuân Thắng", "Cửa Dụ", "Bàn Tạn", "Thanh Cao", "Tiến Sơn", "Ná Mén",
            "Lương Thiện")  # fmt: skip
SLIPS = ("accent lost", "day and month swapped", "year only", "zeros lost", "letter wrong",
         "number wrong", "other village", "married in", "no number", "twin")  # fmt: skip


@dataclass
class Lists:
    """`rows`: the list by row id. `truth`: the person of each row who was surveyed at all."""

    sample: Sample
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    truth: dict[str, str] = field(default_factory=dict)
    slips: dict[str, set[str]] = field(default_factory=dict)

    @property
    def villages(self) -> dict[str, str]:
        return {name: f"village-{at}" for at, name in enumerate(VILLAGES)}


def make_lists(seed: int, people: int = 6_000, each: int = 40) -> Lists:
    """A commune of so many surveyed people with `each` pairs of twins and of namesakes, and the
    insurance's list of most of them and of some whom nobody met."""
    return _Insurance(seed).lists(people, each)


class _Insurance:
    def __init__(self, seed: int) -> None:
        self.dice = Random(f"labelled lists {seed}")
        self.village = _Village(seed)

    def lists(self, people: int, each: int) -> Lists:
        village = self.village
        while sum(len(house.people) for house in village.houses) < people:
            village.houses.append(village.house())
        chosen = self.dice.sample(village.houses, 2 * each)
        for at, house in enumerate(chosen):
            (village.twins if at % 2 else village.namesakes)(house)
        met, unmet = list(village.houses), [village.house() for _ in range(people // 40)]
        made = Lists(Sample(village.seed, met, village.apart))
        twins = {id_ for pair in village.apart["twins"] for id_ in pair}
        for house in [*met, *unmet]:
            code = "38" + village.number(8)
            if self.dice.random() < 0.2:
                house.data["bhxh_household_code"] = code
            for being in list(house.people):
                self.number(being)
                if self.dice.random() < 0.93:
                    self.list_row(made, being, house, code, being.id in twins)
                self.as_surveyed(being)
        gone = set()
        for house in unmet:
            gone |= {being.id for being in house.people}
        for house in met:  # somebody of the house was never written down
            if len(house.people) > 2 and self.dice.random() < 0.06:
                gone.add(house.people.pop().id)
        made.truth = {row: person for row, person in made.truth.items() if person not in gone}
        return made

    def number(self, being: Being) -> None:
        """Everybody has numbers; who shows them to whom is another matter."""
        own = being.data.get("personal_id") or self.village.number(12)
        being.data["personal_id"] = "038" + own[3:]
        being.data["bhxh_number"] = "38" + (being.data.get("bhxh_number") or own[-10:])[2:]

    def as_surveyed(self, being: Being) -> None:
        for name, odds in (("personal_id", 0.6), ("bhxh_number", 0.25)):
            if self.dice.random() > odds:
                being.data.pop(name)

    def list_row(self, made: Lists, being: Being, house: House, code: str, twin: bool) -> None:
        data, slips, dice = being.data, set[str](), self.dice
        row = {name: data[name] for name in ("full_name", "birth_date", "sex", "bhxh_number")}
        row["personal_id"] = data["personal_id"] if dice.random() < 0.8 else None
        row["household_code"] = code
        row["village_text"] = dice.choice(("", "Thôn ", "thôn ")) + VILLAGES[int(house.village[-1])]
        if twin:
            slips.add("twin")
        self.misspell(row, slips)
        self.misdate(row, slips)
        self.misnumber(row, slips)
        self.misplace(row, slips, being)
        id_ = f"row-{len(made.rows) + 1}"
        made.rows[id_], made.truth[id_], made.slips[id_] = row, being.id, slips

    def misspell(self, row: dict[str, Any], slips: set[str]) -> None:
        name, chance = row["full_name"], self.dice.random()
        if chance < 0.10:
            name = "".join(
                PLAIN.get(c, PLAIN.get(c.lower(), c).upper() if c.lower() in PLAIN else c)
                for c in name
            )
            slips.add("accent lost")
        elif chance < 0.125 and len(name.split()) > 2:
            family, middle, *rest = name.split()
            at = self.dice.randrange(len(middle))
            wrong = middle[:at] + self.dice.choice("nhgt") + middle[at + 1 :]
            middle = "" if self.dice.random() < 0.4 else wrong
            name = " ".join(filter(None, (family, middle, *rest)))
            slips.add("letter wrong")
        row["full_name"] = name.upper() if self.dice.random() < 0.4 else name

    def misdate(self, row: dict[str, Any], slips: set[str]) -> None:
        born, chance = row["birth_date"], self.dice.random()
        if len(born) < 10:
            return
        if chance < 0.08:
            row["birth_date"] = born[:4]
            slips.add("year only")
        elif chance < 0.12 and int(born[8:]) <= 12 and born[5:7] != born[8:]:
            row["birth_date"] = f"{born[:4]}-{born[8:]}-{born[5:7]}"
            slips.add("day and month swapped")

    def misnumber(self, row: dict[str, Any], slips: set[str]) -> None:
        chance = self.dice.random()
        number = row["personal_id"]
        if number and chance < 0.15:
            row["personal_id"] = number.lstrip("0")
            slips.add("zeros lost")
        elif number and chance < 0.17:
            at = self.dice.randrange(4, 12)
            other = str((int(number[at]) + self.dice.randint(1, 9)) % 10)
            row["personal_id"] = number[:at] + other + number[at + 1 :]
            slips.add("number wrong")
        if chance > 0.97:
            row["personal_id"] = row["bhxh_number"] = None
            slips.add("no number")

    def misplace(self, row: dict[str, Any], slips: set[str], being: Being) -> None:
        chance = self.dice.random()
        if being.data["relation"] == "spouse" and chance < 0.2:
            row["household_code"] = "38" + self.village.number(8)
            row["village_text"] = self.dice.choice(VILLAGES)
            slips.add("married in")
        elif chance < 0.05:
            row["village_text"] = self.dice.choice((*VILLAGES, "Khu 4 cũ", ""))
            slips.add("other village")
        elif chance < 0.07:
            row["household_code"] = None
