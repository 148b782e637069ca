"""The people of a sample household: who they are to each other, how old, what they do. Everything
comes from the dice handed in, so that the same seed and day give the same commune."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from server.demo.names import KINH, MUONG, THAI, family_name, full_name

Values = dict[str, Any]
GROUPS = ((KINH, 0.54), (THAI, 0.36), (MUONG, 0.10))
PROVINCE_OF_IDS = "038"
SAMPLE_DIGIT = "9"
"""The last six digits of a sample id begin so, then with the village's own series."""
SCHOOLS = (
    (5, "Trường Tiểu học Ngọc Phụng (mẫu)"),
    (9, "Trường THCS Ngọc Phụng (mẫu)"),
    (12, "Trường THPT Ngọc Phụng (mẫu)"),
)
"""By their last grade."""


@dataclass(slots=True)
class Sample:
    """A person of the sample: the record's values, and what the insurance part asks of them."""

    id: str
    values: Values
    age: int
    born: date
    cards: list[Values] = field(default_factory=list)
    rights: list[Values] = field(default_factory=list)


@dataclass(slots=True)
class Maker:
    """Makes people for one village. `day`: the day on which the demo is made. `series`: a digit
    of its own for the village's ids."""

    chance: Random
    day: date
    series: int
    numbers: set[str] = field(default_factory=set)

    def new_id(self) -> str:
        """A UUIDv7 from the dice, of the morning of the day."""
        millis = int((self.day - date(1970, 1, 1)).total_seconds() * 1000)
        bits = self.chance.getrandbits(74)
        number = millis << 80 | 0x7 << 76 | (bits >> 62) << 64 | 0b10 << 62 | bits & ((1 << 62) - 1)
        text = f"{number:032x}"
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))

    def household(self, most: int) -> list[Sample]:
        """One to `most` people who belong together, the head first."""
        group = self.chance.choices([g for g, _ in GROUPS], [share for _, share in GROUPS])[0]
        if most == 1:
            return [self._person(group, "head", self.chance.randint(58, 84))]
        shape = self.chance.choices(
            (self._couple, self._three_generations, self._elders, self._single_parent, self._alone),
            (0.60, 0.22, 0.08, 0.05, 0.05),
        )[0]
        return shape(group)[:most]

    def _couple(self, group: str) -> list[Sample]:
        age = self.chance.randint(24, 58)
        people = self._pair(group, "head", "spouse", age)
        return people + self._children(people[0], people[1], "child")

    def _three_generations(self, group: str) -> list[Sample]:
        age = self.chance.randint(50, 68)
        people = self._pair(group, "head", "spouse", age)
        son_age = age - self.chance.randint(22, 28)
        surname = surname_of(people[0] if people[0].values["sex"] == "male" else people[1])
        son = self._person(group, "child", son_age, "male", surname)
        wife = self._person(group, "child_in_law", son_age - self.chance.randint(0, 4), "female")
        return [*people, son, wife, *self._children(son, wife, "grandchild")]

    def _elders(self, group: str) -> list[Sample]:
        return self._pair(group, "head", "spouse", self.chance.randint(60, 86))

    def _single_parent(self, group: str) -> list[Sample]:
        parent = self._person(group, "head", self.chance.randint(26, 52), "female")
        return [parent, *self._children(parent, parent, "child", most=2)]

    def _alone(self, group: str) -> list[Sample]:
        return [self._person(group, "head", self.chance.randint(30, 88))]

    def _pair(self, group: str, one: str, other: str, age: int) -> list[Sample]:
        sexes = ("male", "female") if self.chance.random() < 0.82 else ("female", "male")
        younger = max(20, age - self.chance.randint(-2, 6))
        return [
            self._person(group, one, age, sexes[0]),
            self._person(group, other, younger, sexes[1]),
        ]

    def _children(
        self, father: Sample, mother: Sample, relation: str, most: int = 4
    ) -> list[Sample]:
        count = min(most, self.chance.choices((0, 1, 2, 3, 4), (0.06, 0.22, 0.46, 0.20, 0.06))[0])
        oldest = min(mother.age, father.age) - self.chance.randint(19, 25)
        people = []
        for _ in range(count):
            if oldest < 0:
                break
            if oldest <= 27:
                child = self._person(
                    father.values["ethnic_group"], relation, oldest, None, surname_of(father)
                )
                child.values["mother"] = mother.id if mother.values["sex"] == "female" else None
                people.append(child)
            oldest -= self.chance.randint(2, 5)
        return people

    def _person(
        self,
        group: str,
        relation: str,
        age: int,
        sex: str | None = None,
        surname: str | None = None,
    ) -> Sample:
        sex = sex or self.chance.choice(("male", "female"))
        born = self.day - timedelta(days=age * 365 + age // 4 + self.chance.randrange(365))
        values = {
            "full_name": full_name(self.chance, surname or family_name(self.chance, group), sex),
            "relation": relation,
            "sex": sex,
            "birth_date": self._birth(born, age),
            "ethnic_group": group,
            "registration": self.chance.choices(
                ("permanent", "temporary", "none", "not_known"), (0.955, 0.03, 0.01, 0.005)
            )[0],
            "presence": self._presence(age, sex),
            "work": self._work(age, sex),
            **self._papers(born, sex, age),
        }
        if values["work"] == "pupil":
            grade = self._grade(born)
            values["school_class"] = f"{grade}A"
            values["school_other"] = next(name for last, name in SCHOOLS if grade <= last)
        return Sample(self.new_id(), values, age, born)

    def _grade(self, born: date) -> int:
        """School begins in September of the sixth year."""
        year = self.day.year - (self.day.month < 9) - born.year
        return min(12, max(1, year - 5))

    def _birth(self, born: date, age: int) -> str:
        """Of the old often only the year is known."""
        if age > 62 and self.chance.random() < 0.3:
            return f"{born:%Y}"
        return born.isoformat()

    def _papers(self, born: date, sex: str, age: int) -> Values:
        if self.chance.random() > (0.9 if age >= 14 else 0.72):
            return {"personal_id_state": "not_shown" if age >= 14 else None}
        if self.chance.random() < 0.004:
            sex = "male" if sex == "female" else "female"  # misread now and then, as in life
        century = 2 * (born.year // 100 - 19) + (sex == "female")
        head = f"{PROVINCE_OF_IDS}{century}{born:%y}{SAMPLE_DIGIT}{self.series}"
        number = head
        while number == head or number in self.numbers:
            number = f"{head}{self.chance.randrange(1_000):04}"
        self.numbers.add(number)
        return {"personal_id": number, "personal_id_state": "told"}

    def _presence(self, age: int, sex: str) -> str:
        roll = self.chance.random()
        if 17 < age < 50:
            if roll < 0.13:
                return "working_away"
            if roll < 0.152:
                return "abroad"
            if roll < 0.158 and sex == "male" and age < 26:
                return "military"
        if 18 <= age <= 22 and roll > 0.8:
            return "studying"
        return "treatment" if age > 65 and roll < 0.01 else "here"

    def _work(self, age: int, sex: str) -> str:
        if age < 6:
            return "none"
        if age < 18:
            return "pupil"
        if age <= 22 and self.chance.random() < 0.3:
            return "student"
        if age >= 61:
            return self.chance.choices(("retired", "unable", "farm"), (0.2, 0.35, 0.45))[0]
        jobs = (
            "farm",
            "wage_contract",
            "wage_no_contract",
            "own_business",
            "homemaker",
            "unemployed",
        )
        housework = 0.07 if sex == "female" else 0.01
        return self.chance.choices(jobs, (0.56, 0.19, 0.11, 0.06, housework, 0.02))[0]


def surname_of(person: Sample) -> str:
    words: list[str] = person.values["full_name"].split()
    return " ".join(words[:2]) if words[:2] == ["Cầm", "Bá"] else words[0]
