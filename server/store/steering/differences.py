"""Why the count of some villages on one day is not that of an earlier day, person by person."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson
from sqlalchemy import select

from schemas.kinds import Status
from server.domain.counting import Tally
from server.domain.steering.changed import Cause, Course, Part, Standing, Step, steps
from server.store.bulk import among
from server.store.db import db
from server.store.feeds import ChangeRow
from server.store.knowledge import Stand, known_at, stands_on
from server.store.past import TOOK
from server.store.records import Household, Member

SECOND = 1_000_000_000
Stands = Mapping[str, Stand]


@dataclass(frozen=True, slots=True)
class Change:
    """One person, and one step of why they count otherwise."""

    person: str
    step: Step


@dataclass(frozen=True, slots=True)
class Differences:
    """`reported`: the first day as it was known at the moment; `known`: the same day as it is known
    now; `now`: the second day. Tallies by village. `changes` lead from the first to the last."""

    reported: dict[str, Tally]
    known: dict[str, Tally]
    now: dict[str, Tally]
    changes: list[Change]


def differences(
    villages: Sequence[str], moment: int, first_day: str, second_day: str
) -> Differences:
    """What leads from the count of the first day, as it was known at the moment (the server's clock
    in nanoseconds), to that of the second day as it is known now."""
    known, now = stands_on(first_day, villages), stands_on(second_day, villages)
    then = known_at(moment, first_day, villages, known)
    differ = {
        id_
        for id_ in then.stands.keys() | known.keys() | now.keys()
        if _differ(then.stands.get(id_), known.get(id_), now.get(id_))
    }
    learned = {id_ for id_ in differ if then.stands.get(id_) != known.get(id_)}
    late = _arrived_late(moment, {id_: then.records.get(id_, set()) for id_ in learned})
    told = _told(differ)
    changes = [
        Change(id_, step)
        for id_ in sorted(differ)
        for step in steps(
            Course(
                _standing(then.stands.get(id_)),
                _standing(known.get(id_)),
                _standing(now.get(id_)),
                *told[id_],
                id_ in late,
            )
        )
    ]
    return Differences(tallied(then.stands), tallied(known), tallied(now), changes)


def _differ(*stands: Stand | None) -> bool:
    return len({(it.village_id, it.status) if it else None for it in stands}) > 1


def _standing(stand: Stand | None) -> Standing | None:
    return Standing(stand.village_id, stand.status) if stand else None


def _told(people: Collection[str]) -> dict[str, tuple[str | None, str | None, bool]]:
    """What the records say: how somebody came, how they left, whether they are one with another."""
    told: dict[str, tuple[str | None, str | None, bool]] = {}
    rows = db.session.execute(
        select(Member.id, Member.data, Household.data)
        .join(Household, Household.id == Member.household_id)
        .where(among(Member.id, people))
    )
    for id_, member_text, home_text in rows:
        member, home = orjson.loads(member_text), orjson.loads(home_text)
        left = member.get("end_reason") or (home.get("ended_on") and home.get("end_reason"))
        told[id_] = (member.get("since_reason"), left or None, "merged_into" in member)
    return told


def _arrived_late(moment: int, records: Mapping[str, set[str]]) -> set[str]:
    """The people of whom something was written down before the moment and arrived after it."""
    people: dict[str, set[str]] = defaultdict(set)
    for person, ids in records.items():
        for id_ in ids:
            people[id_].add(person)
    rows = db.session.execute(
        select(ChangeRow.record_id, ChangeRow.at).where(
            among(ChangeRow.record_id, people.keys()),
            ChangeRow.seq > moment,
            ChangeRow.status.in_(TOOK),
            ChangeRow.channel == "phone",
        )
    )
    late: set[str] = set()
    for record, at in rows:
        if at and datetime.fromisoformat(at).timestamp() * SECOND <= moment:
            late |= people[record]
    return late


def tallied(stands: Stands) -> dict[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    for stand in stands.values():
        tally = tallies[stand.village_id]
        tally.add(Status(stand.status), stand.registration, stand.presence)
    return tallies


def sums(changes: Iterable[Change]) -> dict[tuple[Part, Cause], tuple[int, int]]:
    """By part and cause: people more or fewer, and of them with a card."""
    found: dict[tuple[Part, Cause], tuple[int, int]] = {}
    for change in changes:
        step = change.step
        people, covered = found.get((step.part, step.cause), (0, 0))
        found[step.part, step.cause] = (people + step.people, covered + step.covered)
    return found
