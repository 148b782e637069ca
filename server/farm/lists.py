"""The room's two lists to take away, as Word, PDF or Excel: the register of recognised households,
and whom to visit in them. Lists carry no id numbers and no income."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import flash, redirect, request
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_login import current_user

from server.domain.legal.contribution import Contribution
from server.domain.legal.money import NotAllowed
from server.domain.legal.tables import NotKnown
from server.domain.numbers import day_words, number_words
from server.domain.words import STATUS
from server.errors import Problem
from server.farm.campaign import Candidate
from server.farm.papers import SECTORS
from server.farm.register import Recognised
from server.farm.scope import typed
from server.pages.not_known import table_words
from server.pages.papers.blocks import Block, Column, Head, Line, Paper, Signature, Table, para
from server.pages.papers.commune import called, head_of, signed
from server.pages.papers.pdf import pdf_file
from server.pages.papers.word import word_file
from server.pages.price_words import price_remarks
from server.pages.scope import own_villages
from server.pages.sheets import XLSX_TYPE, Cell, Notes, Sheet, sent_file, workbook
from server.pages.words import word
from server.store.audit import note_act
from server.store.db import today
from server.store.prices import totals

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": XLSX_TYPE,
}
MOST_PRINTED = 2_000
"""Lines of a paper. More is no paper that anybody reads; Excel takes them all."""

STANDING = {
    "valid": "đang có hiệu lực",
    "ending": "sắp hết hiệu lực",
    "over": "đã hết hiệu lực",
    "later": "chưa đến ngày",
}
PRIVATE = "Có dữ liệu cá nhân: chỉ dùng để vận động tham gia, không niêm yết công khai."

One = TypeVar("One")


def sent_list(
    subject: str,
    village: str,
    lines: Sequence[One],
    paper: Callable[[Sequence[One], str], Paper],
    sheet: Callable[[Sequence[One], str], tuple[Sheet, Notes]],
) -> Any:
    """The list in the form asked for, noted in the log; back to the page where it is too long for
    a paper. Problem: `malformed` for another form."""
    form = typed("format")
    if form not in TYPES:
        raise Problem("malformed", {"fields": {"format": ["not_in_list"]}})
    if form != "xlsx" and len(lines) > MOST_PRINTED:
        flash(_("Danh sách dài quá để in. Chọn từng thôn, hoặc tải Excel."), "warn")
        return redirect(request.path.removesuffix("/export"))
    note_act(
        "export",
        by=current_user.id,
        subject=subject,
        area=village or None,
        count=len(lines),
        format=form,
    )
    communes = {it.commune for id_, it in own_villages().items() if village in ("", id_)}
    commune = communes.pop() if len(communes) == 1 else ""
    # What people take away speaks Vietnamese, whatever language its author reads.
    with force_locale("vi"):
        if form == "xlsx":
            table, notes = sheet(lines, commune)
            return sent_file(workbook([table], notes), TYPES[form], f"{subject}-{today()}.xlsx")
        made = paper(lines, commune)
    body = word_file(made) if form == "docx" else pdf_file(made)
    return sent_file(body, TYPES[form], f"{made.name}-{today()}.{form}")


def register_paper(lines: Sequence[Recognised], commune: str) -> Paper:
    """The register, for the commune's files and for the insurance office."""
    columns = (
        Column("TT", 10, "center"),
        Column("Chủ hộ", 36),
        Column("Thôn, tổ dân phố", 26),
        Column("Số khẩu", 13, "center"),
        Column("Quyết định", 27),
        Column("Từ ngày", 24, "center"),
        Column("Đến ngày", 24, "center"),
    )
    rows = [
        (
            str(at),
            it.name,
            it.village,
            str(it.home.people),
            _decision(it),
            day_words(it.home.data.get("average_farm_from")),
            day_words(it.home.data.get("average_farm_to")),
        )
        for at, it in enumerate(lines, 1)
    ]
    opening = f"Đến ngày {day_words(today())} có {number_words(len(lines))} {SECTORS} đang ghi"
    return Paper(
        "so-ho-nong-nghiep",
        "Sổ hộ nông nghiệp đã công nhận",
        [
            *_top(commune, f"Sổ theo dõi {SECTORS}"),
            para(f"{opening} là được công nhận:"),
            Table(columns, rows),
            _signature(commune),
        ],
    )


def register_sheet(lines: Sequence[Recognised], commune: str) -> tuple[Sheet, Notes]:
    """The register as a table to work with."""
    columns = (
        ("STT", 6),
        ("Thôn", 20),
        ("Mã hộ", 14),
        ("Chủ hộ", 28),
        ("Số khẩu", 10),
        ("Quyết định", 24),
        ("Ngày quyết định", 16),
        ("Từ ngày", 12),
        ("Đến ngày", 12),
        ("Hiệu lực", 18),
    )
    rows: list[Sequence[Cell]] = [
        (
            at,
            it.village,
            it.home.code,
            it.name,
            it.home.people,
            it.number,
            day_words(it.decided_on),
            day_words(it.home.data.get("average_farm_from")),
            day_words(it.home.data.get("average_farm_to")),
            STANDING[it.standing],
        )
        for at, it in enumerate(lines, 1)
    ]
    return Sheet("Sổ hộ", columns, rows), _notes("Sổ hộ nông nghiệp đã công nhận", commune, lines)


def _decision(it: Recognised) -> str:
    if not it.number:
        return "ghi từ trước"
    return f"{it.number} ({day_words(it.decided_on)})"


def campaign_paper(lines: Sequence[Candidate], commune: str) -> Paper:
    """Whom to visit, and what joining costs each."""
    columns = (
        Column("TT", 10, "center"),
        Column("Họ và tên", 34),
        Column("Ngày sinh", 24, "center"),
        Column("Thôn, tổ dân phố", 26),
        Column("Tình trạng thẻ", 20),
        Column("Tổng số", 21, "right"),
        Column("Người dân đóng", 25, "right"),
    )
    rows = [
        (
            str(at),
            it.member.full_name,
            day_words(it.member.birth_date),
            it.village,
            STATUS[it.status],
            *_cost(it),
        )
        for at, it in enumerate(lines, 1)
    ]
    return Paper(
        "danh-sach-van-dong",
        "Danh sách vận động",
        [
            *_top(commune, f"Người trong {SECTORS} chưa có thẻ bảo hiểm y tế còn hạn"),
            para(
                f"Đến ngày {day_words(today())} có {number_words(len(lines))} người. Giá theo quy "
                "định của ngày này, đơn vị tính: đồng."
            ),
            *map(para, _remarks(lines)),
            Table(columns, rows),
            para(PRIVATE),
            _signature(commune),
        ],
    )


def campaign_sheet(lines: Sequence[Candidate], commune: str) -> tuple[Sheet, Notes]:
    """The same with telephone, shares and sponsor."""
    columns = (
        ("STT", 6),
        ("Thôn", 20),
        ("Họ và tên", 28),
        ("Ngày sinh", 12),
        ("Điện thoại", 14),
        ("Tình trạng thẻ", 16),
        ("Nhóm", 8),
        ("Tổng mức đóng", 15),
        ("Nhà nước hỗ trợ", 15),
        ("Tỉnh hỗ trợ", 15),
        ("Người dân đóng nhiều nhất", 18),
        ("Nhà tài trợ", 26),
        ("Số tiền tài trợ", 15),
        ("Ghi chú", 40),
    )
    rows: list[Sequence[Cell]] = [
        (
            at,
            it.village,
            it.member.full_name,
            day_words(it.member.birth_date),
            it.data.get("phone"),
            STATUS[it.status],
            it.joins.group,
            *_shares(it),
            it.sponsored.sponsor_name if it.sponsored else None,
            it.sponsored.amount if it.sponsored else None,
            _no_price(it),
        )
        for at, it in enumerate(lines, 1)
    ]
    notes = _notes("Danh sách vận động hộ nông nghiệp", commune, lines)
    said = [("Lưu ý", remark) for remark in _remarks(lines)]
    return Sheet("Vận động", columns, rows), Notes(notes.title, (*notes.lines, *said))


def _remarks(lines: Sequence[Candidate]) -> list[str]:
    """What the law's tables do not tell of the prices of the list."""
    joins = [it.joins for it in lines]
    return price_remarks(joins, totals(joins))


def _no_price(it: Candidate) -> str | None:
    """Why a line names no amount; None where it does."""
    price = it.joins.price
    if isinstance(price, NotKnown):
        return f"chưa biết giá cho ngày này: bảng '{table_words(price)}'"
    if isinstance(price, NotAllowed):
        return "nhóm này không đóng số tháng này"
    if price is None:
        return word("paid_by", it.joins.paid_by)
    return None


def _cost(it: Candidate) -> tuple[str, str]:
    price = it.joins.price
    if not isinstance(price, Contribution):
        return "–", "không phải đóng" if it.joins.free else "chưa biết" if price else "–"
    own = number_words(price.own_at_most if price.own is None else price.own)
    return number_words(price.total or 0), f"nhiều nhất {own}" if price.own is None else own


def _shares(it: Candidate) -> tuple[Cell, ...]:
    price = it.joins.price
    if not isinstance(price, Contribution):
        return (None,) * 4
    own = price.own_at_most if price.own is None else price.own
    return price.total, price.state, price.local, own


def _top(commune: str, about: str) -> list[Block]:
    head = head_of(commune, "DS", None, today()) if commune else Head(None, "", "")
    return [head, Line("type_name", "DANH SÁCH"), Line("abstract", about, rule=True)]


def _signature(commune: str) -> Signature:
    if commune:
        return signed((f"- UBND {called(commune)};", "- Lưu: VT."))
    return Signature((), ("NGƯỜI LẬP BIỂU",), hint="(Ký, ghi rõ họ tên)")


def _notes(title: str, commune: str, lines: Sequence[object]) -> Notes:
    return Notes(
        title,
        (
            ("Xã, phường", commune or "nhiều xã"),
            ("Tính đến ngày", day_words(today())),
            ("Số dòng", number_words(len(lines))),
            ("Người tải", current_user.name),
            ("Lưu ý", PRIVATE),
        ),
    )
