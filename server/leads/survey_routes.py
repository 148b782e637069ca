"""People the survey names, chosen and given to who shall talk to them."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_login import current_user

from server.domain.partial import age_on
from server.errors import Problem
from server.http import page
from server.leads.doors import OFFICE, blueprint
from server.leads.giving import MOST, give
from server.leads.talkers import talker, talkers
from server.leads.words import FAULTS, INTEREST, given_words
from server.pages.not_known import lacks_sentence
from server.pages.paging import asked_page
from server.pages.plurals import said as _
from server.pages.scope import chosen_villages, own_villages
from server.store.audit import note_look
from server.store.db import today
from server.store.leads import candidates

PER_PAGE = 200


@page(blueprint, "/leads/survey", roles=OFFICE)
def survey_leads() -> Any:
    return _shown()


def _shown(wrong: str = "") -> Any:
    day, village = today(), request.values.get("village", "")
    villages = chosen_villages(own_villages(), village)
    found = candidates(day, villages)
    at = asked_page(len(found.people), PER_PAGE, "/leads/survey", {"village": village})
    people = found.people[at.offset :][: at.per_page]
    if people:
        areas = [village] if village else []
        note_look(current_user, "lead_candidates", count=len(people), areas=areas)
    body = render_template(
        "leads/survey.html",
        people=people,
        found=found,
        lacks_sentence=lacks_sentence,
        page=at,
        ages={one.id: age_on(day, one.told.birth_date) for one in people if one.told.birth_date},
        interest=INTEREST,
        talkers=talkers(),
        village=village,
        villages=own_villages(),
        wrong=wrong,
        typed=request.form,
    )
    return (body, 400) if wrong else body


@page(blueprint, "/leads/give", roles=OFFICE, methods=("POST",))
def give_leads() -> Any:
    chosen = tuple(dict.fromkeys(request.form.getlist("member")))
    if not chosen or len(chosen) > MOST:
        return _shown(str(FAULTS["too_many" if chosen else "nobody"]))
    to = talker(request.form.get("to", ""))
    try:
        flash(*given_words(give(chosen, to, today()), to))
    except Problem as problem:
        if problem.code != "already_decided":
            raise
        flash(_("Chưa giao được: có người vừa được giao. Xem lại rồi làm tiếp."), "warn")
        return redirect("/leads/survey")
    return redirect("/leads")
