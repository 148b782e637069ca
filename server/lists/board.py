"""The board above the list of newborns: born, registered, with a card, and late."""

from collections.abc import Mapping

from flask_babel import gettext as _

from schemas.kinds import BirthRegistration
from server.lists.catalogue import NEWBORNS
from server.lists.columns import DONE, LATE, newborn_state
from server.lists.filters import Filters
from server.lists.kinds import PeopleList
from server.lists.query import whole_list

MOST_COUNTED = 2_000
"""Children whose records a page reads for its board; beyond, the list itself says enough."""

Tile = tuple[str, int, str]
"""Words, a number, and how it looks where somebody must act."""


def board_of(
    which: PeopleList, filters: Filters, villages: Mapping[str, str], total: int
) -> list[Tile]:
    """The steps of a newborn and how many have come so far; nothing on other lists."""
    if which.key != NEWBORNS or not 0 < total <= MOST_COUNTED:
        return []
    born = registered = done = late = 0
    _found, batches = whole_list(which, filters, villages)
    for batch in batches:
        for entry in batch:
            state = newborn_state(filters.day, entry.member.get("birth_date"), entry.status)
            told = entry.member.get("birth_registration")
            born += 1
            registered += told == BirthRegistration.REGISTERED
            done += state == DONE
            late += state == LATE
    return [
        (_("Đã sinh"), born, ""),
        (_("Đã khai sinh"), registered, ""),
        (_("Đã có thẻ"), done, ""),
        (_("Quá tháng sinh chưa có thẻ"), late, "danger"),
    ]
