"""Cash sheets: what each collector took on a day, and what was handed over of it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import orjson
from flask_login import current_user
from sqlalchemy import select

from server.domain.enrolment.cash import CashSheet, cash_sheet
from server.enrolment.collectors import names
from server.errors import Problem
from server.pages.scope import own_communes, own_villages
from server.store.audit import note_act
from server.store.bulk import among
from server.store.db import db, now
from server.store.people import User
from server.store.receipts import CashHandover, publish_handover
from server.store.records import Enrolment

MOST = 10_000_000_000


@dataclass(frozen=True, slots=True)
class CollectorDay:
    """One collector's day."""

    user_id: str
    name: str
    sheet: CashSheet


def day_sheets(day: str) -> tuple[list[CollectorDay], CashSheet]:
    """Everybody who took or handed over money on the day in one's villages, and the totals."""
    taken: dict[str, list[dict[str, Any]]] = defaultdict(list)
    query = select(Enrolment.collected_by, Enrolment.data).where(
        Enrolment.paid_on == day, among(Enrolment.village_id, own_villages().keys())
    )
    for collector, text in db.session.execute(query):
        taken[collector or ""].append(orjson.loads(text))
    handed: dict[str, list[int]] = defaultdict(list)
    for handover in _handovers(day):
        handed[handover.user_id].append(handover.amount)
    called = names([*taken, *handed])
    days = [
        CollectorDay(id_, called.get(id_, "–"), cash_sheet(taken[id_], handed[id_]))
        for id_ in sorted(taken.keys() | handed.keys(), key=lambda id_: called.get(id_, ""))
    ]
    everything = cash_sheet(
        [one for ones in taken.values() for one in ones],
        [amount for amounts in handed.values() for amount in amounts],
    )
    shown = [each for each in days if each.sheet.people or each.sheet.handed_over]
    return shown, everything


def _handovers(day: str, user_id: str | None = None) -> list[CashHandover]:
    communes = {area.id for area in own_communes()}
    query = select(CashHandover).where(
        CashHandover.day == day,
        CashHandover.cancelled_at.is_(None),
        among(CashHandover.commune_id, communes),
    )
    if user_id is not None:
        query = query.where(CashHandover.user_id == user_id)
    return list(db.session.scalars(query.order_by(CashHandover.received_at)))


def sheet_of(user_id: str, day: str) -> tuple[CashSheet, list[CashHandover], list[Enrolment]]:
    """One collector's day: the sums, what was handed over, and the enrolments behind them."""
    query = (
        select(Enrolment)
        .where(
            Enrolment.paid_on == day,
            Enrolment.collected_by == user_id,
            among(Enrolment.village_id, own_villages().keys()),
        )
        .order_by(Enrolment.receipt_number, Enrolment.id)
    )
    enrolments = list(db.session.scalars(query))
    handovers = _handovers(day, user_id)
    taken = [orjson.loads(one.data) for one in enrolments]
    return cash_sheet(taken, [one.amount for one in handovers]), handovers, enrolments


def hand_over_cash(user: User, day: str, amount: int) -> None:
    """The office took cash of this day from a collector. Problem: `malformed` for an amount that
    is none, `not_allowed` without a commune."""
    if not 0 < amount <= MOST:
        raise Problem("malformed", {"amount": "out_of_range"})
    communes = own_communes()
    if not communes:
        raise Problem("not_allowed")
    handover = CashHandover(
        commune_id=communes[0].id,
        user_id=user.id,
        day=day,
        amount=amount,
        received_by=current_user.id,
    )
    db.session.add(handover)
    db.session.flush()
    publish_handover(handover)
    note_act("cash_take", by=current_user.id, subject=user.id, area=communes[0].id, amount=amount)


def cancel_handover(handover_id: str, reason: str) -> CashHandover:
    """What was recorded wrongly counts no more; it stays on record with the reason. Problems:
    `malformed` without one, `already_decided` when it was cancelled before."""
    handover = db.session.get(CashHandover, handover_id)
    if handover is None:
        raise Problem("not_found")
    if handover.commune_id not in {area.id for area in own_communes()}:
        raise Problem("not_allowed")
    if not reason:
        raise Problem("malformed", {"reason": "needed"})
    if handover.cancelled_at is not None:
        raise Problem("already_decided")
    handover.cancelled_by, handover.cancelled_at = current_user.id, now()
    handover.cancelled_reason = reason
    db.session.flush()
    publish_handover(handover)
    note_act("cash_cancel", by=current_user.id, subject=handover.user_id, area=handover.commune_id)
    return handover
