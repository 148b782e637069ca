"""From a record's data to the columns that queries need. Every writer comes through here."""

from collections.abc import Callable, Mapping
from typing import Any

from schemas.kinds import Entity, FarmRequestState, FieldNoteState
from server.domain.enrolment.states import DRAFT, STANDING
from server.domain.partial import FIRST_DAY_EVER, first_day, last_day
from server.domain.status import span
from server.domain.text import search_key

Data = Mapping[str, Any]
Lifted = dict[str, Any]


def _household(data: Data) -> Lifted:
    get = data.get
    code, address, hamlet = get("code"), get("address"), get("hamlet")
    ended = get("ended_on")
    return {
        "code": code,
        "hamlet": hamlet,
        "search": search_key(code, address, hamlet),
        "living_class": get("living_class"),
        "average_farm": get("average_farm"),
        "hardship": get("hardship"),
        "last_day": last_day(ended) if ended else None,
        "merged_into": get("merged_into"),
    }


def _member(data: Data) -> Lifted:
    get = data.get
    name, known_as = data["full_name"], get("known_as")
    since, ended = get("since"), get("ended_on")
    return {
        "full_name": name,
        "search": search_key(name, known_as),
        "birth_date": get("birth_date"),
        "sex": get("sex"),
        "relation": get("relation"),
        "personal_id": get("personal_id"),
        "bhxh_number": get("bhxh_number"),
        "ethnic_group": get("ethnic_group"),
        "registration": get("registration"),
        "presence": get("presence"),
        "insurance_answer": get("insurance_answer"),
        "insurance_asked_on": get("insurance_asked_on"),
        "uninsured_reason": get("uninsured_reason"),
        "social_insurance": get("social_insurance"),
        "first_day": first_day(since) if since else None,
        "last_day": last_day(ended) if ended else None,
        "merged_into": get("merged_into"),
    }


def _card(data: Data) -> Lifted:
    get = data.get
    start, end = span(get("valid_from"), get("valid_to"))
    return {
        "member_id": data["member"],
        "evidence": data["evidence"],
        "first_day": start,
        "last_day": end,
        "checked_on": get("checked_on"),
        "insurance_group": get("insurance_group"),
        "void": bool(get("void_reason")),
    }


def _entitlement(data: Data) -> Lifted:
    start, end = span(data.get("valid_from"), data.get("valid_to"))
    return {"member_id": data["member"], "kind": data["kind"], "first_day": start, "last_day": end}


def _visit(data: Data) -> Lifted:
    return {"on": data["on"], "outcome": data["outcome"], "come_back_on": data.get("come_back_on")}


def _farm_assessment(data: Data) -> Lifted:
    return {"months_to": data["months_to"]}


def _farm_request(data: Data) -> Lifted:
    return {
        "state": data.get("state") or FarmRequestState.SUBMITTED.value,
        "requested_on": data["requested_on"],
        "decision_number": data.get("decision_number"),
    }


def _enrolment(data: Data) -> Lifted:
    get = data.get
    paid_on, state = get("paid_on"), get("state") or DRAFT
    return {
        "member_id": data["member"],
        "state": state,
        "stands": state in STANDING,
        "first_day": paid_on or FIRST_DAY_EVER,
        "last_day": get("card_to"),
        "paid_on": paid_on,
        "collected_by": get("collected_by"),
        "receipt_book": get("receipt_book"),
        "receipt_number": get("receipt_number"),
        "sponsorship_id": get("sponsorship"),
        "sponsored": get("other_support") if get("sponsorship") else None,
    }


def _sponsorship(data: Data) -> Lifted:
    get = data.get
    return {
        "member_id": data["member"],
        "sponsor_id": data["sponsor"],
        "amount": get("amount") or 0,
        "agreed_on": get("agreed_on"),
        "ends_on": get("ends_on"),
        "withdrawn_on": get("withdrawn_on"),
    }


def _lead(data: Data) -> Lifted:
    get = data.get
    return {
        "member_id": data["member"],
        "kind": data["kind"],
        "assigned_to": get("assigned_to"),
        "asked_on": get("asked_on"),
        "outcome": get("outcome"),
        "outcome_on": get("outcome_on"),
        "mobilised_by": get("mobilised_by"),
    }


def _listing(data: Data) -> Lifted:
    return {"member_id": data["member"]}


def _field_note(data: Data) -> Lifted:
    return {"about_id": data["about"], "state": data.get("state") or FieldNoteState.OPEN.value}


LIFT: dict[Entity, Callable[[Data], Lifted]] = {
    Entity.HOUSEHOLD: _household,
    Entity.MEMBER: _member,
    Entity.CARD: _card,
    Entity.ENTITLEMENT: _entitlement,
    Entity.VISIT: _visit,
    Entity.FARM_ASSESSMENT: _farm_assessment,
    Entity.FARM_REQUEST: _farm_request,
    Entity.ENROLMENT: _enrolment,
    Entity.SPONSORSHIP: _sponsorship,
    Entity.LEAD: _lead,
    Entity.LISTING: _listing,
    Entity.FIELD_NOTE: _field_note,
}
