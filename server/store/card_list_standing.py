"""What is known before answers to a list are judged: how its rows stand, what came earlier, whom
its people count as and which cards they hold. Each asked once, however many answers came."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import or_, select

from schemas.kinds import CardEvidence
from server.domain.card_lists.answers import APPLIED, ISSUED, Said, Standing
from server.store.bhxh import CardListAnswer
from server.store.bulk import among
from server.store.card_lists import CardListRow
from server.store.changes.loading import lock_feeds
from server.store.db import db
from server.store.records import Card, Enrolment, Member

LOOKS = 3
"""How often is looked again for people who move between looking and locking."""


def lock_where_they_lie(members: set[str]) -> dict[str, str]:
    """The villages of these people, their feeds locked; looked at again behind the lock."""
    query = select(Member.id, Member.village_id).where(among(Member.id, members))
    villages: dict[str, str] = {}
    for _ in range(LOOKS):
        found = dict(db.session.execute(query).all())
        if found == villages:
            break
        villages = found
        lock_feeds(set(villages.values()))
    return villages


def persons_of(members: set[str]) -> dict[str, str]:
    """Whom these members count as, those merged into them and beside them too."""
    into: dict[str, str] = {}
    seen, frontier = set(members), set(members)
    while frontier:
        query = select(Member.id, Member.merged_into).where(
            Member.merged_into.is_not(None),
            or_(among(Member.id, frontier), among(Member.merged_into, frontier)),
        )
        into.update({id_: str(winner) for id_, winner in db.session.execute(query)})
        frontier = ({*into} | {*into.values()}) - seen
        seen |= frontier
    return {id_: _end_of(id_, into) for id_ in seen}


def _end_of(member: str, into: Mapping[str, str]) -> str:
    passed = {member}
    while (step := into.get(member)) is not None and step not in passed:
        passed.add(member := step)
    return member


def rows_named(list_id: str, said: Sequence[Said]) -> dict[str | int, CardListRow]:
    """The rows that these answers name, by id and by place."""
    ids = {one.row for one in said if one.row}
    places = {one.place for one in said if not one.row and one.place is not None}
    fresh = select(CardListRow).execution_options(populate_existing=True)
    query = fresh.where(CardListRow.list_id == list_id)
    found: dict[str | int, CardListRow] = {}
    for row in db.session.scalars(query.where(among(CardListRow.id, ids))):
        found[row.id] = row
    in_reach = [place for place in places if 0 < place < 2**31]
    for row in db.session.scalars(query.where(CardListRow.place.in_(in_reach))):
        found[row.place] = row
    return found


def standings(list_id: str, rows: dict[str | int, CardListRow]) -> dict[str, Standing]:
    """How the rows stand: the one answer that applied to each, if any did."""
    kinds = {row.id: row.kind for row in rows.values()}
    found = {id_: Standing(kind) for id_, kind in kinds.items()}
    query = select(CardListAnswer).where(
        CardListAnswer.list_id == list_id,
        among(CardListAnswer.row_id, kinds),
        CardListAnswer.status == APPLIED,
        CardListAnswer.code.is_(None),
    )
    for answer in db.session.scalars(query.order_by(CardListAnswer.at, CardListAnswer.id)):
        found[str(answer.row_id)] = standing_of(kinds[str(answer.row_id)], answer)
    return found


def standing_of(kind: str, said: Said | CardListAnswer) -> Standing:
    return Standing(
        kind, said.outcome, said.card_number, said.valid_from, said.valid_to, said.reason
    )


def earlier_answers(list_id: str, said: Sequence[Said]) -> dict[str, list[CardListAnswer]]:
    """Answers to the list that came under the same ids."""
    query = select(CardListAnswer).where(
        CardListAnswer.list_id == list_id,
        among(CardListAnswer.answer_id, {one.id for one in said}),
    )
    found: dict[str, list[CardListAnswer]] = {}
    for answer in db.session.scalars(query.order_by(CardListAnswer.at, CardListAnswer.id)):
        found.setdefault(answer.answer_id, []).append(answer)
    return found


def issued_periods(persons: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """The days between which people hold cards that the insurance issued, by person."""
    query = select(Card.member_id, Card.first_day, Card.last_day).where(
        among(Card.member_id, persons),
        Card.evidence == CardEvidence.BHXH_ISSUED.value,
        Card.void.is_(False),
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for member, first, last in db.session.execute(query):
        found.setdefault(persons[member], []).append((first or "", last or "9999-12-31"))
    return found


def numbers_given(numbers: set[str]) -> dict[str, str]:
    """To whom these card numbers were issued."""
    query = (
        select(CardListAnswer.card_number, CardListRow.member_id)
        .join(CardListRow, CardListRow.id == CardListAnswer.row_id)
        .where(
            among(CardListAnswer.card_number, numbers),
            CardListAnswer.status == APPLIED,
            CardListAnswer.outcome == ISSUED,
        )
    )
    return {str(number): member for number, member in db.session.execute(query)}


def enrolments_said(ids: set[str]) -> dict[str, dict[str, Any]]:
    """These enrolments as they stand."""
    query = select(Enrolment.id, Enrolment.data).where(among(Enrolment.id, ids))
    return {id_: orjson.loads(text) for id_, text in db.session.execute(query)}
