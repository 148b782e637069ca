"""The doors of the review room: what an officer's own software or phone decides."""

from typing import Any
from uuid import UUID

from schemas import api as operations
from schemas.kinds import Entity
from server.http import Call, door
from server.review import service
from server.review.doors import api


@door(api, operations.MOVE_HOUSEHOLD)
def move_household(call: Call, household: str) -> Any:
    return service.move(call.device, household, str(call.body["village"]))


@door(api, operations.MERGE_HOUSEHOLD)
def merge_household(call: Call, household: str) -> Any:
    return service.merge(call.device, Entity.HOUSEHOLD, household, _id(call.body["into"]))


@door(api, operations.MERGE_MEMBER)
def merge_member(call: Call, member: str) -> Any:
    return service.merge(call.device, Entity.MEMBER, member, _id(call.body["into"]))


def _id(value: UUID | None) -> str | None:
    return str(value) if value is not None else None
