"""The last decision of the person at the desk, offered to be taken back."""

from flask import session

from server.store.review.decided import decision_about, undoable

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
    return decision_id if decision_id in undoable([decision_id or ""]) else None
