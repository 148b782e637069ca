"""What a school's roll says of a pupil beside what was recorded of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.domain.text import fold_tight

ABOUT_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Schooling:
    """A school and a class. `school`: its id where it is one of the codes, `name` as it is said."""

    school: str | None
    name: str | None
    school_class: str | None

    @property
    def about(self) -> str:
        """What a decision about it is remembered by: another class next year is asked again."""
        return f"{self.school}|{fold_tight(self.school_class or '')}"[:ABOUT_LENGTH]


def recorded(member: Mapping[str, Any], names: Mapping[str, str]) -> Schooling:
    """What the person's record says. `names`: of schools by id."""
    school = member.get("school")
    name = names.get(school or "") or member.get("school_other")
    return Schooling(school, name, member.get("school_class"))


def differences(told: Schooling, known: Schooling) -> tuple[str, ...]:
    """Which of `school` and `school_class` both sides say, each otherwise. How a name or a class is
    spelt (`9A`, `9 a`) is no difference."""
    said = []
    if told.school and _another_school(told, known):
        said.append("school")
    if _otherwise(told.school_class, known.school_class):
        said.append("school_class")
    return tuple(said)


def _another_school(told: Schooling, known: Schooling) -> bool:
    if known.school:
        return told.school != known.school
    return _otherwise(told.name, known.name)


def _otherwise(told: str | None, known: str | None) -> bool:
    return bool(told and known) and fold_tight(told or "") != fold_tight(known or "")


def taken_over(told: Schooling, said: tuple[str, ...]) -> dict[str, str | None]:
    """What is written where the roll holds. Of another school no class is left behind."""
    values = {"school_class": told.school_class} if "school_class" in said else {}
    if "school" in said:
        values |= {"school": told.school, "school_other": None, "school_class": told.school_class}
    return values
