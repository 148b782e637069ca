"""What the phones are told of a list: for each person who waits for a card, on which list they
stand and how far it has come. One record for each row, under the row's id."""

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from sqlalchemy import select

from schemas.kinds import CardListRowState, Entity, Role
from schemas.kinds import ListingState as State
from server.domain.card_lists.listed import INCREASE
from server.store.bulk import among
from server.store.card_lists import CardList, CardListRow
from server.store.changes.write import Author, new_change
from server.store.db import db, today
from server.store.records import Listing, Member
from server.store.review.writing import write_all_or_nothing

Told = Mapping[str, dict[str, Any]]
"""What is told of rows, by their ids."""

ORDER = (State.SUBMITTED, State.SEALED, State.PULLED, State.RECEIVED)
"""Receipts may come late and pulls again: nothing of these goes back."""
CHANNEL = "desk"


def tell_of_list(card_list: CardList, state: State, user_id: str | None = None) -> None:
    """Everybody on the list who waits for an answer is told of this step. Only a list that is
    submitted begins to be told of."""
    query = (
        select(CardListRow.id, CardListRow.member_id, Member.village_id)
        .join(Member, Member.id == CardListRow.member_id)
        .where(
            CardListRow.list_id == card_list.id,
            CardListRow.kind == INCREASE,
            CardListRow.state == CardListRowState.OPEN,
        )
        .order_by(CardListRow.place)
    )
    rows = db.session.execute(query).all()
    before = told_of(id_ for id_, _member, _village in rows)
    changes = []
    for id_, member, _village in rows:
        now = before.get(id_)
        if now is not None and _goes_on(now["state"], state):
            changes += step_of(id_, before, state)
        elif now is None and state is State.SUBMITTED:
            values = {"member": member, "list_number": card_list.number, **_since(state)}
            changes.append(new_change(Entity.LISTING.value, id_, values))
    _write(changes, user_id, {village for _id, _member, village in rows})


def tell_off(rows: Iterable[str], user_id: str) -> None:
    """These rows stand on no list any more."""
    query = select(Listing.id, Listing.village_id).where(among(Listing.id, set(rows)))
    villages = dict(db.session.execute(query).all())
    before = told_of(villages)
    changes = [one for id_ in villages for one in step_of(id_, before, State.OFF)]
    _write(changes, user_id, set(villages.values()))


def told_of(rows: Iterable[str]) -> Told:
    """What is told of these rows now."""
    query = select(Listing.id, Listing.data).where(among(Listing.id, set(rows)))
    return {id_: orjson.loads(data) for id_, data in db.session.execute(query)}


def step_of(row: str, before: Told, state: State) -> list[dict[str, Any]]:
    """The change that tells of one row's step; none for a row nobody was told of."""
    now = before.get(row)
    if now is None or now["state"] == state:
        return []
    values = _since(state)
    was = {name: now.get(name) for name in values}
    return [new_change(Entity.LISTING.value, row, values, was)]


def _since(state: State) -> dict[str, str]:
    return {"state": state.value, "state_on": today()}


def _goes_on(now: str, state: State) -> bool:
    """A list that was sent back is submitted anew; what is answered stays so."""
    if now == State.OFF:
        return state is State.SUBMITTED
    return now in ORDER and ORDER.index(State(now)) < ORDER.index(state)


def _write(changes: list[dict[str, Any]], user_id: str | None, villages: set[str]) -> None:
    """Written where people lie, wherever they moved since. What the record does not take is left
    out: no list stands still for want of a line on a phone."""
    author = Author(user_id, None, CHANNEL, Role.OFFICER.value, frozenset(villages))
    while changes:
        _results, refused = write_all_or_nothing(changes, author)
        if not refused:
            return
        changes = [one for at, one in enumerate(changes) if at not in refused]
