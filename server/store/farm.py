"""Farm requests as the desk asks for them, and what a recognition does to its household."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import func, select

from schemas.kinds import FarmRequestState, Relation
from server.store.bulk import among
from server.store.db import db
from server.store.feeds import ChangeRow
from server.store.records import FarmAssessment, FarmRequest, Household, Member

RECOGNITION = ("average_farm", "average_farm_from", "average_farm_to")


@dataclass(frozen=True, slots=True)
class Home:
    """A household as a line names it. `people`: those who live there today."""

    id: str
    village_id: str
    code: str | None
    head: str | None
    born: str | None
    people: int
    data: dict[str, Any]


def counts_by_state(villages: Collection[str]) -> dict[str, int]:
    found = (
        select(FarmRequest.state, func.count())
        .where(among(FarmRequest.village_id, villages))
        .group_by(FarmRequest.state)
    )
    return dict(db.session.execute(found).all())


def requests_in(villages: Collection[str], states: Collection[str]) -> list[FarmRequest]:
    """The requests of these villages in these states, the oldest first."""
    query = (
        select(FarmRequest)
        .where(among(FarmRequest.village_id, villages), FarmRequest.state.in_(states))
        .order_by(FarmRequest.requested_on, FarmRequest.id)
    )
    return list(db.session.scalars(query))


def decided_by(villages: Collection[str], number: str) -> list[FarmRequest]:
    """The requests one decision granted."""
    query = (
        select(FarmRequest)
        .where(
            among(FarmRequest.village_id, villages),
            FarmRequest.state == FarmRequestState.APPROVED,
            FarmRequest.decision_number == number,
        )
        .order_by(FarmRequest.village_id, FarmRequest.id)
    )
    return list(db.session.scalars(query))


def approved_of(households: Collection[str]) -> list[FarmRequest]:
    """The requests of these households that were granted, the oldest first."""
    query = select(FarmRequest).where(
        among(FarmRequest.household_id, households), FarmRequest.state == FarmRequestState.APPROVED
    )
    return list(db.session.scalars(query.order_by(FarmRequest.requested_on, FarmRequest.id)))


def requests_of(household_id: str) -> list[FarmRequest]:
    query = select(FarmRequest).where(FarmRequest.household_id == household_id)
    return list(db.session.scalars(query.order_by(FarmRequest.requested_on.desc())))


CLOSED = (FarmRequestState.APPROVED, FarmRequestState.REFUSED, FarmRequestState.CANCELLED)


def open_requests(household_id: str) -> list[FarmRequest]:
    """Those of a household that nobody has decided or taken back; drafts among them."""
    return [one for one in requests_of(household_id) if one.state not in CLOSED]


def recognised(villages: Collection[str]) -> list[Household]:
    """The households that are recorded as recognised, ended and merged ones left out."""
    query = select(Household).where(
        among(Household.village_id, villages),
        Household.average_farm.is_(True),
        Household.merged_into.is_(None),
        Household.last_day.is_(None),
    )
    return list(db.session.scalars(query.order_by(Household.village_id, Household.id)))


def homes(ids: Iterable[str], day: str) -> dict[str, Home]:
    """What lines say of households, by id."""
    wanted = set(ids)
    people: dict[str, list[Member]] = defaultdict(list)
    for member in _living(wanted, day):
        people[member.household_id].append(member)
    found = db.session.scalars(select(Household).where(among(Household.id, wanted)))
    return {home.id: _home(home, people[home.id]) for home in found}


def _living(households: Collection[str], day: str) -> Sequence[Member]:
    query = select(Member).where(
        among(Member.household_id, households),
        Member.merged_into.is_(None),
        (Member.last_day.is_(None)) | (Member.last_day >= day),
    )
    return list(db.session.scalars(query.order_by(Member.id)))


def _home(home: Household, people: list[Member]) -> Home:
    heads = [one for one in people if one.relation == Relation.HEAD] or people
    head = heads[0] if heads else None
    return Home(
        home.id,
        home.village_id,
        home.code,
        head.full_name if head else None,
        head.birth_date if head else None,
        len(people),
        orjson.loads(home.data),
    )


def people_of(household_id: str, day: str) -> list[Member]:
    """Who lives in a household on a day, the head and the spouse first."""
    return people_of_each([household_id], day)[household_id]


def people_of_each(households: Collection[str], day: str) -> dict[str, list[Member]]:
    """The same of many households, by their ids."""
    order: dict[str, int] = {Relation.HEAD: 0, Relation.SPOUSE: 1}
    found: dict[str, list[Member]] = {id_: [] for id_ in households}
    for one in _living(households, day):
        found[one.household_id].append(one)
    for people in found.values():
        people.sort(key=lambda one: (order.get(one.relation or "", 2), one.birth_date or "9"))
    return found


def worksheet_of(household_id: str, chosen: str | None) -> tuple[str, dict[str, Any]] | None:
    """The worksheet a request names, or else that of the household's latest twelve months."""
    return worksheets_of_each({household_id: chosen}).get(household_id)


def worksheets_of_each(chosen: Mapping[str, str | None]) -> dict[str, tuple[str, dict[str, Any]]]:
    """The same of many households, by their ids; a household without one is left out."""
    query = select(FarmAssessment).where(among(FarmAssessment.household_id, chosen))
    found: dict[str, FarmAssessment] = {}
    for sheet in db.session.scalars(query.order_by(FarmAssessment.months_to.desc())):
        home = sheet.household_id
        if home not in found or sheet.id == chosen[home]:
            found[home] = sheet
    return {home: (sheet.id, orjson.loads(sheet.data)) for home, sheet in found.items()}


def lines_decided(villages: Collection[str]) -> dict[str, bool]:
    """What the commune decided last on each line that the law leaves open."""
    query = (
        select(FarmRequest.data)
        .where(
            among(FarmRequest.village_id, villages),
            FarmRequest.state.not_in(("draft", "submitted", "cancelled")),
        )
        .order_by(FarmRequest.id)
    )
    decided: dict[str, bool] = {}
    for data in db.session.scalars(query):
        for row in orjson.loads(data).get("open_lines") or []:
            decided[row["line"]] = row["counts"]
    return decided


def recognition_before(household_id: str, since: str) -> dict[str, Any]:
    """What the household said of its recognition before the one that holds from a day."""
    log = (
        select(ChangeRow.body)
        .where(ChangeRow.record_id == household_id)
        .order_by(ChangeRow.seq.desc())
    )
    for body in db.session.scalars(log):
        change = orjson.loads(body)
        if change["set"].get("average_farm_from") == since:
            return {name: (change.get("was") or {}).get(name) for name in RECOGNITION}
    return dict.fromkeys(RECOGNITION)
