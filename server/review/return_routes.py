"""The office asks the field about a household or a person, of its own accord."""

from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from schemas.kinds import Entity
from schemas.records import record_fields
from server.domain.text import clean_text
from server.errors import Problem
from server.http import page
from server.pages.scope import own_villages
from server.pages.values import ids_in, names_of, value_words
from server.pages.words import word
from server.review.deciding import NOTE_LIMIT, read_notes
from server.review.doors import blueprint
from server.review.notes import record_in_scope
from server.review.preview import phones_of
from server.review.scope import REVIEWERS
from server.review.undo import offer_undo
from server.store.audit import note_act, note_look
from server.store.changes.write import author_at_desk
from server.store.records import TABLES, SyncedRecord
from server.store.review.returning import return_to_field
from server.store.review.writing import record_data

RETURNABLE = {"household": "households", "member": "people"}
UNASKED = frozenset({"village", "household", "merged_into", "accuracy_m"})
"""Fields the field cannot answer about: they are the office's, or follow from others."""


@page(blueprint, "/review/return/<entity>/<record_id>", roles=REVIEWERS)
def return_form(entity: str, record_id: str) -> Any:
    record = _returnable(entity, record_id)
    note_look(current_user, record_id, count=1, areas=[record.village_id], of=entity)
    return _form(entity, record)


def _returnable(entity: str, record_id: str) -> SyncedRecord:
    if entity not in RETURNABLE:
        raise Problem("not_found")
    return record_in_scope(TABLES[Entity(entity)], record_id)


def _names(entity: str) -> list[str]:
    return [name for name in record_fields(Entity(entity)) if name not in UNASKED]


def _form(entity: str, record: SyncedRecord, wrong: str = "") -> Any:
    data = record_data(entity, record.id)
    names = names_of([record.id, *ids_in(data)])
    fields = [
        (name, word("field", name), value_words(entity, name, data.get(name), names))
        for name in _names(entity)
    ]
    body = render_template(
        "review/return.html",
        entity=entity,
        about=names.get(record.id) or word("entity", entity),
        page=f"/{RETURNABLE[entity]}/{record.id}",
        record=record,
        village=own_villages()[record.village_id].name,
        phones=phones_of(record.village_id),
        filled=[field for field in fields if field[2] != "–"],
        empty=[field for field in fields if field[2] == "–"],
        typed=request.form,
        wrong=wrong,
    )
    return (body, 400) if wrong else body


@page(blueprint, "/review/return/<entity>/<record_id>", roles=REVIEWERS, methods=("POST",))
def return_record(entity: str, record_id: str) -> Any:
    record = _returnable(entity, record_id)
    notes = read_notes(_names(entity), request.form)
    note = clean_text(request.form.get("note", "")[:NOTE_LIMIT])
    if note is None and not notes:
        return _form(
            entity, record, _("Hãy ghi ít nhất một lời nhắn: người rà soát cần biết hỏi gì.")
        )
    id_ = return_to_field(Entity(entity), record_id, author_at_desk(current_user), note, notes)
    note_act("review_return", by=current_user.id, subject=id_, area=record.village_id)
    offer_undo(id_)
    flash(
        _("Đã gửi về thôn. Việc này đứng đầu trang “Hôm nay” trên máy đang phụ trách."), "success"
    )
    return redirect(f"/review/items/{id_}")
