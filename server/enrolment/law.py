"""What the law of the payment day says beside what was paid, with the facts as they are now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import select

from server.domain.enrolment.amounts import against_the_law
from server.domain.legal.contribution import Contribution, Payment, contribution
from server.domain.legal.tables import NotKnown
from server.store.db import db
from server.store.legal import legal_tables
from server.store.records import Enrolment, Member
from server.store.share_facts import SharesAsked


@dataclass(frozen=True, slots=True)
class LawSays:
    """`doubts`: the field at fault and why. `amounts`: what the rule gives, đồng, by the names of
    the record; empty where the law is not known: `lacks` says what of it, `local_lacks` what of
    the province's share."""

    doubts: Mapping[str, str] = field(default_factory=dict)
    amounts: Mapping[str, int] = field(default_factory=dict)
    lacks: NotKnown | None = None
    local_lacks: NotKnown | None = None


def law_says(enrolment: Enrolment) -> LawSays:
    """Also of what was paid with a reason for another amount: the page shows both."""
    data = orjson.loads(enrolment.data)
    day, group, months = data.get("paid_on"), data.get("insurance_group"), data.get("months")
    if not day or not group or not months:
        return LawSays()
    member = db.session.scalar(select(Member.data).where(Member.id == enrolment.member_id))
    known = SharesAsked().now(enrolment.village_id, day, orjson.loads(member or "{}"))
    tables = legal_tables()
    doubts = against_the_law(tables, {**data, "override_reason": None}, [known])
    payment = Payment(
        group,
        months,
        data.get("ladder_place") or 1,
        known.place,
        known.pupil,
        known.minority,
        known.poor_commune,
    )
    share = contribution(tables, day, payment)
    if isinstance(share, Contribution):
        return LawSays(doubts, _amounts(share), local_lacks=share.local_not_known)
    return LawSays(doubts, lacks=share if isinstance(share, NotKnown) else None)


def _amounts(share: Contribution) -> dict[str, int]:
    said: dict[str, Any] = {
        "total": share.total,
        "state_support": share.state,
        "local_support": share.local,
    }
    return {name: amount for name, amount in said.items() if amount is not None}
