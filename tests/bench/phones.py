"""Surveyors with a phone each, what they push, and the databases they push it to."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask

from server.store.db import db, new_id
from server.store.places import Area
from tests.bench.wire import Wire
from tests.factories import Factory
from tests.support import postgres

ENGINES = ("SQLite", "PostgreSQL")
BATCH = 100
"""Households in one push."""

PEOPLE = (
    ("Vi Văn Tú", "head", "male", "1980"),
    ("Lò Thị Mai", "spouse", "female", "1982-05"),
    ("Vi Thị Lan", "child", "female", "2008-03-02"),
    ("Vi Văn Bình", "child", "male", "2015-11-20"),
)
CARDS = 3
CHANGES = 1 + len(PEOPLE) + CARDS
"""Changes in a household."""


class Surveyor(NamedTuple):
    """Somebody with a phone, and the village the phone serves."""

    village: str
    token: str
    user: str
    device: str


@contextmanager
def databases(engine: str, folder: Path, server: str, count: int) -> Iterator[list[str]]:
    """So many empty databases of one engine."""
    names = [f"bench_{new_id().replace('-', '')}" for _ in range(count)]
    with ExitStack() as kept:
        if engine == "SQLite":
            yield [f"sqlite:///{folder}/{name}.db" for name in names]
        else:
            yield [kept.enter_context(postgres.database(server, name)) for name in names]


def surveyors(app: Flask, commune: Area, count: int) -> list[Surveyor]:
    """So many phones, each with a new village of its own."""
    make = Factory(app)
    phones = []
    for number in range(count):
        village = make.village(f"Thôn {number}", commune)
        phones.append(surveyor(app, f"lan{number}", [village]))
    return phones


def surveyor(app: Flask, username: str, villages: list[Area]) -> Surveyor:
    make = Factory(app)
    user = make.user("surveyor", username=username, areas=villages)
    device, token = make.device(user)
    with app.app_context():
        db.engine.dispose()
    return Surveyor(villages[0].id, token, user.id, device.id)


def new_households(phone: Surveyor, numbers: Iterable[int] = range(BATCH)) -> list[Wire]:
    return [change for n in numbers for change in new_household(phone, n)]


def new_household(phone: Surveyor, number: int) -> list[Wire]:
    """A household, four members, three cards: eight changes."""
    household = new_id()
    values: dict[str, Any] = {"village": phone.village, "code": f"H{number}", "hamlet": "Xóm 2"}
    changes = [change(phone, "household", household, values)]
    for place, (name, relation, sex, birth) in enumerate(PEOPLE):
        member = new_id()
        values = {
            "household": household, "full_name": name, "relation": relation, "sex": sex,
            "birth_date": birth, "registration": "permanent", "presence": "here",
            "ethnic_group": "03", "insurance_answer": "has_card",
            "insurance_asked_on": "2026-11-20",
        }  # fmt: skip
        changes.append(change(phone, "member", member, values))
        if place < CARDS:
            values = {
                "member": member, "evidence": "card_seen", "valid_from": "2026-01-01",
                "valid_to": "2026-12-31", "number": "GB4380123456789", "insurance_group": "GB",
            }  # fmt: skip
            changes.append(change(phone, "card", new_id(), values))
    return changes


def change(
    phone: Surveyor, entity: str, record: str, values: Wire, was: Wire | None = None
) -> Wire:
    return {
        "id": new_id(), "entity": entity, "record": record, "village": phone.village,
        "by": phone.user, "device": phone.device, "at": "2026-11-22T07:41:09+07:00",
        "was": was or {}, "set": values, "answers": None,
    }  # fmt: skip
