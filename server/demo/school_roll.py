"""A sample roll of the primary school: most of its pupils in the class that is recorded, some in
another, one recorded at the next school."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from server.demo.people import SCHOOLS
from server.linking.reading import people_of
from server.linking.rows import PersonRecord
from server.reconcile.running import run
from server.roster.schools import put_school
from server.store.db import db, new_id, transaction
from server.store.imported_lists import add_rows, finish_list, list_id, open_list
from server.store.places import Area, School

KIND = "school_roll"
MOST = 36
OTHER_CLASSES = 4
"""One pupil in so many went to another class."""
KEPT_BACK = "5B"
(_PRIMARY, PRIMARY), (_SECONDARY, SECONDARY), *_ = SCHOOLS


def bring_a_roll(commune_id: str, village: str, village_name: str, day: date) -> None:
    """Keep the roll and compare it by numbers alone."""
    id_ = list_id("demo", commune_id, KIND)
    with transaction():
        school = School(id=new_id(), name=PRIMARY, level="Tiểu học", commune_id=commune_id)
        put_school(school, db.session.get_one(Area, commune_id))
        open_list(
            id_,
            commune=commune_id,
            kind=KIND,
            name=f"{PRIMARY}, năm học {_school_year(day)}",
            digest="demo",
            by=None,
            made_on=day.replace(day=1).isoformat(),
            school=school.id,
        )
        pupils = [one for one in people_of(commune_id, {}) if one.village == village]
        add_rows(id_, list(enumerate(_rows(pupils, village_name), start=2)))
        finish_list(id_)
    with transaction():
        run(id_, None, None)


def _rows(people: list[PersonRecord], village: str) -> Iterator[dict[str, Any]]:
    numbered = [one.data for one in people if one.data.get("personal_id")]
    pupils = [one for one in numbered if one.get("school_other") == PRIMARY][:MOST]
    older = [one for one in numbered if one.get("school_other") == SECONDARY][:1]
    classes = [
        one["school_class"][:-1] + "B" if at % OTHER_CLASSES == 0 else one["school_class"]
        for at, one in enumerate(pupils)
    ]
    for one, told in zip([*pupils, *older], [*classes, *[KEPT_BACK] * len(older)], strict=True):
        yield {
            "full_name": one["full_name"],
            "birth_date": one["birth_date"],
            "sex": one["sex"],
            "personal_id": one["personal_id"],
            "village_text": village,
            "school_class": told,
        }


def _school_year(day: date) -> str:
    """School begins in September."""
    first = day.year - (day.month < 9)
    return f"{first}-{first + 1}"
