"""The population of each village as every office counts it, and who makes the difference."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ColumnElement, or_, select

from schemas.kinds import Presence, Registration
from server.domain.counting import Tally, summed
from server.domain.coverage.steps import tally_of
from server.domain.steering.recount import Count, Rate, rates, together
from server.steering.doors import Asked
from server.store.counts import numbers_by_village
from server.store.coverage.planned import plans_on
from server.store.db import db
from server.store.population import PopulationCount, counted_by
from server.store.records import Household, Member
from server.store.status_sql import belonging_on

REGISTERED = (Registration.PERMANENT, Registration.TEMPORARY)


@dataclass(frozen=True, slots=True)
class Line:
    """One village, or all together (`village_id` None). `counted`: the paper that the police's and
    the agreed figure come from."""

    village_id: str | None
    name: str
    tally: Tally
    rates: dict[Count, Rate]
    counted: PopulationCount | None

    def spread(self) -> int:
        """How far apart the counts are that are known, in people."""
        known = [rate.population for rate in self.rates.values() if rate.population is not None]
        return max(known) - min(known) if known else 0


@dataclass(frozen=True, slots=True)
class Someone:
    """A person who makes registered and present people differ."""

    id: str
    name: str
    birth_date: str | None
    household_code: str | None
    registration: str | None
    presence: str | None
    away_place: str | None


def recount(asked: Asked) -> tuple[list[Line], Line]:
    """Each village of the ground on the day, and their sum; a sum is told only of counts that every
    village has."""
    villages = list(asked.villages)
    numbers = numbers_by_village(asked.day, villages)
    plans, counted = plans_on(asked.day, villages), counted_by(asked.day, villages)
    lines = []
    for village, name in asked.villages.items():
        tally, _households = tally_of(numbers[village])
        paper, plan = counted.get(village), plans.get(village)
        official = plan.population if plan else None
        police, agreed = (paper.police, paper.agreed) if paper else (None, None)
        lines.append(Line(village, name, tally, rates(tally, official, police, agreed), paper))
    return lines, _total(lines)


def _total(lines: Sequence[Line]) -> Line:
    tally = summed(line.tally for line in lines)
    typed = [
        together([line.rates[count].population for line in lines])
        for count in (Count.OFFICIAL, Count.POLICE, Count.AGREED)
    ]
    return Line(None, "", tally, rates(tally, *typed), None)


def found_not_registered(day: str, village: str) -> list[Someone]:
    """Who lives here and is registered neither for good nor for a time."""
    unregistered = or_(Member.registration.is_(None), Member.registration.not_in(REGISTERED))
    return _people(day, village, Member.presence == Presence.HERE, unregistered)


def registered_not_found(day: str, village: str) -> list[Someone]:
    """Who is registered here and lives elsewhere."""
    away = Member.presence != Presence.HERE
    return _people(day, village, Member.registration.in_(REGISTERED), away)


def _people(day: str, village: str, *conditions: ColumnElement[bool]) -> list[Someone]:
    people = belonging_on(day, [village])
    rows = db.session.execute(
        select(Member.id, Member.data, Household.code)
        .join(people, people.c.id == Member.id)
        .join(Household, Household.id == people.c.home)
        .where(*conditions)
        .order_by(Household.code, Household.id, Member.id)
    )
    return [_someone(id_, orjson.loads(data), code) for id_, data, code in rows]


def _someone(id_: str, data: dict[str, Any], code: str | None) -> Someone:
    get = data.get
    told = (get("registration"), get("presence"), get("away_place"))
    return Someone(id_, data["full_name"], get("birth_date"), code, *told)
