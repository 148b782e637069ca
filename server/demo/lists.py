"""A sample list of the insurance about one village: most as surveyed, some of it otherwise."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import orjson
from sqlalchemy import select

from server.linking.reading import people_of
from server.linking.rows import PersonRecord
from server.reconcile.running import run
from server.store.bulk import among
from server.store.db import db, transaction
from server.store.imported_lists import add_rows, finish_list, list_id, open_list
from server.store.records import Card

KIND = "bhxh_list"
MOST = 260
STRANGERS = ("Hà Văn Lợi", "Vi Thị Thơm", "Lò Văn Ính", "Cầm Bá Thước", "Lương Thị Nguyệt")
OTHER_BIRTHS, OTHER_NAMES, ENDED, MOVED_CHILDREN = 5, 2, 6, 4


def bring_a_list(commune: str, village: str, village_name: str, day: date, chance: Random) -> None:
    """Keep the list and compare it by numbers alone: who else may be whom is found by the button
    on its page."""
    made_on = day.replace(day=1)
    id_ = list_id("demo", commune, KIND)
    with transaction():
        people = [each for each in people_of(commune, {}) if each.village == village][:MOST]
        periods = _periods({each.id for each in people})
        rows = list(_rows(people, periods, village_name, made_on, chance))
        open_list(
            id_,
            commune=commune,
            kind=KIND,
            name=f"Người tham gia BHYT, {village_name} (mẫu)",
            digest="demo",
            by=None,
            made_on=made_on.isoformat(),
        )
        add_rows(id_, list(enumerate(rows, start=2)))
        finish_list(id_)
    with transaction():
        run(id_, None, None)


def _periods(people: set[str]) -> dict[str, tuple[str | None, str | None]]:
    """The period that each person's last card shows."""
    query = select(Card.member_id, Card.data).where(
        among(Card.member_id, people), Card.evidence != "told", Card.last_day.is_not(None)
    )
    found = {}
    for member, data in db.session.execute(query.order_by(Card.last_day)):
        card = orjson.loads(data)
        found[member] = card.get("valid_from"), card["valid_to"]
    return found


def _rows(
    people: list[PersonRecord],
    periods: dict[str, tuple[str | None, str | None]],
    village: str,
    made_on: date,
    chance: Random,
) -> Iterator[dict[str, Any]]:
    homes = {home: f"38{at:08}" for at, home in enumerate({each.household: 0 for each in people})}
    numbered = [each for each in people if each.data.get("personal_id")]
    dice = list(numbered)
    chance.shuffle(dice)
    births, names, ended, rest = _parts(dice, OTHER_BIRTHS, OTHER_NAMES, ENDED)
    children = [each for each in rest if each.data.get("relation") == "child"][:MOVED_CHILDREN]
    for each in people:
        if chance.random() < 0.12:
            continue
        row = _as_surveyed(each, homes[each.household], village, made_on)
        row["valid_from"], row["valid_to"] = periods.get(
            each.id, (row["valid_from"], row["valid_to"])
        )
        if each in births and row["birth_date"]:
            row["birth_date"] = f"{int(row['birth_date'][:4]) - 11}{row['birth_date'][4:]}"
        if each in names:
            row["full_name"] = chance.choice(STRANGERS)
        if each in ended:
            row["valid_to"] = (made_on - timedelta(days=40)).isoformat()
        if each in children:
            row["household_code"] = homes[chance.choice(people).household]
        yield row
    for at, name in enumerate(STRANGERS):
        yield {
            "full_name": name,
            "birth_date": str(1960 + 7 * at),
            "bhxh_number": f"389{at:07}",
            "village_text": village,
            "valid_from": f"{made_on.year}-01-01",
            "valid_to": f"{made_on.year}-12-31",
        }


def _parts(people: list[PersonRecord], *sizes: int) -> list[list[PersonRecord]]:
    parts, at = [], 0
    for size in sizes:
        parts.append(people[at : at + size])
        at += size
    return [*parts, people[at:]]


def _as_surveyed(each: PersonRecord, code: str, village: str, made_on: date) -> dict[str, Any]:
    data = each.data
    return {
        "full_name": data["full_name"].upper(),
        "birth_date": data.get("birth_date"),
        "sex": data.get("sex"),
        "personal_id": data.get("personal_id"),
        "bhxh_number": data.get("bhxh_number"),
        "household_code": code,
        "village_text": village,
        "valid_from": f"{made_on.year}-01-01",
        "valid_to": f"{made_on.year}-12-31",
    }
