"""The doors of the sync room."""

from typing import Any

from flask import Blueprint

from schemas import api as operations
from server.http import Call, door
from server.sync import service

api = Blueprint("sync", __name__)


@door(api, operations.SYNC, raw=True, own_transactions=True)
def sync(call: Call) -> Any:
    return service.round_trip(call.device, call.body)
