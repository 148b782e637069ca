"""Who of a list stands on another open list under another record: by number, and, as far as nobody
has looked, by what the comparison of all people found or by name, birth date and village."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from schemas.kinds import Entity
from server.domain.card_lists.listed import INCREASE, Listed
from server.domain.card_lists.would_return import Twin
from server.domain.text import fold
from server.store.bulk import among
from server.store.card_lists import CardList, CardListRow
from server.store.db import db
from server.store.duplicates import PairState, PossibleDuplicate
from server.store.records import Member

WHOLE_DAY = len("2020-01-01")
NUMBERS = ("personal_id", "bhxh_number")


def twins_of(card_list: CardList, rows: Sequence[Listed]) -> dict[str, Twin]:
    """By row of who comes for a card, the other record and its list; one who is surely the same
    before one who may be."""
    wanted = [row for row in rows if row.kind == INCREASE]
    if not wanted:
        return {}
    found = {row: Twin(*told, sure=False) for row, told in _alike(card_list, wanted)}
    found |= {row: Twin(*told, sure=True) for row, told in _numbered(card_list, wanted)}
    return found


Told = tuple[str, str, str]
"""Of the other record: its id, its name, its list."""


def _numbered(card_list: CardList, rows: Sequence[Listed]) -> Iterator[tuple[str, Told]]:
    for name in NUMBERS:
        own = {row.member[name]: row for row in rows if row.member.get(name)}
        column = getattr(Member, name)
        for other in _on_other_lists(card_list, among(column, own)):
            row = own[getattr(other, name)]
            if other.id != row.member_id:
                yield row.id, _told(other)


def _alike(card_list: CardList, rows: Sequence[Listed]) -> Iterator[tuple[str, Told]]:
    by_id = {row.member_id: row for row in rows}
    pairs = _pairs(by_id, PairState.OPEN)
    partners = {other: one for one, other in pairs}
    for other in _on_other_lists(card_list, among(Member.id, partners)):
        yield by_id[partners[other.id]].id, _told(other)
    apart = set(_pairs(by_id, PairState.NOT_SAME))
    lie = select(Member.id, Member.village_id).where(among(Member.id, by_id))
    villages: dict[str, str] = dict(db.session.execute(lie).all())
    named = {
        _called(row.member, villages[row.member_id]): row
        for row in rows
        if len(row.member.get("birth_date") or "") == WHOLE_DAY
    }
    births = {birth for _name, birth, _village in named}
    here = and_(among(Member.birth_date, births), among(Member.village_id, set(villages.values())))
    for other in _on_other_lists(card_list, here):
        row = named.get(_called(other._mapping, other.village_id))
        if row is None or other.id == row.member_id or (row.member_id, other.id) in apart:
            continue
        numbers = (row.member.get("personal_id"), other.personal_id)
        if not all(numbers):
            yield row.id, _told(other)


def _pairs(members: Iterable[str], state: PairState) -> list[tuple[str, str]]:
    """Pairs of one of these people and anybody, that one first."""
    pair, own = PossibleDuplicate, set(members)
    query = select(pair.one_id, pair.other_id).where(
        pair.entity == Entity.MEMBER.value,
        pair.state == state.value,
        or_(among(pair.one_id, own), among(pair.other_id, own)),
    )
    found = [(one, other) for one, other in db.session.execute(query)]
    return [*found, *((other, one) for one, other in found if other in own)] if found else []


def _called(member: Mapping[Any, Any], village: str) -> tuple[str, str, str]:
    return fold(member["full_name"] or ""), str(member["birth_date"]), village


def _on_other_lists(card_list: CardList, who: ColumnElement[bool]) -> list[Any]:
    query = (
        select(
            Member.id,
            Member.full_name,
            Member.birth_date,
            Member.personal_id,
            Member.bhxh_number,
            Member.village_id,
            CardList.number,
            CardList.title,
        )
        .join(CardListRow, CardListRow.member_id == Member.id)
        .join(CardList, CardList.id == CardListRow.list_id)
        .where(
            who,
            CardListRow.claim.is_not(None),
            CardListRow.kind == INCREASE,
            CardListRow.list_id != card_list.id,
        )
        .order_by(Member.id)
    )
    return list(db.session.execute(query))


def _told(other: Any) -> Told:
    return other.id, other.full_name, other.number or other.title
