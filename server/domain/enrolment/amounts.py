"""The amounts of an enrolment. Twin: pwa/src/domain/enrolment/amounts.ts.

They come from the contribution rule of the payment day. Who writes another total says why; the
shares add up to the đồng either way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.domain.legal.contribution import Contribution, Payment, contribution, months_allowed
from server.domain.legal.law import Law
from server.domain.legal.money import NotAllowed
from server.domain.legal.tables import NotKnown, NoValue, Tables

SHARES = ("state_support", "local_support", "other_support", "own_share")
AMOUNTS = ("total", *SHARES)
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


def against_the_law(tables: Tables, data: Mapping[str, Any]) -> dict[str, str]:
    """The fields that the law of the payment day does not allow, each with a code: months nobody
    may pay for, and a total that differs without a reason. Where the law is not known, nothing.
    """
    day, group, months = data.get("paid_on"), data.get("insurance_group"), data.get("months")
    if not day or not group or not months:
        return {}
    try:
        if months not in months_allowed(Law(tables, day), group):
            return {"months": "months_not_allowed"}
    except NoValue:
        return {}
    total = data.get("total")
    if total is None or data.get("override_reason"):
        return {}
    payment = Payment(group, months, data.get("ladder_place") or 1)
    share = contribution(tables, day, payment)
    if isinstance(share, NotKnown | NotAllowed) or share.total in (None, total):
        return {}
    return {"total": "total_differs"}
