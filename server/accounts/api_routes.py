"""Phones sign in and out."""

from typing import Any

from schemas.api import SIGN_IN_DEVICE, SIGN_OUT_DEVICE
from server.accounts.devices import sign_device_in, sign_device_out
from server.accounts.doors import api
from server.http import Call, door


@door(api, SIGN_IN_DEVICE)
def sign_in_device(call: Call) -> dict[str, Any]:
    return sign_device_in(call.body)


@door(api, SIGN_OUT_DEVICE)
def sign_out_device(call: Call, device: str) -> None:
    sign_device_out(call.device, device)
