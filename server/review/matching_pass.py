"""The duplicate pass over a commune: read, compare in a process of its own, write."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select

from schemas.kinds import AreaLevel
from server.linking.reading import households_of, people_of, villages_in
from server.linking.running import likely
from server.review.matching import Commune
from server.store import duplicates
from server.store.audit import note_act
from server.store.db import VIETNAM, db, now, reading
from server.store.devices import utc
from server.store.feeds import ChangeRow
from server.store.people import Audit
from server.store.places import Area
from server.store.records import Household, Member

ACT = "duplicates_find"
TOGETHER_CHANNELS = ("phone", "desk")
"""Where a person enters people one by one; a file that is imported may name somebody twice."""


@dataclass(frozen=True, slots=True)
class Pass:
    """What a pass over a commune did."""

    people: int
    found: int
    new: int
    gone: int


def find_in(commune: str, by: str | None) -> Pass:
    """Compare everybody of a commune and put the pairs found before people. Runs in the caller's
    transaction, and keeps no lock while it compares."""
    begun = now()
    # Whatever was read so far may hold SQLite's one lock; comparing takes seconds.
    db.session.rollback()
    with reading():
        records, places = _read(commune)
        db.session.rollback()
    pairs = records.pairs(likely(records.rows()))
    found = [
        duplicates.Found(pair.entity, pair.one, pair.other, pair.score, pair.why) for pair in pairs
    ]
    new = duplicates.raise_pairs(found, places)
    gone = duplicates.let_go(commune, found, begun)
    outcome = Pass(len(records.people), len(found), new, gone)
    note_act(ACT, by=by, area=commune, count=len(found), people=outcome.people, new=new)
    return outcome


def last_runs(communes: Iterable[str]) -> dict[str, datetime]:
    """When each commune was last compared as a whole."""
    query = (
        select(Audit.area_id, func.max(Audit.at))
        .where(Audit.kind == ACT, Audit.area_id.in_(list(communes)))
        .group_by(Audit.area_id)
    )
    return {str(area): utc(at) for area, at in db.session.execute(query).all()}


def communes_with_people() -> list[Area]:
    """Every commune in which somebody is recorded."""
    village = select(Area.parent_id).where(
        Area.level == AreaLevel.VILLAGE, Area.id.in_(select(Household.village_id).distinct())
    )
    return list(db.session.scalars(select(Area).where(Area.id.in_(village)).order_by(Area.name)))


def _read(commune: str) -> tuple[Commune, dict[str, tuple[str, str]]]:
    """The commune's records, and the place of each. What was merged or ended as a double is
    settled already."""
    households = households_of(commune)
    people = people_of(commune, _made(villages_in(commune)))
    places = {each.id: (each.village, commune) for each in households}
    places |= {each.id: (each.village or "", commune) for each in people}
    return Commune(people, households), places


def _made(here: Any) -> dict[str, str]:
    """Who entered each person on which day: two whom one surveyor wrote down together are two."""
    first = (
        select(ChangeRow.record_id, func.min(ChangeRow.seq).label("seq"))
        .join(Member, Member.id == ChangeRow.record_id)
        .where(Member.village_id.in_(here))
        .group_by(ChangeRow.record_id)
        .subquery()
    )
    query = select(ChangeRow.record_id, ChangeRow.user_id, ChangeRow.received_at).join(
        first, and_(ChangeRow.record_id == first.c.record_id, ChangeRow.seq == first.c.seq)
    )
    query = query.where(ChangeRow.channel.in_(TOGETHER_CHANNELS), ChangeRow.user_id.is_not(None))
    return {
        record: f"{user}|{utc(at).astimezone(VIETNAM):%Y-%m-%d}"
        for record, user, at in db.session.execute(query)
    }
