"""Signing in and out at the desk, and changing one's own password."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from server.accounts.doors import blueprint
from server.accounts.forms import PasswordForm, SignInForm
from server.accounts.passwords import fault_of, verify_password
from server.accounts.signing_in import sign_in
from server.accounts.users import assignments_of, reset_password
from server.accounts.words import fault_words
from server.domain.paths import local_path
from server.http import page


@page(blueprint, "/sign-in", methods=("GET", "POST"), public=True)
def sign_in_page() -> Any:
    form = SignInForm()
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(local_path(request.args.get("next")))
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form), 400 if form.errors else 200
    user = sign_in(form.username.data or "", form.password.data or "")
    login_user(user)
    return redirect(local_path(request.args.get("next")))


@page(blueprint, "/sign-out", methods=("POST",), public=True)
def sign_out() -> Any:
    logout_user()
    return redirect("/sign-in")


@page(blueprint, "/account", methods=("GET", "POST"))
def account() -> Any:
    form = PasswordForm()
    if form.validate_on_submit() and _change_own(form):
        flash(_("Đã đổi mật khẩu. Những nơi khác đang mở phải đăng nhập lại."), "success")
        return redirect("/account")
    areas = assignments_of(current_user.id)
    page_body = render_template("accounts/account.html", form=form, areas=areas)
    return page_body, 400 if form.errors else 200


def _change_own(form: PasswordForm) -> bool:
    current, new = form.current.data or "", form.new.data or ""
    if not verify_password(current_user.password_hash, current):
        form.current.errors = [_("Mật khẩu đang dùng không đúng.")]
        return False
    if fault := fault_of(new, current_user.username):
        form.new.errors = [fault_words(fault)]
        return False
    reset_password(current_user, by=current_user.id, password=new)
    login_user(current_user)
    return True
