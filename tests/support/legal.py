"""Runs the vectors of the legal rules: `given` names a rule and what it is told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from server.domain.legal import (
    card_dates,
    contribution,
    farm_income,
    five_years,
    groups,
    school,
    support_end,
    voluntary,
    waiting,
    ways,
    working_age,
    working_days,
)
from server.domain.legal.area_facts import area_facts
from server.domain.legal.facts import AreaFacts, PersonFacts, Place
from server.domain.legal.money import NotAllowed
from server.domain.legal.tables import LegalRow, NotKnown, Tables
from server.domain.status import EntitlementFacts

LEGAL_VECTORS = (
    "legal_lookup",
    "legal_groups",
    "legal_contribution",
    "legal_ways",
    "legal_card_dates",
    "legal_waiting",
    "legal_five_years",
    "legal_voluntary",
    "legal_farm_income",
    "legal_working_age",
    "legal_working_days",
    "legal_area_facts",
    "legal_support_end",
)


@dataclass(frozen=True)
class StatedFact:
    """A dated fact of an area."""

    fact: str
    value: str
    valid_from: str | None = None
    valid_to: str | None = None


def _levels(data: list[list[dict[str, str]]]) -> list[list[StatedFact]]:
    return [[StatedFact(**one) for one in level] for level in data]


def _person(data: Mapping[str, Any]) -> PersonFacts:
    rights = tuple(EntitlementFacts(**right) for right in data.get("entitlements", ()))
    return PersonFacts(
        **{**data, "entitlements": rights, "area": AreaFacts(**data.get("area", {}))}
    )


def _payment(data: Mapping[str, Any]) -> contribution.Payment:
    return contribution.Payment(**{**data, "place": Place(**data["place"])})


def _voluntary(data: Mapping[str, Any]) -> voluntary.VoluntaryFacts:
    place = Place(**data.get("place", {}))
    return voluntary.VoluntaryFacts(**{**data, "place": place})


def _with(tables: Tables, added: Sequence[Mapping[str, str]]) -> Tables:
    """The tables with rows that an administrator added."""
    return Tables([*tables.rows, *(LegalRow(**row) for row in added)]) if added else tables


def _payer(data: Mapping[str, Any]) -> ways.Payer:
    return ways.Payer(data["member"], _payment(data["payment"]), tuple(data["choices"]))


def _farm(data: Mapping[str, Any]) -> farm_income.FarmFacts:
    lines = [farm_income.FarmLine(**line) for line in data["lines"]]
    return farm_income.FarmFacts(**{**data, "lines": lines})


def _household(tables: Tables, payers: list[Any], **given: Any) -> Any:
    found = ways.household_ways(tables, payers=[_payer(one) for one in payers], **given)
    if not isinstance(found, ways.Ways):
        return found
    owns = [[way.name, way.own, way.own_at_most] for way in found.ways]
    return {**plain(found), "owns": owns}


def _lookup(tables: Tables, days: list[str], table: str, item: str, where: str) -> Any:
    rows: list[list[str | None]] = []
    for day in days:
        row = tables.in_force(day, table, item, where)
        rows.append([day, row.value, row.valid_from, row.valid_to] if row else [day, None])
    return {"rows": rows}


def _steps(tables: Tables, facts: Any, day: str) -> Any:
    found = groups.insurance_group(tables, day, _person(facts))
    if isinstance(found, NotKnown):
        return found
    return {**plain(found), "steps": [f"{step.code}:{step.group}" for step in found.steps]}


def _school_months(tables: Tables, day: str, pupil: Any) -> Any:
    found = school.school_months(tables, day, school.Pupil(**pupil))
    return found if isinstance(found, NotKnown) else {"value": list(found)}


def _support_ends(tables: Tables, facts: Any, day: str, levels: Any = (), **days: int) -> Any:
    place = support_end.place_ahead(tables, day, _levels(levels), **days)
    return support_end.support_ends(tables, place, _person(facts))


RULES: dict[str, Callable[..., Any]] = {
    "lookup": _lookup,
    "insurance_group": _steps,
    "contribution": lambda tables, day, payment: contribution.contribution(
        tables, day, _payment(payment)
    ),
    "ladder_start": lambda _, day, earlier_payments: {
        "value": contribution.ladder_start(day, earlier_payments)
    },
    "wage_contribution": contribution.wage_contribution,
    "household_ways": _household,
    "paid_card": card_dates.paid_card,
    "child_card": card_dates.child_card,
    "grade_1_card": card_dates.grade_1_card,
    "grade_12_card": card_dates.grade_12_card,
    "first_university_card": card_dates.first_university_card,
    "last_university_card": card_dates.last_university_card,
    "decided_card": card_dates.decided_card,
    "school_card": lambda tables, pupil, **given: school.school_card(
        tables, pupil=school.Pupil(**pupil), **given
    ),
    "school_months": _school_months,
    "waiting": waiting.waiting,
    "five_year_date": lambda tables, periods: five_years.five_year_date(
        tables, [five_years.Period(**period) for period in periods]
    ),
    "copayment_limit": five_years.copayment_limit,
    "voluntary_cost": lambda tables, day, facts, added=(): voluntary.voluntary_cost(
        _with(tables, added), day, _voluntary(facts)
    ),
    "may_join_voluntary": lambda tables, day, facts: voluntary.may_join_voluntary(
        tables, day, voluntary.JoinFacts(**facts)
    ),
    "farm_verdict": lambda tables, day, facts: farm_income.farm_verdict(tables, day, _farm(facts)),
    "working_age": working_age.working_age,
    "working_day_deadline": working_days.working_day_deadline,
    "calendar_deadline": working_days.calendar_deadline,
    "review_dates": working_days.review_dates,
    "support_ends": _support_ends,
    "area_facts": lambda _, day, levels: area_facts(day, _levels(levels)),
}


def plain(answer: Any) -> Any:
    """An answer as the vectors write it; the rows of law that were read are left to the rules."""
    if isinstance(answer, (list, tuple)):
        return [plain(one) for one in answer]
    if is_dataclass(answer):
        named = {field.name: getattr(answer, field.name) for field in fields(answer)}
        return {name: plain(value) for name, value in named.items() if name != "rows"}
    return answer


def answer_of(tables: Tables, given: Mapping[str, Any]) -> Any:
    """What a rule answers to a vector."""
    told = {name: value for name, value in given.items() if name != "rule"}
    answer = RULES[given["rule"]](tables, **told)
    if isinstance(answer, NotKnown):
        return {"not_known": f"{answer.table}/{answer.item}"}
    if isinstance(answer, NotAllowed):
        return {"not_allowed": answer.code}
    return {"none": True} if answer is None else plain(answer)


def agrees(answer: Mapping[str, Any], then: Mapping[str, Any]) -> bool:
    """True when an answer says all that the vector says."""
    return all(
        _agrees(answer[name], value) if name in answer else False for name, value in then.items()
    )


def _agrees(found: Any, wanted: Any) -> bool:
    if isinstance(found, dict) and isinstance(wanted, dict):
        return agrees(found, wanted)
    return bool(found == wanted)


class ReadRows(Tables):
    """Tables that remember which rows were looked at, for finding the vectors of a row."""

    def __init__(self, rows: tuple[LegalRow, ...]) -> None:
        super().__init__(rows)
        self.read: set[LegalRow] = set()

    def in_force(self, day: str, table: str, item: str, where: str = "") -> LegalRow | None:
        row = super().in_force(day, table, item, where)
        if row is not None:
            self.read.add(row)
        return row
