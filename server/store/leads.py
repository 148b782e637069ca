"""People who may join voluntary social insurance: those the survey names, those somebody is to talk
to, and what came of it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ColumnElement, and_, func, or_, select

from schemas.kinds import EntitlementKind, LeadOutcome, SocialInsurance
from server.domain.leads.candidates import NOT_ASKED, Told, rank, unknown_ages, why
from server.domain.leads.order import is_open, order_key
from server.domain.leads.tally import OPEN, Group
from server.domain.legal.tables import NotKnown
from server.domain.partial import add_days, add_months
from server.store.bulk import among
from server.store.db import db
from server.store.legal import legal_tables
from server.store.records import Entitlement, Household, Lead, Member
from server.store.status_sql import belonging_on, winners

REST_DAYS = 365
"""Who has answered is not listed again so soon."""

YOUNGEST, OLDEST = 14, 70
"""Years around every working age of the law's table: what SQL need not read."""

MAY_BE = (SocialInsurance.NONE, SocialInsurance.PAUSED, SocialInsurance.LUMP_SUM_TAKEN,
          SocialInsurance.VOLUNTARY)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody the survey names and nobody has been asked to talk to."""

    id: str
    name: str
    village: str
    code: str
    kind: str
    told: Told


@dataclass(frozen=True, slots=True)
class Candidates:
    """`not_asked`: of working age, and nobody has asked what they pay. `lacks`: what the law does
    not say of the day, so that nobody can be named."""

    people: list[Candidate]
    not_asked: int
    lacks: NotKnown | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """A lead with the person it counts for, merges followed. `data` as on the wire."""

    id: str
    member: str
    name: str
    birth: str | None
    sex: str | None
    village: str
    doubled: bool
    person: dict[str, Any]
    data: dict[str, Any]


def candidates(day: str, villages: Sequence[str]) -> Candidates:
    """Whom the survey names in these villages: who wants to join first, then the eldest."""
    officers, talked_to = _village_officers(day, villages), _talked_to(day, villages)
    tables, not_asked = legal_tables(), 0
    found: list[Candidate] = []
    for id_, name, village, code, text in db.session.execute(_of_age(day, villages)):
        if id_ in talked_to:
            continue
        told = _told(orjson.loads(text), id_ in officers)
        kind = why(tables, day, told)
        if kind == NOT_ASKED:
            not_asked += 1
        elif kind:
            found.append(Candidate(id_, name, village, code or "", kind, told))
    found.sort(key=lambda one: (rank(one.told), one.told.birth_date or "", one.name, one.id))
    return Candidates(found, not_asked, unknown_ages(tables, day))


def _of_age(day: str, villages: Sequence[str]) -> Any:
    people = belonging_on(day, villages)
    return (
        select(Member.id, Member.full_name, people.c.village_id, Household.code, Member.data)
        .join(people, people.c.id == Member.id)
        .join(Household, Household.id == people.c.home)
        .where(
            Member.birth_date <= add_months(day, -12 * YOUNGEST),
            Member.birth_date >= add_months(day, -12 * OLDEST)[:4],
            or_(Member.social_insurance.is_(None), Member.social_insurance.in_(MAY_BE)),
        )
    )


def _told(data: dict[str, Any], village_officer: bool) -> Told:
    get = data.get
    return Told(
        get("birth_date"),
        get("sex"),
        get("work"),
        get("social_insurance"),
        get("voluntary_paid_to"),
        get("unemployment_benefit_to"),
        get("voluntary_interest"),
        village_officer,
    )


def _village_officers(day: str, villages: Sequence[str]) -> set[str]:
    query = select(Entitlement.member_id).where(
        Entitlement.kind == EntitlementKind.VILLAGE_OFFICER,
        among(Entitlement.village_id, villages),
        or_(Entitlement.first_day.is_(None), Entitlement.first_day <= day),
        or_(Entitlement.last_day.is_(None), Entitlement.last_day >= day),
    )
    return set(db.session.scalars(query))


def _talked_to(day: str, villages: Sequence[str]) -> set[str]:
    """Who has an open lead, or has answered one of late."""
    since = add_days(day, -REST_DAYS)
    answered = func.coalesce(Lead.outcome_on, Lead.asked_on, day) >= since
    where = and_(among(Lead.village_id, villages), or_(_open(), answered))
    return {member for _lead, member in _counting(where)}


def _open() -> ColumnElement[bool]:
    return or_(Lead.outcome.is_(None), Lead.outcome == LeadOutcome.CALL_LATER)


def _counting(where: ColumnElement[bool]) -> Iterator[tuple[Lead, str]]:
    """Leads, each with the person it counts for."""
    merged = winners(Member, "merged_member")
    counts_for = func.coalesce(merged.c.winner, Lead.member_id)
    query = select(Lead, counts_for).outerjoin(merged, merged.c.id == Lead.member_id).where(where)
    yield from db.session.execute(query)


def talks(day: str, where: ColumnElement[bool]) -> list[Talk]:
    """The leads that fit, in the order to go through them, those with an outcome last."""
    rows = list(_counting(where))
    named = select(Member).where(among(Member.id, {member for _lead, member in rows}))
    members = {one.id: one for one in db.session.scalars(named)}
    doubled = doubly_open({lead.village_id for lead, _member in rows})
    found = []
    for lead, id_ in rows:
        member, data = members[id_], orjson.loads(lead.data)
        about = (id_, member.full_name, member.birth_date, member.sex, lead.village_id)
        found.append(
            Talk(lead.id, *about, is_open(data) and id_ in doubled, orjson.loads(member.data), data)
        )
    return sorted(found, key=lambda one: (order_key(day, one.data), one.id))


def doubly_open(villages: Collection[str]) -> set[str]:
    """People for whom more than one lead is open."""
    seen: set[str] = set()
    twice: set[str] = set()
    for _lead, member in _counting(and_(among(Lead.village_id, villages), _open())):
        (twice if member in seen else seen).add(member)
    return twice


def open_for(villages: Collection[str]) -> set[str]:
    """People of these villages for whom a lead is open."""
    where = and_(among(Lead.village_id, villages), _open())
    return {member for _lead, member in _counting(where)}


def leads_called(ids: Iterable[str | None]) -> dict[str, dict[str, Any]]:
    """What these leads say, by id."""
    wanted = {id_ for id_ in ids if id_}
    rows = db.session.execute(select(Lead.id, Lead.data).where(among(Lead.id, wanted)))
    return {id_: orjson.loads(text) for id_, text in rows}


def members_called(ids: Collection[str]) -> dict[str, Member]:
    """These people of the register, by id."""
    return {one.id: one for one in db.session.scalars(select(Member).where(among(Member.id, ids)))}


def groups(villages: Sequence[str], since: str, until: str) -> list[Group]:
    """Leads of these villages whose outcome fell on these days, both included, and those given by
    then that have none yet, counted by all that they agree in."""
    on = func.coalesce(Lead.outcome_on, Lead.asked_on, until)
    falls = and_(Lead.outcome.is_not(None), on.between(since, until))
    waits = and_(Lead.outcome.is_(None), func.coalesce(Lead.asked_on, until) <= until)
    keys = (Lead.village_id, Lead.kind, Lead.assigned_to, Lead.mobilised_by, Lead.outcome)
    query = (
        select(*keys, func.count())
        .where(among(Lead.village_id, villages), or_(falls, waits))
        .group_by(*keys)
    )
    return [
        Group(village, kind, to or "", by or "", outcome or OPEN, count)
        for village, kind, to, by, outcome, count in db.session.execute(query)
    ]
