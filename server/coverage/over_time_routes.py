"""Doors of 'Diễn biến': coverage over a period as page, workbook and API."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, render_template, request
from flask_babel import force_locale
from flask_login import current_user

from schemas.api import COVERAGE_SERIES
from server.coverage.doors import api, blueprint, day_of, ground_for, listed, own_ground, text_of
from server.coverage.over_time_files import over_time_workbook
from server.coverage.series import (
    HEADS,
    ORDERS,
    Period,
    Row,
    chart,
    denominator,
    gains,
    goal,
    of_official,
    outlook_short,
    outlook_words,
    pace_words,
    parts,
    period_of,
    points_words,
    published,
    ranked,
    rate,
    signed,
)
from server.domain.words import INDICATOR
from server.errors import Problem
from server.http import Call, door, page
from server.pages.sheets import XLSX_TYPE, sent_file
from server.store.audit import note_act
from server.store.completeness import UNSYNCED_DAYS
from server.store.coverage.ground import OWN_LEVEL, UNIT_LEVEL, Ground
from server.store.coverage.over_time import over_time
from server.store.coverage.planned import Plan, plans_on
from server.store.db import today
from server.store.duties import duties_on
from server.store.scope import IMPORTING_ROLES

SUBJECT = "coverage_over_time"


@door(api, COVERAGE_SERIES)
def coverage_series_api(call: Call) -> dict[str, Any]:
    start, end = text_of(call.query["from_"]), text_of(call.query["to"])
    asked = period_of(call.query["every"], start, end or today(), today())
    return over_time(ground_for(call), asked.days)


@page(blueprint, "/coverage/over-time")
def coverage_over_time_page() -> str:
    ground, period = own_ground(request.args.get("area")), _period(request.args)
    order = request.args.get("by") or HEADS
    if order not in ORDERS:
        raise Problem("malformed", {"fields": {"by": ["not_in_list"]}})
    answer = over_time(ground, period.days)
    duties = duties_on(period.end, [line.id for line in ground.lines] or [ground.id])
    figures = published(answer)
    return render_template(
        "coverage/over_time.html",
        ground=ground,
        period=period,
        order=order,
        answer=answer,
        now=answer["points"][-1],
        duties=duties,
        ranking=ranked(answer, order, duties),
        chart=chart(answer),
        lines=_lines(answer),
        figures=figures,
        targets=_targets(ground, period.end, figures),
        indicator_words=INDICATOR,
        today=today(),
        unsynced_days=UNSYNCED_DAYS,
        may_import=current_user.role in IMPORTING_ROLES,
        listed=listed(ground, request.args.get("area")),
        denominator=denominator,
        changes=gains([point["total"] for point in answer["points"]]),
        goal=goal,
        of_official=of_official,
        outlook_short=outlook_short,
        outlook_words=outlook_words,
        parts=parts,
        pace_words=pace_words,
        points_words=points_words,
        rate=rate,
        signed=signed,
    )


@page(blueprint, "/coverage/over-time/export", methods=("POST",))
def coverage_over_time_export() -> Response:
    """The same tables as a workbook; no resident is named in it."""
    ground, period = own_ground(request.form.get("area")), _period(request.form)
    answer = over_time(ground, period.days)
    duties = duties_on(period.end, [line.id for line in ground.lines] or [ground.id])
    # A file for others speaks Vietnamese, whatever language its author reads.
    with force_locale("vi"):
        body = over_time_workbook(ground, period, answer, duties, current_user.name)
    area = ground.id if ground.level not in (OWN_LEVEL, UNIT_LEVEL) else None
    note_act("export", by=current_user.id, subject=SUBJECT, area=area,
             count=len(period.days), format="xlsx")  # fmt: skip
    return sent_file(body, XLSX_TYPE, f"dien-bien-bao-phu-{period.end}.xlsx")


def _period(form: Mapping[str, str]) -> Period:
    start, end = form.get("from"), form.get("to")
    first = day_of(start, "from") if start else None
    return period_of(form.get("every"), first, day_of(end, "to"), today())


def _targets(ground: Ground, day: str, figures: Sequence[Row]) -> dict[str, Plan]:
    """What the plan asks of the ground on the day, by each indicator that is published."""
    told = {
        indicator: plans_on(day, [ground.id], indicator).get(ground.id)
        for indicator in {figure["indicator"] for figure in figures}
    }
    return {indicator: plan for indicator, plan in told.items() if plan is not None}


def _lines(answer: dict[str, Any]) -> list[tuple[dict[str, Any], list[dict[str, Any] | None]]]:
    """Each line of the last day with its rows of all days; where it did not stand yet, none."""
    by_day = [{row["area"]["id"]: row for row in point["rows"]} for point in answer["points"]]
    return [
        (row["area"], [rows.get(row["area"]["id"]) for rows in by_day])
        for row in answer["points"][-1]["rows"]
    ]
