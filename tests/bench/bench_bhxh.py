"""A sealed list of 100,000 rows pulled through the API in pages, whole requests, beside reading the
same rows from the database alone; and answering 500 of them."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from flask import Flask
from sqlalchemy import insert, select

from server.domain.card_lists.digest import canonical, digest_of_texts, totals_of
from server.store.bhxh_keys import make_key
from server.store.card_lists import CardList, CardListRow
from server.store.changes.write import Author, new_change, write_changes
from server.store.db import db, new_id, now, reading, transaction
from server.store.people import User
from server.store.places import Area, BhxhUnit
from server.store.records import Member
from tests.bench.table import Row, in_turns
from tests.conftest import migrated
from tests.sealed_lists import Software, issued
from tests.support import postgres

ROWS, PAGE, ANSWERS = 100_000, 2_000, 500
NUMBER = "BP-15646-2026-0001"
SHARE = 0.2
"""Of the rows a second that the database gives alone."""
REPEATS = 3


def measure() -> list[Row]:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, postgres.cluster() as server:
        rows += _on("SQLite", f"sqlite:///{Path(folder) / 'bhxh.db'}")
        with postgres.database(server, "bhxh") as url:
            rows += _on("PostgreSQL", url)
    return rows


def _on(engine: str, url: str) -> list[Row]:
    app = migrated(url)
    with app.app_context():
        key = _a_list()
    software = Software(app, key)
    works = (lambda: (_seconds(lambda: _pull(software)),), lambda: (_seconds(lambda: _read(app)),))
    (pulled,), (read,) = in_turns(works, REPEATS)
    figure, floor = ROWS / pulled, ROWS / read
    said = _seconds(lambda: _answer(software))
    with app.app_context():
        db.engine.dispose()
    return [
        Row(f"BHXH pulls {ROWS:,} rows in pages of {PAGE:,}, {engine}", figure, "rows/s", floor,
            "select alone", f"over {SHARE} of it", figure > SHARE * floor),
        Row(f"BHXH answers {ANSWERS} rows in one call, {engine}", said, "s"),
    ]  # fmt: skip


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _pull(software: Software) -> None:
    after, more, rows = 0, True, 0
    while more:
        page = software.get(f"/lists/{NUMBER}/rows", after=after, limit=PAGE).get_json()
        after, more, rows = page["next"], page["more"], rows + page["count"]
    assert rows == ROWS


def _read(app: Flask) -> None:
    query = select(CardListRow.place, CardListRow.data).order_by(CardListRow.place)
    with app.app_context(), reading():
        assert len(db.session.execute(query).all()) == ROWS
        db.session.rollback()


def _answer(software: Software) -> None:
    answers = [issued(f"a{place}", place, f"TE138{place:010}") for place in range(1, ANSWERS + 1)]
    results = software.answer(NUMBER, *answers)
    assert {one["status"] for one in results} == {"applied"}


def _a_list() -> str:
    """A list of so many rows about as many people as are answered; the unit's key."""
    with transaction():
        commune = Area(level="commune", name="Xã Thường Xuân", search="xa thuong xuan")
        unit = BhxhUnit(name="BHXH cơ sở", search="bhxh co so")
        maker = User(username="officer", name="Cán bộ", role="officer", password_hash="-")
        db.session.add_all((commune, unit, maker))
        db.session.flush()
        village = Area(level="village", name="Thôn 1", search="thon 1", parent_id=commune.id)
        db.session.add(village)
        db.session.flush()
        people = _people(village.id)
        _write_list(commune.id, unit.id, maker.id, people, village.id)
        return make_key(new_id(), unit.id, "đo", ("read", "answers"), "2099-12-31", maker.id)


def _people(village: str) -> list[str]:
    author = Author(None, None, "import", "admin", frozenset({village}))
    home = new_id()
    people = [new_id() for _ in range(ANSWERS)]
    changes = [new_change("household", home, {"village": village})]
    changes += [
        new_change("member", one, {"household": home, "full_name": f"Lò Văn {at}"})
        for at, one in enumerate(people)
    ]
    write_changes(changes, author)
    assert db.session.get(Member, people[-1]) is not None
    return people


def _write_list(commune: str, unit: str, maker: str, people: list[str], village: str) -> None:
    list_id = new_id()
    data = [_row(place, people[(place - 1) % ANSWERS]) for place in range(1, ROWS + 1)]
    texts = [canonical(row) for row in data]
    db.session.add(
        CardList(
            id=list_id, commune_id=commune, unit_id=unit, insurance_group="TE", title="Trẻ em",
            state="sealed", created_by=maker, number=NUMBER, sealed_on="2026-11-20",
            sealed_at=now(), rev=1, row_count=ROWS, totals=json.dumps(totals_of(data)),
            digest=digest_of_texts(texts),
        )
    )  # fmt: skip
    db.session.flush()
    rows = [
        {"id": row["id"], "list_id": list_id, "place": row["place"], "kind": "increase",
         "member_id": row["member"], "village_id": village, "state": "open", "data": text}
        for row, text in zip(data, texts, strict=True)
    ]  # fmt: skip
    for start in range(0, ROWS, 5_000):
        db.session.execute(insert(CardListRow), rows[start : start + 5_000])


def _row(place: int, member: str) -> dict[str, object]:
    """As long as a row of a real list is."""
    return {
        "id": new_id(), "place": place, "kind": "increase", "method": "TM", "member": member,
        "household": new_id(), "enrolment": None, "full_name": f"Lường Thị Mẫu {place}",
        "birth_date": "2022-05-17", "sex": "female", "nationality": "VN", "ethnic_group": "03",
        "personal_id": f"0382{place:08}", "bhxh_number": None, "old_id_number": None,
        "phone": None, "village": "Thôn Hưng Long", "address": "Xóm Đồng",
        "household_head": "Lường Văn Mẫu", "bhxh_household_code": None, "relation": "Con",
        "guardian_name": "Lường Văn Mẫu", "birth_registration": "registered",
        "living_area": None, "clinic_code": "38240", "clinic_name": "Trạm y tế xã Thường Xuân",
        "receipt_on": None, "receipt_number": None, "pension_base": None, "total": 0,
        "state_support": 0, "local_support": 0, "other_support": 0, "own_share": 0,
        "ladder_place": None, "months": 12, "card_from": "2026-12-01", "card_to": "2027-11-30",
        "collector_code": None, "decrease_reason": None, "evidence": None, "note": None,
    }  # fmt: skip
