"""What kinds of kept lists there are, and the day as of which one speaks."""

from enum import StrEnum

from server.store.db import VIETNAM
from server.store.devices import utc
from server.store.imported_lists import ImportedList


class ListKind(StrEnum):
    INSURED = "bhxh_list"
    DUE = "bhxh_due"
    SCHOOL_ROLL = "school_roll"


def made_on(kept: ImportedList) -> str:
    """The day its maker names; else the day it came."""
    return kept.made_on or utc(kept.imported_at).astimezone(VIETNAM).date().isoformat()
