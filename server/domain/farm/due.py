"""When the next step of a request is due: QĐ 24/2021/QĐ-TTg Đ6, QĐ 406/QĐ-LĐTBXH 2023; days of rest
by the table `days_off`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server.domain.farm.procedure import OBJECTED, POSTED, UNDER_WAY, posting_is_over, state_of
from server.domain.legal.law import Law, answered
from server.domain.legal.tables import NotKnown, Tables
from server.domain.legal.working_days import (
    DOUBTFUL,
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


@dataclass(frozen=True, slots=True)
class PostingEnd:
    """The last day of a posting as it was recorded; `at_latest`: the same if the `doubtful` days
    turn out to be days off, None where no such day lies in between."""

    on: str
    at_latest: str | None = None
    doubtful: tuple[str, ...] = ()


DUE_BY = ("state", "requested_on", "posted_on", "posting_ends_on", "objected_on")
"""The fields of a request on which its next day hangs."""
NEXT = {"submitted": "check", "checked": "post", "rechecked": "decide", "posted": "decide"}


def due_of(tables: Tables, data: Mapping[str, Any], today: str) -> Due | None:
    """What comes next and until when; None for what is decided, taken back or still a draft."""
    state = state_of(data)
    if state not in UNDER_WAY:
        return None
    if state == POSTED and not posting_is_over(data, today):
        end = posting_end(tables, data)
        return Due("posting", end.on, end.at_latest, False)
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


def posting_end(tables: Tables, data: Mapping[str, Any]) -> PostingEnd:
    """Of a posted request. Where the table of days off has changed since, what was recorded and
    told to people stands alone."""
    recorded = PostingEnd(data["posting_ends_on"])
    found = posting_deadline(tables, data["posted_on"])
    if isinstance(found, NotKnown) or found.on != recorded.on or found.at_latest == found.on:
        return recorded
    doubtful = tuple(row.valid_from for row in found.rows if row.value == DOUBTFUL)
    return PostingEnd(found.on, found.at_latest, doubtful)


@answered
def recheck_deadline(tables: Tables, objected_on: str) -> Deadline | NotKnown:
    days = Law(tables, objected_on).number("farm_lines", "recheck_days")
    return working_day_deadline(tables, objected_on, days)


def dates_of(tables: Tables, data: Mapping[str, Any]) -> ReviewDates | NotKnown:
    """When the review of a request opens and its result is due."""
    return review_dates(tables, data["requested_on"])
