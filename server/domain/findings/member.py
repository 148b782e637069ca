"""Checks of one person's record."""

import re
from collections.abc import Mapping
from typing import Any

from server.domain.codes import personal_id_prefixes
from server.domain.findings.base import (
    Finding,
    ahead,
    blocks,
    ended_properly,
    long_ago,
    one_digit,
    unusual_phone,
    warns,
    years_between,
)
from server.domain.partial import first_day, last_day
from server.domain.text import fold

_DIGIT = re.compile(r"\d").search

OLDEST = 115
LEAST_AGE_OF_RELATION = {
    "head": 15,
    "spouse": 15,
    "child_in_law": 15,
    "parent": 30,
    "parent_in_law": 30,
    "grandparent": 45,
}
LEAST_AGE_OF_WORK = {
    "farm": 10,
    "wage_contract": 15,
    "wage_no_contract": 12,
    "own_business": 15,
    "pupil": 5,
    "student": 16,
    "retired": 40,
}
GREATEST_AGE_OF_PUPIL = 25
LEAST_AGE_OF_SOCIAL_INSURANCE = {"compulsory": 15, "voluntary": 15, "pension": 40}
UNIT_WORDS = ("don vi", "tieu doan", "trung doan", "lu doan", "su doan", "quan doan", "dai doi")


def check_member(data: Mapping[str, Any], today: str) -> list[Finding]:
    """Name, birth, papers, place in the household, insurance and end of a person."""
    found = _name(data)
    found += ahead(data, today, ("birth_date", "insurance_asked_on", "since", "ended_on"))
    if "personal_id" in data:
        found += check_personal_id(data)
    found += one_digit(data, ("personal_id", "old_id_number", "bhxh_number"))
    found += _age(data, today)
    found += _away(data)
    if "phone" in data:
        found += unusual_phone(data)
    found += _insurance(data, today)
    if "since" in data or "ended_on" in data:
        found += _life(data)
    return found + ended_properly(data)


def _name(data: Mapping[str, Any]) -> list[Finding]:
    if _DIGIT(data.get("full_name") or ""):
        return [warns("name_with_digits", "full_name")]
    return []


def check_personal_id(data: Mapping[str, Any]) -> list[Finding]:
    """The number tells sex and birth year (NĐ 137/2015 Đ13): a check that warns, never blocks,
    for births are registered again. Codes from 100 on are countries."""
    number = data.get("personal_id")
    if not number:
        return []
    found = []
    if number[0] == "0" and number[:3] not in personal_id_prefixes():
        found.append(warns("personal_id_province", "personal_id"))
    sex, birth = data.get("sex"), data.get("birth_date")
    if sex and sex != ("female" if int(number[3]) % 2 else "male"):
        found.append(warns("personal_id_sex", "personal_id"))
    if birth and birth[:4] != f"{19 + int(number[3]) // 2}{number[4:6]}":
        found.append(warns("personal_id_birth_year", "personal_id"))
    if data.get("personal_id_state") == "not_issued":
        found.append(warns("personal_id_not_issued", "personal_id_state"))
    return found


def _age(data: Mapping[str, Any], today: str) -> list[Finding]:
    """Asked of the living only: whoever has died goes on growing older on paper."""
    birth = data.get("birth_date")
    if not birth or data.get("ended_on"):
        return []
    age, work = years_between(birth, today), data.get("work") or ""
    if age < 0:
        return []
    found = []
    if age > OLDEST:
        found.append(warns("very_old", "birth_date"))
    if age < LEAST_AGE_OF_RELATION.get(data.get("relation") or "", 0):
        found.append(warns("too_young_for_relation", "relation"))
    if age < LEAST_AGE_OF_WORK.get(work, 0):
        found.append(warns("too_young_for_work", "work"))
    if work == "pupil" and age > GREATEST_AGE_OF_PUPIL:
        found.append(warns("too_old_for_school", "work"))
    if age < LEAST_AGE_OF_SOCIAL_INSURANCE.get(data.get("social_insurance") or "", 0):
        found.append(warns("too_young_for_social_insurance", "social_insurance"))
    return found


def _away(data: Mapping[str, Any]) -> list[Finding]:
    found = []
    presence = data.get("presence")
    if presence == "here" and (data.get("away_since") or data.get("away_place")):
        found.append(warns("away_though_here", "presence"))
    if presence == "military" and (place := data.get("away_place")):
        words = f" {fold(place)} "
        if any(f" {unit} " in words for unit in UNIT_WORDS):
            # The unit of a soldier is never recorded, not even by mistake.
            found.append(blocks("military_unit", "away_place"))
    return found


def _insurance(data: Mapping[str, Any], today: str) -> list[Finding]:
    answer, reason = data.get("insurance_answer"), data.get("uninsured_reason")
    found = long_ago(data, today, ("insurance_asked_on",))
    if answer and not data.get("insurance_asked_on"):
        found.append(warns("answer_without_day", "insurance_asked_on"))
    if reason and answer == "has_card":
        found.append(warns("reason_though_insured", "uninsured_reason"))
    return found


def _life(data: Mapping[str, Any]) -> list[Finding]:
    """The order of a life: born, come, ended."""
    birth, since, ended = data.get("birth_date"), data.get("since"), data.get("ended_on")
    found = []
    if birth and since and last_day(since) < first_day(birth):
        found.append(warns("since_before_birth", "since"))
    if birth and ended and last_day(ended) < first_day(birth):
        found.append(blocks("ended_before_birth", "ended_on"))
    if since and ended and last_day(ended) < first_day(since):
        found.append(warns("ended_before_since", "ended_on"))
    return found
