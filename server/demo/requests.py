"""Requests for recognition as an average farm household, in every state: asked at the door, then
taken as far by the commune as the steps of the procedure and the law of each day allow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import orjson
from sqlalchemy import select

from schemas.kinds import LivingClass, Relation, Work
from server.demo.commune import NOTE
from server.demo.office import Office, write
from server.demo.worksheets import average, last_months, scaled
from server.domain.farm.due import posting_deadline
from server.domain.farm.procedure import (
    CHECKED,
    DOES_NOT,
    POSTED,
    QUALIFIES,
    Given,
    refusal_of,
    values_of,
)
from server.domain.farm.versions import version_on
from server.domain.legal.farm_income import FarmVerdict
from server.domain.legal.tables import NotKnown
from server.farm.assessing import assess
from server.store.audit import note_act
from server.store.changes.write import new_change
from server.store.db import db
from server.store.farm import RECOGNITION
from server.store.legal import legal_tables
from server.store.records import Household, Member

VILLAGES = 5
REVIEW_DAY = 15
YEAR = 365
REASON = "Gia đình sống bằng nghề nông, muốn tham gia bảo hiểm y tế."
OBJECTION = "Có người cho rằng hộ còn mở quán bán hàng, thu nhập cao hơn kê khai."
ANSWERS = {
    QUALIFIES: "Đã xác minh tại thôn: quán đã nghỉ từ năm trước, thu nhập đúng như kê khai.",
    DOES_NOT: "Đã xác minh tại thôn: hộ có cửa hàng, thu nhập trên mức trung bình.",
}
REFUSAL = "Thu nhập bình quân của hộ trên mức trung bình"


@dataclass(frozen=True, slots=True)
class Case:
    """`steps`: what the commune did, and how many days ago. `asked`: so many days ago, else before
    the review day that the first step follows. `gifts`: a line the law leaves open."""

    steps: tuple[tuple[str, int], ...] = ()
    asked: int | None = None
    since: int = 0
    state: str = "submitted"
    rich: bool = False
    after: str = QUALIFIES
    gifts: bool = False


CASES = (
    Case(asked=0, state="draft"), Case(asked=1, state="draft", gifts=True),
    Case(since=20), Case(since=24, gifts=True), Case(asked=1), Case(asked=3, gifts=True),
    Case(since=1), Case(since=1, rich=True), Case(since=2), Case(since=3), Case(asked=2),
    Case((("check", 3),)), Case((("check", 4),)), Case((("check", 2),), rich=True),
    Case((("check", 20),)), Case((("check", 3),), gifts=True),
    Case((("check", 6), ("post", 3))), Case((("check", 6), ("post", 3))),
    Case((("check", 6), ("post", 3)), gifts=True),
    Case((("check", 17), ("post", 14))), Case((("check", 17), ("post", 14))),
    Case((("check", 13), ("post", 11), ("object", 8))),
    Case((("check", 7), ("post", 5), ("object", 1))),
    Case((("check", 19), ("post", 16), ("object", 13), ("recheck", 9))),
    Case((("check", 19), ("post", 16), ("object", 13), ("recheck", 9)), after=DOES_NOT),
    *(Case((("check", 94), ("post", 90), ("approve", 76))) for _ in range(5)),
    *(Case((("check", 64), ("post", 60), ("approve", 46))) for _ in range(4)),
    Case((("check", 33), ("refuse", 30)), rich=True),
    Case((("check", 64), ("post", 60), ("object", 57), ("recheck", 53), ("refuse", 46)),
         after=DOES_NOT),
    Case((("cancel", 35),), since=40),
)  # fmt: skip
NUMBERS = {76: "31/QĐ-UBND (mẫu)", 46: "38/QĐ-UBND (mẫu)"}
LINES = (
    ({"line": "crops", "revenue": 52_000_000, "cost": 17_500_000},
     {"line": "livestock", "revenue": 31_000_000, "cost": 14_200_000}),
    ({"line": "crops", "revenue": 38_000_000, "cost": 12_400_000},
     {"line": "forestry", "revenue": 26_000_000, "cost": 6_100_000},
     {"line": "wages", "revenue": 18_000_000, "cost": 0}),
    ({"line": "livestock", "revenue": 64_000_000, "cost": 29_800_000},
     {"line": "fishery", "revenue": 22_500_000, "cost": 9_700_000}),
)  # fmt: skip
RICH = 3_100_000


@dataclass(slots=True)
class Asked:
    """A request as it stands while it is written."""

    case: Case
    id: str
    home: Household
    data: dict[str, Any]


def ask_and_decide(office: Office) -> int:
    """Write the requests and what became of them; their number."""
    asked = [_asked(office, case, *home) for case, home in zip(CASES, _homes(office), strict=False)]
    changes = [change for one, made in asked for change in made]
    write(changes, office.on_phone("surveyor"))
    changes = [change for one, _made in asked for change in _steps(office, one)]
    write(changes, office.at_desk())
    return len(asked)


def _homes(office: Office) -> Iterator[tuple[Household, Member, int]]:
    """Farm households of average living that nobody has recognised yet, village about village;
    each with its head and how many people it has."""
    lists = [_of_village(village) for village in office.villages[:VILLAGES]]
    for together in zip(*lists, strict=False):
        yield from together


def _of_village(village: str) -> list[tuple[Household, Member, int]]:
    homes = select(Household).where(
        Household.village_id == village,
        Household.living_class == LivingClass.AVERAGE,
        Household.average_farm.is_(None),
    )
    found = []
    for home in db.session.scalars(homes.order_by(Household.code).limit(4 * len(CASES))):
        people = list(db.session.scalars(select(Member).where(Member.household_id == home.id)))
        head = next(one for one in people if one.relation == Relation.HEAD)
        if orjson.loads(head.data).get("work") == Work.FARM:
            found.append((home, head, len(people)))
        if len(found) * VILLAGES > len(CASES):
            break
    return found


def _asked(
    office: Office, case: Case, home: Household, head: Member, people: int
) -> tuple[Asked, list[dict[str, Any]]]:
    day = _asked_on(office, case)
    sheet, request = office.new_id(), office.new_id()
    values = {
        "household": home.id,
        "requested_on": day,
        "assessment": sheet,
        "applicant": head.id,
        "reason": REASON,
        "note": NOTE,
        "state": case.state,
    }
    changes = [
        new_change("farm_assessment", sheet, _sheet(office, case, home, people, day)),
        new_change("farm_request", request, values),
    ]
    return Asked(case, request, home, values), changes


def _asked_on(office: Office, case: Case) -> str:
    if case.asked is not None:
        return office.ago(case.asked)
    first = date.fromisoformat(office.ago(case.steps[0][1] if case.steps else case.since))
    review = first.replace(day=REVIEW_DAY)
    if first.day < REVIEW_DAY:
        review = (review.replace(day=1) - timedelta(days=1)).replace(day=REVIEW_DAY)
    return (review - timedelta(days=office.maker.chance.randint(1, 12))).isoformat()


def _sheet(office: Office, case: Case, home: Household, people: int, day: str) -> dict[str, Any]:
    chance = office.maker.chance
    lines = scaled(chance.choice(LINES), people, RICH if case.rich else average(chance))
    if case.gifts:
        lines.append({"line": "gifts", "revenue": 12_000_000, "cost": 0})
    return {
        "household": home.id,
        "months_to": last_months(date.fromisoformat(day)),
        "lines": lines,
        "people": people,
        "farm_workers": min(2, people),
        "main_activity": chance.choice(("Trồng lúa, ngô", "Chăn nuôi", "Trồng keo, luồng")),
        "note": NOTE,
    }


def _steps(office: Office, asked: Asked) -> Iterator[dict[str, Any]]:
    """The steps as changes, up to the first that may not be taken by the law of its day."""
    for verb, ago in asked.case.steps:
        given = Given(
            office.ago(ago),
            text={"object": OBJECTION, "recheck": ANSWERS[asked.case.after], "refuse": REFUSAL}.get(
                verb
            ),
            number=NUMBERS[ago] if verb == "approve" else f"{60 - ago}/TB-UBND (mẫu)",
            verdict=asked.case.after if verb == "recheck" else None,
            valid_to=_a_year_on(office.ago(ago)) if verb == "approve" else None,
        )
        values = _values(verb, asked, given, office.today)
        if values is None:
            return
        was = {name: asked.data.get(name) for name in values}
        yield new_change("farm_request", asked.id, values, was)
        asked.data.update(values)
        if verb == "approve":
            yield _recognised(asked)
        note_act(
            f"farm_{verb}",
            by=office.officer.id,
            subject=asked.id,
            area=asked.home.village_id,
            of="farm_request",
        )


def _a_year_on(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=YEAR - 1)).isoformat()


def _values(verb: str, asked: Asked, given: Given, today: str) -> dict[str, Any] | None:
    if refusal_of(verb, asked.data, given, today):
        return None
    if verb == "check":
        return _checked(asked, given.day)
    if verb == "post":
        ends = posting_deadline(legal_tables(), given.day)
        if isinstance(ends, NotKnown):
            return None
        return {"state": POSTED, "posted_on": given.day, "posting_ends_on": ends.on}
    return values_of(verb, asked.data, given)


def _checked(asked: Asked, day: str) -> dict[str, Any] | None:
    counts = {"gifts": False} if asked.case.gifts else {}
    found = assess(asked.data, asked.home.id, asked.home.village_id, day, True, counts)
    version = version_on(day)
    if found.conclusion is None or not isinstance(found.verdict, FarmVerdict) or version is None:
        return None
    return {
        "state": CHECKED,
        "checked_on": day,
        "in_sector": True,
        "open_lines": [{"line": line, "counts": yes} for line, yes in counts.items()] or None,
        "per_person_month": found.verdict.per_person_month,
        "band": found.verdict.band,
        "verdict": found.conclusion,
        "procedure_version": version.code,
    }


def _recognised(asked: Asked) -> dict[str, Any]:
    home = orjson.loads(asked.home.data)
    days = {f"average_farm_{side}": asked.data[f"valid_{side}"] for side in ("from", "to")}
    known = {name: home.get(name) for name in RECOGNITION}
    return new_change("household", asked.home.id, {"average_farm": True, **days}, known)
