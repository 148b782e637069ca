"""What sponsors have promised for people's cards and nobody has used yet."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

import orjson
from sqlalchemy import select

from server.domain.enrolment.sponsorships import open_on
from server.store.bulk import among
from server.store.db import db
from server.store.records import Enrolment, Member, Sponsorship
from server.store.status_sql import winners


def promised(ids: Collection[str], day: str) -> dict[str, int]:
    """Whole đồng by person, of those for whom a sponsored card is open on the day: the one that a
    payment would use, which is the first to lapse."""
    cards: dict[str, dict[str, Any]] = defaultdict(dict)
    owner = _owners(ids)
    query = select(Sponsorship.id, Sponsorship.member_id, Sponsorship.data)
    for id_, member, data in db.session.execute(query.where(among(Sponsorship.member_id, owner))):
        cards[owner[member]][id_] = orjson.loads(data)
    used = _used({id_ for of_one in cards.values() for id_ in of_one})
    found = {person: open_on(day, of_one, used) for person, of_one in cards.items()}
    return {
        person: cards[person][still_open[0]].get("amount") or 0
        for person, still_open in found.items()
        if still_open
    }


def _owners(ids: Collection[str]) -> dict[str, str]:
    """These people and those merged into them, each with whose record it is now."""
    merged = winners(Member, "merged_member")
    taken_in = select(merged.c.id, merged.c.winner).where(among(merged.c.winner, ids))
    return {id_: id_ for id_ in ids} | dict(db.session.execute(taken_in).all())


def _used(cards: Collection[str]) -> set[str]:
    """Of these cards, those that an enrolment which stands names."""
    query = select(Enrolment.sponsorship_id).where(
        Enrolment.stands, among(Enrolment.sponsorship_id, cards)
    )
    return {id_ for id_ in db.session.scalars(query) if id_}
