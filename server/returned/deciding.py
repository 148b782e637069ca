"""Decisions about returned rows: taken into the records, refused, or sent to the field."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from schemas.kinds import Entity
from server.domain.returned.comparing import Kind
from server.errors import Problem
from server.pages.scope import own_villages
from server.pages.words import sentence, word
from server.returned.judging import Cell, View, views_of
from server.store.audit import note_act
from server.store.bulk import among
from server.store.changes.write import Result, author_at_desk, new_change
from server.store.db import db
from server.store.records import Household
from server.store.returned_lists import ReturnedList, ReturnedRow, RowState
from server.store.review.returning import return_to_field
from server.store.review.writing import write_all_or_nothing

AT_ONCE = 500
"""Rows that are taken in one request: phones wait for the lock no longer than that takes."""
ACT = "returned_row"


class Changed(Exception):
    """The record says something else than when the page was made."""


def undecided(row: ReturnedRow) -> View:
    """The row, for this officer alone until the end. Problem: already_decided."""
    db.session.refresh(row, with_for_update=True)
    if row.state != RowState.OPEN:
        raise Problem("already_decided")
    return views_of([row])[0]


def accept(view: View, kept: Collection[str], seen: str) -> list[str]:
    """Write the cells of a row, save those `kept` as recorded. Gives why it could not be, empty
    when it was. Raises `Changed`; problem: conflict for a row that cannot be taken."""
    if seen != view.seen:
        raise Changed
    if view.settled:
        _decide(view.row, RowState.KNOWN)
        return []
    if not view.takes:
        raise Problem("conflict")
    cells = [cell for cell in view.takes if cell.key not in kept]
    results, refused = write_all_or_nothing(_changes(view.row, cells), author_at_desk(current_user))
    if refused:
        return _why([results[at] for at in refused])
    _decide(view.row, RowState.ACCEPTED, cells=[cell.key for cell in cells])
    return []


def _changes(row: ReturnedRow, cells: Sequence[Cell]) -> list[dict[str, Any]]:
    """One change a record, against what it says now."""
    changes = []
    records = {Entity.MEMBER.value: row.member_id, Entity.HOUSEHOLD.value: row.household_id}
    for entity, record in records.items():
        mine = [cell for cell in cells if cell.entity == entity]
        if mine:
            values = {cell.field: cell.value for cell in mine}
            was = {cell.field: cell.current for cell in mine}
            changes.append(new_change(entity, str(record), values, was))
    return changes


def _why(results: Sequence[Result]) -> list[str]:
    return [
        f"{word('field', it.get('field'))}: {sentence(it['code'])}"
        for result in results
        for it in result.reasons
    ]


def accept_clean(kept: ReturnedList) -> tuple[int, int]:
    """Take the rows of which there is nothing to think, so many at once: how many were taken, and
    how many more there are."""
    clean = clean_rows(kept, lock=True)
    views, left = clean[:AT_ONCE], clean[AT_ONCE:]
    author = author_at_desk(current_user)
    while views:
        parts = [(view, change) for view in views for change in _changes(view.row, view.takes)]
        _results, refused = write_all_or_nothing([change for _view, change in parts], author)
        if not refused:
            break
        # What could not be foreseen is left to a person; the others are tried again without it.
        spoilt = {id(parts[at][0]) for at in refused}
        views = [view for view in views if id(view) not in spoilt]
    for view in views:
        state = RowState.KNOWN if view.settled else RowState.ACCEPTED
        view.row.decide(state, current_user.id)
    if views:
        note_act("returned_all", by=current_user.id, subject=kept.id, count=len(views))
    return len(views), len(left)


def clean_rows(kept: ReturnedList, *, lock: bool = False) -> list[View]:
    """The open rows of this list about one's own people that may be taken together."""
    query = select(ReturnedRow).where(
        ReturnedRow.list_id == kept.id,
        ReturnedRow.state == RowState.OPEN,
        ReturnedRow.kind == Kind.CHANGE,
        among(ReturnedRow.village_id, own_villages()),
    )
    query = query.order_by(ReturnedRow.row_number)
    rows = list(db.session.scalars(query.with_for_update() if lock else query))
    return [view for view in views_of(rows) if view.clean or view.settled]


def refuse(view: View, note: str | None) -> None:
    _decide(view.row, RowState.REFUSED, note)


def reopen(row: ReturnedRow) -> None:
    """Take back that a row was refused. Problem: conflict for any other, and once it is forgotten
    what it said."""
    db.session.refresh(row, with_for_update=True)
    if row.state != RowState.REFUSED or row.forgotten:
        raise Problem("conflict")
    row.state, row.decided_by, row.decided_at, row.note = RowState.OPEN.value, None, None, None
    note_act(ACT, by=current_user.id, subject=row.list_id, area=row.village_id,
             row=row.row_number, decision=RowState.OPEN.value)  # fmt: skip


def ask_field(view: View, note: str, code: str) -> bool:
    """Send somebody to the household with what the row says; `code`: of the household where the row
    is of nobody known. False when there is no such household in one's villages."""
    author = author_at_desk(current_user)
    if view.row.member_id is not None:
        return_to_field(Entity.MEMBER, view.row.member_id, author, note, {})
    else:
        home = household_called(code, view.row.village_id)
        if home is None:
            return False
        return_to_field(Entity.HOUSEHOLD, home, author, note, {})
    _decide(view.row, RowState.ASKED, note)
    return True


def household_called(code: str, village: str | None) -> str | None:
    """The living household of this code; of several villages the row's own."""
    if not code:
        return None
    places = [village] if village else list(own_villages())
    query = select(Household.id).where(
        Household.code == code,
        among(Household.village_id, places),
        Household.merged_into.is_(None),
    )
    found = list(db.session.scalars(query.limit(2)))
    return found[0] if len(found) == 1 else None


def note_for_field(view: View) -> str:
    """What the field is asked, proposed from what the row says."""
    if view.row.member_id is None or view.row.kind in (Kind.TWICE, Kind.SHIFTED):
        told = view.read["shown"]
    else:
        told = {cell.label: cell.set for cell in view.cells}
    said = [*_pairs(told), *_pairs(dict(view.read["told"])), *_extra(view.read["extra"])]
    words = "; ".join(said)
    if view.row.member_id is None:
        return _("Thôn ghi thêm người: %(what)s. Đến nhà, hỏi rồi ghi vào hộ nếu đúng.", what=words)
    return _("Thôn ghi trong tệp gửi lại: %(what)s. Hỏi lại rồi sửa nếu đúng.", what=words)


def _pairs(told: Mapping[str, str]) -> list[str]:
    return [f"{label} {text}" for label, text in told.items() if label != "STT"]


def _extra(told: Sequence[Sequence[str]]) -> list[str]:
    return [f"{heading}: {text}" if heading else text for heading, text in told]


def _decide(row: ReturnedRow, state: RowState, note: str | None = None, **more: Any) -> None:
    row.decide(state, current_user.id, note)
    note_act(ACT, by=current_user.id, subject=row.member_id or row.list_id, area=row.village_id,
             list=row.list_id, row=row.row_number, decision=state.value, **more)  # fmt: skip
