"""Phones as the desk sees them."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from server.accounts.device_lines import device_lines, devices_managed_by
from server.accounts.devices import (
    device_managed_by,
    rename_device,
    revoke_device,
    settle_device,
)
from server.accounts.doors import blueprint
from server.accounts.forms import NameForm
from server.http import page
from server.pages.values import names_of
from server.store.db import db, today
from server.store.managing import MANAGERS
from server.store.people import User
from server.store.scope import phone_villages
from server.store.unreadable import unreadable_of


@page(blueprint, "/devices", roles=MANAGERS)
def devices() -> Any:
    lines = devices_managed_by(current_user)
    only = request.args.get("only", "")
    if only == "silent":
        lines = [line for line in lines if line.state == "active" and line.silent]
    elif only == "ask":
        lines = [line for line in lines if line.may_have_lost or line.unreadable]
    return render_template("accounts/devices.html", lines=lines, only=only)


@page(blueprint, "/devices/<device_id>", roles=MANAGERS, methods=("GET", "POST"))
def device_page(device_id: str) -> Any:
    device = device_managed_by(current_user, device_id)
    form = NameForm(obj=device)
    if form.validate_on_submit():
        rename_device(device, form.name.data or "", by=current_user.id)
        flash(_("Đã đổi tên máy."), "success")
        return redirect(f"/devices/{device.id}")
    user = db.session.get_one(User, device.user_id)
    [line] = device_lines([device], {user.id: user})
    unreadable = unreadable_of(device)
    body = render_template(
        "accounts/device.html",
        line=line,
        unreadable=unreadable,
        names=names_of(it.record_id for it in unreadable if it.record_id),
        form=form,
        villages=phone_villages(user.id, user, today()).values(),
        settled_by=db.session.get(User, device.settled_by) if device.settled_by else None,
    )
    return body, 400 if form.errors else 200


@page(blueprint, "/devices/<device_id>/revoke", roles=MANAGERS, methods=("POST",))
def revoke(device_id: str) -> Any:
    device = device_managed_by(current_user, device_id)
    stolen = request.form.get("stolen") == "1"
    revoke_device(device, current_user.id, stolen=stolen)
    flash(_("Đã khóa máy %(name)s.", name=device.name), "success")
    return redirect(f"/devices/{device.id}")


@page(blueprint, "/devices/<device_id>/settle", roles=MANAGERS, methods=("POST",))
def settle(device_id: str) -> Any:
    device = device_managed_by(current_user, device_id)
    settle_device(device, current_user.id)
    flash(_("Đã ghi là hỏi xong."), "success")
    return redirect(f"/devices/{device.id}")
