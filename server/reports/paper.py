"""A report as an official paper (NĐ 30/2020/NĐ-CP, annex III, model 1.4), made of its frozen
figures and what was typed on it, of nothing else."""

from collections.abc import Iterable, Mapping
from typing import Any

from server.domain.numbers import day_words, days_left, number_words, percent_words
from server.domain.reports.kinds import Kind, Level
from server.pages.heads_words import short_kinds
from server.pages.papers.blocks import (
    Annex,
    Block,
    Column,
    Head,
    Line,
    Paper,
    Signature,
    Table,
    para,
    place_date,
)
from server.pages.papers.commune import called, head_of
from server.pages.words import moment_words
from server.reports.titles import TITLES
from server.reports.words import (
    beside,
    change_rows,
    completeness,
    heads_of,
    in_charge,
    published,
    reasons,
    result,
    verdict,
)
from server.store.reports import Report

SYMBOL, MEETING_SYMBOL = "BC", "TH"
MEETING, SMALL = "meeting_sheet", "table_small"
LATE = " (quá\u00a0hạn)"
MOST_IN_CHARGE = 1
"""Of those who answer for a village the first fits its line; all of them stand on its page."""
DOTS = "." * 60
COMMITTEE = "Ban Chỉ đạo thực hiện chính sách bảo hiểm xã hội, bảo hiểm y tế"


def paper_of(report: Report, kind: Kind) -> Paper:
    """The paper of a frozen report, as its kind is laid out."""
    return meeting_sheet(report, kind) if kind.key == MEETING else report_paper(report, kind)


def meeting_sheet(report: Report, kind: Kind) -> Paper:
    """One page for the committee's meeting: each village with its missing heads, its deadline and
    who answers for it. It names no resident; telephones are for the committee alone."""
    figures = report.numbers
    told, name = figures["coverage"], figures["name"]
    columns = (
        Column("Thôn", 30),
        Column("Có thẻ / phải có", 26, "right"),
        Column("Đạt (%)", 14, "right"),
        Column("Thiếu", 13, "right"),
        Column("Hạn", 24, "center"),
        Column("Chưa có thẻ", 74),
        Column("Vận động xong (%)", 22, "right"),
        Column("Người phụ trách", 46),
    )
    rows = [_meeting_row(figures, row, report.day) for row in [*told["rows"], told["total"]]]
    blocks: list[Block] = [
        head_of(name, MEETING_SYMBOL, report.number, report.signed_on or ""),
        Line("type_name", "TỜ HỌP BAN CHỈ ĐẠO"),
        Line("abstract", f"{kind.subject} {figures['period']}", rule=True),
        para(" ".join([result(figures, whole_of(name, kind)), *_since(figures)])),
        Table(columns, rows, SMALL),
        *(_typed(report.difficulties, "Khó khăn") if report.difficulties else ()),
        *_typed(report.proposals, "Đề nghị cuộc họp quyết định"),
        para(f"{completeness(figures)} Chốt số lúc {moment_words(report.frozen_at)}./."),
    ]
    return Paper(f"to-hop-{report.period}", "Tờ họp", blocks, landscape=True)


def _meeting_row(figures: Mapping[str, Any], row: Mapping[str, Any], day: str) -> tuple[str, ...]:
    area, plan = row["area"]["id"], row["target"] or {}
    whole = row["area"]["name"] == figures["name"]
    deadline, heads = plan.get("deadline"), heads_of(figures, area)
    kinds = short_kinds(heads.kinds or {})
    late = deadline and days_left(day, deadline) < 0 and plan.get("heads_missing")
    return (
        "Cộng" if whole else row["area"]["name"],
        f"{number_words(row['counts']['covered'])}\u00a0/ {number_words(plan.get('planned'))}",
        percent_words(row["percent_of_official"] or row["percent"]).removesuffix("\u00a0%"),
        number_words(plan.get("heads_missing")),
        day_words(deadline) + (LATE if late else ""),
        f"{number_words(heads.uninsured)}: {kinds}" if kinds else number_words(heads.uninsured),
        percent_words(heads.rate_won).removesuffix("\u00a0%"),
        "" if whole else in_charge(figures, area, most=MOST_IN_CHARGE, phones=True),
    )


def _since(figures: Mapping[str, Any]) -> Iterable[str]:
    """One sentence about the change since the sheet before."""
    it = figures["changes"]
    if it:
        more = it["now"][1] - it["reported"][1]
        told = f"{'thêm' if more >= 0 else 'bớt'} {number_words(abs(more))} người có thẻ"
        yield f"So với hết ngày {day_words(it['day'])}: {told}."


def whole_of(name: str, kind: Kind) -> str:
    """What the ground is called inside a sentence."""
    if kind.level is Level.UNIT:
        return "địa bàn"
    return f"toàn {'phường' if name.startswith('Phường') else 'xã'}"


def report_paper(report: Report, kind: Kind) -> Paper:
    """The paper of a report; dots to write on where nothing was typed."""
    figures = report.numbers
    name = figures["name"]
    unit, whole = kind.level is Level.UNIT, whole_of(name, kind)
    blocks: list[Block] = [
        _head(report, name, unit),
        Line("type_name", "BÁO CÁO"),
        Line("abstract", f"{kind.subject} {figures['period']}", rule=True),
        Line("addressee", f"Kính gửi: {COMMITTEE}"),
        _section("I. KẾT QUẢ"),
        para(result(figures, whole)),
        para(beside(figures)),
        *(para(text) for text in [reasons(figures)] if text),
        _lines(figures, figures["coverage"], "Xã, phường" if unit else "Thôn, tổ dân phố"),
        *_published(figures),
        _section("II. THAY ĐỔI SO VỚI BÁO CÁO TRƯỚC"),
        *_changes(figures),
        _section("III. KHÓ KHĂN, KIẾN NGHỊ"),
        *_typed(report.difficulties, "Khó khăn"),
        *_typed(report.proposals, "Kiến nghị"),
        _section("IV. ĐỘ ĐẦY ĐỦ CỦA SỐ LIỆU"),
        para(completeness(figures)),
        para(f"Số liệu được chốt lúc {moment_words(report.frozen_at)}./."),
        _signature(report, unit),
    ]
    for told in figures["annexes"]:
        blocks += _annex(figures, told)
    return Paper(f"bao-cao-{report.period}", str(TITLES[kind.key]), blocks)


def _head(report: Report, name: str, unit: bool) -> Head:
    if not unit:
        return head_of(name, SYMBOL, report.number, report.signed_on or "")
    place = name.removeprefix("BHXH cơ sở ").removeprefix("Bảo hiểm xã hội cơ sở ")
    number = f"Số: {report.number or f'……/{SYMBOL}-BHXH'}"
    return Head(name.upper(), number, place_date(place, report.signed_on))


def _section(text: str) -> Line:
    return Line("report_section", text, "left", indent=True)


def _lines(figures: Mapping[str, Any], told: Mapping[str, Any], area: str) -> Table:
    columns = (
        Column("TT", 9, "center"),
        Column(area, 30),
        Column("Dân số giao", 17, "right"),
        Column("Phải có thẻ", 17, "right"),
        Column("Đang có thẻ", 17, "right"),
        Column("Đạt (%)", 16, "right"),
        Column("Còn thiếu", 15, "right"),
        Column("Chỉ tiêu", 16, "center"),
        Column("Người phụ trách", 26),
    )
    rows = [(str(at), *_row(figures, row)) for at, row in enumerate(told["rows"], 1)]
    total = _row(figures, told["total"])
    return Table(columns, [*rows, ("", "Cộng", *total[1:-1], "")])


def _row(figures: Mapping[str, Any], row: Mapping[str, Any]) -> tuple[str, ...]:
    plan = row["target"] or {}
    rate = row["percent_of_official"] or row["percent"]
    return (
        row["area"]["name"],
        number_words(plan.get("population")),
        number_words(plan.get("planned")),
        number_words(row["counts"]["covered"]),
        percent_words(rate).removesuffix("\u00a0%"),
        number_words(plan.get("heads_missing")),
        verdict(row) or "",
        in_charge(figures, row["area"]["id"]),
    )


def _published(figures: Mapping[str, Any]) -> Iterable[Block]:
    """Never mixed with the survey's own counts: each has its denominator, day and source."""
    rows = published(figures)
    if rows:
        yield para("Số liệu do cơ quan bảo hiểm xã hội công bố, để đối chiếu:")
        columns = (
            Column("Địa bàn", 30),
            Column("Chỉ tiêu", 40),
            Column("Ngày", 20),
            Column("Số người", 18, "right"),
            Column("Mẫu số", 18, "right"),
            Column("Tỷ lệ", 16, "right"),
            Column("Nguồn", 20),
        )
        counts = ((number_words(row.people), number_words(row.denominator)) for row in rows)
        yield Table(
            columns, [(*row[:3], *two, *row[5:]) for row, two in zip(rows, counts, strict=True)]
        )


def _changes(figures: Mapping[str, Any]) -> Iterable[Block]:
    rows = change_rows(figures)
    if not rows:
        yield para("Đây là báo cáo đầu tiên thuộc loại này, chưa có kỳ trước để so.")
        return
    columns = (
        Column("Nội dung", 106),
        Column("Số người", 28, "right"),
        Column("Có thẻ", 28, "right"),
    )
    yield Table(columns, rows)


def _typed(text: str | None, label: str) -> Iterable[Block]:
    if text:
        first, *more = text.strip().splitlines()
        yield para(f"{label}: {first}")
        yield from (para(line) for line in more if line.strip())
    else:
        yield para(f"{label}: {DOTS}")


def _signature(report: Report, unit: bool) -> Signature:
    above = ("GIÁM ĐỐC",) if unit else ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    return Signature(("- Như trên;", "- Lưu: VT."), above, name=report.signer or "")


def _annex(figures: Mapping[str, Any], told: Mapping[str, Any]) -> Iterable[Block]:
    name = told["total"]["area"]["name"]
    yield Annex()
    yield Line("annex_word", "Phụ lục")
    yield Line("annex_title", f"KẾT QUẢ BAO PHỦ BẢO HIỂM Y TẾ CỦA {called(name).upper()}")
    yield Line("annex_reference", f"(Tính đến hết ngày {day_words(told['on'])})")
    yield _lines(figures, told, "Thôn, tổ dân phố")
