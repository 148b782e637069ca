"""The last decision of the person at the desk, offered to be taken back."""

from flask import session

from server.store.db import db
from server.store.decided import Decision, decision_about

KEY = "review_undo"


def offer_undo(record: str) -> None:
    """Remember the decision just taken about this record for the next page."""
    found = decision_about(record)
    if found is not None:
        session[KEY] = found[0].id


def offer_undo_of(decision_id: str) -> None:
    session[KEY] = decision_id


def undo_offered() -> str | None:
    """The decision to offer on this page, once."""
    decision_id = session.pop(KEY, None)
    if decision_id is None:
        return None
    decision = db.session.get(Decision, decision_id)
    return decision_id if decision is not None and decision.undone_at is None else None
