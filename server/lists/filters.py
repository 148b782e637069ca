"""What a reader of the list asks for, as it stands in the address of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from schemas.fields import FULL_LENGTH, is_partial_date
from schemas.kinds import UNINSURED, SocialInsurance, Status, UninsuredReason
from server.domain.legal.support_end import MOST_DAYS as MOST_LOSING_DAYS
from server.errors import Problem

ALL_UNINSURED, ENDING, LOSING = "uninsured", "ending", "losing"
VIEWS = (ALL_UNINSURED, Status.EXPIRED, Status.NONE, ENDING, LOSING, Status.UNCONFIRMED,
         Status.NOT_ASKED, Status.STARTING, Status.ELSEWHERE, Status.COVERED)  # fmt: skip
"""One view at a time: whoever was not asked never slips in among the uninsured."""

SORTS = ("place", "name", "birth", "end")
LOSING_DAYS = (30, 60, 90)
DEFAULT_DAYS, MOST_DAYS, MOST_PAGES = 30, 366, 100_000


@dataclass(frozen=True, slots=True)
class Filters:
    """`area`: id of an area, empty for all of one's own. `days`: only in the views `ending` and
    `losing`."""

    day: str
    area: str = ""
    status: str = ALL_UNINSURED
    days: int = DEFAULT_DAYS
    group: str = ""
    under_6: bool = False
    minority: bool = False
    farm: bool = False
    social: str = ""
    reason: str = ""
    sort: str = "place"
    page: int = 1

    @property
    def statuses(self) -> tuple[str, ...]:
        if self.status == ALL_UNINSURED:
            return UNINSURED
        if self.status == LOSING:
            return tuple(Status)
        return (Status.COVERED,) if self.status == ENDING else (self.status,)

    def fields(self, today: str) -> dict[str, str]:
        """What differs from the plain list, as the fields of a form or an address."""
        plain = Filters(day=today)
        names = ("area", "status", "group", "social", "reason", "sort")
        found = {name: getattr(self, name) for name in names}
        found |= {name: "1" for name in ("under_6", "minority", "farm") if getattr(self, name)}
        if self.status in (ENDING, LOSING):
            found["days"] = str(self.days)
        found["on"] = self.day if self.day != today else ""
        return {
            name: value
            for name, value in found.items()
            if value and value != getattr(plain, name, "")
        }

    def address(self, today: str, path: str = "/lists", **changed: str) -> str:
        query = {**self.fields(today), **changed}
        told = urlencode({name: value for name, value in query.items() if value})
        return f"{path}?{told}"


def read_filters(form: Mapping[str, str], today: str) -> Filters:
    """The filters of an address or a form. Problem: malformed, naming the field."""
    days = form.get("days", "").strip()
    status = form.get("status", "").strip() or (ENDING if days else ALL_UNINSURED)
    return Filters(
        day=_day(form.get("on", "").strip(), today),
        area=form.get("area", "").strip(),
        status=_one_of("status", status, VIEWS),
        days=_days(status, days),
        group=_group(form.get("group", "").strip().upper()),
        under_6=_ticked(form, "under_6"),
        minority=_ticked(form, "minority"),
        farm=_ticked(form, "farm"),
        social=_one_of("social", form.get("social", "").strip(), ("", *SocialInsurance)),
        reason=_one_of("reason", form.get("reason", "").strip(), ("", *UninsuredReason)),
        sort=_one_of("sort", form.get("sort", "").strip() or "place", SORTS),
        page=_number("page", form.get("page", "").strip(), 1, MOST_PAGES),
    )


def _days(status: str, typed: str) -> int:
    if status == LOSING:
        return _number("days", typed, MOST_LOSING_DAYS, MOST_LOSING_DAYS)
    return _number("days", typed, DEFAULT_DAYS, MOST_DAYS)


def _ticked(form: Mapping[str, str], name: str) -> bool:
    return form.get(name, "") not in ("", "0")


def _wrong(field: str, code: str) -> Problem:
    return Problem("malformed", {"fields": {field: [code]}})


def _one_of(field: str, value: str, values: tuple[str, ...]) -> str:
    if value not in values:
        raise _wrong(field, "not_in_list")
    return value


def _number(field: str, text: str, default: int, most: int) -> int:
    if not text:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) < 8 and 1 <= int(text) <= most):
        raise _wrong(field, "out_of_range")
    return int(text)


def _group(text: str) -> str:
    if text and not (len(text) == 2 and text.isascii() and text.isalpha()):
        raise _wrong("group", "wrong_format")
    return text


def _day(text: str, today: str) -> str:
    if not text:
        return today
    if len(text) != FULL_LENGTH or not is_partial_date(text):
        raise _wrong("on", "not_a_date")
    return text
