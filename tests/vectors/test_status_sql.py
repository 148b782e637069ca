"""The SQL of the status rule on both engines, by the vectors that Python and TypeScript run."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from schemas.kinds import Entity
from server.store.changes.lifting import LIFT
from server.store.db import db, new_id, transaction
from server.store.records import TABLES
from server.store.status_sql import ends_soon, people_on
from tests import homes

CASES = json.loads((Path(__file__).parent / "status.json").read_text(encoding="utf-8"))
DAY = "2026-11-22"


def rows_of(case: dict[str, Any], village: str, home: str) -> tuple[str, list[tuple[Entity, Any]]]:
    """A case as one member with their cards and rights, as the tables hold them."""
    member, given = new_id(), case["given"]
    own = {"household": home, "full_name": case["what"][:200], **given["member"]}
    records = [(Entity.MEMBER, member, own)]
    hanging = (
        (Entity.CARD, given["cards"]),
        (Entity.ENTITLEMENT, given["entitlements"]),
        (Entity.ENROLMENT, given.get("enrolments", ())),
    )
    for entity, entries in hanging:
        for entry in entries:
            data = {"member": member, "evidence": "told", **entry}
            records.append((entity, new_id(), data))
    return member, [
        (entity, row(entity, id_, data, village, home)) for entity, id_, data in records
    ]


def row(entity: Entity, id_: str, data: dict[str, Any], village: str, home: str) -> dict[str, Any]:
    place = {"id": id_, "village_id": village, "household_id": home, "rev": 1, "data": "{}"}
    return place | LIFT[entity](data)


@pytest.fixture
def statuses(app):
    """The status that SQL gives every case on its day, by what the case is about."""
    village, home = new_id(), new_id()
    tables: dict[Entity, list[Any]] = defaultdict(list)
    tables[Entity.HOUSEHOLD].append(
        row(Entity.HOUSEHOLD, home, {"village": village}, village, home)
    )
    told = {case["what"]: case for case in CASES}
    whose = {}
    for what, case in told.items():
        whose[what], records = rows_of(case, village, home)
        for entity, values in records:
            tables[entity].append(values)
    with app.app_context():
        with transaction():
            for entity, values in tables.items():
                db.session.execute(insert(TABLES[entity]), values)
        days = {day: by_day(day, village) for day in {case["given"]["day"] for case in CASES}}
    return {what: days[case["given"]["day"]].get(whose[what]) for what, case in told.items()}


def by_day(day: str, village: str) -> dict[str, str]:
    people = people_on(day, [village])
    return {row.id: row.status for row in db.session.execute(select(people))}


def test_sql_gives_every_case_its_status(statuses):
    wrong = {
        case["what"]: (statuses[case["what"]], case["then"]["status"])
        for case in CASES
        if statuses[case["what"]] != case["then"]["status"]
    }
    assert wrong == {}
    assert len(CASES) > 100


def standing(app, villages, day=DAY):
    with app.app_context():
        people = people_on(day, [village.id for village in villages])
        rows = db.session.execute(select(people.c.id, people.c.status, people.c.village_id)).all()
        return {row.id: (row.status, row.village_id) for row in rows}


def test_a_merged_persons_card_counts_for_the_one_who_stays(app, places):
    village = places.villages[0]
    stays, goes, last = (
        homes.never_had("Lò Thị Hoa"),
        homes.covered("Lo Thi Hoa"),
        homes.person("Hoa"),
    )
    homes.write(app, village, stays, goes, last)
    homes.edit(app, "member", last["id"], {"merged_into": goes["id"]})
    homes.edit(app, "member", goes["id"], {"merged_into": stays["id"]})
    assert standing(app, [village]) == {stays["id"]: ("covered", village.id)}


def test_a_merged_persons_right_and_older_card_end_count_too(app, places):
    village = places.villages[0]
    soldier, double = (
        homes.person("Vi Văn Sơn"),
        homes.person("Vi Văn Sơn", rights=[{"kind": "armed_forces", "valid_from": "2025"}]),
    )
    asked = homes.person("Hà Văn Tú", insurance_answer="has_card", insurance_asked_on="2026-01-01")
    later_end = homes.covered("Hà Văn Tú", "2026-06-30")
    homes.write(app, village, soldier, double, asked, later_end)
    homes.edit(app, "member", double["id"], {"merged_into": soldier["id"]})
    homes.edit(app, "member", later_end["id"], {"merged_into": asked["id"]})
    assert standing(app, [village]) == {
        soldier["id"]: ("elsewhere", village.id),
        asked["id"]: ("expired", village.id),
    }


def test_people_of_a_merged_household_count_where_the_other_stands(app, places):
    first, second = places.villages
    kept = homes.write(app, first, homes.covered("Cầm Bá Thước"))
    doubled = homes.covered("Cầm Thị Nga")
    lost = homes.write(app, second, doubled)
    homes.edit(app, "household", lost, {"merged_into": kept})
    assert doubled["id"] not in standing(app, [second])
    assert standing(app, [first])[doubled["id"]] == ("covered", first.id)


def test_only_who_lives_here_on_the_day_belongs(app, places):
    village = places.villages[0]
    gone = homes.covered("Đã đi", ended_on="2026-11-21", end_reason="moved_away")
    leaves_today = homes.covered("Đi hôm nay", ended_on="2026-11-22", end_reason="moved_away")
    this_year = homes.covered("Đến năm nay", since="2026", since_reason="moved_in")
    tomorrow = homes.covered("Mai mới đến", since="2026-11-23", since_reason="moved_in")
    homes.write(app, village, gone, leaves_today, this_year, tomorrow)
    homes.write(
        app, village, homes.covered("Hộ đã đi"), ended_on="2026-10", end_reason="moved_away"
    )
    assert set(standing(app, [village])) == {leaves_today["id"], this_year["id"]}


def test_a_card_ends_soon_unless_another_follows_or_covers_longer(app, places):
    village = places.villages[0]
    soon = homes.covered("Sắp hết", "2026-12-10")
    later = homes.covered("Còn lâu", "2027-03-31")
    followed = homes.person(
        "Đã gia hạn",
        cards=[
            {"evidence": "app", "valid_from": "2026-01-01", "valid_to": "2026-12-10"},
            {"evidence": "receipt", "valid_from": "2026-12-11", "valid_to": "2027-12-10"},
        ],
    )
    two = homes.person(
        "Hai thẻ",
        cards=[
            {"evidence": "app", "valid_from": "2026-01-01", "valid_to": "2026-12-10"},
            {"evidence": "app", "valid_from": "2026-02-01", "valid_to": "2027-02-01"},
        ],
    )
    homes.write(app, village, soon, later, followed, two)
    with app.app_context():
        people = people_on(DAY, [village.id])
        ending = select(people.c.id).where(ends_soon(people, DAY, 30))
        assert list(db.session.scalars(ending)) == [soon["id"]]
