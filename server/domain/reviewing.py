"""What kind of decision something in the review queue asks for."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any


class ReviewKind(StrEnum):
    """Why it waits, as the officer's list sorts it.

    `held`: a value that breaks a rule. `officer`: what only the desk may set. `late`: its author
    may not write there, or not any more. `reused`: a change id with other content. `missing`: what
    it hangs on has not arrived. `ended`: its record has ended or was merged. `rescue`: brought back
    by a phone after a restore.
    """

    CONFLICT = "conflict"
    HELD = "held"
    DUPLICATE = "duplicate"
    NOTE = "note"
    WRONG_VILLAGE = "wrong_village"
    OFFICER = "officer"
    LATE = "late"
    ENDED = "ended"
    REUSED = "reused"
    MISSING = "missing"
    RESCUE = "rescue"
    ERROR = "error"
    SENT_BACK = "sent_back"


LATE_CODES = frozenset({"revoked_device", "not_allowed", "record_unknown", "unproven_author"})

_BY_CODE: tuple[tuple[ReviewKind, frozenset[str]], ...] = (
    (ReviewKind.REUSED, frozenset({"same_id_other_content"})),
    (ReviewKind.ERROR, frozenset({"server_error"})),
    (ReviewKind.MISSING, frozenset({"parent_missing"})),
    (ReviewKind.LATE, LATE_CODES),
    (ReviewKind.ENDED, frozenset({"ended_parent", "merged_record"})),
    (ReviewKind.SENT_BACK, frozenset({"returned"})),
    (ReviewKind.OFFICER, frozenset({"desk_only", "officer_only"})),
    (ReviewKind.CONFLICT, frozenset({"conflict"})),
    (ReviewKind.RESCUE, frozenset({"rescue"})),
)
"""The first that fits names the whole: what concerns the change before what concerns a field."""


def review_kind(reasons: Iterable[Mapping[str, Any]]) -> ReviewKind:
    """The kind of a waiting change; whatever no other code explains broke a rule."""
    codes = {_code(reason) for reason in reasons}
    return next((kind for kind, known in _BY_CODE if known & codes), ReviewKind.HELD)


def _code(reason: Mapping[str, Any]) -> Any:
    """A village that is not the author's is one more move for the office to decide."""
    asks_to_move = reason.get("field") == "village" and reason.get("code") == "not_allowed"
    return "officer_only" if asks_to_move else reason.get("code")
