"""Kept lists for tests, as an import leaves them."""

from typing import Any

from server.store.db import new_id
from server.store.imported_lists import add_rows, finish_list, open_list
from server.store.people import User
from server.store.places import Area
from tests.factories import Factory

MADE_ON = "2026-11-01"
YEAR = {"valid_from": "2026-01-01", "valid_to": "2026-12-31"}
NONE = "01a20000-0000-7000-8000-000000000000"


def kept_list(
    make: Factory,
    commune: Area,
    by: User,
    *rows: dict[str, Any],
    kind: str = "bhxh_list",
    made_on: str = MADE_ON,
    **more: Any,
) -> str:
    """A list of these rows; its id."""
    name = more.pop("name", "Danh sách người tham gia tháng 10/2026")
    id_ = new_id()
    with make.writing():
        open_list(
            id_, commune=commune.id, kind=kind, name=name, digest="0" * 64, by=by.id,
            made_on=made_on, **more,
        )  # fmt: skip
        add_rows(id_, list(enumerate(rows, start=2)))
        finish_list(id_)
    return id_


def row(name: str, born: str | None = None, **more: Any) -> dict[str, Any]:
    return {"full_name": name, "birth_date": born, **more}
