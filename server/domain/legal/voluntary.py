"""Voluntary social insurance: who may join, and what it costs. Twin: …/legal/voluntary.ts.

Luật BHXH 41/2024/QH15 Đ2 k4a, Đ31 k2, Đ36; NĐ 159/2025/NĐ-CP; table `voluntary`. The state's
support is a percentage of the rate of the rural poverty line, not of the chosen income; the
highest one only, 120 months at most. Provinces may add: a
percentage of the same, by resolution, table `local_support`. Where none is known, that is said.
"""

from dataclasses import dataclass

from server.domain.legal.ages import reached
from server.domain.legal.facts import Place
from server.domain.legal.law import Law, answered
from server.domain.legal.money import NotAllowed, hundredths, part
from server.domain.legal.support import local_voluntary_percent
from server.domain.legal.tables import LegalRow, NotKnown, NoValue, Tables
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
    place: Place = Place()


@dataclass(frozen=True, slots=True)
class VoluntaryCost:
    """Đồng for all months: `due = state + local + own`. `local` and `own` are None where the
    province's support is not known (`local_not_known`); `own_at_most` is the own share without it.
    """

    month_due: int
    month_state: int
    due: int
    state: int
    local: int | None
    own: int | None
    own_at_most: int
    supported_as: str
    local_not_known: NotKnown | None
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
    kinds = _kinds(facts)
    percents = {kind: _percent(law, kind) for kind in kinds}
    supported_as = max(kinds, key=lambda kind: percents[kind])
    month_due, supported = part(facts.income, rate), part(least, rate)
    month_state = part(supported, percents[supported_as])
    left = max(0, law.number("voluntary", "support_max_months") - facts.months_supported)
    due, state = month_due * facts.months, month_state * min(facts.months, left)
    local, local_not_known = _local(law, facts.place, kinds, supported_as, supported)
    if local is not None:
        local = min(local * facts.months, due - state)
    return VoluntaryCost(
        month_due=month_due,
        month_state=month_state,
        due=due,
        state=state,
        local=local,
        own=None if local is None else due - state - local,
        own_at_most=due - state,
        supported_as=supported_as,
        local_not_known=local_not_known,
        rows=law.rows,
    )


def _local(
    law: Law, place: Place, kinds: list[str], supported_as: str, supported: int
) -> tuple[int | None, NotKnown | None]:
    """What the province adds a month, of the contribution from the least income."""
    try:
        return part(supported, local_voluntary_percent(law, place, kinds, supported_as)), None
    except NoValue as stop:
        return None, stop.what


def _kinds(facts: VoluntaryFacts) -> list[str]:
    """As whom the person may be supported; everybody as `other`."""
    kinds = ["other"]
    if facts.living_class == "poor" or facts.island:
        kinds.append("poor")
    if facts.living_class == "near_poor":
        kinds.append("near_poor")
    if facts.minority:
        kinds.append("ethnic_minority")
    return kinds


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
