"""One collector's cash of one day. Twin: pwa/src/domain/enrolment/cash.ts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from schemas.kinds import PaymentWay
from server.domain.enrolment.states import STANDING


@dataclass(frozen=True, slots=True)
class CashSheet:
    """Whole đồng. `difference` is the cash still to be handed over; negative: too much was.
    A transfer goes to the agency's account and is never handed over."""

    people: int
    receipts: int
    cash: int
    transfer: int
    handed_over: int
    difference: int


def cash_sheet(enrolments: Iterable[Mapping[str, Any]], handed_over: Iterable[int]) -> CashSheet:
    """Add up a day: the enrolments one collector took on it, and what was handed over for it.

    A draft has not been paid yet; what was cancelled was paid back. One receipt may name several
    people.
    """
    paid = [one for one in enrolments if one.get("state") in STANDING]
    receipts = {one["receipt"] for one in paid if one.get("receipt")}
    transfer = sum(_own(one) for one in paid if one.get("payment") == PaymentWay.TRANSFER)
    cash = sum(map(_own, paid)) - transfer
    over = sum(handed_over)
    return CashSheet(len(paid), len(receipts), cash, transfer, over, cash - over)


def _own(enrolment: Mapping[str, Any]) -> int:
    return enrolment.get("own_share") or 0
