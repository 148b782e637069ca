"""Doors of the coverage room."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request
from flask_login import current_user

from schemas.api import COVERAGE
from schemas.fields import FULL_LENGTH, is_partial_date
from server.domain.numbers import day_words, number_words, percent, percent_words
from server.domain.words import INDICATOR, STATUS
from server.errors import Problem
from server.http import Call, door, page
from server.store.completeness import UNSYNCED_DAYS
from server.store.coverage.ground import OWN_LEVEL, UNIT_LEVEL, Ground, ground_of
from server.store.coverage.standing import coverage
from server.store.db import today
from server.store.duties import duties_on
from server.store.scope import IMPORTING_ROLES, may_see_people

blueprint = Blueprint("coverage", __name__, template_folder="templates")
api = Blueprint("coverage_api", __name__)

blueprint.add_app_template_filter(number_words)
blueprint.add_app_template_filter(percent_words)
blueprint.add_app_template_filter(day_words)


@door(api, COVERAGE)
def coverage_api(call: Call) -> dict[str, Any]:
    caller = call.device
    if caller.revoked:
        raise Problem("not_allowed")
    on: date | None = call.query["on"]
    day = _day(on.isoformat() if on else None)
    return coverage(ground_of(call.query["area"], caller.user_id, caller, today()), day)


@page(blueprint, "/coverage")
def coverage_page() -> str:
    day = _day(request.args.get("on"))
    asked = request.args.get("area")
    ground = ground_of(asked, current_user.id, current_user, today())
    answer = coverage(ground, day)
    counts = answer["total"]["counts"]
    return render_template(
        "coverage/coverage.html",
        ground=ground,
        answer=answer,
        rates={
            "registered": percent(counts["registered_covered"], counts["registered"]),
            "present": percent(counts["present_covered"], counts["present"]),
        },
        day=day,
        today=today(),
        status_words=STATUS,
        indicator_words=INDICATOR,
        unsynced_days=UNSYNCED_DAYS,
        listed=_listed(ground, asked),
        duties=duties_on(day, [line.id for line in ground.lines] or [ground.id]),
        may_import=current_user.role in IMPORTING_ROLES,
    )


def _listed(ground: Ground, asked: str | None) -> str | None:
    """The area whose list stands behind the totals: empty for all that is one's own, None where
    there is no such list or the reader may not see people."""
    if not may_see_people(current_user):
        return None
    if ground.level not in (UNIT_LEVEL, OWN_LEVEL):
        return ground.id
    return None if asked and asked != current_user.bhxh_unit_id else ""


def _day(asked: str | None) -> str:
    """The day asked for, today without one. Problem: malformed."""
    if not asked:
        return today()
    if len(asked) != FULL_LENGTH or not is_partial_date(asked):
        raise Problem("malformed", {"fields": {"on": ["not_a_date"]}})
    return asked
