"""Sealed lists as the insurance reads them: in the order in which they were sealed for its unit,
and their rows page by page."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from schemas.kinds import CardListState, ListingState
from server.domain.card_lists.digest import digest_of_texts
from server.errors import Problem
from server.store.bhxh import CardListPull
from server.store.bulk import among
from server.store.card_list_telling import tell_of_list
from server.store.card_lists import CardList, CardListRow
from server.store.db import db, now, timestamp
from server.store.devices import utc
from server.store.places import Area

SEALED = CardListState.SEALED.value


@dataclass(frozen=True, slots=True)
class RowsPage:
    """Rows as they were sealed, each as its canonical text. `next`: the place to go on from."""

    texts: list[str]
    next: int
    more: bool

    @property
    def digest(self) -> str:
        return digest_of_texts(self.texts)


def sealed_list(unit_id: str, number: str) -> CardList:
    """The unit's list of this number. Problem: `not_found`, for another unit's as for nobody's,
    so that nothing is told."""
    query = select(CardList).where(
        CardList.number == number, CardList.unit_id == unit_id, CardList.state == SEALED
    )
    found = db.session.scalar(query)
    if found is None:
        raise Problem("not_found")
    return found


def sealed_after(unit_id: str, rev: int, limit: int) -> tuple[list[CardList], bool]:
    """Lists sealed for the unit after a place in its order, and whether there are more."""
    query = (
        select(CardList)
        .where(CardList.unit_id == unit_id, CardList.rev > rev, CardList.state == SEALED)
        .order_by(CardList.rev)
        .limit(limit + 1)
    )
    found = list(db.session.scalars(query))
    return found[:limit], len(found) > limit


def rows_after(list_id: str, place: int, limit: int) -> RowsPage:
    """Rows of a sealed list after a place."""
    query = (
        select(CardListRow.place, CardListRow.data)
        .where(CardListRow.list_id == list_id, CardListRow.place > place)
        .order_by(CardListRow.place)
        .limit(limit + 1)
    )
    found = db.session.execute(query).all()
    page = found[:limit]
    return RowsPage(
        [row.data for row in page], page[-1].place if page else place, len(found) > limit
    )


def head_of(one: CardList) -> dict[str, Any]:
    """A list as `schemas.card_lists.SealedCardList`; of a draft what there is of it."""
    return heads_of([one])[0]


def heads_of(lists: list[CardList]) -> list[dict[str, Any]]:
    """Sealed lists as `schemas.card_lists.SealedCardList`."""
    places = {one.commune_id for one in lists}
    communes = {
        area.id: area for area in db.session.scalars(select(Area).where(among(Area.id, places)))
    }
    corrected = {one.supplements_id for one in lists if one.supplements_id}
    numbers = dict(
        db.session.execute(
            select(CardList.id, CardList.number).where(among(CardList.id, corrected))
        ).all()
    )
    return [
        _head(one, communes[one.commune_id], numbers.get(one.supplements_id or "")) for one in lists
    ]


def _head(one: CardList, commune: Area, supplements: str | None) -> dict[str, Any]:
    return {
        "number": one.number,
        "rev": one.rev,
        "document_number": one.document_number,
        "commune_code": commune.code,
        "commune_name": commune.name,
        "insurance_group": one.insurance_group,
        "support_percent": one.support_percent,
        "maker_name": one.maker_name,
        "maker_code": one.maker_code,
        "supplements": supplements,
        "sealed_on": one.sealed_on,
        "sealed_at": timestamp(utc(one.sealed_at)) if one.sealed_at else None,
        "signer": one.signer,
        "signer_title": one.signer_title,
        "row_count": one.row_count,
        "totals": totals(one),
        "digest": one.digest,
    }


def totals(one: CardList) -> dict[str, int]:
    """The control totals of a sealed list."""
    return json.loads(one.totals or "{}")


def lock_list(list_id: str) -> None:
    """Of two who speak of one list at the same moment, the second waits for the first. Whoever only
    names the list by a foreign key waits for nobody."""
    query = select(CardList.id).where(CardList.id == list_id)
    db.session.execute(query.with_for_update(key_share=True))


def note_pull(list_id: str, whole: bool) -> bool:
    """Rows of the list went out; `whole`: up to its last one. The first time counts: False when
    there was nothing to note."""
    lock_list(list_id)
    if not pull_is_news(list_id, whole):
        return False
    pull = db.session.get(CardListPull, list_id)
    if pull is None:
        pull = CardListPull(list_id=list_id)
        db.session.add(pull)
    if whole and pull.whole_at is None:
        pull.whole_at = now()
        tell_of_list(db.session.get_one(CardList, list_id), ListingState.PULLED)
    db.session.flush()
    return True


def pull_is_news(list_id: str, whole: bool) -> bool:
    """True when `note_pull` would write something."""
    pull = db.session.get(CardListPull, list_id)
    return pull is None or (whole and pull.whole_at is None)
