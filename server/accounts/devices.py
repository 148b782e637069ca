"""Phones: signing one in and out, revoking it, and what each last said about itself."""

from typing import Any

from sqlalchemy import select

from server.accounts.signing_in import sign_in
from server.domain.text import clean_text
from server.errors import Problem
from server.store.audit import note_act
from server.store.db import db, new_token, now, timestamp, today
from server.store.devices import TOKEN_LIFE, Caller, token_hash
from server.store.feeds import Instance
from server.store.managing import managed_users
from server.store.people import Device, User
from server.store.scope import phone_villages, village_refs


def sign_device_in(request: dict[str, Any]) -> dict[str, Any]:
    """Register a phone, or renew the one that signs in again, and hand out its token."""
    user = sign_in(request["username"], request["password"])
    device = _own_device(user, request["device"]) or _new_device(user)
    token = new_token()
    device.token_hash = token_hash(token)
    device.name = clean_text(request["name"]) or device.name or user.name
    device.signed_out_at = None
    device.last_used_at = now()
    db.session.flush()
    note_act("device_sign_in", by=user.id, subject=device.id)
    instance = db.session.scalars(select(Instance)).one()
    return {
        "device": device.id,
        "token": token,
        "expires_at": timestamp(now() + TOKEN_LIFE),
        "user": {"id": user.id, "name": user.name, "role": user.role},
        "villages": village_refs(phone_villages(user.id, user, today())),
        "database": instance.database,
        "epoch": instance.epoch,
    }


def _own_device(user: User, device_id: str | None) -> Device | None:
    """The phone's own record, if it is this user's and was not revoked: revoking is for good."""
    cleaned = clean_text(device_id) if device_id else None
    device = db.session.get(Device, cleaned) if cleaned else None
    mine = device is not None and device.user_id == user.id and device.revoked_at is None
    return device if mine else None


def _new_device(user: User) -> Device:
    device = Device(user_id=user.id, name="")
    db.session.add(device)
    return device


def sign_device_out(caller: Caller, device_id: str) -> None:
    """Close the caller's own phone. Whether anything is unsent the phone knows, and asks first."""
    if device_id != caller.device_id:
        raise Problem("not_found")
    device = db.session.get_one(Device, device_id)
    device.signed_out_at = now()
    device.token_hash = None
    note_act("device_sign_out", by=caller.user_id, subject=device_id)


def state_of(device: Device) -> str:
    if device.signed_out_at is not None:
        return "signed_out"
    if device.revoked_at is not None:
        return "stolen" if device.stolen else "revoked"
    return "active"


def device_managed_by(manager: User, device_id: str) -> Device:
    """The phone, if it belongs to somebody this person manages."""
    device = db.session.get(Device, device_id)
    if device is None:
        raise Problem("not_found")
    if device.user_id not in {user.id for user in managed_users(manager)}:
        raise Problem("not_allowed")
    return device


def revoke_device(device: Device, by: str | None, *, stolen: bool) -> None:
    """From now on the phone may only send; a stolen one is erased the next time it calls."""
    device.revoked_at = device.revoked_at or now()
    device.stolen = device.stolen or stolen
    note_act("device_revoke", by=by, subject=device.id, stolen=stolen)


def rename_device(device: Device, name: str, by: str | None) -> None:
    cleaned = clean_text(name)
    if cleaned is None or len(cleaned) > 100:
        raise Problem("malformed", {"name": "needed" if cleaned is None else "too_long"})
    device.name = cleaned
    note_act("device_rename", by=by, subject=device.id)


def settle_device(device: Device, by: str) -> None:
    """Somebody has asked the phone's user what was lost: its warning goes."""
    device.settled_at, device.settled_by = now(), by
    note_act("device_settled", by=by, subject=device.id, count=device.lost_unsent)
