"""The re-count on paper: the minutes that commune, police and village sign, and a workbook."""

from collections.abc import Sequence

from server.domain.numbers import day_words, number_words, percent_words
from server.domain.steering.recount import Count
from server.domain.text import fold
from server.domain.words import PRESENCE, REGISTRATION
from server.pages.papers.blocks import (
    Annex,
    Block,
    Column,
    Field,
    Line,
    Paper,
    Signers,
    Table,
    para,
)
from server.pages.papers.commune import called, head_of
from server.pages.sheets import Cell, Notes, Sheet, workbook
from server.steering.recount import Line as Village
from server.steering.recount import Someone
from server.steering.recount_words import COUNT
from server.store.areas import VILLAGE_WORDS

DOTS = "." * 24
PRIVATE = "LƯU HÀNH NỘI BỘ"


def minutes(
    commune: str,
    line: Village,
    day: str,
    found: Sequence[Someone],
    missing: Sequence[Someone],
) -> Paper:
    """Biên bản (NĐ 30/2020/NĐ-CP, annex III, model 1.9) of one village; who makes the difference
    stands in an annex. Dots where people write."""
    agreed = line.rates[Count.AGREED].population
    told = number_words(agreed) if agreed is not None else DOTS
    blocks: list[Block] = [
        head_of(commune, "BB", None, ""),
        Line("type_name", "BIÊN BẢN"),
        Line("abstract", f"Rà soát, thống nhất số liệu dân số {_village(line.name)}", rule=True),
        Field("Thời gian bắt đầu", ""),
        Field("Địa điểm", ""),
        Field("Đại diện Ủy ban nhân dân", ""),
        Field("Đại diện Công an", ""),
        Field("Đại diện thôn, tổ dân phố", ""),
        Field("Chủ trì", ""),
        Field("Thư ký", ""),
        para(f"Các bên đã đối chiếu số liệu tính đến hết ngày {day_words(day)} như sau:"),
        _counts(line),
        para(
            f"Đang ở mà chưa đăng ký: {number_words(len(found))} người. Có đăng ký mà không ở: "
            f"{number_words(len(missing))} người. Danh sách ở phụ lục."
        ),
        para(f"Các bên thống nhất dân số của {_village(line.name)} là {told} người."),
        para(f"Biên bản kết thúc vào {DOTS}./."),
        Signers(("ĐẠI DIỆN THÔN", "CÔNG AN", "TM. ỦY BAN NHÂN DÂN")),
        Annex(),
        Line("annex_word", "Phụ lục"),
        Line("annex_title", "NGƯỜI LÀM CHO CÁC SỐ LIỆU KHÁC NHAU"),
        Line("annex_reference", f"(Kèm theo Biên bản, {_village(line.name)}. {PRIVATE})"),
        para("1. Đang ở mà chưa đăng ký thường trú hoặc tạm trú"),
        _names(found),
        para("2. Có đăng ký thường trú hoặc tạm trú mà không ở"),
        _names(missing),
    ]
    return Paper("bien-ban-dan-so", "Biên bản", blocks)


def _village(name: str) -> str:
    """A village inside a sentence: 'thôn Hưng Long', whether its name says so or not."""
    told = any(fold(name).startswith(f"{word} ") for word in VILLAGE_WORDS)
    return called(name) if told else f"thôn {name}"


def _counts(line: Village) -> Table:
    columns = (
        Column("TT", 12, "center"),
        Column("Cách tính dân số", 60),
        Column("Số người", 30, "right"),
        Column("Có thẻ BHYT", 30, "right"),
        Column("Tỷ lệ (%)", 30, "right"),
    )
    rows = [
        (
            str(at),
            str(COUNT[rate.count]),
            number_words(rate.population),
            number_words(rate.covered),
            percent_words(rate.percent).removesuffix("\u00a0%"),
        )
        for at, rate in enumerate(line.rates.values(), 1)
    ]
    return Table(columns, rows)


def _names(people: Sequence[Someone]) -> Block:
    if not people:
        return para("Không có.")
    columns = (
        Column("TT", 12, "center"),
        Column("Họ và tên", 50),
        Column("Ngày sinh", 25),
        Column("Mã hộ", 25),
        Column("Đăng ký", 25),
        Column("Nơi ở", 25),
    )
    rows = [
        (
            str(at),
            one.name,
            day_words(one.birth_date),
            one.household_code or "",
            REGISTRATION.get(one.registration or "", ""),
            PRESENCE.get(one.presence or "", ""),
        )
        for at, one in enumerate(people, 1)
    ]
    return Table(columns, rows)


def counts_workbook(name: str, day: str, lines: Sequence[Village], total: Village) -> bytes:
    """Every village under every denominator, each rate beside its own counts."""
    columns = [("Thôn, tổ dân phố", 26)]
    for words in COUNT.values():
        columns += [(str(words), 12), (f"Có thẻ ({words})", 12), (f"Tỷ lệ ({words})", 12)]
    columns += [("Theo văn bản", 40)]
    rows = [_row(line, line.name) for line in lines]
    rows.append(_row(total, "Cộng"))
    notes = Notes(
        "Dân số và tỷ lệ theo từng mẫu số",
        [("Địa bàn", name), ("Tính đến hết ngày", day_words(day))],
    )
    return workbook([Sheet("Dân số", columns, rows, filters=False)], notes)


def _row(line: Village, name: str) -> list[Cell]:
    cells: list[Cell] = [name]
    for rate in line.rates.values():
        cells += [rate.population, rate.covered, percent_words(rate.percent)]
    return [*cells, line.counted.source if line.counted else ""]
