"""What the insurance's answers leave for people: rows that came back for the office to mend, and
answers that were held because they do not fit."""

import json
from dataclasses import dataclass, replace
from typing import Any

from flask_login import current_user
from sqlalchemy import ColumnElement, and_, or_, select

from schemas.kinds import Role, WaitingState
from server.domain.card_lists.answers import APPLIED, DISMISSED, HELD, RETURNED
from server.domain.card_lists.reasons import MustAct, who_acts
from server.errors import Problem
from server.pages.scope import own_villages
from server.store.audit import note_act
from server.store.bhxh import CardListAnswer
from server.store.bulk import among
from server.store.card_list_reading import lock_list
from server.store.card_list_receipts import Speaker
from server.store.card_list_taking import may_take, stood, take_instead
from server.store.card_lists import CardList, CardListRow
from server.store.db import db, now
from server.store.feeds import Waiting


@dataclass(frozen=True, slots=True)
class Left:
    """One thing left to do. `who`: the officer, or the surveyor whose phone was asked. `stands`:
    the answer to the row that holds until now."""

    answer: CardListAnswer
    list: CardList
    row: CardListRow | None
    said: dict[str, Any]
    who: str
    stands: CardListAnswer | None = None

    @property
    def takeable(self) -> bool:
        """The held answer may take the place of what stands."""
        return may_take(self.answer, self.row)


def held_where(chosen: ColumnElement[bool]) -> list[Left]:
    """Answers held for a person to look at."""
    found = _left(and_(chosen, CardListAnswer.status == HELD))
    standing = stood({one.row.id for one in found if one.row})
    return [replace(one, stands=standing.get(one.row.id)) if one.row else one for one in found]


def returned_open(chosen: ColumnElement[bool]) -> list[Left]:
    """Rows that came back and nobody has settled: the office's own until somebody says so, the
    field's until the phone answered."""
    came_back = and_(
        chosen,
        CardListAnswer.status == APPLIED,
        CardListAnswer.code.is_(None),
        CardListAnswer.outcome == RETURNED,
        CardListAnswer.settled_at.is_(None),
        CardListRow.state == RETURNED,
    )
    found = _left(came_back)
    asked = {one.answer.waiting_id or "" for one in found}
    still = set(
        db.session.scalars(
            select(Waiting.id).where(
                among(Waiting.id, asked), Waiting.state == WaitingState.RETURNED
            )
        )
    )
    return [one for one in found if one.who == MustAct.OFFICER or one.answer.waiting_id in still]


def _left(chosen: ColumnElement[bool]) -> list[Left]:
    query = (
        select(CardListAnswer, CardList, CardListRow)
        .join(CardList, CardList.id == CardListAnswer.list_id)
        .outerjoin(CardListRow, CardListRow.id == CardListAnswer.row_id)
        .where(chosen)
        .order_by(CardListAnswer.at, CardListAnswer.id)
    )
    return [
        Left(answer, list_, row, json.loads(row.data or "{}") if row else {}, _who(answer))
        for answer, list_, row in db.session.execute(query)
    ]


def _who(answer: CardListAnswer) -> str:
    if answer.waiting_id is None or not answer.reason:
        return MustAct.OFFICER
    return who_acts(answer.reason)


def in_reach() -> ColumnElement[bool]:
    """Of one's own unit's lists, or about people of one's own villages."""
    if current_user.role == Role.BHXH:
        return CardList.unit_id == current_user.bhxh_unit_id
    villages = own_villages()
    communes = {village.parent_id or "" for village in villages.values()}
    whole = and_(CardListRow.id.is_(None), among(CardList.commune_id, communes))
    return or_(among(CardListRow.village_id, villages), whole)


def settle(answer_id: str, note: str) -> None:
    """Somebody has looked: a held answer is let go and what stood stands, a returned row is mended.
    Problems: `not_found`, `not_allowed`, `malformed` without a note, `already_decided`."""
    found = _in_hand(answer_id, note)
    waits = found.status == HELD or (found.status == APPLIED and found.outcome == RETURNED)
    if found.settled_at is not None or not waits:
        raise Problem("already_decided")
    if found.status == HELD:
        found.status = DISMISSED
    found.settled_by, found.settled_at, found.settled_note = current_user.id, now(), note
    _note(found, "bhxh_settle")


def take(answer_id: str, note: str) -> str | None:
    """A held answer holds instead of what stood; a code when it cannot, and nothing is written.
    Problems as of `settle`."""
    found = _in_hand(answer_id, note)
    if found.status != HELD:
        raise Problem("already_decided")
    list_ = db.session.get_one(CardList, found.list_id)
    by = Speaker(current_user.name, user_id=current_user.id)
    code = take_instead(list_, found, note, by)
    if code is None:
        _note(found, "bhxh_take")
    return code


def _in_hand(answer_id: str, note: str) -> CardListAnswer:
    """The answer, nobody else's to settle until the end of the transaction. Answers to a list are
    settled behind its lock, in which they come, too."""
    list_id = db.session.scalar(
        select(CardListAnswer.list_id).where(CardListAnswer.id == answer_id)
    )
    if list_id is None:
        raise Problem("not_found")
    lock_list(list_id)
    found = db.session.get_one(CardListAnswer, answer_id, with_for_update=True)
    here = (
        select(CardListAnswer.id)
        .join(CardList, CardList.id == CardListAnswer.list_id)
        .outerjoin(CardListRow, CardListRow.id == CardListAnswer.row_id)
        .where(CardListAnswer.id == answer_id, in_reach())
    )
    if db.session.scalar(here) is None:
        raise Problem("not_allowed")
    if not note:
        raise Problem("malformed", {"note": "needed"})
    return found


def _note(found: CardListAnswer, act: str) -> None:
    list_ = db.session.get_one(CardList, found.list_id)
    note_act(
        act,
        by=current_user.id,
        subject=found.list_id,
        area=list_.commune_id,
        of="card_list",
        answer=found.id,
    )
