"""The campaign list: whom to visit in recognised households, and what to say it costs; on the
screen and to take away."""

from typing import Any

from flask import render_template
from flask_login import current_user

from server.domain.legal.groups import group_names
from server.errors import Problem
from server.farm.campaign import candidates
from server.farm.doors import blueprint
from server.farm.lists import campaign_paper, campaign_sheet, sent_list
from server.farm.scope import READERS, asked_villages, typed
from server.http import page
from server.pages.not_known import lacks_words
from server.pages.price_words import price_remarks
from server.pages.scope import own_villages
from server.store.audit import note_look
from server.store.db import today
from server.store.legal import legal_tables
from server.store.prices import totals

MONTHS = (3, 6, 12)


@page(blueprint, "/farm/campaign", roles=READERS)
def farm_campaign() -> Any:
    village, villages = asked_villages()
    months = _months()
    found = candidates(villages, today(), months)
    if found:
        areas = [village] if village else []
        note_look(current_user, "farm_campaign", count=len(found), areas=areas)
    sums = totals(one.joins for one in found)
    return render_template(
        "farm/campaign.html",
        people=found,
        totals=sums,
        remarks=price_remarks((one.joins for one in found), sums),
        lacks_words=lacks_words,
        groups=group_names(legal_tables(), today()),
        months=months,
        all_months=MONTHS,
        village=village,
        villages=own_villages(),
        today=today(),
    )


@page(blueprint, "/farm/campaign/export", roles=READERS, methods=("POST",))
def export_campaign() -> Any:
    """The whole list of the chosen villages."""
    village, villages = asked_villages()
    lines = candidates(villages, today(), _months())
    return sent_list("farm_campaign", village, lines, campaign_paper, campaign_sheet)


def _months() -> int:
    asked = typed("months") or "12"
    if asked not in {str(each) for each in MONTHS}:
        raise Problem("malformed", {"months": "not_in_list"})
    return int(asked)
