"""The room's blueprint, and which list and row a page may show."""

from flask import Blueprint
from flask_login import current_user

from schemas.kinds import Role
from server.errors import Problem
from server.pages.scope import own_villages
from server.store.db import db
from server.store.returned_lists import ReturnedList, ReturnedRow, list_seen_by
from server.store.scope import may_take_lists

blueprint = Blueprint("returned", __name__, template_folder="templates")
OFFICE = (Role.OFFICER, Role.ADMIN)


def holds_room() -> None:
    """Problem: not_allowed for an officer without the lists room."""
    if not may_take_lists(current_user):
        raise Problem("not_allowed")


def list_here(list_id: str) -> ReturnedList:
    """A list that one brought, or that has people of one's own villages. Problems: not_allowed,
    not_found: of others nobody learns that it is there."""
    holds_room()
    found = list_seen_by(list_id, own_villages(), current_user.id)
    if found is None:
        raise Problem("not_found")
    return found


def row_here(list_id: str, number: str) -> tuple[ReturnedList, ReturnedRow]:
    """A row of such a list about one's own people. Problems: not_allowed, not_found."""
    kept = list_here(list_id)
    whole = number.isascii() and number.isdecimal() and len(number) < 8
    row = db.session.get(ReturnedRow, (list_id, int(number))) if whole else None
    if row is None or not _mine(kept, row):
        raise Problem("not_found")
    return kept, row


def _mine(kept: ReturnedList, row: ReturnedRow) -> bool:
    if row.village_id is None:
        return kept.added_by == current_user.id
    return row.village_id in own_villages()
