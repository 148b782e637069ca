"""A list of 1,000 rows: the proposal of who waits, and every row checked against the reasons for
which it would come back; each beside reading the same records alone."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import orjson
from flask import Flask
from sqlalchemy import select

from server.domain.partial import add_days
from server.domain.text import fold
from server.store.card_list_changes import add_people
from server.store.card_list_checks import faults_in
from server.store.card_list_rows import listed, live_rows, stored_rows
from server.store.card_list_waiting import waiting
from server.store.card_lists import CardList
from server.store.changes.write import Author, new_change, write_changes
from server.store.db import db, new_id, reading, today, transaction
from server.store.people import User
from server.store.places import Area
from server.store.records import Enrolment, Household, Member
from tests.bench.processor import processor_ms
from tests.bench.table import REPEATS, Row
from tests.card_lists import WHOLE
from tests.conftest import migrated
from tests.enrolling import paid

ROWS, VILLAGES = 1_000, 10
PROPOSE_S, CHECK_S = 1.0, 1.0


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        app = migrated(f"sqlite:///{Path(folder) / 'bench.db'}")
        with app.app_context():
            commune, villages = _place()
            _write(villages)
            card_list = _list(commune, villages)
            rows = _measured(app, villages, card_list)
            db.engine.dispose()
    return rows


def _measured(app: Flask, villages: list[str], card_list: str) -> list[Row]:
    floor = _seconds(_records)
    proposal = _seconds(lambda: waiting(villages, today()))
    checked = _seconds(lambda: _check(card_list))
    asked = f"of {ROWS:,} rows"
    return [
        Row(f"card list: the proposal {asked}", proposal, "s", floor, "reading them",
            f"under {PROPOSE_S:.0f} s", proposal < PROPOSE_S),
        Row(f"card list: checks and rows {asked}", checked, "s", floor, "reading them",
            f"under {CHECK_S:.0f} s", checked < CHECK_S),
    ]  # fmt: skip


def _seconds(work: Callable[[], object]) -> float:
    """Of the processor: SQLite works in this process."""
    return processor_ms("sqlite:", lambda: _reading(work), REPEATS) / 1000


def _reading(work: Callable[[], object]) -> None:
    with reading():
        work()
        db.session.rollback()


def _records() -> None:
    for table in (Household, Member, Enrolment):
        for text in db.session.scalars(select(table.data)):
            orjson.loads(text)


def _check(list_id: str) -> None:
    card_list = db.session.get_one(CardList, list_id)
    found = listed(stored_rows(card_list))
    assert len(live_rows(card_list, found)) == ROWS
    assert 0 < len(faults_in(card_list, found)) < ROWS // 5


def _place() -> tuple[str, list[str]]:
    commune, villages = new_id(), [new_id() for _ in range(VILLAGES)]
    with transaction():
        db.session.add(Area(id=commune, level="commune", name="Xã đo", search="xa do"))
        db.session.flush()
        for at, id_ in enumerate(villages):
            name = f"Thôn {at}"
            area = Area(id=id_, level="village", name=name, search=fold(name), parent_id=commune)
            db.session.add(area)
    return commune, villages


def _write(villages: list[str]) -> None:
    """Recognised farm households of one, paid and checked; every tenth without a clinic. Twice as
    many: one half goes on a list, the other goes on waiting."""
    author = Author(None, None, "import", "admin", frozenset(villages))
    changes = []
    for at in range(2 * ROWS):
        home, member, enrolment = new_id(), new_id(), new_id()
        known = {"average_farm": True, "average_farm_from": "2026-01-01"}
        village = {"village": villages[at % VILLAGES]}
        changes.append(new_change("household", home, {**village, **known}))
        told = {**WHOLE, "household": home, "full_name": f"Lò Thị {at}"}
        told |= {"personal_id": f"0381900{at:05}", "bhxh_number": f"38{at:08}"}
        if at % 10 == 0:
            told.pop("clinic_wanted")
        changes.append(new_change("member", member, told))
        money = paid(member, User(id=new_id()), None, at + 1, collector_code="NV-01")
        money |= {"paid_on": add_days(today(), -1), "state": "submitted"}
        changes.append(new_change("enrolment", enrolment, money))
        step = {"state": "checked"}
        changes.append(new_change("enrolment", enrolment, step, {"state": "submitted"}))
    with transaction():
        assert {one.status for one in write_changes(changes, author)} == {"applied"}


def _list(commune: str, villages: list[str]) -> str:
    user = User(username="đo", name="Đo", role="admin", password_hash="-")
    with transaction():
        db.session.add(user)
        db.session.flush()
        made = CardList(
            commune_id=commune,
            insurance_group="GB",
            support_percent="30",
            title="Đo",
            state="draft",
            created_by=user.id,
        )
        db.session.add(made)
        db.session.flush()
        assert add_people(made, waiting(villages, today())[:ROWS]).added == ROWS
        return made.id
