"""The law's tables: everybody at the desk reads them, administrators add and withdraw rows."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from schemas.fields import FULL_LENGTH, is_partial_date
from schemas.kinds import Role
from server.desk.doors import blueprint
from server.desk.law import (
    added_row,
    known_table,
    people_of,
    places_of,
    preview_adding,
    preview_withdrawing,
    province_id,
    provinces,
    row_lines,
    slots_of,
    table_lines,
)
from server.desk.law_forms import LawForm, form_for, tell, typed_in
from server.desk.law_words import (
    ABOUT,
    item_word,
    place_names,
    place_word,
    row_value,
    value_hint,
)
from server.domain.legal.adding import Read, read_row
from server.domain.legal.groups import group_names
from server.domain.legal.slots import LOCAL, Slot
from server.domain.text import clean_text
from server.errors import Problem
from server.http import page
from server.pages.words import word
from server.store.audit import note_act
from server.store.db import today
from server.store.legal import (
    add_legal_row,
    legal_mark,
    legal_tables,
    standing_row,
    withdraw_legal_row,
)
from server.store.legal_rows import AddedRow, added_rows

WRITERS = (Role.ADMIN,)
REASON_LIMIT = 500


@page(blueprint, "/law")
def law() -> Any:
    return render_template("desk/law.html", lines=table_lines(today()), about=ABOUT, day=today())


@page(blueprint, "/law/<table>")
def law_table(table: str) -> Any:
    known_table(table)
    day, where = _asked_day(), request.args.get("where")
    places = places_of(table)
    chosen = where if where in dict(places) else None
    withdrawn = added_rows(table, withdrawn=True)
    return render_template(
        "desk/law_table.html",
        table=table,
        about=ABOUT[table],
        lines=row_lines(table, day, chosen),
        places=places,
        where=chosen,
        day=day,
        today=today(),
        may_add=current_user.role in WRITERS and bool(slots_of(table)),
        withdrawn=[(row, _told(row)) for row in withdrawn],
        people=people_of(withdrawn),
    )


@page(blueprint, "/law/<table>/add", roles=WRITERS, methods=("GET", "POST"))
def law_add(table: str) -> Any:
    """The item first, then the row, then what it changes, then it is written."""
    items = slots_of(known_table(table))
    if not items:
        raise Problem("not_found")
    item = request.values.get("item") or (next(iter(items)) if len(items) == 1 else "")
    if not item:
        named = [(each.item, item_word(table, each.item, each.name)) for each in items.values()]
        return render_template("desk/law_item.html", table=table, items=named)
    if item not in items:
        raise Problem("not_found")
    slot = items[item]
    names = place_names() | dict(provinces())
    form = form_for(slot, [(place, place_word(place, names)) for place in slot.places])
    asked = request.form.get("step") if form.validate_on_submit() else None
    if asked not in ("check", "write"):
        return _form(slot, form)
    read = read_row(slot, typed_in(form), today())
    tell(form, read.faults, slot)
    if read.row is None or _is_twice(read, form):
        return _form(slot, form), 400
    mark = ".".join(map(str, legal_mark()))
    if asked == "write" and request.form.get("mark") == mark:
        return _write(read)
    return render_template(
        "desk/law_preview.html",
        slot=slot,
        label=item_word(table, slot.item, slot.name),
        row=read.row,
        preview=preview_adding(read.row),
        typed=typed_in(form),
        mark=mark,
        moved_on=asked == "write",
    )


def _form(slot: Slot, form: LawForm) -> str:
    return render_template(
        "desk/law_form.html",
        slot=slot,
        label=item_word(slot.table, slot.item, slot.name),
        form=form,
        hint=value_hint(slot),
        local=slot.table == LOCAL,
        dated=slot.table == "days_off",
    )


def _is_twice(read: Read, form: LawForm) -> bool:
    """True, and said which, when a row for the same item, place and day was added by hand."""
    known = standing_row(read.row) if read.row else None
    if known is not None:
        form.form_errors.append(
            _(
                "Đã có dòng thêm cho mục này từ đúng ngày đó: %(value)s, theo %(source)s. Nếu dòng"
                " ấy sai thì rút nó trước.",
                value=_told(known)["value"],
                source=known.document().source,
            )
        )
    return known is not None


def _write(read: Read) -> Any:
    if read.row is None or read.document is None:
        raise Problem("malformed")
    added = add_legal_row(read.row, read.document, current_user.id)
    _note("law_add", added)
    flash(_("Đã thêm. Máy của người rà soát nhận ở lần đồng bộ tới."), "success")
    return redirect(f"/law/rows/{added.id}")


@page(blueprint, "/law/rows/<row_id>")
def law_row(row_id: str) -> Any:
    return _row_page(added_row(row_id))


@page(blueprint, "/law/rows/<row_id>/withdraw", roles=WRITERS, methods=("POST",))
def law_withdraw(row_id: str) -> Any:
    added = added_row(row_id)
    reason = clean_text(request.form.get("reason", "")[:REASON_LIMIT])
    if reason is None:
        return _row_page(added, _("Ghi lý do rút dòng này.")), 400
    withdraw_legal_row(added, reason, current_user.id)
    _note("law_withdraw", added)
    flash(_("Đã rút. Máy của người rà soát nhận ở lần đồng bộ tới."), "success")
    return redirect(f"/law/rows/{row_id}")


def _row_page(added: AddedRow, wrong: str = "") -> str:
    writes = current_user.role in WRITERS and added.withdrawn_at is None
    return render_template(
        "desk/law_row.html",
        added=added,
        told=_told(added),
        document=added.document(),
        people=people_of([added]),
        preview=preview_withdrawing(added) if writes else None,
        wrong=wrong,
    )


def _told(added: AddedRow) -> dict[str, str]:
    """An added row's table, item, place and value in words."""
    row = added.as_row()
    return {
        "table": word("legal_table", row.table),
        "item": row.name_vi
        if row.table == "days_off"
        else item_word(row.table, row.item, row.name_vi),
        "place": place_word(row.where, place_names()),
        "value": row_value(row, group_names(legal_tables(), row.valid_from)) or _("chưa biết"),
    }


def _note(kind: str, added: AddedRow) -> None:
    area = province_id(added.where)
    note_act(kind, by=current_user.id, subject=added.id, area=area, of="legal_row")


def _asked_day() -> str | None:
    """The day asked for; None for all rows. Problem: malformed."""
    typed = request.args.get("day", "").strip()
    if not typed:
        return None
    if len(typed) != FULL_LENGTH or not is_partial_date(typed):
        raise Problem("malformed", {"day": "not_a_date"})
    return typed
