"""What a comparison says, tab by tab: which rows and which people stand on each."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, not_, or_, select

from schemas.kinds import Presence, Status
from server.domain.reconciling.households import Misplaced, Placed, misplaced_children
from server.domain.reconciling.pairing import Kind
from server.linking.reading import villages_in
from server.reconcile.kinds import ListKind, made_on
from server.reconcile.schooling import differing
from server.store.bulk import among
from server.store.db import db, today
from server.store.imported_lists import ImportedList
from server.store.reconciling import (
    MATCHED,
    Asked,
    MatchState,
    ReconcileDecision,
    ReconcileMatch,
)
from server.store.records import Member
from server.store.status_sql import belonging_on, people_on


class Tab(StrEnum):
    SURE = "sure"
    LIKELY = "likely"
    NOT_LISTED = "not-listed"
    NOT_FOUND = "not-found"
    EXPIRED = "expired"
    DIFFERENT = "different"
    CHILDREN = "children"
    SCHOOL = "school"


class Why(StrEnum):
    """Why somebody with cover is not on the insurance's list of the commune."""

    ELSEWHERE = "elsewhere"
    ABROAD = "abroad"
    AWAY = "away"
    OTHER = "other"


INSURANCE_ONLY = frozenset({Tab.NOT_LISTED, Tab.EXPIRED, Tab.CHILDREN})
AWAY = (Presence.WORKING_AWAY.value, Presence.STUDYING.value, Presence.MILITARY.value)
LISTED_ONE_IN = 10
MATCH_TABS = (Tab.SURE, Tab.LIKELY, Tab.NOT_FOUND, Tab.EXPIRED, Tab.DIFFERENT, Tab.SCHOOL)


def tabs_of(kept: ImportedList) -> list[Tab]:
    """The tabs of a list: a school's roll says nothing about cards. Who is due is not everybody
    who is insured, so nobody is missing on such a list."""
    if kept.kind == ListKind.SCHOOL_ROLL:
        return [tab for tab in Tab if tab not in INSURANCE_ONLY]
    if kept.kind == ListKind.DUE:
        return [tab for tab in Tab if tab not in (Tab.NOT_LISTED, Tab.SCHOOL)]
    return [tab for tab in Tab if tab is not Tab.SCHOOL]


def matches_on(kept: ImportedList, tab: Tab) -> Select[Any]:
    """The ids of the matches of a tab, in the order of the list."""
    match = ReconcileMatch
    query = select(match.id).where(match.list_id == kept.id)
    if tab is Tab.SURE:
        query = query.where(match.kind == Kind.SURE, match.state == MatchState.OPEN)
    elif tab is Tab.LIKELY:
        query = query.where(match.kind == Kind.LIKELY, match.state == MatchState.OPEN)
    elif tab is Tab.NOT_FOUND:
        query = query.join(Member, Member.id == match.member_id, isouter=True).where(
            or_(
                match.kind.in_((Kind.NONE, Kind.DIFFERS)),
                match.state == MatchState.REJECTED,
                Member.last_day < made_on(kept),
            )
        )
    elif tab is Tab.EXPIRED:
        query = _expired(kept, query)
    elif tab is Tab.SCHOOL:
        query = query.where(among(match.id, differing(kept)))
    else:
        query = query.where(
            or_(match.facts_differ, match.kind == Kind.DIFFERS),
            match.state != MatchState.REJECTED,
            not_(_decided(Asked.FACTS)),
        )
    return query.order_by(match.row_number)


def _expired(kept: ImportedList, query: Select[Any]) -> Select[Any]:
    match, day = ReconcileMatch, today()
    people = people_on(day, villages_in(kept.commune_id), [Status.COVERED.value])
    return query.join(people, people.c.id == match.member_id).where(
        match.kind.in_(MATCHED),
        match.state != MatchState.REJECTED,
        match.ends < day,
        not_(_decided(Asked.PERIOD)),
    )


def _decided(asked: Asked) -> Any:
    """What was asked about the pair has been decided, for what this list says."""
    match, decision = ReconcileMatch, ReconcileDecision
    about = (match.ends == decision.about,) if asked is Asked.PERIOD else ()
    return exists().where(
        decision.member_id == match.member_id,
        decision.row_key == match.row_key,
        decision.asked == asked.value,
        *about,
    )


def _listed(kept: ImportedList) -> Select[Any]:
    match = ReconcileMatch
    return select(match.member_id).where(
        match.list_id == kept.id,
        match.kind.in_(MATCHED),
        match.state != MatchState.REJECTED,
        match.member_id.is_not(None),
    )


def _villages_listed(kept: ImportedList) -> list[str]:
    """The villages that the list is about: a list of one village says nothing about the people of
    the next, though somebody of it has moved there."""
    people = belonging_on(today(), villages_in(kept.commune_id))
    listed = func.sum(case((people.c.id.in_(_listed(kept)), 1), else_=0))
    query = (
        select(people.c.village_id)
        .group_by(people.c.village_id)
        .having(listed * LISTED_ONE_IN >= func.count())
    )
    return list(db.session.scalars(query))


def not_listed(kept: ImportedList) -> Select[Any]:
    """Who has cover and is not on the list: id, and the group that says why."""
    statuses = [Status.COVERED.value, Status.ELSEWHERE.value]
    people = people_on(today(), _villages_listed(kept), statuses)
    return (
        select(people.c.id, people.c.status, people.c.presence)
        .join(Member, Member.id == people.c.id)
        .where(people.c.id.not_in(_listed(kept)))
        .order_by(people.c.village_id, people.c.home, Member.search, people.c.id)
    )


def why_not_listed(status: str, presence: str | None) -> Why:
    if status == Status.ELSEWHERE:
        return Why.ELSEWHERE
    if presence == Presence.ABROAD:
        return Why.ABROAD
    return Why.AWAY if presence in AWAY else Why.OTHER


@dataclass(frozen=True, slots=True)
class NotListed:
    person: str
    why: Why


def people_not_listed(kept: ImportedList, why: Why | None = None) -> list[NotListed]:
    """Everybody of that tab, of one group when it is told."""
    found = [
        NotListed(id_, why_not_listed(status, presence))
        for id_, status, presence in db.session.execute(not_listed(kept))
    ]
    return [each for each in found if why in (None, each.why)]


def children_misplaced(kept: ImportedList) -> list[Misplaced]:
    """Children whom the list counts to another household than they live in."""
    match = ReconcileMatch
    query = (
        select(match.member_id, Member.household_id, match.household_code, Member.birth_date)
        .join(Member, Member.id == match.member_id)
        .where(
            match.list_id == kept.id,
            match.household_code.is_not(None),
            or_(
                and_(match.kind == Kind.SURE, match.state != MatchState.REJECTED),
                match.state == MatchState.CONFIRMED,
            ),
        )
        .order_by(match.row_number)
    )
    placed = [
        Placed(str(person), home, str(code), born)
        for person, home, code, born in db.session.execute(query)
    ]
    return misplaced_children(placed, int(made_on(kept)[:4]))


def counts(kept: ImportedList) -> dict[Tab, int]:
    """How many stand on each tab of the list."""
    found: dict[Tab, int] = {}
    for tab in tabs_of(kept):
        if tab is Tab.NOT_LISTED:
            found[tab] = len(people_not_listed(kept))
        elif tab is Tab.CHILDREN:
            found[tab] = len(children_misplaced(kept))
        else:
            ids = matches_on(kept, tab).order_by(None).subquery()
            found[tab] = db.session.scalar(select(func.count()).select_from(ids)) or 0
    return found


def to_apply(kept: ImportedList) -> list[ReconcileMatch]:
    """The sure pairs not yet confirmed and all that are: whose periods the list may add to. Who
    has ended is left out."""
    match = ReconcileMatch
    query = (
        select(match)
        .join(Member, Member.id == match.member_id)
        .where(
            match.list_id == kept.id,
            or_(
                and_(match.kind == Kind.SURE, match.state == MatchState.OPEN),
                match.state == MatchState.CONFIRMED,
            ),
            Member.last_day.is_(None),
        )
        .order_by(match.row_number)
    )
    return list(db.session.scalars(query))


def matches_by_id(ids: Sequence[str]) -> list[ReconcileMatch]:
    """In the order of the ids."""
    rows = db.session.scalars(select(ReconcileMatch).where(among(ReconcileMatch.id, ids)))
    found = {row.id: row for row in rows}
    return [found[id_] for id_ in ids]
