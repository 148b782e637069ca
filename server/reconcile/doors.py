"""The room's blueprint, and which list and pair a page may show."""

from flask import Blueprint

from schemas.kinds import Role
from server.errors import Problem
from server.pages.scope import own_communes
from server.store.db import db
from server.store.imported_lists import ImportedList
from server.store.reconciling import ReconcileMatch

blueprint = Blueprint("reconcile", __name__, template_folder="templates")
OFFICE = (Role.OFFICER, Role.ADMIN)


def list_in_scope(list_id: str) -> ImportedList:
    """The kept list. Problems: not_found; not_allowed unless it is of one's own commune."""
    found = db.session.get(ImportedList, list_id)
    if found is None or not found.whole:
        raise Problem("not_found")
    if found.commune_id not in {commune.id for commune in own_communes()}:
        raise Problem("not_allowed")
    return found


def pair_in_scope(match_id: str) -> tuple[ImportedList, ReconcileMatch]:
    """The row with its person, and the list. Problems: not_found, not_allowed."""
    match = db.session.get(ReconcileMatch, match_id)
    if match is None:
        raise Problem("not_found")
    kept = list_in_scope(match.list_id)
    if match.member_id is None:
        raise Problem("not_found")
    return kept, match
