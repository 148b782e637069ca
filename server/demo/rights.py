"""Who has a right of their own in the sample commune, so that no list of such people is empty:
merit, allowances, the social pension, old pensioners, wage workers without social insurance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select

from schemas.kinds import Entity, Presence
from server.demo.office import Office, write
from server.domain.partial import add_months
from server.store.bulk import among
from server.store.changes.write import new_change
from server.store.db import db
from server.store.records import Member
from server.store.search import holds


@dataclass(frozen=True, slots=True)
class Right:
    """So many people of these ages and this work hold it. `years`: for how long. They are few: each
    weighs on a phone's first download."""

    kind: str
    people: int
    ages: tuple[int, int]
    work: str
    years: int


RIGHTS = (
    Right("merit", 3, (70, 95), "farm", 30),
    Right("merit_relative", 2, (55, 75), "farm", 20),
    Right("martyr_relative", 3, (60, 90), "unable", 25),
    Right("veteran", 4, (62, 80), "farm", 12),
    Right("resistance", 2, (68, 95), "unable", 15),
    Right("social_allowance", 6, (40, 90), "unable", 4),
    Right("survivor_allowance", 3, (8, 15), "pupil", 2),
    Right("social_pension", 9, (76, 95), "unable", 1),
)
PENSIONERS = (6, (80, 99), "retired", "pension")
WAGE_WORKERS = (8, (20, 55), "wage_no_contract", "none")


def give_rights(office: Office) -> int:
    """Write the rights, and what people say of their social insurance; how many people."""
    taken: set[str] = set()
    changes = [*_rights(office, taken), *_answers(office, taken)]
    write(changes, office.at_desk())
    return len(taken)


def _rights(office: Office, taken: set[str]) -> Iterator[dict[str, Any]]:
    for right in RIGHTS:
        begun = f"{office.day.year - right.years}-01-01"
        for at, member in enumerate(_some(office, right.people, right.ages, right.work, taken), 1):
            yield new_change(
                Entity.ENTITLEMENT.value,
                office.new_id(),
                {
                    "member": member,
                    "kind": right.kind,
                    "valid_from": begun,
                    "evidence": "decision_seen" if at % 2 else "list",
                },
            )


def _answers(office: Office, taken: set[str]) -> Iterator[dict[str, Any]]:
    for people, ages, work, answer in (PENSIONERS, WAGE_WORKERS):
        for member in _some(office, people, ages, work, taken):
            values = {"social_insurance": answer}
            yield new_change(Entity.MEMBER.value, member, values, {"social_insurance": None})


def _some(
    office: Office, people: int, ages: tuple[int, int], work: str, taken: set[str]
) -> Sequence[str]:
    """People of these ages at home, whom nobody asked and no right has named yet, the same in every
    demo of the day."""
    young, old = ages
    query = select(Member.id, Member.data).where(
        among(Member.village_id, office.villages),
        Member.birth_date.between(
            add_months(office.today, -12 * old), add_months(office.today, -12 * young)
        ),
        Member.presence == Presence.HERE,
        Member.social_insurance.is_(None),
        holds(Member.data, f'"work":"{work}"'),
    )
    found = [
        id_
        for id_, data in db.session.execute(query.order_by(Member.id).limit(people + len(taken)))
        if id_ not in taken and not orjson.loads(data).get("voluntary_interest")
    ][:people]
    taken.update(found)
    return found
