"""A note from the door, as its page shows it."""

from dataclasses import dataclass
from typing import Any, TypeVar

import orjson
from sqlalchemy import select

from server.errors import Problem
from server.pages.scope import own_villages
from server.pages.values import names_of
from server.review.lines import authors_of, households_called, name_each
from server.store.db import db
from server.store.people import User
from server.store.records import FieldNote, Household, Member, SyncedRecord
from server.store.review.decided import decision_about

Row = TypeVar("Row", bound=SyncedRecord)


@dataclass(frozen=True, slots=True)
class NoteShown:
    """`page`: where the record the note is about is shown."""

    note: FieldNote
    data: dict[str, Any]
    about: str
    page: str | None
    village: str
    who: str | None
    device: str | None
    at: str | None
    decided: tuple[str, Any] | None

    @property
    def open(self) -> bool:
        return self.note.state == "open"


def note_in_scope(note_id: str) -> NoteShown:
    """The note; not found, or not allowed when it lies elsewhere."""
    note = record_in_scope(FieldNote, note_id)
    data = orjson.loads(note.data)
    who, device, at = authors_of([note.id]).get(note.id, (None, None, None))
    names = names_of([data["about"], note.household_id])
    homes = households_called([note.household_id])
    about = homes.get(data["about"]) or names.get(data["about"]) or "–"
    village = own_villages()[note.village_id].name
    return NoteShown(
        note,
        data,
        about,
        _page(note, data["about"]),
        village,
        who,
        device,
        at,
        decided_about(note.id),
    )


def record_in_scope(table: type[Row], record_id: str) -> Row:
    found = db.session.get(table, record_id)
    if found is None:
        raise Problem("not_found")
    if found.village_id not in own_villages():
        raise Problem("not_allowed")
    return found


def _page(note: FieldNote, about: str) -> str | None:
    if db.session.scalar(select(Member.id).where(Member.id == about)):
        return f"/people/{about}"
    household = db.session.get(Household, note.household_id)
    return f"/households/{household.id}" if household else None


def decided_about(record_id: str) -> tuple[str, Any] | None:
    """Who decided about it last, and when."""
    found = decision_about(record_id)
    if found is None:
        return None
    user = found[0].user_id
    return name_each(User, [user]).get(user or "", "–"), found[0].at
