"""Enrolments as the pages show them: a page of the list, one with all around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ColumnElement, func, select

from schemas.kinds import Entity
from schemas.records import record_fields
from server.domain.enrolment.receipts import printed
from server.enrolment.collectors import names
from server.errors import Problem
from server.pages.paging import Page, asked_page
from server.pages.scope import own_villages
from server.store.bulk import among
from server.store.db import db
from server.store.feeds import ChangeRow
from server.store.people import User
from server.store.receipts import ReceiptBook
from server.store.records import Enrolment, Member

UNSAID: dict[str, Any] = dict.fromkeys(record_fields(Entity.ENROLMENT))
"""A phone may send little of an enrolment: what it left out is empty on a page, no failure."""


@dataclass(frozen=True, slots=True)
class Line:
    """One enrolment of a list. `receipt`: series and number as printed."""

    id: str
    name: str
    member: str
    household: str
    village: str
    collector: str
    receipt: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """Who brought an enrolment into which state, and when."""

    at: Any
    who: str
    state: str
    reason: str


def page_of(where: Sequence[ColumnElement[bool]]) -> tuple[list[Line], Page]:
    """The page asked for, what was paid last first."""
    page = asked_page(db.session.scalar(select(func.count(Enrolment.id)).where(*where)) or 0)
    query = (
        select(Enrolment, Member.full_name)
        .join(Member, Member.id == Enrolment.member_id)
        .where(*where)
        .order_by(Enrolment.paid_on.desc().nulls_last(), Enrolment.id.desc())
        .limit(page.per_page)
        .offset(page.offset)
    )
    return lines_of(db.session.execute(query).all()), page


def lines_of(rows: Sequence[Any]) -> list[Line]:
    """Rows of enrolment and name as lines, with collectors and receipts by what they are called."""
    series = _series({row[0].receipt_book for row in rows if row[0].receipt_book})
    people = names(row[0].collected_by for row in rows)
    villages = own_villages()
    return [
        Line(
            one.id,
            name,
            one.member_id,
            one.household_id,
            villages[one.village_id].name if one.village_id in villages else "",
            people.get(one.collected_by or "", "–"),
            _receipt(series.get(one.receipt_book or "", ""), one.receipt_number),
            {**UNSAID, **orjson.loads(one.data)},
        )
        for one, name in rows
    ]


def _series(books: set[str]) -> dict[str, str]:
    found = select(ReceiptBook.id, ReceiptBook.series).where(among(ReceiptBook.id, books))
    return dict(db.session.execute(found).all())


def _receipt(series: str, number: int | None) -> str:
    return f"{series} {printed(number)}".strip() if number else "–"


def enrolment_in_scope(enrolment_id: str) -> Enrolment:
    """The enrolment; not found, or not allowed when it lies elsewhere."""
    found = db.session.get(Enrolment, enrolment_id)
    if found is None:
        raise Problem("not_found")
    if found.village_id not in own_villages():
        raise Problem("not_allowed")
    return found


def line_of(enrolment: Enrolment) -> Line:
    return lines_named([enrolment])[0]


def lines_named(enrolments: Sequence[Enrolment]) -> list[Line]:
    """Enrolments as lines, in their order."""
    people = {one.member_id for one in enrolments}
    query = select(Member.id, Member.full_name).where(among(Member.id, people))
    called = dict(db.session.execute(query).all())
    return lines_of([(one, called.get(one.member_id, "")) for one in enrolments])


def states_of(enrolment_id: str) -> list[Step]:
    """The states it went through, the latest first, from the log of changes."""
    query = (
        select(ChangeRow.body, ChangeRow.received_at, User.name)
        .outerjoin(User, User.id == ChangeRow.user_id)
        .where(ChangeRow.record_id == enrolment_id, ChangeRow.status != "held")
        .order_by(ChangeRow.seq.desc())
    )
    steps = []
    for body, at, who in db.session.execute(query):
        set_ = orjson.loads(body).get("set") or {}
        if set_.get("state"):
            reason = set_.get("return_reason") or set_.get("cancelled_reason") or ""
            steps.append(Step(at, who or "–", set_["state"], reason))
    return steps
