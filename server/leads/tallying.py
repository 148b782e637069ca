"""The tally of a commune: its four tables, as the page, the spreadsheet and the paper show them."""

from dataclasses import dataclass, replace
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_login import current_user

from server.domain.field_words import word_of
from server.domain.leads.tally import Line, tally
from server.domain.numbers import day_words, number_words
from server.leads.talkers import names
from server.pages.papers.blocks import Column, Paper, Table, para
from server.pages.papers.blocks import Line as Words
from server.pages.papers.commune import called, head_of, signed
from server.pages.scope import own_villages
from server.pages.sheets import Cell, Notes, Sheet
from server.store.db import today
from server.store.leads import groups
from server.store.places import Area

NOBODY, NOT_SAID = "Chưa giao ai", "Không ghi tên"
JOINED = "Đã tham gia"
NUMBERS = ("Số người", JOINED, "Hẹn gặp lại", "Không tham gia", "Không gặp được",
           "Chưa có kết quả")  # fmt: skip
TITLE = "Kết quả vận động tham gia bảo hiểm xã hội tự nguyện"
RECIPIENTS = ("- BHXH cơ sở;", "- Ban Chỉ đạo xã;", "- Lưu: VT.")


@dataclass(frozen=True, slots=True)
class TallyTable:
    """`name`: in Vietnamese, as files say it; `shown`: as the page says it."""

    name: str
    shown: Any
    lines: list[Line]
    joined_only: bool = False


def tables_of(commune: Area, since: str, until: str) -> tuple[list[TallyTable], Line]:
    """The tables of these days, and their sum; empty ones too."""
    villages = {id_: it.name for id_, it in own_villages().items() if it.parent_id == commune.id}
    found = tally(groups(sorted(villages), since, until))
    users = names(line.key for line in found.collectors)
    kinds = {line.key: word_of("lead_kind", line.key) for line in found.kinds}
    return [
        TallyTable("Theo thôn", _l("Theo thôn"), _named(found.villages, villages, "–")),
        TallyTable("Theo diện", _l("Theo diện"), _named(found.kinds, kinds, "–")),
        TallyTable(
            "Theo người được giao",
            _l("Theo người được giao"),
            _named(found.collectors, users, NOBODY),
        ),
        TallyTable(
            "Theo người vận động",
            _l("Theo người vận động"),
            [replace(line, key=line.key or NOT_SAID) for line in found.mobilisers],
            joined_only=True,
        ),
    ], found.sum


def _named(lines: list[Line], called: dict[str, str], nobody: str) -> list[Line]:
    return [replace(line, key=called.get(line.key, nobody)) for line in lines]


def _cells(table: TallyTable, line: Line) -> list[Cell]:
    if table.joined_only:
        return [line.joined]
    return [line.total, line.joined, line.call_later, line.no, line.not_found, line.open]


def _numbers(table: TallyTable) -> tuple[str, ...]:
    return (JOINED,) if table.joined_only else NUMBERS


def sheets_of(commune: Area, since: str, until: str) -> tuple[list[Sheet], Notes]:
    """One sheet a table, each with its sum."""
    tables, total = tables_of(commune, since, until)
    sheets = []
    for table in tables:
        rows = [[line.key, *_cells(table, line)] for line in table.lines]
        head = [(table.name, 34), *((label, 16) for label in _numbers(table))]
        if not table.joined_only:
            rows.append(["Cộng", *_cells(table, total)])
        sheets.append(Sheet(table.name, head, rows, filters=False))
    notes = [
        ("Xã, phường", commune.name),
        ("Từ ngày", day_words(since)),
        ("Đến ngày", day_words(until)),
        ("Người tải", current_user.name),
    ]
    return sheets, Notes(TITLE, notes)


def paper_of(commune: Area, since: str, until: str) -> Paper:
    """The report in which the commune tells the insurance what its talks came to."""
    tables, total = tables_of(commune, since, until)
    blocks: list[Any] = [
        head_of(commune.name, "BC", None, today()),
        Words("type_name", "BÁO CÁO"),
        Words("abstract", TITLE, rule=True),
        para(
            f"Từ ngày {day_words(since)} đến ngày {day_words(until)}, {called(commune.name)} đã "
            f"giao và vận động {number_words(total.total)} người, trong đó "
            f"{number_words(total.joined)} người đã tham gia, {number_words(total.call_later)} "
            f"người hẹn gặp lại, {number_words(total.no)} người không tham gia, "
            f"{number_words(total.not_found)} người không gặp được và "
            f"{number_words(total.open)} người chưa có kết quả."
        ),
    ]
    for number, table in enumerate(tables, 1):
        if table.lines:
            blocks += [para(f"{number}. {table.name}:"), Table(_columns(table), _rows(table))]
    return Paper("van-dong-bhxh-tu-nguyen", TITLE, [*blocks, signed(RECIPIENTS)])


def _columns(table: TallyTable) -> list[Column]:
    name = Column(table.name.removeprefix("Theo ").capitalize(), 46)
    numbers = [Column(label, 18, "right") for label in _numbers(table)]
    return [Column("TT", 10, "center"), name, *numbers]


def _rows(table: TallyTable) -> list[list[str]]:
    return [
        [str(at), line.key, *(number_words(int(cell or 0)) for cell in _cells(table, line))]
        for at, line in enumerate(table.lines, 1)
    ]
