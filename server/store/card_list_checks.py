"""Every row of a list against the reasons for which the insurance would send it back."""

from collections.abc import Sequence

from sqlalchemy import select

from server.domain.card_lists.listed import INCREASE, Listed
from server.domain.card_lists.states import ON_THE_WAY
from server.domain.card_lists.would_return import Asked, Fault, faults_of_list
from server.domain.enrolment.states import CHECKED, ON_LIST
from server.store.bulk import among
from server.store.card_lists import CardList, CardListRow
from server.store.db import db, today
from server.store.legal import legal_tables
from server.store.records import Member


def faults_in(card_list: CardList, rows: Sequence[Listed]) -> dict[str, list[Fault]]:
    """By row, of the rows that would come back if the list went out today."""
    asked = Asked(
        card_list.insurance_group,
        card_list.support_percent,
        today(),
        card_list.cards_from,
        ON_LIST if card_list.state in ON_THE_WAY else CHECKED,
    )
    return faults_of_list(legal_tables(), asked, rows, _elsewhere(card_list, rows))


def _elsewhere(card_list: CardList, rows: Sequence[Listed]) -> set[str]:
    """The personal ids of these rows that another record carries on another open list."""
    ids = {row.member["personal_id"] for row in rows if row.member.get("personal_id")}
    query = (
        select(Member.personal_id)
        .join(CardListRow, CardListRow.member_id == Member.id)
        .where(
            among(Member.personal_id, ids),
            CardListRow.claim.is_not(None),
            CardListRow.kind == INCREASE,
            CardListRow.list_id != card_list.id,
        )
    )
    return set(filter(None, db.session.scalars(query)))
