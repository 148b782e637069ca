"""The last decision of the person at the desk, offered to be taken back."""

from flask import session

from server.store.db import db
from server.store.duplicates import PairState, PossibleDuplicate
from server.store.review.decided import decision_about, undoable

KEY = "review_undo"
PAIR_KEY = "review_undo_pair"


def offer_undo(record: str) -> None:
    """Remember the decision just taken about this record for the next page."""
    found = decision_about(record)
    if found is not None:
        session[KEY] = found[0].id


def offer_undo_of(decision_id: str) -> None:
    session[KEY] = decision_id


def offer_undo_of_pair(pair_id: str) -> None:
    """A pair is taken back as a pair: it opens again, and somebody decides anew."""
    session[PAIR_KEY] = pair_id


def undo_offered() -> str | None:
    """Where this page may send the undoing of the decision just taken, once."""
    decision_id, pair_id = session.pop(KEY, None), session.pop(PAIR_KEY, None)
    if pair_id:
        pair = db.session.get(PossibleDuplicate, pair_id)
        return f"/review/duplicates/{pair_id}/undo" if pair and pair.state in _DECIDED else None
    if decision_id in undoable([decision_id or ""]):
        return f"/review/decisions/{decision_id}/undo"
    return None


_DECIDED = (PairState.MERGED, PairState.NOT_SAME)
