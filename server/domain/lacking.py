"""What a file still lacks: the facts that a paper asks for and the records do not hold yet, in the
order of the form. Twin: pwa/src/domain/lacking.ts. Nothing is held back by it: it says what to ask.

Which facts a paper cannot do without stands in the forms themselves. They have not changed since
the days below, and no successor is known, so they are named here and not as dated rows:

- a household's request: Mẫu số 01 of QĐ 24/2021/QĐ-TTg (since 1/9/2021), its lines as published
  (seen; the closing lines are signed by hand), and the income worksheet of the twelve months
  before the review (seen). The day an identity card was issued is written by hand: no record
  holds it.
- an enrolment: D03-TS of QĐ 490/QĐ-BHXH of 28/3/2023, columns B to 14 (seen), and for a person
  whom the insurance does not know yet TK1-TS of the same decision, items 05, 09, 10 and the
  household annex (05 seen, the others from memory). Since 1/8/2025 the personal id stands for the
  number of social insurance (CV 1804/BHXH-QLT).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.domain.partial import add_months

LACKS = "lacks"
"""Nothing is recorded. The other codes say what is wrong with what is."""

SCHOOL_AGE = 6
"""From the calendar year of this age a person has work or goes to school (Luật Giáo dục Đ28)."""

CHILD, HOUSEHOLD = "TE", "GD"


@dataclass(frozen=True, slots=True)
class Filed:
    """A record as the papers read it."""

    id: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Lack:
    """One fact: of which record, which field, and why. `record` is None where there is none."""

    entity: str
    record: str | None
    field: str
    code: str = LACKS


def request_lacks(
    request: Filed, household: str, people: Sequence[Filed], sheet: Filed | None
) -> list[Lack]:
    """What the request of a farm household lacks: the one who asks, everybody who lives there (in
    the order of the household, the head first), the reason, the worksheet."""
    asks = next((one for one in people if one.id == request.data.get("applicant")), None)
    found: list[Lack] = []
    for person in [asks or people[0]] if people else []:
        found += _identity(person) + _told(person, "ethnic_group")
        found += _number(person) + _residence(person)
    if not people:
        found.append(Lack("household", household, "people", "lacks_people"))
    for person in people:
        found += _identity(person) + _told(person, "relation")
        found += _work(person, str(request.data.get("requested_on") or ""))
    if not request.data.get("reason"):
        found.append(Lack("farm_request", request.id, "reason"))
    found += _worksheet(sheet, str(request.data.get("requested_on") or ""))
    return list(dict.fromkeys(found))


def enrolment_lacks(
    enrolment: Filed, member: Filed, cards: Sequence[Mapping[str, Any]] = ()
) -> list[Lack]:
    """What the insurance's list asks of one enrolment. `cards`: those on record of the person."""
    valid = [card for card in cards if not card.get("void_reason")]
    group = enrolment.data.get("insurance_group")
    found = _of_enrolment(enrolment, "insurance_group") + _number(member) + _identity(member)
    if not member.data.get("clinic_wanted") and not any(card.get("first_clinic") for card in valid):
        found.append(Lack("member", member.id, "clinic_wanted"))
    found += _of_enrolment(
        enrolment, "paid_on", "receipt_number", "card_from", "months", "collector_code"
    )
    if not valid and not member.data.get("bhxh_number"):
        found += _told(member, "ethnic_group", "birth_registered_at")
    guarded = any(member.data.get(name) for name in ("guardian_name", "guardian", "mother"))
    if group == CHILD and not guarded:
        found.append(Lack("member", member.id, "guardian_name"))
    if group == HOUSEHOLD:
        found += _told(member, "relation")
    return found


def _told(person: Filed, *names: str) -> list[Lack]:
    return [Lack("member", person.id, name) for name in names if not person.data.get(name)]


def _of_enrolment(enrolment: Filed, *names: str) -> list[Lack]:
    return [Lack("enrolment", enrolment.id, name) for name in names if not enrolment.data.get(name)]


def _identity(person: Filed) -> list[Lack]:
    if person.data.get("name_is_provisional"):
        provisional = [Lack("member", person.id, "full_name", "lacks_registered_name")]
    else:
        provisional = []
    return provisional + _told(person, "sex", "birth_date")


def _number(person: Filed) -> list[Lack]:
    if person.data.get("personal_id"):
        return []
    code = "lacks_new_number" if person.data.get("old_id_number") else LACKS
    return [Lack("member", person.id, "personal_id", code)]


def _residence(person: Filed) -> list[Lack]:
    known = person.data.get("registration") not in (None, "not_known")
    return [] if known else [Lack("member", person.id, "registration")]


def _work(person: Filed, day: str) -> list[Lack]:
    """Works, does not work, goes to school: of small children the form is left blank."""
    birth = person.data.get("birth_date")
    if birth and day and int(day[:4]) - int(birth[:4]) < SCHOOL_AGE:
        return []
    return _told(person, "work")


def _worksheet(sheet: Filed | None, asked_on: str) -> list[Lack]:
    if sheet is None:
        return [Lack("farm_assessment", None, "lines", "lacks_worksheet")]
    found: list[Lack] = []
    # None of its months is among the twelve before the request.
    if asked_on and sheet.data["months_to"] < add_months(asked_on, -12)[:7]:
        found.append(Lack("farm_assessment", sheet.id, "months_to", "worksheet_old"))
    lines = sheet.data.get("lines") or []
    if not lines:
        found.append(Lack("farm_assessment", sheet.id, "lines"))
    elif any(line.get("revenue") is None for line in lines):
        found.append(Lack("farm_assessment", sheet.id, "lines", "worksheet_line_half"))
    return found + [
        Lack("farm_assessment", sheet.id, name)
        for name in ("people", "main_activity")
        if not sheet.data.get(name)
    ]
