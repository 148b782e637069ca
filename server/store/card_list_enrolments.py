"""Lists take enrolments along: what is on its way to the insurance says so on the phones."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import orjson
from sqlalchemy import select

from schemas.kinds import Entity
from server.domain.card_lists.states import DROPPED
from server.domain.enrolment.states import CANCELLED, RETURNED
from server.errors import Problem
from server.store.bulk import among
from server.store.card_lists import CardList, CardListRow
from server.store.changes.write import author_at_desk, new_change
from server.store.db import db, today
from server.store.people import User
from server.store.records import Enrolment
from server.store.review.writing import write_all_or_nothing

REASON_FIELD = {RETURNED: "return_reason", CANCELLED: "cancelled_reason"}


def move_enrolments(
    ids: Collection[str], state: str, by: User, reasons: Mapping[str, str] | None = None
) -> None:
    """Bring enrolments into a state, all of them or none, written as changes of the records so
    that the collectors' phones learn of it. `reasons`: why, by id, for the states that owe a
    reason. Problem `already_decided` when one of them may not go there."""
    query = select(Enrolment.id, Enrolment.village_id, Enrolment.data)
    rows = db.session.execute(query.where(among(Enrolment.id, ids)))
    changes = []
    for id_, _village, text in sorted(rows, key=lambda row: (row[1], row[0])):
        data = orjson.loads(text)
        values = {"state": state, "state_on": today(), "state_by": by.name}
        if state in REASON_FIELD:
            values[REASON_FIELD[state]] = (reasons or {}).get(id_, "")
        if data.get("state") != state:
            was = {name: data.get(name) for name in values}
            changes.append(new_change(Entity.ENROLMENT.value, id_, values, was))
    _results, refused = write_all_or_nothing(changes, author_at_desk(by))
    if refused:
        raise Problem("already_decided")


def states_of_enrolments(ids: Collection[str]) -> dict[str, str]:
    """How far each has come."""
    query = select(Enrolment.id, Enrolment.state).where(among(Enrolment.id, ids))
    return dict(db.session.execute(query).all())


@dataclass(frozen=True, slots=True)
class OnList:
    """A list on which an enrolment stands or stood: `open` while its row may still bring a card."""

    id: str
    name: str
    state: str
    row_state: str
    open: bool


def lists_of_enrolment(enrolment_id: str) -> list[OnList]:
    """The lists of an enrolment that were not dropped, the latest first."""
    query = (
        select(CardList, CardListRow.state, CardListRow.claim)
        .join(CardListRow, CardListRow.list_id == CardList.id)
        .where(CardListRow.enrolment_id == enrolment_id, CardList.state != DROPPED)
        .order_by(CardList.created_at.desc())
    )
    return [
        OnList(it.id, it.number or it.title, it.state, row_state, claim is not None)
        for it, row_state, claim in db.session.execute(query)
    ]
