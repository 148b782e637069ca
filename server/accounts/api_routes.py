"""Phones sign in and out."""

from typing import Any

from schemas.api import REVOKE_DEVICE, SIGN_IN_DEVICE, SIGN_OUT_DEVICE
from server.accounts.devices import (
    device_managed_by,
    revoke_device,
    sign_device_in,
    sign_device_out,
)
from server.accounts.doors import api
from server.errors import Problem
from server.http import Call, door
from server.store.db import db
from server.store.managing import MANAGERS
from server.store.people import User


@door(api, SIGN_IN_DEVICE)
def sign_in_device(call: Call) -> dict[str, Any]:
    return sign_device_in(call.body)


@door(api, SIGN_OUT_DEVICE)
def sign_out_device(call: Call, device: str) -> None:
    sign_device_out(call.device, device)


@door(api, REVOKE_DEVICE)
def revoke(call: Call, device: str) -> None:
    manager = db.session.get_one(User, call.device.user_id)
    if call.device.revoked or manager.role not in MANAGERS:
        raise Problem("not_allowed")
    revoke_device(device_managed_by(manager, device), manager.id, stolen=call.body["stolen"])
