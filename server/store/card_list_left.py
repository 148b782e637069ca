"""How much of what the insurance answered is left for the office to act on."""

from collections.abc import Collection

from sqlalchemy import and_, func, or_, select

from server.domain.card_lists.answers import APPLIED, HELD, RETURNED
from server.store.bhxh import CardListAnswer
from server.store.bulk import among
from server.store.card_lists import CardListRow
from server.store.db import db


def left_for_office(villages: Collection[str]) -> int:
    """Rows of people of these villages that came back for the office and nobody has settled, and
    answers about them that were held."""
    back = and_(
        CardListAnswer.status == APPLIED,
        CardListAnswer.code.is_(None),
        CardListAnswer.outcome == RETURNED,
        CardListAnswer.waiting_id.is_(None),
        CardListAnswer.settled_at.is_(None),
    )
    query = (
        select(func.count())
        .select_from(CardListAnswer)
        .join(CardListRow, CardListRow.id == CardListAnswer.row_id)
        .where(among(CardListRow.village_id, villages), or_(back, CardListAnswer.status == HELD))
    )
    return db.session.scalar(query) or 0
