"""The steps of a list: each a form on its page."""

from typing import Any

from flask import flash, redirect, request
from flask_babel import gettext as _

from server.card_lists.acting import StepRefused, approve, drop, seal_list, send_back, submit
from server.card_lists.doors import OFFICE, blueprint
from server.card_lists.list_routes import shown
from server.card_lists.scope import list_in_scope
from server.card_lists.words import REFUSALS
from server.http import page
from server.pages.typed import day_of, text_of


@page(blueprint, "/card-lists/<list_id>/submit", roles=OFFICE, methods=("POST",))
def submit_card_list(list_id: str) -> Any:
    try:
        it = submit(list_id, text_of("memo_number", 60), day_of("memo_on"))
    except StepRefused as stop:
        return _refused(list_id, stop, "submit")
    flash(_("Đã trình duyệt danh sách %(number)s.", number=it.number), "success")
    return redirect(f"/card-lists/{list_id}")


@page(blueprint, "/card-lists/<list_id>/send-back", roles=OFFICE, methods=("POST",))
def send_back_card_list(list_id: str) -> Any:
    try:
        send_back(list_id, text_of("note", 2000))
    except StepRefused as stop:
        return _refused(list_id, stop, "send_back")
    flash(_("Đã trả lại để sửa."), "success")
    return redirect(f"/card-lists/{list_id}")


@page(blueprint, "/card-lists/<list_id>/approve", roles=OFFICE, methods=("POST",))
def approve_card_list(list_id: str) -> Any:
    _list, same = approve(list_id)
    flash(_("Đã duyệt. Bước tiếp theo là chốt và gửi BHXH."), "success")
    if same:
        flash(
            _("Bạn vừa trình vừa duyệt danh sách này. Xã còn cán bộ khác: nên để người ấy duyệt."),
            "warn",
        )
    return redirect(f"/card-lists/{list_id}")


@page(blueprint, "/card-lists/<list_id>/seal", roles=OFFICE, methods=("POST",))
def seal_card_list(list_id: str) -> Any:
    paper = {
        "document_number": text_of("document_number", 60),
        "sealed_on": day_of("sealed_on"),
        "signer": text_of("signer", 200),
        "signer_title": text_of("signer_title", 200),
    }
    try:
        seal_list(list_id, paper, request.form.get("all_the_same") == "1")
    except StepRefused as stop:
        return _refused(list_id, stop, "seal")
    flash(_("Đã chốt. BHXH nhận được danh sách này từ bây giờ."), "success")
    return redirect(f"/card-lists/{list_id}")


@page(blueprint, "/card-lists/<list_id>/drop", roles=OFFICE, methods=("POST",))
def drop_card_list(list_id: str) -> Any:
    drop(list_id)
    flash(_("Đã bỏ danh sách. Những người trong đó lại chờ danh sách khác."), "success")
    return redirect("/card-lists")


def _refused(list_id: str, stop: StepRefused, at: str) -> Any:
    return shown(list_in_scope(list_id), str(REFUSALS[stop.code]), at)
