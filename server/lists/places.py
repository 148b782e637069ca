"""Tables about collecting: what each collector took in a month, and where nobody collects."""

from collections import defaultdict
from typing import Any

import orjson
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, or_, select

from schemas.kinds import Role
from server.domain.enrolment.cash import cash_sheet
from server.domain.enrolment.states import STANDING
from server.domain.numbers import day_words
from server.domain.partial import first_day, last_day
from server.lists.tables import Asked, Body, Head
from server.pages.sheets import Cell
from server.store.bulk import among
from server.store.db import db
from server.store.people import User, UserArea
from server.store.places import Area
from server.store.receipts import ReceiptRange
from server.store.records import Enrolment

COLLECTING = (Role.SURVEYOR.value, Role.OFFICER.value)
MONEY = ("total", "state_support", "local_support", "other_support", "own_share")


def bought(asked: Asked) -> Body:
    """The people whose enrolment stands, paid in the month, by who took the money."""
    taken: dict[str | None, list[dict[str, Any]]] = defaultdict(list)
    query = select(Enrolment.collected_by, Enrolment.data).where(
        Enrolment.paid_on.between(first_day(asked.month), last_day(asked.month)),
        Enrolment.state.in_(STANDING),
        among(Enrolment.village_id, asked.villages),
    )
    for collector, data in db.session.execute(query):
        taken[collector].append(orjson.loads(data))
    ids = {id_ for id_ in taken if id_}
    names = dict(db.session.execute(select(User.id, User.name).where(among(User.id, ids))).all())
    rows = sorted(
        (
            _collected(names.get(id_ or "", _("chưa ghi ai thu")), data)
            for id_, data in taken.items()
        ),
        key=lambda row: str(row[0]),
    )
    heads = [
        Head(_l("Người thu"), 28),
        Head(_l("Số người"), 10, number=True),
        Head(_l("Số biên lai"), 10, number=True),
        Head(_l("Tổng mức đóng"), 16, number=True),
        Head(_l("Nhà nước hỗ trợ"), 16, number=True),
        Head(_l("Tỉnh hỗ trợ thêm"), 16, number=True),
        Head(_l("Nguồn tài trợ"), 16, number=True),
        Head(_l("Người dân đóng"), 16, number=True),
        Head(_l("Tiền mặt"), 16, number=True),
        Head(_l("Chuyển khoản"), 16, number=True),
    ]
    total = _sums(rows) if rows else None
    return Body(heads, rows, total, (_("Đơn vị tính: đồng. Không tính hồ sơ nháp và đã hủy."),))


def _collected(name: str, data: list[dict[str, Any]]) -> list[Cell]:
    sheet = cash_sheet(data, ())
    sums = [sum(one.get(field) or 0 for one in data) for field in MONEY]
    return [name, sheet.people, sheet.receipts, *sums, sheet.cash, sheet.transfer]


def _sums(rows: list[list[Cell]]) -> list[Cell]:
    columns = zip(*(row[1:] for row in rows), strict=True)
    return [_("Cộng"), *(sum(n for n in column if isinstance(n, int)) for column in columns)]


def without_collector(asked: Asked) -> Body:
    """Villages where nobody who is bound to them, or to their commune, holds receipt numbers."""
    holders = _holders(asked.day)
    bound = _bound(asked.day)
    rows: list[list[Cell]] = []
    parents = dict(
        db.session.execute(
            select(Area.id, Area.parent_id).where(among(Area.id, asked.villages))
        ).all()
    )
    communes = dict(
        db.session.execute(
            select(Area.id, Area.name).where(among(Area.id, {p for p in parents.values() if p}))
        ).all()
    )
    last = _last_paid(asked.villages)
    silent = {
        village
        for village in asked.villages
        if not holders & (bound[village] | bound[parents[village] or ""])
    }
    links = []
    for village, name in asked.ground.villages.items():
        if village in silent:
            team = bound[village]
            rows.append([communes.get(parents[village] or "", ""), name, len(team),
                         day_words(last.get(village))])  # fmt: skip
            links.append(f"/coverage?area={village}")
    heads = [
        Head(_l("Xã, phường"), 24),
        Head(_l("Thôn, tổ dân phố"), 26),
        Head(_l("Người được giao thôn"), 14, number=True),
        Head(_l("Lần thu gần nhất"), 16),
    ]
    return Body(
        heads, rows, None, tuple(_remarks(asked, silent, parents, communes)), links=links, link_at=1
    )


def _remarks(
    asked: Asked, silent: set[str], parents: dict[str, str | None], communes: dict[str, str]
) -> list[str]:
    busy = {parents[village] for village in asked.villages if village not in silent}
    empty = [name for id_, name in communes.items() if id_ not in busy]
    told = [_("Người thu đang hoạt động là người được giao thôn hoặc xã và đang giữ số biên lai.")]
    if empty:
        told.append(_("Cả xã chưa có người thu: %(names)s.", names=", ".join(sorted(empty))))
    return told


def _holders(day: str) -> set[str]:
    """Who holds receipt numbers on the day."""
    query = (
        select(ReceiptRange.user_id)
        .join(User, User.id == ReceiptRange.user_id)
        .where(
            ReceiptRange.handed_on <= day,
            or_(ReceiptRange.returned_on.is_(None), ReceiptRange.returned_on > day),
            User.ended_at.is_(None),
        )
    )
    return set(db.session.scalars(query))


def _bound(day: str) -> dict[str, set[str]]:
    """Who may collect in each area, by area."""
    query = (
        select(UserArea.area_id, UserArea.user_id)
        .join(User, User.id == UserArea.user_id)
        .where(
            UserArea.valid_from <= day,
            or_(UserArea.valid_to.is_(None), UserArea.valid_to >= day),
            User.role.in_(COLLECTING),
            User.ended_at.is_(None),
        )
    )
    found: dict[str, set[str]] = defaultdict(set)
    for area, user in db.session.execute(query):
        found[area].add(user)
    return found


def _last_paid(villages: list[str]) -> dict[str, str]:
    query = (
        select(Enrolment.village_id, func.max(Enrolment.paid_on))
        .where(among(Enrolment.village_id, villages), Enrolment.paid_on.is_not(None))
        .group_by(Enrolment.village_id)
    )
    return {village: day for village, day in db.session.execute(query) if day}
