"""Where each card stands, for the commune and for the unit."""

from flask import render_template, request
from flask_login import current_user

from schemas.kinds import Status
from server.bhxh.doors import FOLLOWERS, blueprint
from server.bhxh.tracking import OVER, way
from server.domain.card_lists.ageing import LONG
from server.domain.card_lists.stages import STAGES
from server.errors import Problem
from server.http import page
from server.pages.not_known import lacks_sentence
from server.pages.paging import asked_page
from server.pages.scope import chosen_villages, own_villages
from server.store.audit import note_look
from server.store.counts import counts_by_village
from server.store.db import today

LACKING = (Status.EXPIRED, Status.NONE)


@page(blueprint, "/tracking", roles=FOLLOWERS)
def tracking() -> str:
    villages = own_villages()
    village, stage = request.args.get("village", ""), request.args.get("stage", "")
    q = request.args.get("q", "").strip()[:200]
    if stage and stage not in (*STAGES, OVER):
        raise Problem("malformed", {"stage": "not_in_list"})
    chosen = chosen_villages(villages, village)
    lacking = _lacking(chosen)
    found = way(chosen, lacking, stage, q, today())
    shown = asked_page(len(found.lines))
    lines = found.lines[shown.offset :][: shown.per_page]
    if lines:
        areas = [village] if village else []
        note_look(current_user, "tracking", count=len(lines), areas=areas, stage=stage)
    return render_template(
        "bhxh/tracking.html",
        way=found,
        lacks_sentence=lacks_sentence,
        lacking=lacking,
        lines=lines,
        page=shown,
        stages=STAGES,
        long=LONG,
        villages=villages,
        village=village,
        stage=stage,
        q=q,
    )


def _lacking(villages: list[str]) -> dict[str, int]:
    """How many people of each village were asked and have no card."""
    found: dict[str, int] = {}
    for row in counts_by_village(today(), villages):
        if row.status in LACKING:
            found[row.village_id] = found.get(row.village_id, 0) + row.people
    return found
