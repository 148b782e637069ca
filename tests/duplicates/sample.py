"""A labelled commune: people and households, some recorded twice by the slips that happen.

Nothing here comes from the matcher, neither code nor numbers: names, accents, slips and their odds
are the generator's own. `truth` says who is who; the matcher never sees it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from server.linking.rows import HouseholdRecord, PersonRecord

PEOPLE = 10_000
DAY = date(2026, 11, 1)

FAMILY = {"Nguyễn": 31, "Lê": 15, "Trần": 11, "Phạm": 8, "Vi": 6, "Lò": 6, "Hà": 5, "Lương": 4,
          "Hoàng": 4, "Bùi": 4, "Trương": 3, "Quách": 2, "Đỗ": 3, "Đinh": 2, "Cầm": 2, "Ngân": 2,
          "Lữ": 1, "Mai": 2, "Vũ": 3, "Phan": 2}  # fmt: skip
MIDDLE = {
    "male": {"Văn": 45, "Đức": 7, "Minh": 8, "Xuân": 5, "Hữu": 6, "Quang": 6, "Công": 5, "Gia": 5,
             "Tiến": 4, "": 3, "Ngọc": 4, "Đình": 5},
    "female": {"Thị": 55, "Ngọc": 9, "Thu": 7, "Minh": 5, "Khánh": 4, "Thanh": 6, "Phương": 4,
               "": 3, "Bảo": 3, "Thị Thu": 4},
}  # fmt: skip
GIVEN = {
    "male": "Hùng Dũng Tuấn Nam Sơn Hải Long Quang Minh Đức Thắng Cường Hòa Bình Thanh Việt Trung "
    "Kiên Tùng Lâm Phúc Huy Tâm Toàn Duy Đạt Khánh Phong Vinh Hưng Chiến Tú Lực Khoa Bảo Sáng "
    "Thành Tiến Thịnh Hiếu An Nghĩa Lợi Mạnh Quyền Thuận Hậu Dương Ba Inh Pánh Xiên",
    "female": "Hoa Lan Hương Mai Nga Thủy Hạnh Thảo Yến Huyền Trang Linh Hằng Nhung Tuyết Loan Vân "
    "Xuân Thu Dung Hiền Thơm Lý Nguyệt Ánh Diệp Quyên Mơ Én Sen Thắm Uyên My Nhi Hà Tâm Bình Liên "
    "Đào Cúc Phượng Hồng Hợi Mùi Thìn Tươi Duyên Bích Quỳnh Ngân Chi",
}
CALLED_BY = (
    "Tư", "Năm", "Ba", "Hai", "Sáu", "Út", "Cả", "Đen", "Cò", "Tèo", "Rèn", "Mộc", "Xe", "Gạo",
    "Ngô", "Sắn", "Trưởng", "Giáo", "Lái", "Thợ", "Cối", "Gốc", "Núi", "Suối",
)  # fmt: skip
TWIN_NAMES = (
    ("Minh Anh", "Minh Ánh"), ("Ngọc Hân", "Ngọc Hà"), ("Gia Bảo", "Gia Huy"),
    ("Văn Hùng", "Văn Hưng"), ("Thị Hồng", "Thị Hoa"), ("Văn Tâm", "Văn Tám"),
    ("Bảo Ngọc", "Bảo Ngân"), ("Thị Thúy", "Thị Thùy"), ("Đức Anh", "Việt Anh"),
    ("Văn Tài", "Văn Tại"), ("Thị Loan", "Thị Lan"), ("Quang Minh", "Quang Mình"),
)  # fmt: skip
PLAIN = dict(
    zip(
        "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ",
        "a" * 17 + "e" * 11 + "i" * 5 + "o" * 17 + "u" * 11 + "y" * 5 + "d",
        strict=True,
    )
)

KINDS = ("same number", "accent lost", "day and month swapped", "year only", "nickname",
         "newborn named later", "moved household", "moved alone", "household twice")  # fmt: skip
NOT_SAME = ("twins", "same name in one hamlet")


@dataclass
class Being:
    """A record of somebody. `truth`: who it really is. `kind`: the slip that made it."""

    id: str
    truth: str
    house: "House"
    data: dict[str, Any]
    made: str
    kind: str = ""


@dataclass
class House:
    id: str
    truth: str
    village: str
    data: dict[str, Any]
    made: str
    people: list[Being] = field(default_factory=list)
    partly: bool = False
    """Entered again for the sake of one of them: whether that is the same household is open."""


@dataclass
class Sample:
    seed: int
    houses: list[House]
    apart: dict[str, list[tuple[str, str]]]
    """Pairs that look alike and are two people, by kind."""

    @property
    def beings(self) -> list[Being]:
        return [being for house in self.houses for being in house.people]

    def people(self) -> list[PersonRecord]:
        return [
            PersonRecord(one.id, one.house.village, one.house.id, one.data, one.made)
            for one in self.beings
        ]

    def households(self) -> list[HouseholdRecord]:
        return [HouseholdRecord(house.id, house.village, house.data) for house in self.houses]


def make_sample(seed: int, people: int = PEOPLE, each: int = 60) -> Sample:
    """A commune of so many people in eight villages, and about `each` pairs of every kind."""
    return _Village(seed).commune(people, each)


class _Village:
    def __init__(self, seed: int) -> None:
        self.seed, self.dice, self.count = seed, Random(f"labelled commune {seed}"), 0
        self.houses: list[House] = []
        self.apart: dict[str, list[tuple[str, str]]] = {kind: [] for kind in NOT_SAME}

    def commune(self, people: int, each: int) -> Sample:
        while sum(len(house.people) for house in self.houses) < people:
            self.houses.append(self.house())
        originals = list(self.houses)
        self.dice.shuffle(originals)
        slips: tuple[Callable[[Being], None], ...] = (
            self.same_number,
            self.accent_lost,
            self.swapped,
            self.year_only,
            self.nickname,
            self.moved_alone,
        )
        for slip in slips:
            done = 0
            while done < each:
                firsts = [one for one in originals.pop().people if not one.kind]
                being = self.dice.choice(firsts)
                before = self.count
                slip(being)
                done += self.count > before
        for _ in range(each):
            self.newborn(originals.pop())
        for _ in range(max(1, each // 4)):
            self.moved_household(originals.pop())
            self.household_twice(originals.pop())
        for _ in range(each):
            self.twins(originals.pop())
            self.namesakes(originals.pop())
        return Sample(self.seed, self.houses, self.apart)

    # Who lives where.

    def id(self) -> str:
        self.count += 1
        bits = self.dice.getrandbits(96)
        tail = f"7{bits >> 84:03x}-8{(bits >> 72) & 0xFFF:03x}-{bits & (1 << 48) - 1:012x}"
        return f"{self.count:08x}-{(bits >> 48) & 0xFFFF:04x}-{tail}"

    def house(self, village: str | None = None, hamlet: str | None = None) -> House:
        village = village or f"village-{self.dice.randrange(8)}"
        number = self.dice.randrange(1, 200)
        data = {
            "village": village,
            "hamlet": hamlet or f"Xóm {self.dice.randint(1, 7)}",
            "address": f"Số {number}" if self.dice.random() < 0.3 else None,
            "phone": self.phone() if self.dice.random() < 0.2 else None,
        }
        house_id = self.id()
        made = f"{village}-team|{DAY - timedelta(days=self.dice.randint(0, 300))}"
        house = House(house_id, house_id, village, data, made)
        self.fill(house)
        return house

    def fill(self, house: House) -> None:
        shape = self.dice.random()
        age = self.dice.randint(24, 60)
        if shape < 0.12:
            self.being(house, "head", self.dice.randint(50, 90))
            return
        family = self.pick(FAMILY)
        man = self.being(house, "head", age, "male", family)
        wife = self.being(house, "spouse", age - self.dice.randint(-2, 6), "female")
        if shape > 0.72:
            self.being(house, "parent", age + self.dice.randint(20, 30), "male", family)
            self.being(house, "parent", age + self.dice.randint(19, 28), "female")
        for _ in range(self.dice.choice((0, 1, 2, 2, 2, 3, 4))):
            years = age - self.dice.randint(21, 36)
            if 0 <= years < 24:
                child = self.being(house, "child", years, None, family)
                if self.dice.random() < 0.5:
                    child.data["mother"] = wife.id
        assert man.house is house

    def being(
        self, house: House, relation: str, age: int, sex: str | None = None, family: str = ""
    ) -> Being:
        sex = sex or self.dice.choice(("male", "female"))
        born = DAY - timedelta(days=age * 365 + self.dice.randrange(5, 365))
        data: dict[str, Any] = {
            "full_name": self.name(family or self.pick(FAMILY), sex),
            "sex": sex,
            "relation": relation,
            "birth_date": born.isoformat(),
            "ethnic_group": self.dice.choice(("01", "03", "06")),
        }
        if age > 62 and self.dice.random() < 0.35:
            data["birth_date"] = str(born.year)
        if self.dice.random() < (0.75 if age > 15 else 0.45):
            data["personal_id"] = self.number(12)
        if self.dice.random() < 0.3:
            data["bhxh_number"] = self.number(10)
        if age > 17 and self.dice.random() < 0.35:
            data["phone"] = self.phone()
        if self.dice.random() < 0.15:
            data["known_as"] = self.called(data["full_name"])
        one = self.id()
        being = Being(one, one, house, data, house.made)
        house.people.append(being)
        return being

    def pick(self, weights: dict[str, int]) -> str:
        return self.dice.choices(list(weights), list(weights.values()))[0]

    def name(self, family: str, sex: str) -> str:
        words = (family, self.pick(MIDDLE[sex]), self.dice.choice(GIVEN[sex].split()))
        return " ".join(word for word in words if word)

    def called(self, name: str) -> str:
        return f"{self.dice.choice(CALLED_BY)} {self.dice.choice((name.split()[-1], *CALLED_BY))}"

    def number(self, digits: int) -> str:
        return "".join(str(self.dice.randrange(10)) for _ in range(digits))

    def phone(self) -> str:
        return "09" + self.number(8)

    # How somebody comes to stand in it twice.

    def again(self, being: Being, kind: str, house: House, keep: float = 0.1) -> Being:
        """A second record of somebody; numbers and phone are seldom shown a second time."""
        data = dict(being.data)
        for name in ("personal_id", "bhxh_number", "mother"):
            if self.dice.random() > keep:
                data.pop(name, None)
        if self.dice.random() > 0.5:
            data.pop("phone", None)
        if self.dice.random() > 0.3:
            data.pop("known_as", None)
        made = f"another team|{DAY - timedelta(days=self.dice.randint(0, 20))}"
        copy = Being(self.id(), being.truth, house, data, made, kind)
        house.people.append(copy)
        return copy

    def somewhere(self, being: Being) -> House:
        """Where the second record is made: in the same house, or the house is entered again with
        some of its people, or among strangers of the same hamlet."""
        chance = self.dice.random()
        if chance < 0.35:
            return being.house
        return self.entered_again(being, same_hamlet=chance < 0.85)

    def entered_again(self, being: Being, *, same_hamlet: bool = True) -> House:
        old = being.house
        village = old.village if same_hamlet else f"village-{self.dice.randrange(8)}"
        hamlet = old.data["hamlet"] if same_hamlet else f"Xóm {self.dice.randint(1, 7)}"
        data = {"village": village, "hamlet": hamlet}
        new = House(self.id(), self.id(), village, data, "another team|2026-10-20", partly=True)
        self.houses.append(new)
        others = [other for other in old.people if other is not being and not other.kind]
        for other in self.dice.sample(others, min(len(others), self.dice.choice((1, 2, 2, 3)))):
            self.again(other, "household twice", new)
        return new

    def same_number(self, being: Being) -> None:
        if "personal_id" not in being.data and "bhxh_number" not in being.data:
            return
        far = self.dice.choice(self.houses)
        copy = self.again(being, "same number", far, keep=1)
        if self.dice.random() < 0.3:
            copy.data["full_name"] = self.name(self.pick(FAMILY), being.data["sex"])
        if self.dice.random() < 0.3:
            copy.data["birth_date"] = being.data["birth_date"][:4]

    def accent_lost(self, being: Being) -> None:
        name = being.data["full_name"]
        plain = "".join(
            PLAIN.get(c, PLAIN.get(c.lower(), c).upper() if c.lower() in PLAIN else c) for c in name
        )
        if plain == name:
            return
        copy = self.again(being, "accent lost", self.somewhere(being))
        copy.data["full_name"] = plain.upper() if self.dice.random() < 0.3 else plain
        if self.dice.random() < 0.25:
            copy.data["birth_date"] = copy.data["birth_date"][:4]

    def swapped(self, being: Being) -> None:
        born = being.data["birth_date"]
        if len(born) < 10 or int(born[8:]) > 12 or born[5:7] == born[8:]:
            return
        copy = self.again(being, "day and month swapped", self.somewhere(being))
        copy.data["birth_date"] = f"{born[:4]}-{born[8:]}-{born[5:7]}"

    def year_only(self, being: Being) -> None:
        if len(being.data["birth_date"]) < 10:
            return
        copy = self.again(being, "year only", self.somewhere(being))
        year = int(being.data["birth_date"][:4])
        if self.dice.random() < 0.3:
            year += self.dice.choice((-1, 1))
            copy.data["birth_is_estimate"] = True
        copy.data["birth_date"] = str(year)

    def nickname(self, being: Being) -> None:
        known_as = being.data.setdefault("known_as", self.called(being.data["full_name"]))
        copy = self.again(being, "nickname", self.somewhere(being))
        copy.data.pop("known_as", None)
        older = {"male": "Ông", "female": "Bà"}[being.data["sex"]]
        copy.data["full_name"] = self.dice.choice((known_as, f"{older} {known_as}"))
        if self.dice.random() < 0.3:
            copy.data["birth_date"] = copy.data["birth_date"][:4]

    def newborn(self, house: House) -> None:
        mother = next((one for one in house.people if one.data["sex"] == "female"), None)
        sex = self.dice.choice(("male", "female"))
        first = self.being(house, "child", 0, sex, house.people[0].data["full_name"].split()[0])
        for name in ("personal_id", "bhxh_number", "known_as"):
            first.data.pop(name, None)
        named = dict(first.data)
        word = {"male": "trai", "female": "gái"}[sex]
        told = mother.data["full_name"].split()[-1] if mother else "Lan"
        first.data["full_name"] = self.dice.choice(
            (
                f"Bé {word}",
                f"Con chị {told}",
                f"Cháu {word} con chị {told}",
                "Em bé",
                "Chưa đặt tên",
            )
        )
        first.data["name_is_provisional"] = True if self.dice.random() < 0.7 else None
        if mother is not None:
            first.data["mother"] = mother.id
        first.kind = "newborn named later"
        later = self.again(first, "newborn named later", house)
        later.data = {**named, "personal_id": self.number(12)}
        if mother is not None and self.dice.random() < 0.5:
            later.data["mother"] = mother.id

    def moved_household(self, house: House) -> None:
        """The whole house appears in another village; half of the time the old one was ended."""
        village = f"village-{(int(house.village[-1]) + self.dice.randint(1, 7)) % 8}"
        data = {"village": village, "hamlet": f"Xóm {self.dice.randint(1, 7)}"}
        new = House(self.id(), house.truth, village, data, "another team|2026-10-11")
        self.houses.append(new)
        ended = self.dice.random() < 0.5
        for one in [one for one in house.people if not one.kind]:
            copy = self.again(one, "moved household", new, keep=0.3)
            if self.dice.random() < 0.2:
                copy.data["birth_date"] = copy.data["birth_date"][:4]
            if ended:
                one.data |= {"ended_on": "2026-08-01", "end_reason": "moved_away"}

    def household_twice(self, house: House) -> None:
        data = {"village": house.village, "hamlet": house.data["hamlet"]}
        new = House(self.id(), house.truth, house.village, data, "another team|2026-10-12")
        self.houses.append(new)
        for one in [one for one in house.people if not one.kind]:
            copy = self.again(one, "household twice", new)
            if self.dice.random() < 0.3:
                copy.data["birth_date"] = copy.data["birth_date"][:4]

    def moved_alone(self, being: Being) -> None:
        """Married into another house: there the birth date is asked for."""
        if len(being.data["birth_date"]) == 10 and int(being.data["birth_date"][:4]) < 2008:
            self.again(being, "moved alone", self.dice.choice(self.houses), keep=0.3)

    # Who looks alike and is two.

    def twins(self, house: House) -> None:
        family, sex = self.pick(FAMILY), self.dice.choice(("male", "female"))
        one_name, other_name = self.dice.choice(TWIN_NAMES)
        way = self.dice.random()
        if way < 0.3:  # grown up, each in a house of their own
            one = self.being(house, "child", self.dice.randint(20, 50), sex, family)
            other_house = self.dice.choice(
                [it for it in self.houses if it.village == house.village]
            )
        else:
            one = self.being(house, "child", self.dice.randint(0, 16), sex, family)
            other_house = house
        born = max(one.data["birth_date"], "1970-01-05")
        one.data |= {"full_name": f"{family} {one_name}", "birth_date": born}
        other = self.being(other_house, "child", 20, sex, family)
        other.data |= {"full_name": f"{family} {other_name}", "birth_date": born}
        if way > 0.85:
            word = {"male": "trai", "female": "gái"}[sex]
            numbers = self.dice.choice((("", ""), (" 1", " 2"), (" lớn", " bé")))
            for twin, mark in zip((one, other), numbers, strict=True):
                twin.data["full_name"] = f"Bé {word}{mark}"
        elif way > 0.78:  # one of them has no name yet: both were written down together
            other.data["full_name"] = "Bé chưa có tên" if sex == "male" else "Bé gái"
            other.data["name_is_provisional"] = True
        ids = self.dice.random()
        number = int(self.number(11))
        for at, twin in enumerate((one, other)):
            for name in ("personal_id", "bhxh_number", "phone", "known_as"):
                twin.data.pop(name, None)
            if ids < 0.4:
                twin.data["personal_id"] = f"{number + at:012}"
        self.apart["twins"].append((one.id, other.id))

    def namesakes(self, house: House) -> None:
        """Two of one name and sex in one hamlet, years apart, or born in one year on other days."""
        one = self.dice.choice(house.people)
        near = [
            it
            for it in self.houses
            if it is not house
            and (it.village, it.data["hamlet"]) == (house.village, house.data["hamlet"])
        ]
        age = self.dice.randint(5, 70)
        other = self.being(self.dice.choice(near), "other_relative", age, one.data["sex"])
        other.data["full_name"] = one.data["full_name"]
        year = int(one.data["birth_date"][:4])
        if len(one.data["birth_date"]) == 10 and self.dice.random() < 0.2:
            month, day = int(one.data["birth_date"][5:7]), int(one.data["birth_date"][8:])
            month, day = month % 12 + 1, (day + 12) % 28 + 1
            other.data["birth_date"] = f"{year}-{month:02}-{day:02}"
        else:
            apart = self.dice.choice((-1, 1)) * self.dice.randint(3, 30)
            if year + apart > 2025:
                apart = -abs(apart)
            rest = one.data["birth_date"][4:] if self.dice.random() < 0.1 else "-04-19"
            whole = self.dice.random() < 0.8
            other.data["birth_date"] = f"{year + apart}{rest if whole else ''}"
        self.apart["same name in one hamlet"].append((one.id, other.id))
