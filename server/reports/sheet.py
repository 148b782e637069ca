"""A report as a workbook: the same frozen figures, cell by cell."""

from collections.abc import Iterable, Mapping
from typing import Any

from server.domain.numbers import day_words, percent_words
from server.domain.reports.kinds import Kind
from server.domain.words import STATUS
from server.pages.sheets import Cell, Notes, Sheet, workbook
from server.pages.words import moment_words
from server.reports.titles import TITLES
from server.reports.words import change_rows, completeness, in_charge, published, verdict
from server.store.reports import Report

COLUMNS = (
    ("Địa bàn", 28),
    ("Dân số giao", 12),
    ("Phải có thẻ", 12),
    ("Đang có thẻ", 12),
    ("Đạt trên dân số giao", 14),
    ("Còn thiếu", 12),
    ("Chỉ tiêu", 12),
    ("Người đã ghi", 12),
    *((words[:1].upper() + words[1:], 12) for words in STATUS.values()),
    ("Ở nước ngoài", 12),
    ("Thường trú, tạm trú", 12),
    ("Có mặt", 12),
    ("Người phụ trách", 30),
)


def report_sheet(report: Report, kind: Kind) -> bytes:
    """All lines with every count, the changes, and how whole the figures are."""
    figures = report.numbers
    told = [figures["coverage"], *figures["annexes"]]
    sheets = [
        Sheet(_sheet_name(at, one), COLUMNS, list(_rows(figures, one)), filters=False)
        for at, one in enumerate(told)
    ]
    changes = [(words, people, covered) for words, people, covered in change_rows(figures)]
    if changes:
        columns = (("Nội dung", 60), ("Số người", 12), ("Có thẻ", 12))
        sheets.append(Sheet("Thay đổi", columns, changes, filters=False))
    told_elsewhere = published(figures)
    if told_elsewhere:
        labels = ("Địa bàn", "Chỉ tiêu", "Ngày", "Số người", "Mẫu số", "Tỷ lệ", "Nguồn")
        sheets.append(
            Sheet("BHXH công bố", [(label, 18) for label in labels], told_elsewhere, filters=False)
        )
    notes = Notes(
        f"{str(TITLES[kind.key])}, {figures['period']}",
        [
            ("Địa bàn", figures["name"]),
            ("Tính đến hết ngày", day_words(report.day)),
            ("Chốt số lúc", moment_words(report.frozen_at)),
            ("Mã kiểm tra", report.digest),
            ("Độ đầy đủ", completeness(figures)),
        ],
    )
    return workbook(sheets, notes)


def _sheet_name(at: int, told: Mapping[str, Any]) -> str:
    """Excel takes 31 letters and no brackets."""
    name = "Kết quả" if not at else f"{at}. {told['total']['area']['name']}"
    return "".join(letter for letter in name if letter not in "[]:*?/\\")[:31]


def _rows(figures: Mapping[str, Any], told: Mapping[str, Any]) -> Iterable[list[Cell]]:
    for row in [*told["rows"], told["total"]]:
        plan, counts = row["target"] or {}, row["counts"]
        last = row is told["total"]
        yield [
            "Cộng" if last else row["area"]["name"],
            plan.get("population"),
            plan.get("planned"),
            counts["covered"],
            percent_words(row["percent_of_official"]),
            plan.get("heads_missing"),
            verdict(row),
            counts["people"],
            *(counts[status] for status in STATUS),
            counts["abroad"],
            counts["registered"],
            counts["present"],
            "" if last else in_charge(figures, row["area"]["id"]),
        ]
