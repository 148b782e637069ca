"""Sealing: a list freezes what it says and takes its place in the order of its insurance unit."""

from collections.abc import Mapping

import orjson
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from server.domain.card_lists.digest import canonical, digest_of_texts, totals_of
from server.domain.card_lists.states import APPROVED, SEALED
from server.errors import Problem
from server.store.card_list_rows import listed, live_rows, stored_rows
from server.store.card_lists import CardList, UnitFeed
from server.store.db import db, is_sqlite, now
from server.store.feeds import Instance
from server.store.people import User
from server.store.places import Area, BhxhUnitCommune


def locked_list(list_id: str) -> CardList:
    """The list, held until the running transaction ends; not found when there is none."""
    query = select(CardList).where(CardList.id == list_id).with_for_update()
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise Problem("not_found")
    return found


def seal(card_list: CardList, by: User, paper: Mapping[str, str | None]) -> None:
    """Freeze an approved list that `locked_list` gave. `paper`: document_number, sealed_on, signer,
    signer_title. Problem `list_state` when it is not approved."""
    if card_list.state != APPROVED:
        raise Problem("list_state")
    rows = stored_rows(card_list)
    said = live_rows(card_list, listed(rows))
    texts = [canonical(one) for one in said]
    for row, text in zip(rows, texts, strict=True):
        row.data = text
    for name in ("document_number", "sealed_on", "signer", "signer_title"):
        setattr(card_list, name, paper.get(name))
    card_list.unit_id = unit_of(card_list.commune_id, str(paper["sealed_on"]))
    card_list.row_count = len(texts)
    card_list.totals = orjson.dumps(totals_of(said)).decode()
    card_list.digest = digest_of_texts(texts)
    if card_list.unit_id is not None:
        card_list.rev = _next_place(card_list.unit_id)
    card_list.state, card_list.sealed_by, card_list.sealed_at = SEALED, by.id, now()
    db.session.flush()


def _next_place(unit_id: str) -> int:
    """The row stays locked until the commit: nobody sees place 12 while 11 may still appear."""
    insert = sqlite_insert if is_sqlite() else postgres_insert
    db.session.execute(insert(UnitFeed).values(unit_id=unit_id, rev=0).on_conflict_do_nothing())
    query = select(UnitFeed).where(UnitFeed.unit_id == unit_id).with_for_update()
    feed = db.session.scalars(query.execution_options(populate_existing=True)).one()
    feed.rev += 1
    return feed.rev


def unit_of(commune_id: str, day: str) -> str | None:
    """The insurance unit that serves a commune on a day."""
    it = BhxhUnitCommune
    query = select(it.unit_id).where(
        it.commune_id == commune_id,
        (it.valid_from.is_(None)) | (it.valid_from <= day),
        (it.valid_to.is_(None)) | (it.valid_to >= day),
    )
    return db.session.scalar(query.order_by(it.valid_from.desc().nulls_last()).limit(1))


def number_for(card_list: CardList, year: str) -> str:
    """The system's own number, the next of the commune's year: BP-15646-2026-0001. Nobody else is
    given one until the running transaction ends."""
    db.session.execute(select(Instance.id).with_for_update())
    commune = db.session.get_one(Area, card_list.commune_id)
    prefix = f"BP-{commune.code or commune.id[-8:]}-{year}-"
    last = db.session.scalar(
        select(func.max(CardList.number)).where(CardList.number.startswith(prefix, autoescape=True))
    )
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:04}"
