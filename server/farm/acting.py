"""What the commune does with requests: one step of one request, or the same step of several."""

from collections.abc import Iterable
from typing import Any

from flask_login import current_user

from schemas.kinds import Entity
from server.domain.farm.due import posting_deadline
from server.domain.farm.procedure import (
    APPROVED,
    CHECKED,
    POSTED,
    Given,
    back,
    refusal_of,
    state_of,
    values_of,
)
from server.domain.farm.versions import version_on
from server.domain.legal.farm_income import FarmVerdict
from server.domain.legal.tables import NotKnown
from server.domain.numbers import day_words
from server.errors import Problem
from server.farm.assessing import Assessed
from server.farm.scope import data_of
from server.pages.words import word
from server.store.audit import note_act
from server.store.changes.write import author_at_desk, new_change
from server.store.db import db, new_id, today
from server.store.farm import RECOGNITION, homes, open_requests, recognition_before
from server.store.legal import legal_tables
from server.store.records import FarmRequest
from server.store.review.writing import write_all_or_nothing

NOTE_LIMIT = 2000


class StepRefused(Exception):
    """The step was not taken; `code` has its words in `farm.words`, `what` is what is unknown."""

    def __init__(self, code: str, what: NotKnown | None = None) -> None:
        super().__init__(code)
        self.code, self.what = code, what


def ask(household_id: str, village_id: str, values: dict[str, Any]) -> str:
    """A request handed in at the office; its id. Problem: `already_decided` while another request
    of the household is under way."""
    record = new_id()
    asked = {"household": household_id, "state": "submitted", **values}
    with db.session.begin_nested():
        _write([(Entity.FARM_REQUEST, record, asked, {})])
        # Asked behind the lock of the village: of two at one moment, one sees the other.
        if len(open_requests(household_id)) > 1:
            raise Problem("already_decided")
    note_act("farm_ask", by=current_user.id, subject=household_id, area=village_id, of="household")
    return record


def check(request: FarmRequest, day: str, assessed: Assessed) -> None:
    """Write down what the check found. Raises StepRefused while law or worksheet are missing."""
    data = data_of(request)
    _refuse(refusal_of("check", data, Given(day), today()))
    if assessed.conclusion is None or not isinstance(assessed.verdict, FarmVerdict):
        raise StepRefused("farm_no_conclusion", assessed.not_known)
    version = version_on(day)
    values = {
        "state": CHECKED,
        "checked_on": day,
        "assessment": assessed.sheet_id,
        "in_sector": assessed.in_sector,
        "open_lines": [
            {"line": line.line, "counts": line.counts}
            for line in assessed.open_lines
            if line.counts is not None
        ]
        or None,
        "per_person_month": assessed.verdict.per_person_month,
        "band": assessed.verdict.band,
        "verdict": assessed.conclusion,
        "procedure_version": version.code if version else None,
    }
    _step("check", request, data, values)


def act(verb: str, request: FarmRequest, given: Given) -> None:
    """Take any other step. Raises StepRefused with the reason when it may not be taken so."""
    data = data_of(request)
    _refuse(refusal_of(verb, data, given, today()))
    if verb == "post":
        values = _posting(given)
    else:
        values = values_of(verb, data, given)
    if verb == "back":
        values["note"] = _noted(data, given.text or "")
    _step(verb, request, data, values)


def act_together(verb: str, requests: Iterable[FarmRequest], given: Given) -> tuple[int, list[str]]:
    """The same step of several; how many took it, and the codes of why others did not."""
    done, refused = 0, []
    for request in requests:
        try:
            act(verb, request, given)
            done += 1
        except StepRefused as stop:
            refused.append(stop.code)
    return done, refused


def _refuse(code: str | None) -> None:
    if code is not None:
        raise StepRefused(code)


def _posting(given: Given) -> dict[str, Any]:
    ends = posting_deadline(legal_tables(), given.day)
    if isinstance(ends, NotKnown):
        raise StepRefused("farm_no_calendar", ends)
    return {"state": POSTED, "posted_on": given.day, "posting_ends_on": ends.on}


def _noted(data: dict[str, Any], reason: str) -> str:
    """Why a step was taken back stays with the request."""
    was = word("farm_request_state", state_of(data))
    becomes = word("farm_request_state", back(data)["state"])
    line = f"{day_words(today())}, {was} → {becomes}: {reason}"
    return "\n".join(filter(None, [data.get("note"), line]))[-NOTE_LIMIT:]


def _step(verb: str, request: FarmRequest, data: dict[str, Any], values: dict[str, Any]) -> None:
    was = {name: data.get(name) for name in values}
    steps = [(Entity.FARM_REQUEST, request.id, values, was)]
    if verb == "approve" or (verb == "back" and state_of(data) == APPROVED):
        home = homes([request.household_id], today())[request.household_id].data
        recognition = _recognition(verb, request, data, values)
        known = {name: home.get(name) for name in RECOGNITION}
        steps.append((Entity.HOUSEHOLD, request.household_id, recognition, known))
    _write(steps)
    note_act(
        f"farm_{verb}",
        by=current_user.id,
        subject=request.id,
        area=request.village_id,
        of="farm_request",
    )


def _recognition(
    verb: str, request: FarmRequest, data: dict[str, Any], values: dict[str, Any]
) -> dict[str, Any]:
    if verb == "back":
        return recognition_before(request.household_id, data["valid_from"])
    days = {"average_farm_from": values["valid_from"], "average_farm_to": values["valid_to"]}
    return {"average_farm": True, **days}


def _write(steps: list[tuple[Entity, str, dict[str, Any], dict[str, Any]]]) -> None:
    changes = [new_change(entity.value, id_, values, was) for entity, id_, values, was in steps]
    _results, refused = write_all_or_nothing(changes, author_at_desk(current_user))
    if refused:
        raise Problem("already_decided")
