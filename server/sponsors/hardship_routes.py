"""The hardship list on the screen and as a spreadsheet."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request
from flask_babel import force_locale
from flask_login import current_user
from sqlalchemy import select

from server.domain.legal.groups import group_names
from server.domain.numbers import day_words
from server.domain.words import STATUS
from server.errors import Problem
from server.http import page
from server.pages.paging import asked_page
from server.pages.price_words import price_remarks
from server.pages.scope import chosen_villages, own_communes, own_villages
from server.pages.sheets import XLSX_TYPE, Cell, Notes, Sheet, sent_file, workbook
from server.sponsors.doors import MONTHS, OFFICE, blueprint
from server.sponsors.hardship import Hardship, HardUp, hardship
from server.sponsors.words import why_not_words
from server.store.audit import note_act, note_look
from server.store.bulk import among
from server.store.db import db, today
from server.store.legal import legal_tables
from server.store.prices import totals
from server.store.scope import may_take_lists
from server.store.sponsors import Sponsor

PER_PAGE = 200
"""More than elsewhere: cards are given to many at once, and at most to those of one page."""

SPONSORED = ("", "without", "with")
UNKNOWN = "chưa biết cho ngày này"
COLUMNS = (
    ("STT", 6),
    ("Thôn", 20),
    ("Mã hộ", 14),
    ("Họ và tên", 28),
    ("Ngày sinh", 12),
    ("Tình trạng thẻ", 16),
    ("Nhóm", 34),
    ("Tổng mức đóng", 15),
    ("Nhà nước hỗ trợ", 15),
    ("Tỉnh hỗ trợ", 15),
    ("Người dân đóng", 15),
    ("Nhà tài trợ", 26),
    ("Số tiền tài trợ", 15),
    ("Ghi chú", 34),
)


class Asked:
    """What the page is asked for. Problems: `malformed`, `not_allowed`."""

    def __init__(self) -> None:
        self.village = request.values.get("village", "")
        self.sponsored = request.values.get("sponsored", "")
        self.sponsor = request.values.get("sponsor", "")
        months = request.values.get("months", "") or "12"
        if months not in {str(each) for each in MONTHS} or self.sponsored not in SPONSORED:
            raise Problem("malformed", {"months": "not_in_list"})
        self.months = int(months)
        self.villages = chosen_villages(own_villages(), self.village)

    def choose(self, people: Sequence[HardUp]) -> list[HardUp]:
        """Those of the list with or without a sponsor, or all."""
        if not self.sponsored:
            return list(people)
        return [one for one in people if bool(one.sponsored) == (self.sponsored == "with")]

    @property
    def kept(self) -> dict[str, str]:
        """What another page of the list is asked for, too."""
        told = {
            "months": str(self.months),
            "village": self.village,
            "sponsored": self.sponsored,
            "sponsor": self.sponsor,
        }
        return {name: value for name, value in told.items() if value}

    @property
    def detail(self) -> dict[str, Any]:
        """What the log keeps of it."""
        told = {"months": self.months, "sponsored": self.sponsored}
        return {name: value for name, value in told.items() if value}


@page(blueprint, "/hardship", roles=OFFICE)
def hardship_list() -> Any:
    asked = Asked()
    found = hardship(asked.villages, today(), asked.months)
    return shown(asked, found, asked.choose(found.people))


def shown(asked: Asked, found: Hardship, people: list[HardUp], wrong: str = "") -> Any:
    """The page; `wrong` is said above the form that gives cards."""
    at = asked_page(len(people), PER_PAGE, "/hardship", asked.kept)
    on_page = people[at.offset :][: at.per_page]
    if people:
        areas = [asked.village] if asked.village else []
        note_look(current_user, "hardship", count=len(on_page), areas=areas, **asked.detail)
    sums = totals(one.joins for one in people)
    body = render_template(
        "sponsors/hardship.html",
        asked=asked,
        found=found,
        people=on_page,
        page=at,
        totals=sums,
        remarks=price_remarks((one.joins for one in people), sums),
        covered=sum(one.sponsored.amount for one in people if one.sponsored),
        lacking=sum(one.own for one in people if not one.sponsored),
        groups=group_names(legal_tables(), today()),
        why_not_words=why_not_words,
        sponsors=giving_sponsors(),
        all_months=MONTHS,
        villages=own_villages(),
        may_export=may_take_lists(current_user),
        today=today(),
        wrong=wrong,
        typed=request.form,
    )
    return (body, 400) if wrong else body


def giving_sponsors() -> list[Sponsor]:
    """The sponsors of one's communes who still give, by name."""
    communes = {area.id for area in own_communes()}
    query = select(Sponsor).where(
        among(Sponsor.commune_id, communes),
        (Sponsor.ended_on.is_(None)) | (Sponsor.ended_on >= today()),
    )
    return list(db.session.scalars(query.order_by(Sponsor.name, Sponsor.id)))


@page(blueprint, "/hardship/export", roles=OFFICE, methods=("POST",))
def export_hardship() -> Any:
    if not may_take_lists(current_user):
        raise Problem("not_allowed")
    asked = Asked()
    found = hardship(asked.villages, today(), asked.months)
    people = asked.choose(found.people)
    note_act(
        "export",
        by=current_user.id,
        subject="hardship",
        area=asked.village or None,
        count=len(people),
        format="xlsx",
        **asked.detail,
    )
    names = group_names(legal_tables(), today())
    # What people take away speaks Vietnamese, whatever language its author reads.
    with force_locale("vi"):
        rows = [_cells(at, one, names) for at, one in enumerate(people, 1)]
        notes = Notes("Hộ khó khăn cần thẻ BHYT", _notes(asked, found, people))
    book = workbook([Sheet("Danh sách", COLUMNS, rows)], notes)
    return sent_file(book, XLSX_TYPE, f"ho-kho-khan-{today()}.xlsx")


def _cells(at: int, one: HardUp, names: dict[str, str]) -> list[Cell]:
    price, group = one.price, one.joins.group or ""
    paid = one.sponsored
    return [
        at,
        one.village_name,
        one.code,
        one.name,
        day_words(one.birth),
        STATUS[one.status],
        names.get(group, group),
        price.total if price else None,
        price.state if price else None,
        price.local if price else None,
        one.own if price else None,
        paid.sponsor_name if paid else None,
        paid.amount if paid else None,
        None if paid and not one.lacks else why_not_words(one.why_not, one.lacks) or None,
    ]


def _notes(asked: Asked, found: Hardship, people: Sequence[HardUp]) -> list[tuple[str, str]]:
    sums = totals(one.joins for one in people)
    lacking = sum(one.own for one in people if not one.sponsored)
    villages = own_villages()
    return [
        ("Phạm vi", villages[asked.village].name if asked.village else "Tất cả thôn được giao"),
        ("Giá theo ngày", day_words(today())),
        ("Số tháng", str(asked.months)),
        ("Hộ khó khăn", str(found.homes)),
        ("Người chưa có thẻ", str(sums.people)),
        ("Được cấp thẻ miễn phí", str(sums.free)),
        ("Chưa rõ hạn, chưa hỏi", f"{found.unconfirmed}, {found.not_asked}"),
        ("Còn cần tài trợ (đồng)", str(lacking) if sums.told else UNKNOWN),
        *(("Lưu ý", said) for said in price_remarks((one.joins for one in people), sums)),
        ("Người tải", current_user.name),
    ]
