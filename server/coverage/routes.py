"""Doors of the coverage room."""

from typing import Any

from flask import render_template, request
from flask_login import current_user

from schemas.api import COVERAGE
from server.coverage import group_routes, over_time_routes  # noqa: F401  (their pages)
from server.coverage.doors import api, blueprint, day_of, ground_for, listed, own_ground, text_of
from server.domain.numbers import day_words, number_words, percent, percent_words
from server.domain.words import INDICATOR, STATUS
from server.http import Call, door, page
from server.store.completeness import UNSYNCED_DAYS
from server.store.coverage.standing import coverage
from server.store.db import today
from server.store.duties import duties_on
from server.store.scope import IMPORTING_ROLES

blueprint.add_app_template_filter(number_words)
blueprint.add_app_template_filter(percent_words)
blueprint.add_app_template_filter(day_words)


@door(api, COVERAGE)
def coverage_api(call: Call) -> dict[str, Any]:
    ground = ground_for(call)
    return coverage(ground, day_of(text_of(call.query["on"])))


@page(blueprint, "/coverage")
def coverage_page() -> str:
    day = day_of(request.args.get("on"))
    asked = request.args.get("area")
    ground = own_ground(asked)
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
        listed=listed(ground, asked),
        duties=duties_on(day, [line.id for line in ground.lines] or [ground.id]),
        may_import=current_user.role in IMPORTING_ROLES,
    )
