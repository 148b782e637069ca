"""What a report says in sentences: of its numbers alone, in Vietnamese as all papers."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from server.domain.numbers import day_words, number_words, percent_words
from server.domain.steering.heads import Heads
from server.domain.words import INDICATOR, STATUS, UNINSURED_REASON

PART = {
    "late": "Số liệu của kỳ trước về muộn",
    "corrected": "Kỳ trước sau này mới biết hoặc sửa lại",
    "happened": "Trong kỳ",
}
CAUSE = {
    "joined": "mới có thẻ",
    "ended": "thẻ hết hạn",
    "born": "mới sinh",
    "moved_in": "chuyển đến",
    "came": "đến ở",
    "died": "đã mất",
    "moved_away": "chuyển đi",
    "left": "không còn ở hộ",
    "found": "tìm thấy thêm",
    "double": "ghi trùng, đã gộp",
    "corrected": "tình trạng thẻ được sửa",
    "other_village": "sang thôn khác",
}
NARROW = "\u202f"
"""Keeps a telephone number on one line."""
REACHED, NOT_REACHED = "đạt", "chưa đạt"
BESIDE = ("expired", "none", "unconfirmed", "not_asked", "starting", "elsewhere")


class Published(NamedTuple):
    """A figure with its own denominator, day and source."""

    area: str
    indicator: str
    on: str
    people: int
    denominator: int | None
    rate: str
    source: str


def result(figures: Mapping[str, Any], whole: str) -> str:
    """How many have a card, of how many, against what target."""
    told = figures["coverage"]
    total, plan = told["total"], told["total"]["target"]
    covered = number_words(total["counts"]["covered"])
    day = day_words(told["on"])
    if not plan or not plan["population"]:
        people, rate = total["counts"]["people"], percent_words(total["percent"])
        return (
            f"Tính đến hết ngày {day}, {whole} có {covered} người có thẻ bảo hiểm y tế còn hạn "
            f"trên {number_words(people)} người đã ghi, đạt {rate}. Chưa có chỉ tiêu được giao."
        )
    rate = percent_words(total["percent_of_official"])
    missing = plan["heads_missing"]
    goal = f"còn thiếu {number_words(missing)} người so với chỉ tiêu" if missing else "đạt chỉ tiêu"
    return (
        f"Tính đến hết ngày {day}, {whole} có {covered} người có thẻ bảo hiểm y tế còn hạn trên "
        f"{number_words(plan['population'])} người dân số giao, đạt {rate}; {goal}."
    )


def paragraph(figures: Mapping[str, Any], whole: str) -> str:
    """A ready paragraph for the socio-economic report: result, villages that reached their target,
    the uninsured."""
    told = figures["coverage"]
    judged = [row for row in told["rows"] if verdict(row) is not None]
    reached = sum(verdict(row) == REACHED for row in judged)
    areas = "xã, phường" if figures["annexes"] else "thôn, tổ dân phố"
    of_areas = (
        f" Có {number_words(reached)} trên {number_words(len(judged))} {areas} đạt chỉ tiêu."
        if judged
        else ""
    )
    uninsured = number_words(told["total"]["counts"]["uninsured"])
    return f"{result(figures, whole)}{of_areas} Còn {uninsured} người chưa có thẻ bảo hiểm y tế."


def verdict(row: Mapping[str, Any]) -> str | None:
    """Whether a line reached its target; None where it has none."""
    plan = row["target"]
    if not plan or plan["heads_missing"] is None:
        return None
    return NOT_REACHED if plan["heads_missing"] else REACHED


def published(figures: Mapping[str, Any]) -> list[Published]:
    """What only the insurance knows, as it was typed or imported, area after area."""
    told = figures["coverage"]
    return [
        Published(
            row["area"]["name"],
            INDICATOR[one["indicator"]],
            day_words(one["on"]),
            one["count"],
            one["denominator"],
            percent_words(one["percent"]),
            one["source"],
        )
        for row in [*told["rows"], told["total"]]
        for one in row["figures"]
    ]


def beside(figures: Mapping[str, Any]) -> str:
    """The others by status; who was not asked is never called uninsured."""
    counts = figures["coverage"]["total"]["counts"]
    told = [
        f"{STATUS[status]} {number_words(counts[status])} người"
        for status in BESIDE
        if counts[status]
    ]
    if not told:
        return "Không còn ai ngoài số này."
    return f"Ngoài số này: {'; '.join(told)}."


def reasons(figures: Mapping[str, Any]) -> str:
    """Why the uninsured have no card, the most frequent reason first."""
    found = sorted(figures["reasons"].items(), key=lambda one: (-one[1], one[0]))
    told = [
        f"{(UNINSURED_REASON.get(reason) or 'chưa hỏi lý do').lower()} {number_words(count)}"
        for reason, count in found
    ]
    return f"Lý do chưa có thẻ: {'; '.join(told)}." if told else ""


def completeness(figures: Mapping[str, Any]) -> str:
    """What the figures do not know."""
    it = figures["coverage"]["completeness"]
    lacks = [
        (it["phones_not_synced"], "điện thoại chưa đồng bộ hoặc còn giữ thay đổi"),
        (it["changes_outstanding"], "thay đổi chưa gửi về"),
        (it["waiting"], "mục đang chờ xét"),
        (it["not_asked"], "người chưa được hỏi"),
    ]
    told = [f"{number_words(number)} {words}" for number, words in lacks if number]
    if not told:
        return "Số liệu không thiếu gì: mọi điện thoại đã đồng bộ, ai cũng đã được hỏi."
    return f"Số liệu còn thiếu: {'; '.join(told)}. Phần về muộn được tính vào kỳ sau, ở dòng riêng."


def signed(number: int) -> str:
    """A change: +12, −3, 0."""
    return f"{'+' if number > 0 else '−' if number < 0 else ''}{number_words(abs(number))}"


def change_rows(figures: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """From what the report before told to what this one tells: words, people, people with a card.
    Empty without a report before."""
    it = figures["changes"]
    if not it:
        return []
    day = day_words(it["day"])
    rows = [_end(f"Báo cáo trước (hết ngày {day})", it["reported"])]
    for part in ("late", "corrected"):
        rows += _part_rows(it["parts"], part)
    if it["known"] != it["reported"]:
        rows.append(_end(f"Hết ngày {day}, theo những gì nay biết", it["known"]))
    rows += _part_rows(it["parts"], "happened")
    on = day_words(figures["coverage"]["on"])
    return [*rows, _end(f"Báo cáo này (hết ngày {on})", it["now"])]


def _end(words: str, numbers: list[int]) -> tuple[str, str, str]:
    people, covered = numbers
    return words, number_words(people), number_words(covered)


def _part_rows(
    parts: Mapping[str, Mapping[str, list[int]]], part: str
) -> Iterable[tuple[str, str, str]]:
    """Causes in their order; what moved neither figure is told by name elsewhere, not on paper."""
    told = parts.get(part, {})
    for cause, words in CAUSE.items():
        people, covered = told.get(cause, (0, 0))
        if people or covered:
            yield (f"{PART[part]}: {words}", signed(people), signed(covered))


def in_charge(
    figures: Mapping[str, Any], area: str, *, most: int | None = None, phones: bool = False
) -> str:
    """Who answers for a line, by name, `most` so many of them; with `phones` for a sheet that stays
    in the committee."""
    return ", ".join(
        f"{one['name']} ({one['phone'].replace(' ', NARROW)})"
        if phones and one["phone"]
        else one["name"]
        for one in figures["in_charge"].get(area, [])[:most]
    )


def heads_of(figures: Mapping[str, Any], area: str) -> Heads:
    """How many heads a line misses and who can be won, as frozen."""
    return Heads(**figures["heads"]["lines"][area])
