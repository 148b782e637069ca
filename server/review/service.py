"""Moves and merges, asked for through the API. Only officers and administrators decide them."""

from typing import Any

from schemas.kinds import Entity
from server.errors import Problem
from server.store.audit import note_act
from server.store.changes.authors import MOVING_ROLES, Author, Result
from server.store.db import today
from server.store.devices import Caller
from server.store.review import merging, moving, undoing
from server.store.scope import villages_of


def move(caller: Caller, household: str, village: str) -> dict[str, Any]:
    author = _decider(caller)
    result = moving.move_household(household, village, author)
    note_act("move_household", by=author.user_id, subject=household, area=village)
    return _answer(result)


def merge(caller: Caller, entity: Entity, loser: str, winner: str | None) -> dict[str, Any]:
    author = _decider(caller)
    if winner is None:
        result = undoing.unmerge(entity, loser, author)
    else:
        [result] = merging.merge(entity, loser, winner, author)
    note_act(f"merge_{entity.value}", by=author.user_id, subject=loser, into=winner)
    return _answer(result)


def _decider(caller: Caller) -> Author:
    if caller.revoked or caller.role not in MOVING_ROLES:
        raise Problem("not_allowed")
    villages = frozenset(villages_of(caller.user_id, caller, today()))
    return Author(caller.user_id, caller.device_id, "desk", caller.role, villages)


def _answer(result: Result) -> dict[str, Any]:
    return {"result": result.on_the_wire()}
