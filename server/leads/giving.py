"""Leads given to who shall talk to the people, and given to somebody else: written as changes, so
that phones learn of them."""

from collections.abc import Collection
from dataclasses import dataclass

import orjson
from flask_login import current_user
from sqlalchemy import select

from schemas.kinds import Entity
from server.domain.leads.order import is_open
from server.errors import Problem
from server.leads.talkers import served_by
from server.pages.scope import own_villages
from server.store.audit import note_act
from server.store.bulk import among
from server.store.changes.write import author_at_desk, new_change
from server.store.db import db, new_id
from server.store.leads import candidates, doubly_open
from server.store.people import User
from server.store.records import Lead, Member
from server.store.review.writing import write_all_or_nothing

MOST = 500
"""People at once: more nobody reads before pressing."""

SOURCE = "rà soát"


@dataclass(frozen=True, slots=True)
class Given:
    """How many leads were written, and how many of those asked for were not: `over` no longer
    stand on the list, `elsewhere` live where this person does not work."""

    count: int
    over: int
    elsewhere: int


def give(people: Collection[str], to: User | None, day: str) -> Given:
    """Ask somebody to talk to these people of the survey, all or none. Problems: `not_allowed` for
    people of other villages, `already_decided` when somebody gave one of them meanwhile."""
    villages = _villages_of(people)
    listed = {one.id: one for one in candidates(day, sorted(villages)).people}
    chosen = [listed[id_] for id_ in people if id_ in listed]
    serves = served_by(to)
    here = [one for one in chosen if serves is None or one.village in serves]
    changes = [
        new_change(
            Entity.LEAD.value,
            new_id(),
            {
                "member": one.id,
                "kind": one.kind,
                "source": SOURCE,
                "benefit_to": one.told.benefit_to,
                "paid_to": one.told.paid_to,
                "assigned_to": to.id if to else None,
                "asked_on": day,
            },
        )
        for one in here
    ]
    with db.session.begin_nested():
        _results, refused = write_all_or_nothing(changes, author_at_desk(current_user))
        # Asked again behind the lock of the villages: of two at one moment, one sees the other.
        if refused or doubly_open(villages) & {one.id for one in here}:
            raise Problem("already_decided")
    if here:
        _note("lead_give", len(here), to)
    return Given(len(here), len(people) - len(chosen), len(chosen) - len(here))


def _villages_of(people: Collection[str]) -> set[str]:
    found = dict(
        db.session.execute(
            select(Member.id, Member.village_id).where(among(Member.id, people))
        ).all()
    )
    if set(found.values()) - own_villages().keys():
        raise Problem("not_allowed")
    return set(found.values())


def hand_over(leads: Collection[str], to: User | None) -> Given:
    """Give open leads to somebody else, or to nobody, all or none. Problems: `not_allowed` for
    those of other villages, `already_decided` when one was changed meanwhile."""
    rows = list(db.session.scalars(select(Lead).where(among(Lead.id, leads))))
    if any(row.village_id not in own_villages() for row in rows):
        raise Problem("not_allowed")
    serves, wanted = served_by(to), to.id if to else None
    still_open = [row for row in rows if is_open(orjson.loads(row.data))]
    here = [row for row in still_open if serves is None or row.village_id in serves]
    changes = [
        new_change(
            Entity.LEAD.value, row.id, {"assigned_to": wanted}, {"assigned_to": row.assigned_to}
        )
        for row in here
        if row.assigned_to != wanted
    ]
    _results, refused = write_all_or_nothing(changes, author_at_desk(current_user))
    if refused:
        raise Problem("already_decided")
    if changes:
        _note("lead_hand", len(changes), to)
    return Given(len(changes), len(leads) - len(still_open), len(still_open) - len(here))


def _note(kind: str, count: int, to: User | None) -> None:
    told = {"of": "user"} if to else {}
    note_act(kind, by=current_user.id, subject=to.id if to else None, count=count, **told)
