"""Who may look at farm requests, who may decide them, and which lie within reach."""

from typing import Any

import orjson
from flask import request
from flask_login import current_user

from schemas.kinds import FarmRequestState, Role
from server.errors import Problem
from server.pages.scope import chosen_villages, own_villages
from server.store.db import db
from server.store.records import FarmRequest, SyncedRecord

READERS = (Role.OFFICER, Role.BHXH, Role.ADMIN)
DECIDERS = (Role.OFFICER, Role.ADMIN)


def may_decide() -> bool:
    """Of the officers those who hold the farm room."""
    if current_user.role == Role.OFFICER:
        return bool(current_user.farm_room)
    return current_user.role == Role.ADMIN


def require_decider() -> None:
    if not may_decide():
        raise Problem("not_allowed")


def request_in_scope(request_id: str) -> FarmRequest:
    """The request; not found, or not allowed when it lies elsewhere."""
    found = db.session.get(FarmRequest, request_id)
    if found is None:
        raise Problem("not_found")
    if found.village_id not in own_villages():
        raise Problem("not_allowed")
    return found


def asked_villages() -> tuple[str, list[str]]:
    """The village that the page is asked for, and the villages meant. Problem: not_allowed."""
    village = typed("village")
    return village, chosen_villages(own_villages(), village)


def asked_state(default: str) -> str:
    state = typed("state") or default
    if state not in set(FarmRequestState):
        raise Problem("malformed", {"state": "not_in_list"})
    return state


def typed(name: str) -> str:
    return request.values.get(name, "").strip()[:200]


def data_of(record: SyncedRecord) -> dict[str, Any]:
    read: dict[str, Any] = orjson.loads(record.data)
    return read
