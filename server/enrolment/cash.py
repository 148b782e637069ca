"""Cash sheets: what each collector took on a day, and what was handed over of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson
from flask_login import current_user
from sqlalchemy import select

from server.domain.enrolment.cash import CashSheet, cash_sheet
from server.enrolment.collectors import names
from server.errors import Problem
from server.pages.once import written_before
from server.pages.scope import own_communes, own_villages
from server.store.audit import note_act
from server.store.bulk import among
from server.store.db import db, now, today
from server.store.people import User
from server.store.places import Area
from server.store.receipts import CashHandover, publish_handover
from server.store.records import Enrolment
from server.store.scope import communes_of

MOST = 10_000_000_000


@dataclass(frozen=True, slots=True)
class CollectorDay:
    """One collector's day. `communes`: where money was taken or handed over, by name."""

    user_id: str
    name: str
    sheet: CashSheet
    communes: list[str]


@dataclass(frozen=True, slots=True)
class Till:
    """What one collector still owes the office of one commune for a day, đồng."""

    commune: Area
    owed: int


def day_sheets(day: str) -> tuple[list[CollectorDay], CashSheet]:
    """Everybody who took or handed over money on the day in one's villages, and the totals."""
    villages = own_villages()
    communes = {area.id: area.name for area in own_communes()}
    where: dict[str, set[str]] = defaultdict(set)
    taken: dict[str, list[dict[str, Any]]] = defaultdict(list)
    query = select(Enrolment.collected_by, Enrolment.village_id, Enrolment.data).where(
        Enrolment.paid_on == day, among(Enrolment.village_id, villages.keys())
    )
    for collector, village, text in db.session.execute(query):
        taken[collector or ""].append(orjson.loads(text))
        where[collector or ""].add(villages[village].commune)
    handed: dict[str, list[int]] = defaultdict(list)
    for handover in _handovers(day):
        handed[handover.user_id].append(handover.amount)
        where[handover.user_id].add(communes[handover.commune_id])
    called = names([*taken, *handed])
    days = [
        CollectorDay(
            id_, called.get(id_, "–"), cash_sheet(taken[id_], handed[id_]), sorted(where[id_])
        )
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


def tills(
    user: User, enrolments: Iterable[Enrolment], handovers: Iterable[CashHandover]
) -> list[Till]:
    """The communes that may take a collector's cash of a day: where money was taken or came in
    already; on a day without any, those where the collector works."""
    taken: dict[str, list[dict[str, Any]]] = defaultdict(list)
    handed: dict[str, list[int]] = defaultdict(list)
    for one in enrolments:
        taken[own_villages()[one.village_id].parent_id or ""].append(orjson.loads(one.data))
    for handover in handovers:
        handed[handover.commune_id].append(handover.amount)
    wanted = taken.keys() | handed.keys() or set(communes_of(user.id, user, today()))
    return [
        Till(area, cash_sheet(taken[area.id], handed[area.id]).difference)
        for area in own_communes()
        if area.id in wanted
    ]


def hand_over_cash(id_: str, user: User, day: str, amount: int, commune_id: str) -> None:
    """The office of a commune took cash of this day from a collector, once for each id.
    `commune_id` may be empty where only one comes into question. Problems: `malformed` for an
    amount that is none, a day that has not come, or while the commune is not chosen, `not_allowed`
    for a commune that is not one of `tills`."""
    if day > today():
        raise Problem("malformed", {"day": "in_future"})
    if not 0 < amount <= MOST:
        raise Problem("malformed", {"amount": "out_of_range"})
    _sheet, handovers, enrolments = sheet_of(user.id, day)
    open_to = [till.commune.id for till in tills(user, enrolments, handovers)]
    if commune_id and commune_id not in open_to or not open_to:
        raise Problem("not_allowed")
    if not commune_id and len(open_to) > 1:
        raise Problem("malformed", {"commune": "needed"})
    if written_before(CashHandover, id_):
        return
    handover = CashHandover(
        id=id_,
        commune_id=commune_id or open_to[0],
        user_id=user.id,
        day=day,
        amount=amount,
        received_by=current_user.id,
    )
    db.session.add(handover)
    db.session.flush()
    publish_handover(handover)
    note_act(
        "cash_take", by=current_user.id, subject=user.id, area=handover.commune_id, amount=amount
    )


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
