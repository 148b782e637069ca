"""What a reader of a list asks for, as it stands in the address of the page."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from schemas.fields import FULL_LENGTH, is_partial_date
from schemas.kinds import LivingClass, Presence, Sex, SocialInsurance, UninsuredReason
from server.domain.coverage.bands import AGES
from server.errors import Problem
from server.lists.kinds import PeopleList

SORTS = ("place", "name", "birth", "end")
MOST_PAGES, MOST_MARK = 100_000, 200
CLOSED: dict[str, tuple[str, ...]] = {
    "age": tuple(AGES),
    "sex": tuple(Sex),
    "living": tuple(LivingClass),
    "presence": tuple(Presence),
    "social": tuple(SocialInsurance),
    "reason": tuple(UninsuredReason),
}
TICKS = ("minority", "farm")


@dataclass(frozen=True, slots=True)
class Filters:
    """`key`: of the list. `area`: id of an area, empty for all of one's own. `days`: of the lists
    that have a window, days or months as the list says; 0 on the others. `mark`: what puts people
    on the list, a school on that of pupils."""

    key: str
    day: str
    area: str = ""
    status: str = ""
    days: int = 0
    mark: str = ""
    age: str = ""
    sex: str = ""
    living: str = ""
    presence: str = ""
    social: str = ""
    reason: str = ""
    group: str = ""
    minority: bool = False
    farm: bool = False
    sort: str = "place"
    page: int = 1

    @property
    def narrowing(self) -> dict[str, str | bool]:
        """What was chosen beside village, day and order."""
        left = ("key", "day", "area", "days", "sort", "page")
        return {name: value for name, value in asdict(self).items() if value and name not in left}

    def fields(self, which: PeopleList, today: str) -> dict[str, str]:
        """What differs from the plain list, as the fields of a form or an address."""
        told = dict(_told(self, which))
        told["on"] = self.day if self.day != today else ""
        return {name: value for name, value in told.items() if value}

    def address(self, which: PeopleList, today: str, path: str = "", **changed: str) -> str:
        query = {**self.fields(which, today), **changed}
        told = urlencode({name: value for name, value in query.items() if value})
        return f"{path or f'/lists/{self.key}'}{'?' if told else ''}{told}"


def _told(filters: Filters, which: PeopleList) -> Iterator[tuple[str, str]]:
    yield "area", filters.area
    for name, value in filters.narrowing.items():
        yield name, "1" if value is True else str(value)
    if which.window and filters.days != which.window.default:
        yield "days", str(filters.days)
    if filters.sort != which.sort:
        yield "sort", filters.sort


def read_filters(which: PeopleList, form: Mapping[str, str], today: str) -> Filters:
    """The filters of an address or a form; one that the list does not offer is left out.
    Problem: malformed, naming the field."""

    def text(name: str) -> str:
        return form.get(name, "").strip()

    offers = which.offers
    closed = {
        name: _one_of(name, text(name), ("", *values))
        for name, values in CLOSED.items()
        if name in offers
    }
    return Filters(
        key=which.key,
        day=_day(text("on"), today),
        area=text("area"),
        status=_status(which, text("status")),
        days=_days(which, text("days")),
        mark=text("mark")[:MOST_MARK] if "mark" in offers else "",
        **closed,
        group=_group(text("group").upper()) if "group" in offers else "",
        minority="minority" in offers and _ticked(text("minority")),
        farm="farm" in offers and _ticked(text("farm")),
        sort=_one_of("sort", text("sort") or which.sort, SORTS),
        page=_number("page", text("page"), 1, MOST_PAGES),
    )


def _status(which: PeopleList, typed: str) -> str:
    """With one status only there is nothing to choose."""
    several = len(which.statuses) > 1
    return _one_of("status", typed, ("", *which.statuses)) if several else ""


def _days(which: PeopleList, typed: str) -> int:
    if which.window is None:
        return 0
    return _number("days", typed, which.window.default, which.window.most)


def _ticked(text: str) -> bool:
    return text not in ("", "0")


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
