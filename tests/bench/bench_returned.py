"""A list of 10,000 people that left as a workbook and came back with every tenth changed: seconds
to take it in, beside reading its cells alone; and to take over what may be taken at once."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from time import perf_counter

from flask import Flask
from flask_login import login_user
from openpyxl import load_workbook
from sqlalchemy import select

from schemas.kinds import AreaLevel, Role
from server.lists.catalogue import PEOPLE
from server.lists.export import Rows, list_xlsx
from server.lists.filters import read_filters
from server.lists.query import whole_list
from server.lists.service import carried, ground_of
from server.pages.sheets import Notes
from server.returned.deciding import AT_ONCE, accept_clean
from server.returned.taking import take_in
from server.store.db import db, new_id, reading, today, transaction
from server.store.list_marks import key_to_seal
from server.store.people import User, UserArea
from server.store.places import Area
from server.store.returned_lists import ReturnedList
from server.tables.opening import open_book
from tests.bench.commune import demo_communes
from tests.bench.table import Row
from tests.conftest import migrated

KEY, EVERY, COLUMN = "covered", 10, "Tên thường gọi"
COMMUNES = 2
MOST = 10_000


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        demo_communes(url, COMMUNES)
        app = migrated(url)
        with app.app_context():
            user = _officer()
            with _signed_in(app, user), reading():
                data, rows = _sent()
            changed = _filled_in(data)
            started = perf_counter()
            for sheet in open_book(changed).sheets:
                sum(1 for _row in sheet.rows())
            floor = perf_counter() - started
            with _signed_in(app, user), transaction():
                started = perf_counter()
                kept, _new = take_in(changed, "back.xlsx", None)
                took, id_ = perf_counter() - started, kept.id
            with _signed_in(app, user), transaction():
                started = perf_counter()
                done, _left = accept_clean(db.session.get_one(ReturnedList, id_))
                accepted = perf_counter() - started
    assert done == AT_ONCE
    return [
        Row(f"a returned list of {rows:,} rows is compared", took, "s", floor, "its cells alone"),
        Row(f"{done} of its rows are accepted at once", accepted, "s"),
    ]


@contextmanager
def _signed_in(app: Flask, user: str) -> Iterator[None]:
    with app.test_request_context():
        login_user(db.session.get_one(User, user))
        yield


def _officer() -> str:
    """Somebody who oversees every commune."""
    with transaction():
        user = User(id=new_id(), username="bench", name="Bench", role=Role.OFFICER.value,
                    password_hash="", lists_room=True)  # fmt: skip
        db.session.add(user)
        db.session.flush()
        villages = select(Area.parent_id).where(Area.level == AreaLevel.VILLAGE).distinct()
        for area in db.session.scalars(villages):
            db.session.add(UserArea(user_id=user.id, area_id=area, valid_from="2020-01-01"))
        return user.id


def _sent() -> tuple[bytes, int]:
    which, day = PEOPLE[KEY], today()
    filters = read_filters(which, {}, day)
    officer = db.session.scalars(select(User).where(User.username == "bench")).one()
    ground = ground_of("", officer)
    found, batches = whole_list(which, filters, ground.villages)
    entries = [entry for batch in batches for entry in batch][:MOST]
    rows = Rows(which, day, [entries])
    told = carried(which, "", filters, ground, officer)
    with list_xlsx(rows, Notes("", ()), told, key_to_seal()) as file:
        return file.read(), len(entries)


def _filled_in(data: bytes) -> bytes:
    book = load_workbook(BytesIO(data))
    sheet = book["Danh sách"]
    at = [cell.value for cell in sheet[1]].index(COLUMN) + 1
    for row in range(2, sheet.max_row + 1, EVERY):
        sheet.cell(row, at).value = f"Cò {row}"
    file = BytesIO()
    book.save(file)
    return file.getvalue()
