"""When the next step of a request is due: QĐ 24/2021/QĐ-TTg Đ6, QĐ 406/QĐ-LĐTBXH 2023; days of rest
by the table `days_off`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.domain.farm.procedure import OBJECTED, POSTED, UNDER_WAY, posting_is_over, state_of
from server.domain.legal.law import Law, answered
from server.domain.legal.tables import NotKnown, Tables
from server.domain.legal.working_days import (
    Deadline,
    ReviewDates,
    review_dates,
    working_day_deadline,
)


@dataclass(frozen=True, slots=True)
class Due:
    """`what`: opens, check, post, posting, decide or recheck. `on`: its last day, or the day it
    begins or ends by itself; `at_latest`: the same if every doubtful day is a day off."""

    what: str
    on: str | None
    at_latest: str | None
    overdue: bool
    not_known: NotKnown | None = None


DUE_BY = ("state", "requested_on", "posting_ends_on", "objected_on")
"""The fields of a request on which its next day hangs."""
NEXT = {"submitted": "check", "checked": "post", "rechecked": "decide", "posted": "decide"}


def due_of(tables: Tables, data: Mapping[str, Any], today: str) -> Due | None:
    """What comes next and until when; None for what is decided, taken back or still a draft."""
    state = state_of(data)
    if state not in UNDER_WAY:
        return None
    if state == POSTED and not posting_is_over(data, today):
        return Due("posting", data["posting_ends_on"], None, False)
    if state == OBJECTED:
        return _of("recheck", recheck_deadline(tables, data["objected_on"]), today)
    dates = review_dates(tables, data["requested_on"])
    if isinstance(dates, NotKnown):
        return Due(NEXT[state], None, None, False, dates)
    if today < dates.opens_on and state == "submitted":
        return Due("opens", dates.work_starts_on, None, False)
    return _of(NEXT[state], dates.due, today)


def _of(what: str, deadline: Deadline | NotKnown, today: str) -> Due:
    if isinstance(deadline, NotKnown):
        return Due(what, None, None, False, deadline)
    return Due(what, deadline.on, deadline.at_latest, today > deadline.on)


@answered
def posting_deadline(tables: Tables, posted_on: str) -> Deadline | NotKnown:
    """The last day of a posting that begins on a day, which is not counted itself."""
    days = Law(tables, posted_on).number("farm_lines", "posting_days")
    return working_day_deadline(tables, posted_on, days)


@answered
def recheck_deadline(tables: Tables, objected_on: str) -> Deadline | NotKnown:
    days = Law(tables, objected_on).number("farm_lines", "recheck_days")
    return working_day_deadline(tables, objected_on, days)


def dates_of(tables: Tables, data: Mapping[str, Any]) -> ReviewDates | NotKnown:
    """When the review of a request opens and its result is due."""
    return review_dates(tables, data["requested_on"])
