"""Households and people."""

from typing import Any

from flask import render_template, request
from flask_login import current_user

from schemas.kinds import Role, Status
from server.desk.doors import blueprint
from server.desk.finding import find_households, find_people
from server.desk.history import history_of
from server.desk.reading import (
    cards_of,
    data_of,
    doubles_of,
    entitlements_of,
    farm_assessments_of,
    household_in_scope,
    member_in_scope,
    members_of,
    merged_households,
    notes_about,
    statuses_of,
    visits_of,
)
from server.errors import Problem
from server.http import page
from server.pages.paging import Page
from server.pages.scope import chosen_villages, own_villages
from server.pages.values import facts, names_of, value_words
from server.store.audit import note_look
from server.store.card_list_tracks import tracks_of_people
from server.store.db import db, today
from server.store.records import Household
from server.store.sponsor_cards import cards_of_people

PEOPLE = (Role.SURVEYOR, Role.OFFICER, Role.BHXH, Role.ADMIN)


@page(blueprint, "/households", roles=PEOPLE)
def households() -> Any:
    villages = own_villages()
    q, village, only = _typed("q"), _typed("village"), _typed("only")
    lines, shown = find_households(q, chosen_villages(villages, village), only, today())
    _note_look("households", shown, len(lines), village, searched=bool(q), only=only)
    return render_template(
        "desk/households.html",
        lines=lines,
        page=shown,
        villages=villages,
        q=q,
        village=village,
        only=only,
        statuses=list(Status),
    )


@page(blueprint, "/households/<household_id>", roles=PEOPLE)
def household_page(household_id: str) -> Any:
    household, village = household_in_scope(household_id)
    members = members_of(household, today())
    ids = [household.id, *(each.member.id for each in members)]
    data = data_of(household)
    visits = visits_of(household.id)
    note_look(current_user, household.id, count=len(members), areas=[village.id], of="household")
    return render_template(
        "desk/household.html",
        household=household,
        village=village,
        doubles=merged_households(household.id),
        members=members,
        facts=facts("household", data, leave=("village", "latitude", "longitude", "accuracy_m")),
        visits=[(visit, facts("visit", visit.data, ("household",))) for visit in visits],
        assessments=[(each, _income(each.data)) for each in farm_assessments_of(household.id)],
        notes=[(each, facts("field_note", each.data, ("about",))) for each in notes_about(ids)],
        history=history_of([household.id, *(visit.id for visit in visits)]),
    )


def _note_look(name: str, shown: Page, count: int, village: str, **asked: Any) -> None:
    """What was typed to search is somebody's name: that somebody was searched for is enough."""
    if count:
        detail = {key: value for key, value in asked.items() if value}
        areas = [village] if village else []
        number = {"page": shown.number, "total": shown.total}
        note_look(current_user, name, count=count, areas=areas, **number, **detail)


def _income(data: dict[str, Any]) -> int:
    """What the worksheet's lines leave after costs, in đồng."""
    lines = data.get("lines") or []
    return sum((line.get("revenue") or 0) - (line.get("cost") or 0) for line in lines)


@page(blueprint, "/people", roles=PEOPLE)
def people() -> Any:
    villages = own_villages()
    q, village, status = _typed("q"), _typed("village"), _typed("status")
    if status and status not in set(Status):
        raise Problem("malformed", {"status": "not_in_list"})
    lines, shown = find_people(q, chosen_villages(villages, village), status, today())
    _note_look("people", shown, len(lines), village, searched=bool(q), status=status)
    return render_template(
        "desk/people.html",
        lines=lines,
        page=shown,
        villages=villages,
        q=q,
        village=village,
        status=status,
        statuses=list(Status),
    )


@page(blueprint, "/people/<member_id>", roles=PEOPLE)
def person(member_id: str) -> Any:
    member, village = member_in_scope(member_id)
    ids = doubles_of(member.id)
    cards, rights = cards_of(ids), entitlements_of(ids)
    papers = [each.id for each in (*cards, *rights)]
    sponsored = cards_of_people(ids, today())
    data = data_of(member)
    household = db.session.get(Household, member.household_id)
    hidden = ("household", "full_name")
    note_look(current_user, member.id, count=1, areas=[village.id], of="member")
    return render_template(
        "desk/person.html",
        member=member,
        doubles=len(ids) - 1,
        household=household,
        village=village,
        status=statuses_of(member.village_id, today()).get(member.id),
        facts=facts("member", data, leave=hidden),
        cards=[(card, _words(card.data, "card")) for card in cards],
        rights=[(right, _words(right.data, "entitlement")) for right in rights],
        sponsored=sponsored,
        tracks=tracks_of_people(ids),
        visits=visits_of(member.household_id),
        notes=[(each, facts("field_note", each.data, ("about",))) for each in notes_about(ids)],
        history=history_of([*ids, *papers, *(card.id for card in sponsored)]),
    )


def _words(data: dict[str, Any], entity: str) -> dict[str, str]:
    names = names_of(())
    return {name: value_words(entity, name, value, names) for name, value in data.items()}


def _typed(name: str) -> str:
    return request.args.get(name, "").replace("\x00", "").strip()[:200]
