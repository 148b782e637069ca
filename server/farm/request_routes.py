"""One request: the facts of Mẫu 01, the worksheet counted, and the steps of the commune."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from server.domain.farm.due import dates_of, due_of, posting_end
from server.domain.farm.procedure import state_of, verbs_of
from server.domain.farm.versions import version_called
from server.domain.text import clean_text
from server.errors import Problem
from server.farm.acting import StepRefused, act, ask, check
from server.farm.assessing import Assessed, assess, likely_in_sector
from server.farm.doors import blueprint
from server.farm.filing import lacks_of
from server.farm.inputs import TEXT_LIMIT, answer_in, day_in, given_in_form
from server.farm.scope import (
    DECIDERS,
    READERS,
    data_of,
    may_decide,
    request_in_scope,
    require_decider,
)
from server.farm.words import DONE, NEXT, REASONS, REFUSALS, VERBS
from server.http import page
from server.pages.lacking import by_record
from server.pages.scope import own_villages
from server.pages.words import word
from server.store.audit import note_look
from server.store.db import db, today
from server.store.farm import homes, lines_decided, open_requests, people_of, requests_of
from server.store.legal import legal_tables
from server.store.records import FarmRequest, Household

HOME = "/farm/requests/<request_id>"


@page(blueprint, HOME, roles=READERS)
def farm_request(request_id: str) -> Any:
    found = request_in_scope(request_id)
    note_look(current_user, found.id, count=1, areas=[found.village_id], of="farm_request")
    return _shown(found)


def _shown(found: FarmRequest, wrong: str = "") -> Any:
    day, data, tables = today(), data_of(found), legal_tables()
    checked = state_of(data) not in ("submitted", "draft", "cancelled")
    assessed = _assessed(found, data, data.get("checked_on") or day, asking=not checked)
    people, lacks = people_of(found.household_id, day), lacks_of([found], day).get(found.id)
    body = render_template(
        "farm/request.html",
        it=found,
        data=data,
        state=state_of(data),
        home=homes([found.household_id], day)[found.household_id],
        people=people,
        names={one.id: one.full_name for one in people},
        lacking=by_record(lacks) if lacks is not None else None,
        village=own_villages()[found.village_id],
        assessed=assessed,
        verbs=verbs_of(data, day) if may_decide() else (),
        due=due_of(tables, data, day),
        posting=posting_end(tables, data) if data.get("posting_ends_on") else None,
        dates=dates_of(tables, data),
        version=version_called(data.get("procedure_version"), data["requested_on"]),
        others=[one for one in requests_of(found.household_id) if one.id != found.id],
        wrong=wrong,
        today=day,
        words=VERBS,
        next_words=NEXT,
        reasons=REASONS,
    )
    return (body, 400) if wrong else body


def _assessed(found: FarmRequest, data: dict[str, Any], day: str, *, asking: bool) -> Assessed:
    """The worksheet with what was decided at the check; before it, with what is asked just now,
    and else with what the commune last said of each open line."""
    if asking:
        decided = lines_decided(own_villages())
        answers = {line: answer_in(f"counts_{line}") for line in _open_names()}
        counts = decided | {line: yes for line, yes in answers.items() if yes is not None}
        in_sector = answer_in("in_sector")
        assessed = assess(data, found.household_id, found.village_id, day, in_sector, counts)
        if in_sector is None and (likely := likely_in_sector(assessed)) is not None:
            return assess(data, found.household_id, found.village_id, day, likely, counts)
        return assessed
    counts = {row["line"]: row["counts"] for row in data.get("open_lines") or []}
    return assess(data, found.household_id, found.village_id, day, data.get("in_sector"), counts)


def _open_names() -> list[str]:
    return [name.removeprefix("counts_") for name in request.values if name.startswith("counts_")]


@page(blueprint, f"{HOME}/check", roles=DECIDERS, methods=("POST",))
def farm_check(request_id: str) -> Any:
    """The check: the worksheet, with what the commune says of the sector and of open lines."""
    found = request_in_scope(request_id)
    require_decider()
    day = day_in("day") or today()
    try:
        check(found, day, _assessed(found, data_of(found), day, asking=True))
    except StepRefused as stop:
        return _shown(found, _refusal(stop))
    flash(str(DONE["check"]), "success")
    return redirect(f"/farm/requests/{found.id}")


@page(blueprint, f"{HOME}/steps/<verb>", roles=DECIDERS, methods=("POST",))
def farm_step(request_id: str, verb: str) -> Any:
    """Post, object, recheck, recognise, refuse, take back, or note that the household withdrew."""
    found = request_in_scope(request_id)
    require_decider()
    if verb not in DONE or verb == "check":
        raise Problem("not_found")
    try:
        act(verb, found, given_in_form())
    except StepRefused as stop:
        return _shown(found, _refusal(stop))
    flash(str(DONE[verb]), "success")
    return redirect(f"/farm/requests/{found.id}")


def _refusal(stop: StepRefused) -> str:
    words = str(REFUSALS[stop.code])
    if stop.what is not None:
        table = word("legal_table", stop.what.table)
        words += " " + _("Chưa biết cho ngày này: bảng '%(table)s'.", table=table)
    return words


@page(blueprint, "/farm/households/<household_id>/ask", roles=DECIDERS)
def farm_ask(household_id: str) -> Any:
    """A household hands in its request at the office."""
    home, village = _household(household_id)
    open_ = open_requests(home.id)
    if open_:
        return redirect(f"/farm/requests/{open_[0].id}")
    require_decider()
    note_look(current_user, home.id, count=1, areas=[home.village_id], of="household")
    return render_template(
        "farm/ask.html",
        home=homes([home.id], today())[home.id],
        people=people_of(home.id, today()),
        village=village,
        today=today(),
    )


@page(blueprint, "/farm/households/<household_id>/ask", roles=DECIDERS, methods=("POST",))
def farm_ask_write(household_id: str) -> Any:
    home, _village = _household(household_id)
    require_decider()
    people = {one.id for one in people_of(home.id, today())}
    applicant = request.form.get("applicant", "")
    day = day_in("requested_on") or today()
    if day > today():
        raise Problem("malformed", {"requested_on": "in_future"})
    values = {
        "requested_on": day,
        "applicant": applicant if applicant in people else None,
        "reason": clean_text(request.form.get("reason", "")[:TEXT_LIMIT]),
    }
    made = None if open_requests(home.id) else _asked(home, values)
    if made is None:
        flash(_("Hộ này đã có đề nghị đang làm."), "warn")
        return redirect(f"/farm/requests/{open_requests(home.id)[0].id}")
    flash(_("Đã ghi đề nghị."), "success")
    return redirect(f"/farm/requests/{made}")


def _asked(home: Household, values: dict[str, Any]) -> str | None:
    """None where somebody else wrote one at the same moment."""
    try:
        return ask(home.id, home.village_id, values)
    except Problem as problem:
        if problem.code != "already_decided":
            raise
        return None


def _household(household_id: str) -> tuple[Household, Any]:
    home = db.session.get(Household, household_id)
    if home is None:
        raise Problem("not_found")
    villages = own_villages()
    if home.village_id not in villages:
        raise Problem("not_allowed")
    return home, villages[home.village_id]
