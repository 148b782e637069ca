"""Pairs as lines of a list, and when a commune was last looked through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from schemas.kinds import AreaLevel
from server.pages.scope import own_villages
from server.pages.values import names_of
from server.pages.words import word
from server.review.lines import name_each
from server.review.matching_pass import last_runs
from server.store.db import db, today
from server.store.duplicates import PossibleDuplicate
from server.store.people import User
from server.store.places import Area


@dataclass(frozen=True, slots=True)
class PairLine:
    pair: PossibleDuplicate
    names: tuple[str, str]
    villages: tuple[str, str]
    why: list[str]
    who: str | None


@dataclass(frozen=True, slots=True)
class Run:
    commune: Area
    at: datetime | None


def pair_lines(pairs: Sequence[PossibleDuplicate]) -> list[PairLine]:
    names = names_of(id_ for pair in pairs for id_ in (pair.one_id, pair.other_id))
    villages = own_villages()
    people = name_each(User, (pair.decided_by for pair in pairs))
    return [
        PairLine(
            pair,
            (names.get(pair.one_id, "–"), names.get(pair.other_id, "–")),
            (villages[pair.village_id].name, villages[pair.other_village_id].name),
            [word("duplicate_why", code) for code in pair.reasons],
            people.get(pair.decided_by or ""),
        )
        for pair in pairs
    ]


def communes_held() -> set[str]:
    """The communes all of whose villages are one's own: a pass compares everybody of a commune, and
    tells how many pairs it found."""
    own, day = own_villages(), today()
    communes = {village.parent_id for village in own.values() if village.parent_id}
    foreign = select(Area.parent_id).where(
        Area.parent_id.in_(communes),
        Area.level == AreaLevel.VILLAGE,
        Area.id.not_in(list(own)),
        or_(Area.valid_to.is_(None), Area.valid_to >= day),
    )
    return communes - set(db.session.scalars(foreign))


def runs() -> list[Run]:
    """The communes that whoever looks may compare, and when each was last compared as a whole."""
    ids = communes_held()
    communes = db.session.scalars(select(Area).where(Area.id.in_(ids)).order_by(Area.name))
    last = last_runs(ids)
    return [Run(commune, last.get(commune.id)) for commune in communes]
