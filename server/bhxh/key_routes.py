"""Keys for the unit's own software: made and shown once, revoked; and the page that explains."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from schemas.kinds import KeyScope
from server.bhxh.describing import described
from server.bhxh.doors import KEEPERS, blueprint
from server.bhxh.keys import key_in_scope, key_lines, own_units
from server.domain.partial import add_months
from server.errors import Problem
from server.http import page
from server.pages.once import id_of_form, written_before
from server.pages.typed import day_of, text_of
from server.store.bhxh import BhxhKey
from server.store.bhxh_keys import make_key, revoke_key
from server.store.db import today

LONGEST_MONTHS = 24
SCOPES = {
    KeyScope.READ: _l("Lấy danh sách"),
    KeyScope.RECEIPT: _l("Xác nhận đã nhận"),
    KeyScope.ANSWERS: _l("Trả lời từng dòng"),
}
FAULTS = {
    "name": _l("Ghi tên để biết khóa này của phần mềm nào."),
    "scopes": _l("Chọn ít nhất một việc mà khóa được làm."),
    "expires_on": _l("Chọn ngày hết hạn sau hôm nay, không quá 24 tháng."),
    "written": _l("Khóa này đã tạo và đã hiện một lần. Nếu chưa kịp chép, hãy thu hồi và tạo lại."),
}


@page(blueprint, "/bhxh-keys", roles=KEEPERS)
def bhxh_keys() -> Any:
    return _shown()


@page(blueprint, "/bhxh-keys", roles=KEEPERS, methods=("POST",))
def make_bhxh_key() -> Any:
    unit = request.form.get("unit", "")
    if unit not in own_units():
        raise Problem("not_allowed")
    name, expires_on = text_of("name", 100), day_of("expires_on")
    scopes = [scope for scope in KeyScope if scope in request.form.getlist("scope")]
    fault = _fault(name, scopes, expires_on)
    id_ = id_of_form()
    if fault is None and written_before(BhxhKey, id_):
        fault = "written"
    if fault or expires_on is None:
        return _shown(wrong=str(FAULTS[fault or "expires_on"]))
    made = make_key(id_, unit, name, scopes, expires_on, current_user.id)
    return _shown(made=made)


def _fault(name: str, scopes: list[KeyScope], expires_on: str | None) -> str | None:
    if not name:
        return "name"
    if not scopes:
        return "scopes"
    last = add_months(today(), LONGEST_MONTHS)
    return None if expires_on and today() < expires_on <= last else "expires_on"


def _shown(made: str = "", wrong: str = "") -> Any:
    units = own_units()
    body = render_template(
        "bhxh/keys.html",
        lines=key_lines(units),
        units=units,
        scopes=SCOPES,
        made=made,
        wrong=wrong,
        typed=request.form,
        in_a_year=add_months(today(), 12),
    )
    return (body, 400) if wrong else body


@page(blueprint, "/bhxh-keys/<key_id>/revoke", roles=KEEPERS, methods=("POST",))
def revoke_bhxh_key(key_id: str) -> Any:
    revoke_key(key_in_scope(key_id), current_user.id)
    flash(_("Đã thu hồi khóa. Phần mềm dùng khóa này không vào được nữa."), "success")
    return redirect("/bhxh-keys")


@page(blueprint, "/api/docs", public=True)
def api_docs() -> str:
    """The API of the insurance's software for people: written from the published document."""
    return render_template("bhxh/docs.html", **described())
