"""A held answer is taken instead of the one that stands: what that one wrote is taken back, this
one is written, and the earlier is kept as one that somebody put aside."""

from dataclasses import dataclass

import orjson
from sqlalchemy import select

from schemas.kinds import CardEvidence, Entity, WaitingState
from server.domain.card_lists.answers import (
    APPLIED,
    DISMISSED,
    ISSUED,
    Said,
    Standing,
    judge,
)
from server.store.bhxh import CardListAnswer
from server.store.bulk import among
from server.store.card_list_answers import AnswerDesk, author_for_insurance
from server.store.card_list_reading import lock_list
from server.store.card_list_receipts import Speaker
from server.store.card_list_standing import lock_where_they_lie, persons_of
from server.store.card_lists import CardList, CardListRow
from server.store.changes.write import Author, new_change
from server.store.db import db, now
from server.store.feeds import Waiting
from server.store.records import Card
from server.store.review.waits import withdraw
from server.store.review.writing import write_all_or_nothing

BLOCKED = "record_blocked"
TAKEABLE = frozenset({"contradicts", "same_id_other_content", "card_over", BLOCKED})
"""What stands in the way of these lies on the same row, or in the answer alone. A card of another
list, or of another person, is settled there first."""


@dataclass(frozen=True, slots=True)
class _Taking:
    """The held answer with its row and everything written about that row before."""

    answer: CardListAnswer
    row: CardListRow
    before: list[CardListAnswer]


def may_take(answer: CardListAnswer, row: CardListRow | None) -> bool:
    """Whether a held answer could take the place of what stands on its row."""
    if row is None or answer.code not in TAKEABLE:
        return False
    _status, code = judge(_said(answer), Standing(row.kind))
    return code is None


def stood(rows: set[str]) -> dict[str, CardListAnswer]:
    """The answer that stands on each of these rows."""
    query = select(CardListAnswer).where(
        among(CardListAnswer.row_id, rows),
        CardListAnswer.status == APPLIED,
        CardListAnswer.code.is_(None),
    )
    ordered = query.order_by(CardListAnswer.at, CardListAnswer.id)
    return {str(each.row_id): each for each in db.session.scalars(ordered)}


def take_instead(list_: CardList, answer: CardListAnswer, note: str, by: Speaker) -> str | None:
    """Put this answer in the place of what stands; a code when it does not go, and then nothing is
    written. The caller knows that it is held."""
    lock_list(list_.id)
    row = db.session.get(CardListRow, answer.row_id) if answer.row_id else None
    if row is None or not may_take(answer, row):
        return answer.code
    query = select(CardListAnswer).where(
        CardListAnswer.row_id == row.id, CardListAnswer.status == APPLIED
    )
    taking = _Taking(answer, row, list(db.session.scalars(query)))
    with db.session.begin_nested() as attempt:
        code = _take(list_, taking, note, by)
        if code is not None:
            attempt.rollback()
    return code


def _take(list_: CardList, taking: _Taking, note: str, by: Speaker) -> str | None:
    villages = lock_where_they_lie({taking.row.member_id})
    author = author_for_insurance(by, villages.values())
    if not _take_back(taking, author):
        return BLOCKED
    for one in taking.before:
        one.status, one.settled_by, one.settled_at = DISMISSED, by.user_id, now()
        one.settled_note = note
    db.session.flush()
    return AnswerDesk(list_, [_said(taking.answer)], by).take_in_place(taking.answer)


def _take_back(taking: _Taking, author: Author) -> bool:
    """What the earlier answer wrote: its card is void, its question to the field is withdrawn."""
    numbers = {one.card_number for one in taking.before if one.outcome == ISSUED}
    _results, refused = write_all_or_nothing(_voided(taking.row, numbers), author)
    if refused:
        return False
    asked = {one.waiting_id for one in taking.before if one.waiting_id}
    still = select(Waiting.id).where(
        among(Waiting.id, {id_ for id_ in asked if id_}), Waiting.state == WaitingState.RETURNED
    )
    for waiting in list(db.session.scalars(still)):
        withdraw(waiting, author)
    return True


def _voided(row: CardListRow, numbers: set[str | None]) -> list[dict[str, object]]:
    query = select(Card.id, Card.data).where(
        among(Card.member_id, persons_of({row.member_id})),
        Card.evidence == CardEvidence.BHXH_ISSUED.value,
        Card.void.is_(False),
    )
    words = {"void_reason": "BHXH trả lời lại: thẻ này không còn giá trị"}
    return [
        new_change(Entity.CARD.value, id_, words, {"void_reason": None})
        for id_, data in db.session.execute(query)
        if orjson.loads(data).get("number") in numbers
    ]


def _said(answer: CardListAnswer) -> Said:
    return Said(
        answer.answer_id,
        answer.row_id,
        None,
        answer.outcome,
        answer.card_number,
        answer.valid_from,
        answer.valid_to,
        answer.reason,
        answer.note,
    )
