"""Who may join voluntary social insurance: what the survey heard, whom the commune asked somebody
to talk to, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from schemas.kinds import Entity, Presence
from server.demo.office import Office, write
from server.domain.partial import add_months
from server.store.audit import note_act
from server.store.bulk import among
from server.store.changes.write import new_change
from server.store.db import db
from server.store.records import Member
from server.store.search import holds

SURVEY, LETTER = "rà soát", "Danh sách BHXH cơ sở gửi (mẫu)"
ASKED = 18
"""People whom the survey asked and nobody has been given yet."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One lead. `to`: a user name, or nobody; `benefit`, `paid`: months from now. `heard` days ago
    and `call` days from now, where somebody has been there."""

    kind: str
    to: str = ""
    benefit: int | None = None
    paid: int | None = None
    outcome: str = ""
    heard: int = 0
    call: int = 0
    by: str = ""
    note: str = ""


ASKINGS = (
    Asking("jobless", "surveyor2", benefit=1),
    Asking("jobless", "surveyor2", benefit=5),
    Asking("paused", "surveyor2"),
    Asking("lapsed", "surveyor2", paid=-8),
    Asking("survey"),
    Asking("survey", "surveyor2", outcome="call_later", heard=6, call=-1, note="Đợi bán lúa"),
    Asking("paused", "surveyor2", outcome="call_later", heard=4, call=9),
    Asking("survey", "surveyor2", outcome="joined", heard=9, by="Ông Lương Văn Hà (mẫu)"),
    Asking("lapsed", "surveyor2", paid=-14, outcome="joined", heard=7, by="Vi Văn Thôn (mẫu)"),
    Asking("survey", "surveyor", outcome="no", heard=8, note="Chưa có tiền đóng đều"),
    Asking("jobless", "surveyor", benefit=-2, outcome="not_found", heard=5, note="Đi làm xa"),
)


def ask_around(office: Office) -> int:
    """Write what the survey heard, the leads and their outcomes; the number of leads."""
    people = _free_people(office)
    told, leads = people[:ASKED], people[ASKED : ASKED + len(ASKINGS)]
    write([_heard(person, at) for at, person in enumerate(told)], office.on_phone("surveyor"))
    ids = [office.new_id() for _ in ASKINGS]
    write(
        [
            new_change(Entity.LEAD.value, id_, _lead(office, asking, person))
            for id_, asking, person in zip(ids, ASKINGS, leads, strict=True)
        ],
        office.at_desk(),
    )
    note_act("lead_give", by=office.officer.id, area=office.commune, count=len(ids))
    for id_, asking in zip(ids, ASKINGS, strict=True):
        if asking.outcome:
            change = new_change(Entity.LEAD.value, id_, _outcome(office, asking))
            write([change], office.on_phone(asking.to))
    return len(ids)


def _free_people(office: Office) -> Sequence[str]:
    """Of the first village, at home and well within working age, the same in every demo."""
    query = select(Member.id).where(
        among(Member.village_id, office.villages[:1]),
        Member.birth_date.between(
            add_months(office.today, -12 * 50), add_months(office.today, -12 * 20)
        ),
        Member.presence == Presence.HERE,
        Member.last_day.is_(None),
        holds(Member.data, '"work":"farm"'),
    )
    return db.session.scalars(query.order_by(Member.id)).all()


def _heard(person: str, at: int) -> dict[str, Any]:
    interest = ("yes", "later", None)[at % 3]
    values = {"social_insurance": "paused" if at % 4 == 0 else "none"}
    if interest:
        values["voluntary_interest"] = interest
    return new_change(Entity.MEMBER.value, person, values, dict.fromkeys(values))


def _lead(office: Office, asking: Asking, person: str) -> dict[str, Any]:
    def month(months: int | None) -> str | None:
        return None if months is None else add_months(office.today, months)[:7]

    return {
        "member": person,
        "kind": asking.kind,
        "source": SURVEY if asking.kind == "survey" else LETTER,
        "benefit_to": month(asking.benefit),
        "paid_to": month(asking.paid),
        "assigned_to": office.users[asking.to].id if asking.to else None,
        "asked_on": office.ago(12),
    }


def _outcome(office: Office, asking: Asking) -> dict[str, Any]:
    told = {
        "outcome": asking.outcome,
        "outcome_on": office.ago(asking.heard),
        "call_on": office.ago(-asking.call) if asking.call else None,
        "mobilised_by": asking.by or None,
        "note": asking.note or None,
    }
    return {name: value for name, value in told.items() if value}
