"""The page 'why': how the law places a person on a day, with its articles, to read or to print."""

from typing import Any

from flask import render_template, request
from flask_login import current_user

from schemas.fields import FULL_LENGTH, is_partial_date
from server.desk.doors import blueprint
from server.desk.people_routes import PEOPLE
from server.desk.reading import cards_of, data_of, doubles_of, entitlements_of, member_in_scope
from server.desk.why import why
from server.errors import Problem
from server.http import page
from server.pages.values import value_words
from server.store.audit import note_look
from server.store.db import db, today
from server.store.records import Household

MEMBER_FACTS = (
    "birth_date",
    "registration",
    "ethnic_group",
    "work",
    "social_insurance",
    "unemployment_benefit_to",
)
HOUSEHOLD_FACTS = (
    "living_class",
    "living_class_from",
    "living_class_to",
    "average_farm",
    "average_farm_from",
    "average_farm_to",
)


@page(blueprint, "/people/<member_id>/why", roles=PEOPLE)
def person_why(member_id: str) -> Any:
    member, village = member_in_scope(member_id)
    day = _asked_day()
    household = db.session.get(Household, member.household_id)
    person, home = data_of(member), data_of(household) if household else {}
    ids = doubles_of(member.id)
    cards, rights = cards_of(ids), entitlements_of(ids)
    note_look(current_user, member.id, count=1, areas=[village.id], of="member")
    return render_template(
        "desk/why.html",
        member=member,
        village=village,
        why=why(day, person, home, village.id, cards, rights),
        used=[
            *(_used("member", name, person) for name in MEMBER_FACTS),
            *(_used("household", name, home) for name in HOUSEHOLD_FACTS),
        ],
        rights=[(right, _right_words(right.data)) for right in rights],
    )


def _used(entity: str, name: str, data: dict[str, Any]) -> tuple[str, str]:
    return name, value_words(entity, name, data.get(name), {})


def _right_words(data: dict[str, Any]) -> dict[str, str]:
    return {name: value_words("entitlement", name, value, {}) for name, value in data.items()}


def _asked_day() -> str:
    """The day asked for, today without asking. Problem: malformed."""
    typed = request.args.get("day", "").strip()
    if not typed:
        return today()
    if len(typed) != FULL_LENGTH or not is_partial_date(typed):
        raise Problem("malformed", {"day": "not_a_date"})
    return typed
