"""Users: the list, a new one, one user's page, and the QR code that opens the phone app."""

from io import BytesIO
from typing import Any

import segno
from flask import Response, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy import select

from server.accounts.device_lines import device_lines
from server.accounts.doors import blueprint
from server.accounts.forms import AssignForm, EndForm, NewUserForm
from server.accounts.managing import (
    areas_to_give,
    chosen_areas,
    units_managed_by,
    user_managed_by,
)
from server.accounts.service import area_fault, user_from_form
from server.accounts.users import (
    LEVELS,
    assign_area,
    assignments_of,
    end_assignment,
    end_user,
    reopen_user,
    reset_password,
)
from server.accounts.words import fault_words
from server.domain.field_words import word_of
from server.domain.text import fold
from server.errors import Problem
from server.http import page
from server.pages.plurals import said as _
from server.store.db import db, today
from server.store.managing import MANAGERS, managed_users, roles_made_by
from server.store.people import Device, User
from server.store.places import BhxhUnit


@page(blueprint, "/users", roles=MANAGERS)
def users() -> Any:
    wanted = fold(request.args.get("q", ""))
    people = [
        (user, assignments_of(user.id))
        for user in managed_users(current_user)
        if wanted in fold(f"{user.name} {user.username}")
    ]
    return render_template("accounts/users.html", people=people, q=request.args.get("q", ""))


@page(blueprint, "/users/new", roles=MANAGERS, methods=("GET", "POST"))
def new_user() -> Any:
    form = _new_user_form()
    choices = areas_to_give(current_user)
    typed = request.form.getlist("areas")
    made = form.validate_on_submit() and user_from_form(form, typed, choices, current_user.id)
    if made:
        user, password = made
        return _password_page(user, password, new=True)
    body = render_template("accounts/new_user.html", form=form, choices=choices, typed=typed)
    return body, 400 if form.errors or form.form_errors else 200


def _new_user_form() -> NewUserForm:
    form = NewUserForm()
    roles = [role.value for role in roles_made_by(current_user)]
    form.role.choices = [(role, _(word_of("role", role))) for role in roles]
    units = [(unit.id, unit.name) for unit in units_managed_by(current_user)]
    form.bhxh_unit.choices = [("", _("Không")), *units]
    return form


@page(blueprint, "/users/<user_id>", roles=MANAGERS)
def user_page(user_id: str) -> Any:
    return _user_page(user_managed_by(current_user, user_id))


def _working(user_id: str) -> User:
    """A user one manages who has not ended: nothing may look as if they came back."""
    user = user_managed_by(current_user, user_id)
    if not user.is_active:
        raise Problem("user_ended")
    return user


def _user_page(user: User, status: int = 200, wrong: str = "") -> Any:
    levels = LEVELS[user.role]
    choices = [each for each in areas_to_give(current_user) if each.area.level in levels]
    phones = db.session.scalars(
        select(Device).where(Device.user_id == user.id).order_by(Device.created_at.desc())
    )
    body = render_template(
        "accounts/user.html",
        user=user,
        assignments=assignments_of(user.id),
        unit=db.session.get(BhxhUnit, user.bhxh_unit_id) if user.bhxh_unit_id else None,
        devices=device_lines(list(phones), {user.id: user}),
        choices=choices,
        wrong=wrong,
        day=today(),
    )
    return body, status


@page(blueprint, "/users/<user_id>/areas", roles=MANAGERS, methods=("POST",))
def assign(user_id: str) -> Any:
    user = _working(user_id)
    form = AssignForm()
    choices = areas_to_give(current_user)
    areas, unclear = chosen_areas(request.form.getlist("areas"), choices)
    if not form.validate_on_submit() or unclear or not areas:
        return _user_page(user, 400, area_fault(unclear) if unclear else fault_words("area_needed"))
    for area in areas:
        assign_area(user, area, by=current_user.id, valid_from=form.valid_from.data.isoformat())
    flash(_("Đã giao %(n)s địa bàn.", n=len(areas)), "success")
    return redirect(url_for("accounts.user_page", user_id=user.id))


@page(blueprint, "/users/<user_id>/areas/<assignment_id>/end", roles=MANAGERS, methods=("POST",))
def unassign(user_id: str, assignment_id: str) -> Any:
    user = user_managed_by(current_user, user_id)
    form = EndForm()
    if not form.validate_on_submit():
        return _user_page(user, 400, _("Chọn một ngày."))
    last_day = form.last_day.data.isoformat()
    end_assignment(user, assignment_id, by=current_user.id, last_day=last_day)
    flash(_("Đã ghi ngày thôi phụ trách."), "success")
    return redirect(url_for("accounts.user_page", user_id=user.id))


@page(blueprint, "/users/<user_id>/password", roles=MANAGERS, methods=("POST",))
def new_password(user_id: str) -> Any:
    user = _working(user_id)
    return _password_page(user, reset_password(user, by=current_user.id), new=False)


def _password_page(user: User, password: str, *, new: bool) -> Any:
    """Shown once, by the answer itself: the password is in no address, cookie or log."""
    body = render_template(
        "accounts/password.html", user=user, password=password, new=new, link=_phone_link(user)
    )
    return Response(body, headers={"Cache-Control": "no-store"})


@page(blueprint, "/users/<user_id>/end", roles=MANAGERS, methods=("POST",))
def end(user_id: str) -> Any:
    user = user_managed_by(current_user, user_id)
    end_user(user, by=current_user.id)
    flash(_("%(name)s không còn đăng nhập được nữa.", name=user.name), "success")
    return redirect(url_for("accounts.user_page", user_id=user.id))


@page(blueprint, "/users/<user_id>/reopen", roles=MANAGERS, methods=("POST",))
def reopen(user_id: str) -> Any:
    user = user_managed_by(current_user, user_id)
    reopen_user(user, by=current_user.id)
    flash(
        _(
            "%(name)s đăng nhập lại được bằng mật khẩu cũ. Điện thoại phải đăng nhập lại một lần.",
            name=user.name,
        ),
        "success",
    )
    return redirect(url_for("accounts.user_page", user_id=user.id))


@page(blueprint, "/users/<user_id>/qr", roles=MANAGERS)
def qr_page(user_id: str) -> Any:
    user = user_managed_by(current_user, user_id)
    return render_template("accounts/qr.html", user=user, link=_phone_link(user))


@page(blueprint, "/users/<user_id>/qr.svg", roles=MANAGERS)
def qr_picture(user_id: str) -> Any:
    user = user_managed_by(current_user, user_id)
    drawn = BytesIO()
    segno.make(_phone_link(user), error="m").save(
        drawn, kind="svg", scale=6, border=4, light="#fff"
    )
    return Response(
        drawn.getvalue(), mimetype="image/svg+xml", headers={"Cache-Control": "no-store"}
    )


def _phone_link(user: User) -> str:
    """Opens the phone app with the server (the address itself) and the user name filled in."""
    return f"{request.url_root}app/#/sign-in?user={user.username}"
