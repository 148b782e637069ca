"""A period of some ground as its page, its workbook and its chart tell it: read once, from the same
answer as the API gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _

from server.domain.coverage.pace import Outlook
from server.domain.coverage.periods import Every, days_of, usual_start
from server.domain.numbers import day_words, number_words, percent_words
from server.domain.partial import add_months, days_between, last_day
from server.errors import Problem
from server.store.duties import Duty

Row = Mapping[str, Any]
HEADS, RATE = "heads", "rate"
ORDERS = (HEADS, RATE)
FARTHEST_MONTHS = 13
"""A deadline later than so many months after the last day would press the chart together."""


@dataclass(frozen=True, slots=True)
class Period:
    every: Every
    start: str
    end: str

    @property
    def days(self) -> list[str]:
        return days_of(self.every, self.start, self.end)


def period_of(every: str | None, start: str | None, end: str, today: str) -> Period:
    """The period asked for; no day of it lies ahead. Problem: malformed."""
    if every not in (None, "", *Every):
        raise Problem("malformed", {"fields": {"every": ["not_in_list"]}})
    told = Every(every or Every.MONTH)
    end = min(end, today)
    return Period(told, min(start or usual_start(told, end), end), end)


def of_official(row: Row) -> bool:
    """True where the rate is that of the plan's population, false where of the people recorded."""
    return row["percent_of_official"] is not None


def rate(row: Row) -> str | None:
    """The rate that is told first: of the plan's population where there is a plan."""
    told: str | None = row["percent_of_official"] or row["percent"]
    return told


def denominator(row: Row) -> str:
    """The denominator of `rate`, named."""
    if of_official(row):
        number = number_words(row["target"]["population"])
        return _("dân số giao %(n)s người", n=number)
    return _("%(n)s người đã ghi", n=number_words(row["counts"]["people"]))


def parts(row: Row) -> str:
    """The two numbers that `rate` is made of."""
    whole = row["target"]["population"] if of_official(row) else row["counts"]["people"]
    return f"{number_words(row['counts']['covered'])}/{number_words(whole)}"


def goal(row: Row) -> str | None:
    """The rate that the plan asks for."""
    target = row["target"] or {}
    told: str | None = target.get("computed_percent") or target.get("goal_percent")
    return told


def gains(rows: Sequence[Row | None]) -> list[int | None]:
    """How many more are covered than on the day before in the table."""
    covered = [row["counts"]["covered"] if row else None for row in rows]
    pairs = zip([None, *covered], covered, strict=False)
    return [None if one is None or two is None else two - one for one, two in pairs]


def signed(number: int | None) -> str:
    """A change: with its sign, a true minus; nothing changed is a nought."""
    if not number:
        return number_words(number)
    return ("+" if number > 0 else "−") + number_words(abs(number))


def pace_words(weekly: str | None) -> str:
    """People a week with the decimal comma, whole numbers without one."""
    if weekly is None:
        return "–"
    return weekly.removesuffix(".0").replace(".", ",").replace("-", "−")


def outlook_words(pace: Row, deadline: str | None) -> str:
    """What comes of it at the pace of the last four weeks."""
    told = {
        Outlook.UNKNOWN: _("Chưa có chỉ tiêu để so."),
        Outlook.REACHED: _("Đã đạt chỉ tiêu."),
        Outlook.NOT_RISING: _("Bốn tuần qua không tăng: cứ thế thì không đạt."),
        Outlook.LATE: _("Với tốc độ này, mười năm nữa cũng chưa đạt."),
    }
    if pace["reached_on"]:
        words = _("Với tốc độ này, đạt chỉ tiêu ngày %(day)s.", day=day_words(pace["reached_on"]))
    else:
        words = told[pace["outlook"]]
    if pace["outlook"] in (Outlook.UNKNOWN, Outlook.REACHED) or pace["percent_then"] is None:
        return words
    by_then = _(
        "Đến %(day)s đạt %(rate)s.",
        day=day_words(deadline),
        rate=percent_words(pace["percent_then"]),
    )
    return f"{words} {by_then}"


def outlook_short(pace: Row) -> str:
    """The same in a cell of a table."""
    if pace["reached_on"]:
        words = _("đạt ngày %(day)s", day=day_words(pace["reached_on"]))
    else:
        words = {
            Outlook.UNKNOWN: "–",
            Outlook.REACHED: _("đã đạt"),
            Outlook.NOT_RISING: _("không tăng"),
            Outlook.LATE: _("sau hơn mười năm"),
        }[pace["outlook"]]
    if pace["outlook"] in (Outlook.UNKNOWN, Outlook.REACHED) or pace["percent_then"] is None:
        return words
    return _("%(words)s; đến hạn %(rate)s", words=words, rate=percent_words(pace["percent_then"]))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A line on the last day with its pace. `gap`: hundredths of a percent that lack to its
    target, None without one."""

    row: Row
    pace: Row
    gap: int | None
    duties: Sequence[Duty]

    @property
    def target(self) -> Row:
        return self.row["target"] or {}


def ranked(answer: Row, order: str, duties: Mapping[str, Sequence[Duty]]) -> list[Ranked]:
    """The lines, those farthest from their target first: in heads or in points of the rate. Those
    without a target come last."""
    rows = zip(answer["points"][-1]["rows"], answer["pace"]["rows"], strict=True)
    lines = [Ranked(row, pace, _gap(row), duties.get(row["area"]["id"], ())) for row, pace in rows]

    def far(line: Ranked) -> tuple[bool, int]:
        missing = line.pace["heads_missing"] if order == HEADS else line.gap
        return missing is None, -(missing or 0)

    return sorted(lines, key=far)


def _gap(row: Row) -> int | None:
    asked, reached = goal(row), row["percent_of_official"]
    if asked is None or reached is None:
        return None
    return max(0, _hundredths(asked) - _hundredths(reached))


def _hundredths(percent: str) -> int:
    whole, _point, part = percent.partition(".")
    return int(whole) * 100 + int(f"{part:0<2}"[:2])


def points_words(gap: int | None) -> str:
    """Points of a rate: 1,25."""
    return "–" if gap is None else f"{gap // 100},{gap % 100:02}"


def published(answer: Row) -> list[Row]:
    """What BHXH published of the ground until each of the days, each figure once, by indicator."""
    found: dict[tuple[str, str, str], Row] = {}
    for point in answer["points"]:
        for figure in point["total"]["figures"]:
            found[figure["indicator"], figure["on"], figure["source"]] = figure
    return [found[key] for key in sorted(found)]


def chart(answer: Row) -> dict[str, Any]:
    """What the page's script draws: every series has one value, or none, for each of `days`."""
    points, total = answer["points"], answer["points"][-1]["total"]
    official = of_official(total)
    name = "percent_of_official" if official else "percent"
    last, rates = points[-1]["on"], {one["on"]: one["total"][name] for one in points}
    ahead, asked = _ahead(answer, last, official), goal(total) if official else None
    steps = {last_day(step["month"]): step["percent"] for step in answer["milestones"]}
    shown = {day: step for day, step in steps.items() if official and points[0]["on"] <= day}
    days = sorted({*rates, *ahead, *shown})
    return {
        "label": _("Ngày"),
        "days": [int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) for day in days],
        "series": [
            {"name": _("Đang có thẻ"), "kind": "line", "values": _values(rates, days)},
            *([{"name": _("Chỉ tiêu giao"), "kind": "goal", "values": [float(asked)] * len(days)}]
              if asked else []),
            *([{"name": _("Mốc tháng"), "kind": "points", "values": _values(shown, days)}]
              if shown else []),
            *([{"name": _("Cứ đà này"), "kind": "ahead", "values": _values(ahead, days)}]
              if ahead else []),
        ],
        "deadline": _("Hạn %(day)s", day=day_words(total["target"]["deadline"]))
        if ahead and total["target"]["deadline"] else "",
    }  # fmt: skip


def _ahead(answer: Row, last: str, official: bool) -> dict[str, str]:
    """The pace drawn on from the last day to the deadline."""
    total, then = answer["points"][-1]["total"], answer["pace"]["total"]["percent_then"]
    deadline = (total["target"] or {}).get("deadline")
    if not official or then is None or not deadline:
        return {}
    end = last_day(deadline)
    near = last < end <= add_months(last, FARTHEST_MONTHS) and days_between(last, end) > 0
    return {last: total["percent_of_official"], end: then} if near else {}


def _values(by_day: Mapping[str, str | None], days: Sequence[str]) -> list[float | None]:
    told = (by_day.get(day) for day in days)
    return [None if value is None else float(value) for value in told]
