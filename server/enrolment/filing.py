"""What the insurance's list still needs of enrolments that are on their way to it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import select

from server.domain.enrolment.states import CANCELLED, ISSUED
from server.domain.lacking import Filed, Lack, enrolment_lacks
from server.enrolment.reading import Line
from server.store.bulk import among
from server.store.db import db
from server.store.records import Card, Member

DONE = (ISSUED, CANCELLED)


def lacks_of(lines: Iterable[Line]) -> dict[str, list[Lack]]:
    """By the enrolment's id; what was issued or cancelled is not asked any more."""
    asked = [line for line in lines if line.data.get("state") not in DONE]
    ids = {line.member for line in asked}
    people = dict(
        db.session.execute(select(Member.id, Member.data).where(among(Member.id, ids))).all()
    )
    cards: dict[str, list[dict[str, Any]]] = defaultdict(list)
    query = select(Card.member_id, Card.data).where(among(Card.member_id, ids))
    for member, data in db.session.execute(query):
        cards[member].append(orjson.loads(data))
    return {
        line.id: enrolment_lacks(
            Filed(line.id, line.data),
            Filed(line.member, orjson.loads(people[line.member])),
            cards[line.member],
        )
        for line in asked
    }
