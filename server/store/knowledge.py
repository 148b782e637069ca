"""How people stood on a day, as it is known now and as it was known at a moment: a figure that was
reported can be told again, and why it has changed since."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import select

from schemas.kinds import Entity
from server.domain.counting import Residence, belongs_on
from server.domain.status import (
    answer_facts,
    card_facts,
    enrolment_facts,
    entitlement_facts,
    status_on,
)
from server.store.db import db
from server.store.past import Past, Version, counting_for, touched_since
from server.store.status_sql import people_on

PAPERS = (Entity.CARD, Entity.ENTITLEMENT, Entity.ENROLMENT)
Known = Mapping[str, Version | None]


class Stand(NamedTuple):
    """How one person stood who belonged to the count."""

    village_id: str
    home: str
    status: str
    registration: str | None
    presence: str | None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """`stands`: everybody who belonged to the count of the villages on the day, as it was known at
    the moment. `records`: of everybody of whom something was written since, what was."""

    stands: dict[str, Stand]
    records: dict[str, set[str]] = field(default_factory=dict)


def stands_on(day: str, villages: Sequence[str]) -> dict[str, Stand]:
    """Everybody who belongs to the count of these villages on the day, as it is known now."""
    people = people_on(day, villages)
    columns = (people.c.village_id, people.c.home, people.c.status)
    rows = db.session.execute(
        select(people.c.id, *columns, people.c.registration, people.c.presence)
    )
    return {id_: Stand(*row) for id_, *row in rows}


def known_at(moment: int, day: str, villages: Sequence[str], now: Mapping[str, Stand]) -> Knowledge:
    """The same as it was known at the moment, which is told as `seq` is: by the server's clock in
    nanoseconds. `now`: what `stands_on` says of the day. What was written before past records were
    kept is taken as it was when that began."""
    past = Past(moment)
    records = _people_touched(past, touched_since(moment, counting_for(moment, villages)))
    _load_all_of(past, records.keys())
    stands = {id_: stand for id_, stand in now.items() if id_ not in records}
    stands |= _stood(past, day, records, frozenset(villages))
    return Knowledge(stands, records)


def _people_touched(past: Past, touched: Mapping[Entity, set[str]]) -> dict[str, set[str]]:
    """Whose standing may be told otherwise since, and by which records."""
    records: dict[str, set[str]] = defaultdict(set)
    for entity, ids in touched.items():
        past.load(entity, ids)
    for id_ in touched[Entity.MEMBER]:
        records[id_].add(id_)
    for entity in PAPERS:
        for id_ in touched[entity]:
            for version in past.both(entity, id_):
                records[version.data["member"]].add(id_)
    homes = _homes_touched(past, touched[Entity.HOUSEHOLD])
    past.load_of(Entity.MEMBER, "household_id", homes)
    for id_ in past.now[Entity.MEMBER]:
        for version in past.both(Entity.MEMBER, id_):
            if version.household in homes:
                records[id_].add(version.household)
    _along_merges(past, records)
    return records


def _homes_touched(past: Past, touched: Iterable[str]) -> set[str]:
    """These households and those that were merged into them."""
    homes: set[str] = set()
    fresh = set(touched)
    while fresh:
        homes |= fresh
        past.load_of(Entity.HOUSEHOLD, "merged_into", fresh)
        merged = {
            id_
            for id_ in past.now[Entity.HOUSEHOLD]
            for version in past.both(Entity.HOUSEHOLD, id_)
            if version.data.get("merged_into") in fresh
        }
        fresh = merged - homes
    return homes


def _along_merges(past: Past, records: dict[str, set[str]]) -> None:
    """What is written of one record is written of everybody it is or was one with."""
    seen: set[str] = set()
    while fresh := records.keys() - seen:
        seen |= fresh
        past.load(Entity.MEMBER, fresh)
        past.load_of(Entity.MEMBER, "merged_into", fresh)
        for id_ in list(past.now[Entity.MEMBER]):
            for version in past.both(Entity.MEMBER, id_):
                winner = version.data.get("merged_into")
                if winner and (id_ in fresh or winner in fresh):
                    both = records[id_] | records[winner]
                    records[id_] = records[winner] = both


def _load_all_of(past: Past, people: Collection[str]) -> None:
    for entity in PAPERS:
        past.load_of(entity, "member_id", people)
    homes = {version.household for id_ in people for version in past.both(Entity.MEMBER, id_)}
    while homes:
        past.load(Entity.HOUSEHOLD, homes)
        homes = {
            version.data["merged_into"]
            for id_ in past.now[Entity.HOUSEHOLD]
            for version in past.both(Entity.HOUSEHOLD, id_)
            if version.data.get("merged_into")
        } - past.now[Entity.HOUSEHOLD].keys()


def _stood(
    past: Past, day: str, people: Iterable[str], villages: frozenset[str]
) -> dict[str, Stand]:
    """How these people stood, by what was known then."""
    members, households = past.then[Entity.MEMBER], past.then[Entity.HOUSEHOLD]
    papers = {entity: _by_winner(past.then[entity], members) for entity in PAPERS}
    stood: dict[str, Stand] = {}
    for id_ in people:
        member = members.get(id_)
        if member is None or member.data.get("merged_into"):
            continue
        home = _winner(households, member.household)
        household = households.get(home)
        if household is None or household.village not in villages:
            continue
        residence = Residence(member.data.get("since"), member.data.get("ended_on"))
        if not belongs_on(day, residence, household.data.get("ended_on")):
            continue
        status = status_on(
            day,
            [card_facts(one) for one in papers[Entity.CARD][id_]],
            [entitlement_facts(one) for one in papers[Entity.ENTITLEMENT][id_]],
            answer_facts(member.data),
            [enrolment_facts(one) for one in papers[Entity.ENROLMENT][id_]],
        )
        stood[id_] = Stand(
            household.village,
            home,
            status.value,
            member.data.get("registration"),
            member.data.get("presence"),
        )
    return stood


def _by_winner(known: Known, members: Known) -> dict[str, list[Mapping[str, object]]]:
    found: dict[str, list[Mapping[str, object]]] = defaultdict(list)
    for version in known.values():
        if version is not None:
            found[_winner(members, version.data["member"])].append(version.data)
    return found


def _winner(known: Known, id_: str) -> str:
    """The record at the end of the chain of merges; circles are refused when they are written."""
    while (version := known.get(id_)) is not None and version.data.get("merged_into"):
        id_ = version.data["merged_into"]
    return id_
