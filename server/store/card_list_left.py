"""How much of what the insurance answered is left for the office to act on."""

from collections.abc import Collection

from sqlalchemy import and_, func, or_, select

from server.domain.card_lists.answers import APPLIED, HELD, RETURNED
from server.store.bhxh import CardListAnswer
from server.store.bulk import among
from server.store.card_lists import CardList, CardListRow
from server.store.db import db
from server.store.places import Area


def left_for_office(villages: Collection[str]) -> int:
    """Rows of people of these villages that came back for the office and nobody has settled, and
    answers that were held: about them, or about nobody on a list of their commune."""
    back = and_(
        CardListAnswer.status == APPLIED,
        CardListAnswer.code.is_(None),
        CardListAnswer.outcome == RETURNED,
        CardListAnswer.waiting_id.is_(None),
        CardListAnswer.settled_at.is_(None),
    )
    count = select(func.count()).select_from(CardListAnswer)
    about_people = count.join(CardListRow, CardListRow.id == CardListAnswer.row_id).where(
        among(CardListRow.village_id, villages), or_(back, CardListAnswer.status == HELD)
    )
    communes = select(Area.parent_id).where(among(Area.id, villages))
    about_nobody = count.join(CardList, CardList.id == CardListAnswer.list_id).where(
        CardList.commune_id.in_(communes),
        CardListAnswer.status == HELD,
        CardListAnswer.row_id.is_(None),
    )
    # One after the other each finds its index; together they would read every answer there is.
    return sum(db.session.scalar(query) or 0 for query in (about_people, about_nobody))
