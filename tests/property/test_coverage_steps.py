"""The steps of a village give every day the counts that the rule in SQL gives it, whoever lives
there, whatever is known of them, and whichever records were merged."""

from typing import Any

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from schemas.kinds import Entity
from server.domain.coverage.steps import NUMBERS, unpacked
from server.domain.partial import add_days, last_day
from server.store.counts import count
from server.store.coverage.steps import read_steps
from server.store.db import db, new_id, transaction
from server.store.records import TABLES
from tests.vectors.test_status_sql import row

VILLAGES = 3
WHOLE = st.sampled_from([f"2026-{month:02}-{day:02}" for month in (2, 3, 12) for day in (1, 28)])
PARTIAL = WHOLE | st.sampled_from(["2025", "2026", "2026-02", "2026-03", "2026-12"])
CARD = st.fixed_dictionaries(
    {"evidence": st.sampled_from(["app", "bhxh_list", "receipt", "card_seen", "told"])},
    optional={
        "valid_from": PARTIAL,
        "valid_to": PARTIAL,
        "checked_on": WHOLE,
        "void_reason": st.just("ghi nhầm"),
    },
)
RIGHT = st.fixed_dictionaries(
    {"kind": st.sampled_from(["police", "armed_forces_family", "merit"]), "evidence": st.just("x")},
    optional={"valid_from": PARTIAL, "valid_to": PARTIAL},
)
PAID = st.fixed_dictionaries(
    {"state": st.sampled_from(["draft", "submitted", "cancelled", "issued"])},
    optional={"paid_on": WHOLE, "card_to": WHOLE},
)
ANSWERS = st.sampled_from(["has_card", "had_card", "never_had", "does_not_know", "refused_to_say"])
MEMBER = st.fixed_dictionaries(
    {"full_name": st.just("Lê Thị An")},
    optional={
        "registration": st.sampled_from(["permanent", "temporary", "none"]),
        "presence": st.sampled_from(["here", "abroad", "studying"]),
        "insurance_answer": ANSWERS,
        "insurance_asked_on": WHOLE,
        "since": PARTIAL,
        "ended_on": PARTIAL,
    },
)
PERSON = st.tuples(
    MEMBER,
    st.lists(CARD, max_size=3),
    st.lists(RIGHT, max_size=1),
    st.lists(PAID, max_size=1),
    st.none() | st.integers(1, 3),
)
"""The last number: merged into the person so many later: chains there are, and no circles."""
HOME = st.tuples(
    st.integers(0, VILLAGES - 1),
    st.fixed_dictionaries({}, optional={"ended_on": PARTIAL}),
    st.lists(PERSON, max_size=3),
    st.none() | st.integers(1, 2),
)


def written(homes: list[Any]) -> list[str]:
    """The homes and their people as rows of new villages; the villages."""
    villages = [new_id() for _ in range(VILLAGES)]
    ids = [new_id() for _ in homes]
    people = [(home, person) for home, (_v, _d, them, _m) in enumerate(homes) for person in them]
    members = [new_id() for _ in people]
    rows: dict[Entity, list[Any]] = {entity: [] for entity in Entity if entity in TABLES}

    def add(entity: Entity, id_: str, data: dict[str, Any], home: int) -> None:
        place = villages[homes[home][0]]
        rows[entity].append(row(entity, id_, data, place, ids[home]))

    for at, (village, data, _people, merged) in enumerate(homes):
        into = later(ids, at, merged)
        add(Entity.HOUSEHOLD, ids[at], {**data, "village": villages[village], **into}, at)
    for at, (home, (data, cards, rights, paid, merged)) in enumerate(people):
        own = {**data, "household": ids[home], **later(members, at, merged)}
        add(Entity.MEMBER, members[at], own, home)
        hanging = ((Entity.CARD, cards), (Entity.ENTITLEMENT, rights), (Entity.ENROLMENT, paid))
        for entity, entries in hanging:
            for entry in entries:
                add(entity, new_id(), {**entry, "member": members[at]}, home)
    with transaction():
        for entity, values in rows.items():
            if values:
                db.session.execute(insert(TABLES[entity]), values)
    return villages


def later(ids: list[str], at: int, ahead: int | None) -> dict[str, str]:
    return {"merged_into": ids[at + ahead]} if ahead and at + ahead < len(ids) else {}


def days_named(value: Any) -> set[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return set().union(*map(days_named, value))
    return {last_day(value)} if isinstance(value, str) and value[:3] == "202" else set()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(homes=st.lists(HOME, min_size=1, max_size=5))
def test_every_day_is_as_the_query_counts_it(app: Flask, homes: list[Any]) -> None:
    named = days_named([home[1:3] for home in homes]) | {"2026-06-01"}
    near = {add_days(day, by) for day in named for by in (-1, 0, 1, 31, 32)}
    with app.app_context():
        villages = written(homes)
        steps = {village: unpacked(its.packed()) for village, its in read_steps(villages).items()}
        for day in sorted(near | {"1900-01-01", "2025-01-01", "2099-01-01"}):
            query = count(day, villages)
            for village in villages:
                assert list(steps[village].on(day)) == list(query[village]), (day, NUMBERS)
        db.session.rollback()
