"""Whom the survey names for voluntary social insurance, why, and who comes first. Luật BHXH
41/2024/QH15 Đ2 k4a says who may join; consent is the basis of asking, so a 'no' is respected."""

from dataclasses import dataclass

from schemas.kinds import LeadKind, SocialInsurance, VoluntaryInterest
from server.domain.legal.law import Law
from server.domain.legal.tables import NotKnown, NoValue, Tables
from server.domain.legal.voluntary import JoinFacts, may_join_voluntary
from server.domain.legal.working_age import SEXES
from server.domain.partial import last_day

NOT_ASKED = "not_asked"
RANKS: dict[str | None, int] = {VoluntaryInterest.YES: 0, VoluntaryInterest.LATER: 1}
NOBODY_ASKED = 2


@dataclass(frozen=True, slots=True)
class Told:
    """What the survey knows of one person; dates may be partial."""

    birth_date: str | None = None
    sex: str | None = None
    work: str | None = None
    social_insurance: str | None = None
    paid_to: str | None = None
    benefit_to: str | None = None
    interest: str | None = None
    village_officer: bool = False


def why(tables: Tables, day: str, told: Told) -> str | None:
    """The kind of lead the person is; `not_asked` when they might be one but nobody has asked what
    they pay; None when they may not join, pay already, or have said no."""
    if told.interest == VoluntaryInterest.NO or _pays(day, told):
        return None
    facts = JoinFacts(
        told.birth_date, told.sex, told.social_insurance, told.work, told.village_officer
    )
    answer = may_join_voluntary(tables, day, facts)
    if isinstance(answer, NotKnown) or not answer.is_lead:
        return None
    if told.social_insurance is None and told.interest is None:
        return NOT_ASKED
    return _kind(day, told)


def unknown_ages(tables: Tables, day: str) -> NotKnown | None:
    """What the law does not say of who is of working age on a day; None where it says all."""
    law = Law(tables, day)
    try:
        law.number("voluntary", "min_age")
        for item in ("from", *SEXES):
            law.number("working_age", item)
    except NoValue as stop:
        return stop.what
    return None


def rank(told: Told) -> int:
    """Who wants to join comes first, then who said later."""
    return RANKS.get(told.interest, NOBODY_ASKED)


def _pays(day: str, told: Told) -> bool:
    if told.social_insurance != SocialInsurance.VOLUNTARY:
        return False
    return not told.paid_to or last_day(told.paid_to) >= day


def _kind(day: str, told: Told) -> str:
    if told.benefit_to and last_day(told.benefit_to) >= day:
        return LeadKind.JOBLESS.value
    if told.social_insurance == SocialInsurance.VOLUNTARY:
        return LeadKind.LAPSED.value
    paused = told.social_insurance == SocialInsurance.PAUSED
    return LeadKind.PAUSED.value if paused else LeadKind.SURVEY.value
