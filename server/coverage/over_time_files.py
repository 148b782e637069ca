"""A period as a workbook: the same answer as the page and the API, every count a number."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from server.coverage.series import (
    HEADS,
    Period,
    goal,
    outlook_short,
    pace_words,
    points_words,
    published,
    ranked,
    rate,
)
from server.domain.coverage.periods import Every
from server.domain.numbers import day_words, number_words, percent_words
from server.domain.words import INDICATOR, STATUS
from server.pages.sheets import Cell, Notes, Sheet, workbook
from server.store.completeness import UNSYNCED_DAYS
from server.store.coverage.ground import Ground
from server.store.db import VIETNAM, now
from server.store.duties import Duty

Row = Mapping[str, Any]
OWN = "Địa bàn của bạn"
BEHIND = ("starting", "elsewhere", "unconfirmed", "expired", "none", "not_asked")
COUNTS: tuple[tuple[str, int], ...] = (
    ("Địa bàn", 28),
    ("Ngày", 12),
    ("Dân số giao", 12),
    ("Phải có thẻ", 12),
    ("Đang có thẻ", 12),
    ("Tỷ lệ trên dân số giao", 14),
    ("Còn thiếu", 12),
    ("Người đã ghi", 12),
    ("Tỷ lệ trên người đã ghi", 14),
    *((STATUS[status].capitalize(), 12) for status in BEHIND),
    ("Ở nước ngoài", 12),
    ("Thường trú, tạm trú", 12),
    ("trong đó đang có thẻ", 12),
    ("Thực tế ở nhà", 12),
    ("trong đó đang có thẻ", 12),
    ("Số hộ", 10),
)
PACES: tuple[tuple[str, int], ...] = (
    ("Địa bàn", 28),
    ("Còn thiếu (người)", 12),
    ("Tỷ lệ", 12),
    ("Chỉ tiêu", 12),
    ("Còn thiếu (điểm %)", 12),
    ("Tăng bốn tuần qua", 12),
    ("Mỗi tuần tăng", 12),
    ("Mỗi tuần phải tăng", 12),
    ("Hạn", 12),
    ("Cứ đà này", 34),
    ("Người phụ trách", 40),
)
FIGURES: tuple[tuple[str, int], ...] = (
    ("Chỉ tiêu", 36),
    ("Ngày", 12),
    ("Số người", 12),
    ("Mẫu số", 12),
    ("Tỷ lệ", 12),
    ("Nguồn", 40),
)


def over_time_workbook(
    ground: Ground,
    period: Period,
    answer: Row,
    duties: Mapping[str, Sequence[Duty]],
    by: str,
) -> bytes:
    """The ground day by day, its lines day by day, their pace, and what BHXH published."""
    name, points = ground.name or OWN, answer["points"]
    totals = (_cells(name, point["on"], point["total"]) for point in points)
    lines = (
        _cells(row["area"]["name"], point["on"], row) for point in points for row in point["rows"]
    )
    return workbook(
        [
            Sheet("Toàn địa bàn", COUNTS, totals),
            Sheet("Từng nơi", COUNTS, lines),
            Sheet("Tốc độ", PACES, _paces(name, answer, duties)),
            Sheet("BHXH công bố", FIGURES, map(_figure, published(answer))),
        ],
        Notes(f"Diễn biến bao phủ BHYT: {name}", _notes(name, period, answer, by)),
    )


def _cells(name: str, day: str, row: Row) -> list[Cell]:
    target, counts = row["target"] or {}, row["counts"]
    return [
        name,
        day_words(day),
        target.get("population"),
        target.get("planned"),
        counts["covered"],
        percent_words(row["percent_of_official"]),
        target.get("heads_missing"),
        counts["people"],
        percent_words(row["percent"]),
        *(counts[status] for status in BEHIND),
        counts["abroad"],
        counts["registered"],
        counts["registered_covered"],
        counts["present"],
        counts["present_covered"],
        row["households"],
    ]


def _paces(name: str, answer: Row, duties: Mapping[str, Sequence[Duty]]) -> Iterator[list[Cell]]:
    for line in ranked(answer, HEADS, duties):
        people = "; ".join(one.full_name for one in line.duties)
        yield _paced(line.row["area"]["name"], line.row, line.pace, line.gap, people)
    total = answer["points"][-1]["total"]
    yield _paced(name, total, answer["pace"]["total"], None, "")


def _paced(name: str, row: Row, pace: Row, gap: int | None, people: str) -> list[Cell]:
    deadline = (row["target"] or {}).get("deadline")
    return [
        name,
        pace["heads_missing"],
        percent_words(rate(row)),
        percent_words(goal(row)),
        points_words(gap),
        pace["gained"],
        pace_words(pace["weekly"]),
        pace_words(pace["weekly_needed"]),
        day_words(deadline),
        outlook_short(pace),
        people,
    ]


def _figure(figure: Row) -> list[Cell]:
    return [
        INDICATOR[figure["indicator"]],
        day_words(figure["on"]),
        figure["count"],
        figure["denominator"],
        percent_words(figure["percent"]),
        figure["source"],
    ]


def _notes(name: str, period: Period, answer: Row, by: str) -> list[tuple[str, str]]:
    complete = answer["completeness"]
    days = "cuối tháng" if period.every is Every.MONTH else "thứ Sáu"
    return [
        ("Địa bàn", name),
        ("Thời gian", f"{day_words(period.start)} đến {day_words(period.end)}, các ngày {days}"),
        ("Cách đọc", "Ngày đã qua được tính lại từ những gì biết đến hôm nay."),
        ("Cách đọc", "Tốc độ là của bốn tuần trước ngày cuối, đã trừ thẻ hết hạn."),
        (f"Điện thoại chưa đồng bộ quá {UNSYNCED_DAYS} ngày hoặc còn giữ thay đổi",
         number_words(complete["phones_not_synced"])),
        ("Thay đổi chưa gửi về", number_words(complete["changes_outstanding"])),
        ("Mục đang chờ xét", number_words(complete["waiting"])),
        ("Người chưa được hỏi", number_words(complete["not_asked"])),
        ("Xuất lúc", now().astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")),
        ("Người xuất", by),
    ]  # fmt: skip
