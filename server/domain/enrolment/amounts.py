"""The amounts of an enrolment. Twin: pwa/src/domain/enrolment/amounts.ts.

They come from the contribution rule of the payment day. Who writes another total or share says
why; the shares add up to the đồng either way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.domain.legal.contribution import Contribution, Payment, contribution, months_allowed
from server.domain.legal.facts import PersonFacts, Place
from server.domain.legal.law import Law
from server.domain.legal.money import NotAllowed
from server.domain.legal.tables import NotKnown, NoValue, Tables

SHARES = ("state_support", "local_support", "other_support", "own_share")
AMOUNTS = ("total", *SHARES)
PUPILS = ("pupil", "student")
GREATEST = 100_000_000
"""Whole đồng for one person. Twelve months of the highest wage base stay below a third of it."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Whole đồng for all months; the shares add up to the total. `at_most`: the province's support
    is not known and counted as nothing."""

    total: int
    state_support: int
    local_support: int
    other_support: int
    own_share: int
    at_most: bool = False


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """What the shares hang on beside what an enrolment says itself: of the place, of the person."""

    place: Place = Place()
    pupil: bool = False
    minority: bool = False
    poor_commune: bool | None = None


def share_facts(facts: PersonFacts, place: Place) -> ShareFacts:
    """As a phone asks the price of a person in a place."""
    pupil, minority = facts.work in PUPILS, facts.minority is True
    return ShareFacts(place, pupil, minority, facts.area.poor_commune)


def amounts_of(share: Contribution) -> Amounts | None:
    """What an enrolment with this contribution says; None where the person pays nothing here
    because others pay everything or by the wage."""
    if share.total is None:
        return None
    if share.own is None or share.local is None:
        return Amounts(share.total, share.state, 0, share.other, share.own_at_most, True)
    return Amounts(share.total, share.state, share.local, share.other, share.own)


def shares_differ(data: Mapping[str, Any]) -> bool:
    """True when all amounts are there and the shares are not the total."""
    amounts: list[Any] = [data.get(name) for name in AMOUNTS]
    if None in amounts:
        return False
    total, *shares = amounts
    return bool(sum(shares) != total)


def against_the_law(
    tables: Tables, data: Mapping[str, Any], known: Sequence[ShareFacts] = ()
) -> dict[str, str]:
    """The fields that the law of the payment day does not allow, each with a code: months nobody
    may pay for; a total or a share that differs without a reason. Where the law is not known,
    nothing.

    `known`: each set of facts that may have been in force for who wrote; the shares are right when
    the rule gives them for one of these. Without any the shares are not asked.
    """
    day, group, months = data.get("paid_on"), data.get("insurance_group"), data.get("months")
    if not day or not group or not months:
        return {}
    try:
        if months not in months_allowed(Law(tables, day), group):
            return {"months": "months_not_allowed"}
    except NoValue:
        return {}
    if data.get("total") is None or data.get("override_reason"):
        return {}
    answers = [_by_the_rule(tables, data, facts) for facts in known or (ShareFacts(),)]
    ruled = [one for one in answers if one is not None and one.total is not None]
    if not ruled:
        return {}
    if data["total"] != ruled[0].total:
        return {"total": "total_differs"}
    return _shares_against(ruled, data) if known else {}


def _by_the_rule(tables: Tables, data: Mapping[str, Any], facts: ShareFacts) -> Contribution | None:
    payment = Payment(
        data["insurance_group"],
        data["months"],
        data.get("ladder_place") or 1,
        facts.place,
        facts.pupil,
        facts.minority,
        facts.poor_commune,
    )
    share = contribution(tables, data["paid_on"], payment)
    return None if isinstance(share, NotKnown | NotAllowed) else share


def _shares_against(ruled: Sequence[Contribution], data: Mapping[str, Any]) -> dict[str, str]:
    """State and province as the rule gives them, and others no more than what these leave."""
    state, local = data.get("state_support"), data.get("local_support")
    right_state = [one for one in ruled if state in (None, one.state)]
    if not right_state:
        return {"state_support": "share_differs"}
    if local is not None and not any(one.local in (None, local) for one in right_state):
        return {"local_support": "share_differs"}
    left = data["total"] - (state or 0) - (local or 0)
    return {"other_support": "share_differs"} if (data.get("other_support") or 0) > left else {}
