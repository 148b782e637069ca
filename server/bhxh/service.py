"""What the insurance says: which list it has, and what became of each row."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from schemas.kinds import CardListRowState
from server.domain.card_lists.answers import REFUSED, WORDS, Said, read_answer
from server.store.bhxh_keys import KeyHolder
from server.store.card_list_answers import Became, apply_answers
from server.store.card_list_reading import sealed_list
from server.store.card_list_receipts import Counted, Speaker, acknowledge
from server.store.card_lists import CardList, CardListRow
from server.store.db import db, timestamp
from server.store.places import BhxhUnit


def receive(holder: KeyHolder, number: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """The unit's software says what it received of a list. Problem: `receipt_differs`."""
    found = sealed_list(holder.unit_id, number)
    counted = Counted(body["count"], body["digest"], body["totals"])
    at = acknowledge(found, counted, speaker_of(holder))
    return {
        "number": found.number,
        "count": found.row_count,
        "digest": found.digest,
        "received_at": timestamp(at),
    }


def answer(holder: KeyHolder, number: str, raw: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The unit's software answers rows; each answer has a result of its own, in their order."""
    found = sealed_list(holder.unit_id, number)
    results = take_answers(found, raw, speaker_of(holder))
    return {"number": found.number, "results": [_told(one) for one in results], **counts(found.id)}


def take_answers(list_: CardList, raw: Sequence[Mapping[str, Any]], by: Speaker) -> list[Became]:
    """Read answers and apply those that can be read; what became of each, in their order."""
    read = [read_answer(one) for one in raw]
    applied = iter(apply_answers(list_, [one for one in read if isinstance(one, Said)], by))
    return [
        next(applied) if isinstance(one, Said) else Became(str(given["id"]), REFUSED, code=one)
        for one, given in zip(read, raw, strict=True)
    ]


def speaker_of(holder: KeyHolder) -> Speaker:
    """The unit, speaking through its software."""
    unit = db.session.get_one(BhxhUnit, holder.unit_id)
    return Speaker(unit.name, key_id=holder.key_id)


def counts(list_id: str) -> dict[str, int]:
    """The rows of a list by what has been answered to them."""
    query = (
        select(CardListRow.state, func.count())
        .where(CardListRow.list_id == list_id)
        .group_by(CardListRow.state)
    )
    found = dict(db.session.execute(query).all())
    return {state.value: found.get(state.value, 0) for state in CardListRowState}


def _told(one: Became) -> dict[str, Any]:
    vi, en = WORDS.get(one.code or "", (None, None))
    return {
        "id": one.id,
        "status": one.status,
        "row": one.row,
        "code": one.code,
        "message": vi,
        "message_en": en,
    }
