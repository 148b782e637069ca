"""A list is made of who waits, gets more people, and loses those left for a later one."""

from collections import Counter
from typing import Any

from flask import flash, redirect, render_template, request
from flask_login import current_user

from schemas.kinds import ReturnReason
from server.card_lists.acting import (
    StepRefused,
    confirm,
    confirm_reason,
    leave_out_at_sealing,
    note,
)
from server.card_lists.doors import OFFICE, blueprint
from server.card_lists.list_routes import shown
from server.card_lists.making import (
    bring,
    chosen,
    fitting,
    new_list,
    supplement,
    take_off,
    who_waits,
)
from server.card_lists.reading import opened, proposed, titles_of
from server.card_lists.scope import commune_asked, communes, list_in_scope, villages_in
from server.card_lists.words import REFUSALS, group_name, support_words
from server.domain.card_lists.states import APPROVED
from server.errors import Problem
from server.http import page
from server.pages.once import id_of_form, written_before
from server.pages.plurals import said as _
from server.pages.typed import day_of, text_of
from server.store.audit import note_look
from server.store.card_list_changes import NOBODY, Added, require_editable
from server.store.card_list_waiting import Waiting, claims, offers
from server.store.card_lists import CardList
from server.store.places import Area


@page(blueprint, "/card-lists/new", roles=OFFICE)
def new_card_list() -> Any:
    return _proposal(commune_asked(request.args.get("commune", "")))


@page(blueprint, "/card-lists/<list_id>/people", roles=OFFICE)
def card_list_people(list_id: str) -> Any:
    it = list_in_scope(list_id)
    require_editable(it)
    return _proposal(communes()[it.commune_id], it)


def _proposal(commune: Area, it: CardList | None = None) -> Any:
    """Which lists could be made; of the one chosen its villages, and one village's people."""
    found, villages = who_waits(commune.id), villages_in(commune.id)
    group, support = _asked(it)
    of_list = fitting(found, group, support) if group else []
    village = request.args.get("village", "")
    if village and village not in villages:
        raise Problem("not_allowed")
    people = proposed([one for one in of_list if one.village == village]) if village else []
    if people:
        note_look(current_user, "card_list_people", count=len(people), areas=[village])
    return render_template(
        "card_lists/new.html",
        it=it,
        commune=commune,
        communes=communes(),
        offers=offers(found),
        group=group,
        support=support,
        total=len(of_list),
        by_village=_by_village(of_list, villages),
        village=village,
        village_name=villages.get(village),
        people=people,
        group_name=group_name,
        support_words=support_words,
    )


def _asked(it: CardList | None) -> tuple[str, str | None]:
    if it is not None:
        return it.insurance_group, it.support_percent
    told = request.values
    return told.get("group", ""), told.get("support") or None


def _by_village(
    found: list[Waiting], villages: dict[str, str]
) -> list[tuple[str, str, list[Waiting]]]:
    return [
        (id_, name, here)
        for id_, name in villages.items()
        if (here := [one for one in found if one.village == id_])
    ]


@page(blueprint, "/card-lists", roles=OFFICE, methods=("POST",))
def make_card_list() -> Any:
    commune = commune_asked(request.form.get("commune", ""))
    group, support = _asked(None)
    id_ = id_of_form()
    if written_before(CardList, id_):
        return redirect(f"/card-lists/{id_}")
    # Asked behind that lock: of two at the same moment the second sees who is on the first list.
    people = _people_of_form(commune, group, support)
    if not people:
        _say(NOBODY)
        return redirect(f"/card-lists/new?commune={commune.id}")
    made = new_list(id_, commune, group, support)
    _say(bring(made, people))
    return redirect(f"/card-lists/{made.id}")


@page(blueprint, "/card-lists/<list_id>/people", roles=OFFICE, methods=("POST",))
def add_to_card_list(list_id: str) -> Any:
    it = list_in_scope(list_id, lock=True)
    require_editable(it)
    people = _people_of_form(communes()[it.commune_id], it.insurance_group, it.support_percent)
    _say(bring(it, people))
    return redirect(f"/card-lists/{it.id}")


def _people_of_form(commune: Area, group: str, support: str | None) -> list[Waiting]:
    """Whoever was ticked and still waits: by name, or all of the ticked villages."""
    of_list = fitting(who_waits(commune.id), group, support)
    form = request.form
    return chosen(of_list, set(form.getlist("village")), set(form.getlist("person")))


def _say(added: Added) -> None:
    """How many came; of those who did not, on which list they stand."""
    if added.added:
        flash(_("Đã thêm %(n)s người.", n=added.added), "success")
    held = Counter(added.elsewhere.values())
    held.update(
        claims(set(request.form.getlist("person")) - added.came - added.elsewhere.keys()).values()
    )
    titles = titles_of(held)
    for id_, count in held.items():
        flash(_("%(n)s người đã ở danh sách %(list)s.", n=count, list=titles[id_]), "warn")
    if not added.added and not held:
        flash(_("Chưa chọn ai, hoặc những người ấy không còn chờ."), "warn")


@page(blueprint, "/card-lists/<list_id>/rows/<row_id>/remove", roles=OFFICE, methods=("POST",))
def remove_from_card_list(list_id: str, row_id: str) -> Any:
    it = list_in_scope(list_id, lock=True)
    if not take_off(it, [row_id]):
        raise Problem("not_found")
    flash(_("Đã để lại cho đợt sau."), "success")
    return redirect(_back(list_id))


@page(blueprint, "/card-lists/<list_id>/rows/<row_id>/confirm", roles=OFFICE, methods=("POST",))
def confirm_card_list_row(list_id: str, row_id: str) -> Any:
    confirm(list_id, row_id)
    flash(_("Đã xác nhận: dòng này vẫn gửi đi."), "success")
    return redirect(_back(list_id))


@page(blueprint, "/card-lists/<list_id>/confirm", roles=OFFICE, methods=("POST",))
def confirm_card_list_reason(list_id: str) -> Any:
    """Hundreds of children without a clinic are one decision, not hundreds."""
    reason = request.form.get("reason", "")
    if reason not in set(ReturnReason):
        raise Problem("malformed", {"reason": "not_in_list"})
    count = confirm_reason(list_id, reason)
    flash(_("Đã xác nhận: %(n)s dòng vẫn gửi đi.", n=count), "success")
    return redirect(f"/card-lists/{list_id}")


@page(blueprint, "/card-lists/<list_id>/leave-out", roles=OFFICE, methods=("POST",))
def leave_out(list_id: str) -> Any:
    """Everybody who would come back and whom nobody confirmed waits for a later list."""
    it = list_in_scope(list_id, lock=True)
    if it.state == APPROVED:
        return _leave_out_at_sealing(list_id)
    require_editable(it)
    gone = take_off(it, [line.row.id for line in opened(it).lines if line.open])
    flash(_("Đã để lại %(n)s dòng cho đợt sau.", n=gone), "success")
    return redirect(f"/card-lists/{list_id}")


def _leave_out_at_sealing(list_id: str) -> Any:
    try:
        gone = leave_out_at_sealing(list_id)
    except StepRefused as stop:
        return shown(list_in_scope(list_id), str(REFUSALS[stop.code]), "seal")
    flash(_("Đã để lại %(n)s dòng cho đợt sau.", n=gone), "success")
    return redirect(f"/card-lists/{list_id}")


def _back(list_id: str) -> str:
    """The same part of the list again."""
    show = request.form.get("show", "")
    return f"/card-lists/{list_id}?show={show}" if show.isidentifier() else f"/card-lists/{list_id}"


@page(blueprint, "/card-lists/<list_id>/head", roles=OFFICE, methods=("POST",))
def card_list_head(list_id: str) -> Any:
    it = list_in_scope(list_id, lock=True)
    require_editable(it)
    title, begins = text_of("title", 200), day_of("cards_from")
    if not title or begins is None:
        return shown(it, _("Ghi tên danh sách và ngày thẻ bắt đầu."), "head")
    it.title, it.cards_from = title, begins
    it.maker_name, it.maker_code = text_of("maker_name", 200), text_of("maker_code", 40) or None
    note(it, "head")
    flash(_("Đã lưu."), "success")
    return redirect(f"/card-lists/{list_id}")


@page(blueprint, "/card-lists/<list_id>/supplement", roles=OFFICE, methods=("POST",))
def supplement_card_list(list_id: str) -> Any:
    it = list_in_scope(list_id, lock=True)
    id_ = id_of_form()
    if not written_before(CardList, id_):
        _made, left = supplement(it, id_)
        if left:
            flash(
                _("%(n)s dòng bị trả lại phải sửa và kiểm tra lại trước khi gửi.", n=left),
                "warn",
            )
    return redirect(f"/card-lists/{id_}")
