"""Voluntary social insurance: who may join, and what it costs. Twin: …/legal/voluntary.ts.

Luật BHXH 41/2024/QH15 Đ2 k4a, Đ31 k2, Đ36; NĐ 159/2025/NĐ-CP; table `voluntary`. The state's
support is a percentage of the rate of the rural poverty line, not of the chosen income; the
highest one only, 120 months at most. Provinces may add; what they add is not known.
"""

from dataclasses import dataclass

from server.domain.legal.ages import reached
from server.domain.legal.law import Law, answered
from server.domain.legal.money import NotAllowed, hundredths, part
from server.domain.legal.tables import LegalRow, NotKnown, Tables
from server.domain.legal.working_age import working_age

EXCLUDED = {
    "compulsory": "under_compulsory",
    "pension": "has_pension",
    "monthly_allowance": "has_monthly_allowance",
}


@dataclass(frozen=True, slots=True)
class VoluntaryFacts:
    """`months_supported`: months of the state's support that the person has had before."""

    income: int
    months: int
    living_class: str | None = None
    minority: bool = False
    island: bool = False
    months_supported: int = 0


@dataclass(frozen=True, slots=True)
class VoluntaryCost:
    """Đồng for all months: `due = state + own`, before any support of the province."""

    month_due: int
    month_state: int
    due: int
    state: int
    own: int
    supported_as: str
    rows: tuple[LegalRow, ...]


@dataclass(frozen=True, slots=True)
class Eligibility:
    """`codes` say why not, or what is missing; empty when the person may join."""

    may_join: bool | None
    is_lead: bool | None
    codes: tuple[str, ...]
    rows: tuple[LegalRow, ...]


@dataclass(frozen=True, slots=True)
class JoinFacts:
    """What decides whether a person may join; the birth date may be partial."""

    birth_date: str | None = None
    sex: str | None = None
    social_insurance: str | None = None
    work: str | None = None
    village_officer: bool = False


@answered
def voluntary_cost(tables: Tables, day: str, facts: VoluntaryFacts) -> VoluntaryCost | NotAllowed:
    """What is paid on a day for so many months, each amount of a month rounded half up."""
    law = Law(tables, day)
    least = law.number("voluntary", "income_min")
    factor = law.number("voluntary", "income_max_factor")
    if facts.income < least:
        return NotAllowed("income_below_least", "income")
    if facts.income > factor * law.number("base_salary", "base_salary"):
        return NotAllowed("income_above_most", "income")
    if facts.months not in law.numbers("voluntary", "months"):
        return NotAllowed("months_not_allowed", "months")
    rate = hundredths(law.text("voluntary", "contribution_rate"))
    supported_as, percent = _support(law, facts)
    month_due = part(facts.income, rate)
    month_state = part(part(least, rate), percent)
    left = max(0, law.number("voluntary", "support_max_months") - facts.months_supported)
    due, state = month_due * facts.months, month_state * min(facts.months, left)
    return VoluntaryCost(month_due, month_state, due, state, due - state, supported_as, law.rows)


def _support(law: Law, facts: VoluntaryFacts) -> tuple[str, int]:
    kinds = ["other"]
    if facts.living_class == "poor" or facts.island:
        kinds.append("poor")
    if facts.living_class == "near_poor":
        kinds.append("near_poor")
    if facts.minority:
        kinds.append("ethnic_minority")
    percents = {kind: _percent(law, kind) for kind in kinds}
    best = max(percents, key=lambda kind: percents[kind])
    return best, percents[best]


def _percent(law: Law, kind: str) -> int:
    return hundredths(law.text("voluntary", f"support_percent_{kind}"))


@answered
def may_join_voluntary(tables: Tables, day: str, facts: JoinFacts) -> Eligibility:
    """Whether a person may join, Đ2 k4a, and whether to ask them: 15 to the retirement age, no
    employee, no village officer (compulsory since 1/7/2025). None where a fact is missing.
    """
    law = Law(tables, day)
    codes: list[str] = []
    old_enough = reached(day, facts.birth_date, law.number("voluntary", "min_age") * 12)
    if old_enough is False:
        codes.append("too_young")
    excluded = EXCLUDED.get(facts.social_insurance or "")
    if excluded:
        codes.append(excluded)
    elif facts.village_officer:
        codes.append("village_officer")
    elif facts.work == "wage_contract":
        codes.append("employee")
    if codes:
        return Eligibility(False, False, tuple(codes), law.rows)
    if old_enough is None:
        return Eligibility(None, None, ("birth_date",), law.rows)
    age = working_age(tables, day, facts.birth_date, facts.sex)
    if isinstance(age, NotKnown):
        return Eligibility(True, None, ("not_known",), law.rows)
    rows = (*law.rows, *age.rows)
    if age.code == "in":
        return Eligibility(True, True, (), rows)
    if age.code == "above":
        return Eligibility(True, False, ("past_retirement",), rows)
    return Eligibility(True, None, (age.code,), rows)
