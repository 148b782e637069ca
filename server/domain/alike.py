"""Whether two records look like one person, and what makes two people of them for certain.
Twin: pwa/src/domain/alike.ts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from unicodedata import normalize

from server.domain.text import fold, fold_tight

NAMELESS = ("be trai", "be gai", "em be", "tre so sinh", "so sinh", "chua co ten", "chua dat ten",
            "con chi", "con anh", "con co", "con ba", "con ong")  # fmt: skip
"""How a newborn without a registered name is written down, besides the box for it on the form."""
TITLES = frozenset(("ong", "ba", "anh", "chi", "co", "chu", "bac", "em", "cu", "me", "thim", "di",
                    "cau", "u", "bo", "mu"))  # fmt: skip


GUESSED_YEARS = 10


class Name(StrEnum):
    """How two names compare. `unnamed`: one has no registered name yet. `accents`: accents lost or
    mistaken. `other_tone`: the given names are others, though only by an accent (Hùng, Hưng).
    `slip`: one wrong key before the given name."""

    UNNAMED = "unnamed"
    SAME = "same"
    ACCENTS = "accents"
    OTHER_TONE = "other_tone"
    CALLED = "called"
    SHORTENED = "shortened"
    SLIP = "slip"
    OTHER = "other"


class Birth(StrEnum):
    """How two birth dates compare. `part`: the day, the month or one digit of the year differs;
    `year`: the same year, the rest not known; `near`: years told as an age, close together."""

    UNKNOWN = "unknown"
    SAME = "same"
    SWAPPED = "swapped"
    PART = "part"
    YEAR = "year"
    NEAR = "near"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Person:
    """What people are told apart by."""

    full_name: str
    known_as: str | None = None
    unnamed: bool = False
    birth_date: str | None = None
    birth_is_estimate: bool = False
    sex: str | None = None
    personal_id: str | None = None
    bhxh_number: str | None = None
    household: str | None = None


def person_of(data: Mapping[str, Any]) -> Person:
    """The person that a member's data describes."""
    name = data.get("full_name") or ""
    return Person(
        name,
        data.get("known_as"),
        data.get("name_is_provisional") is True or is_nameless(name),
        data.get("birth_date"),
        data.get("birth_is_estimate") is True,
        data.get("sex"),
        data.get("personal_id"),
        data.get("bhxh_number"),
        data.get("household"),
    )


def is_nameless(name: str) -> bool:
    """True for what stands in the place of a name: `Bé gái`, `Cháu A con chị B`."""
    folded = fold(name)
    words = f" {folded} "
    return folded.startswith(NAMELESS) or (folded.startswith("chau ") and " con " in words)


def spelled(name: str) -> str:
    """A name with its accents, whichever vowel they are put on: `Hoà` and `Hòa` are alike."""
    return " ".join(_spelled(word) for word in name.lower().split())


def _spelled(word: str) -> str:
    letters = normalize("NFD", word)
    marks = sorted(char for char in letters if "\u0300" <= char <= "\u036f")
    return "".join(char for char in letters if not "\u0300" <= char <= "\u036f") + "".join(marks)


def called(name: str | None) -> str:
    """What somebody is called, folded, without the title before it: `Ông Tư Rèn` is `tu ren`."""
    words = fold(name or "").split()
    return "".join(words[1:] if len(words) > 1 and words[0] in TITLES else words)


def compare_names(one: Person, other: Person) -> Name:
    if one.unnamed or other.unnamed:
        return Name.UNNAMED
    if fold_tight(one.full_name) == fold_tight(other.full_name):
        return _compare_accents(spelled(one.full_name), spelled(other.full_name))
    if _are_called_alike(one, other):
        return Name.CALLED
    words, more = sorted((fold(one.full_name).split(), fold(other.full_name).split()), key=len)
    if _shortened(words, more):
        return Name.SHORTENED
    return Name.SLIP if _one_wrong_key(words, more) else Name.OTHER


def _compare_accents(one: str, other: str) -> Name:
    """Other given names, unless one was written without accents throughout: that shows only where
    there were accents to lose before the given name (`Lê Minh Ánh`, not `Mai Minh Ánh`)."""
    if one == other:
        return Name.SAME
    *rest, given = one.split()
    *other_rest, other_given = other.split()
    lost = any(
        whole.isascii() and not "".join(before).isascii()
        for whole, before in ((one, other_rest), (other, rest))
    )
    return Name.ACCENTS if given == other_given or lost else Name.OTHER_TONE


def _are_called_alike(one: Person, other: Person) -> bool:
    """One's name is what the other is called, or both are called the same."""
    names = {called(one.full_name), called(one.known_as)} - {""}
    others = {called(other.full_name), called(other.known_as)} - {""}
    return bool(names & others)


def _shortened(words: list[str], more: list[str]) -> bool:
    """Family name and given name are there, something between them is left out."""
    if len(words) < 2 or len(words) == len(more):
        return False
    return words[0] == more[0] and words[-1] == more[-1] and set(words) <= set(more)


def _one_wrong_key(words: list[str], others: list[str]) -> bool:
    """One key went wrong in a word before the given name. Short words are too easily another one:
    `Thu` is no `Thị`."""
    if len(words) != len(others) or words[-1:] != others[-1:]:
        return False
    wrong = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return (
        len(wrong) == 1 and max(map(len, wrong[0])) > 3 and one_slip(*map("".join, (words, others)))
    )


def one_slip(one: str, other: str) -> bool:
    """True when one key went wrong: a letter more, less, another, or two in the wrong order."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1 or len(one) < 6:
        return False
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    rest, more = one[start:], other[start:]
    return rest[1:] == more[1:] or (rest[:2] == more[:2][::-1] and rest[2:] == more[2:])


def compare_births(one: Person, other: Person) -> Birth:
    born, other_born = one.birth_date, other.birth_date
    if born is None or other_born is None:
        return Birth.UNKNOWN
    if len(born) == len(other_born) == 10:
        return _compare_days(born, other_born)
    shared = min(len(born), len(other_born))
    if born[:shared] == other_born[:shared]:
        return Birth.SAME if born == other_born and shared == 7 else Birth.YEAR
    told = one.birth_is_estimate or other.birth_is_estimate
    apart = abs(int(born[:4]) - int(other_born[:4]))
    return Birth.NEAR if apart <= (2 if told else 1) and shared == 4 else Birth.OTHER


def _compare_days(one: str, other: str) -> Birth:
    if one == other:
        return Birth.SAME
    year, month, day = one.split("-")
    other_year, other_month, other_day = other.split("-")
    if year == other_year and (month, day) == (other_day, other_month):
        return Birth.SWAPPED
    if year == other_year:
        return Birth.PART if (month == other_month) != (day == other_day) else Birth.OTHER
    wrong = sum(a != b for a, b in zip(year, other_year, strict=True))
    return Birth.PART if wrong == 1 and one[4:] == other[4:] else Birth.OTHER


def same_number(one: Person, other: Person) -> str | None:
    """The number both carry: `personal_id`, `bhxh_number`, or None."""
    if one.personal_id is not None and one.personal_id == other.personal_id:
        return "personal_id"
    if one.bhxh_number is not None and one.bhxh_number == other.bhxh_number:
        return "bhxh_number"
    return None


def surely_two(one: Person, other: Person) -> bool:
    """True when the two cannot be one person, however alike they look: other numbers, other names,
    births too far apart, other birthdays under one roof; and twins, whose given names may differ in
    an accent alone."""
    if same_number(one, other) is not None:
        return False
    if _other_number(one.personal_id, other.personal_id):
        return True
    name = compare_names(one, other)
    together = one.household is not None and one.household == other.household
    if compare_births(one, other) is Birth.OTHER and (together or _years_apart(one, other)):
        return True
    if name is Name.UNNAMED:
        return together and one.unnamed and other.unnamed
    return name in (Name.OTHER, Name.OTHER_TONE)


def _years_apart(one: Person, other: Person) -> bool:
    """Further apart than anybody guesses an age wrong."""
    years = [int(person.birth_date[:4]) for person in (one, other) if person.birth_date]
    return len(years) == 2 and abs(years[0] - years[1]) > GUESSED_YEARS


def _other_number(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other and not one_slip(one, other)


SURE_NAMES = (Name.SAME, Name.ACCENTS)
SURE_BIRTHS = (Birth.SAME, Birth.SWAPPED, Birth.YEAR, Birth.PART)


def looks_like(typed: Person, known: Person) -> str | None:
    """Why whoever is being typed may be somebody known: `personal_id`, `bhxh_number`, `name`, or
    None. A warning while typing: it asks for name and birth, a number alone is enough."""
    number = same_number(typed, known)
    if number is not None or surely_two(typed, known):
        return number
    if typed.sex is not None and known.sex is not None and typed.sex != known.sex:
        return None
    name, birth = compare_names(typed, known), compare_births(typed, known)
    if name in SURE_NAMES and birth in (*SURE_BIRTHS, Birth.NEAR):
        return "name"
    if name in (Name.CALLED, Name.SHORTENED) and birth in SURE_BIRTHS:
        return "name"
    # A newborn written down before it had a name, now entered anew with it.
    together = typed.household is not None and typed.household == known.household
    return "name" if name is Name.UNNAMED and birth is Birth.SAME and together else None
