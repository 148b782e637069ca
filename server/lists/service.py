"""Whose list it is, what it says about itself, and the note of every export."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Select, or_, select

from schemas.kinds import AreaLevel, Status
from server.domain.numbers import day_words, number_words
from server.domain.words import SOCIAL_INSURANCE, STATUS, UNINSURED_REASON
from server.errors import Problem
from server.lists.filters import ALL_UNINSURED, ENDING, LOSING, Filters
from server.lists.query import Found
from server.pages.plurals import said as _
from server.store.completeness import UNSYNCED_DAYS, Completeness, completeness
from server.store.db import VIETNAM, db, now, today
from server.store.legal import legal_tables
from server.store.people import User
from server.store.places import Area
from server.store.scope import areas_of, below

MANY_VILLAGES = 300


@dataclass(frozen=True)
class Ground:
    """The villages of a list by id, with their names; the areas whose phones bring its data; its
    name for people; and all that the reader may see."""

    villages: dict[str, str]
    areas: Select[Any]
    name: str
    area: Area | None
    seen: set[str]


def ground_of(filters: Filters, user: User) -> Ground:
    """The villages a person asks for, by the rights of today, whatever day the list is of.
    Problems: not_found, not_allowed."""
    seen = areas_of(user.id, user, today())
    if not filters.area:
        own = select(Area.id).where(Area.id.in_(seen))
        return Ground(_villages(own), own, _("Địa bàn của bạn"), None, seen)
    area = db.session.get(Area, filters.area)
    if area is None:
        raise Problem("not_found")
    if area.id not in seen:
        raise Problem("not_allowed")
    ids = below(select(Area.id).where(Area.id == area.id))
    return Ground(_villages(ids), ids, area.name, area, seen)


def _villages(ids: Select[Any]) -> dict[str, str]:
    query = select(Area.id, Area.name).where(Area.id.in_(ids), Area.level == AreaLevel.VILLAGE)
    return dict(db.session.execute(query.order_by(Area.name, Area.id)).all())


def choices(filters: Filters, seen: set[str]) -> list[tuple[Area, list[Area]]]:
    """Communes with their villages to choose from; of very many villages only the chosen ones'."""
    living = or_(Area.valid_to.is_(None), Area.valid_to >= today())
    mine = select(Area).where(Area.id.in_(seen), living).order_by(Area.name)
    villages = list(db.session.scalars(mine.where(Area.level == AreaLevel.VILLAGE)))
    if len(villages) > MANY_VILLAGES:
        chosen = db.session.get(Area, filters.area)
        keep = {filters.area, chosen.parent_id if chosen else None}
        villages = [village for village in villages if village.parent_id in keep]
    parents = {village.parent_id for village in villages}
    communes = select(Area).where(
        or_(Area.id.in_(parents), Area.id.in_(seen)), Area.level == AreaLevel.COMMUNE
    )
    return [
        (commune, [village for village in villages if village.parent_id == commune.id])
        for commune in db.session.scalars(communes.order_by(Area.name))
    ]


def completeness_of(ground: Ground, found: Found) -> Completeness:
    return completeness(ground.areas, list(ground.villages), found.by_status[Status.NOT_ASKED])


def view_words(filters: Filters) -> str:
    """What the list holds, for a heading."""
    if filters.status == ALL_UNINSURED:
        return _("Người chưa có BHYT")
    if filters.status == ENDING:
        return _("Người có thẻ hết hạn trong %(n)s ngày", n=filters.days)
    if filters.status == LOSING:
        return _("Người hết hỗ trợ trong %(n)s ngày", n=filters.days)
    return _("Người có tình trạng thẻ: %(status)s", status=_(STATUS[filters.status]))


def group_names(filters: Filters) -> dict[str, str] | None:
    """What the law calls the groups on the day, for those who lose support; None in other views."""
    return law_names(filters.day) if filters.status == LOSING else None


def law_names(day: str) -> dict[str, str]:
    """What the law calls the groups on the day."""
    tables = legal_tables()
    rows = (tables.in_force(day, "groups", item) for item in tables.items("groups"))
    return {row.item: row.name_vi for row in rows if row}


def about(
    filters: Filters, ground: Ground, found: Found, whole: Completeness, by: str
) -> tuple[tuple[str, str], ...]:
    """What a copy of the list must say about itself once it has left the server."""
    return (
        *standing(filters, ground, found, whole, by),
        ("Lưu ý", "Có dữ liệu cá nhân: chỉ dùng cho việc rà soát BHYT, không niêm yết công khai."),
    )


def standing(
    filters: Filters, ground: Ground, found: Found, whole: Completeness, by: str
) -> tuple[tuple[str, str], ...]:
    """Of what and whom, from when, what is missing, who took it: for every file of this room."""
    return (
        ("Địa bàn", ground.name),
        ("Tính đến ngày", day_words(filters.day)),
        ("Điều kiện lọc", _filter_words(filters) or "không"),
        ("Số người", number_words(found.total)),
        *((f"Cả địa bàn: {STATUS[s]}", number_words(found.by_status[s])) for s in Status),
        (f"Điện thoại chưa đồng bộ quá {UNSYNCED_DAYS} ngày hoặc còn giữ thay đổi",
         number_words(whole.phones_not_synced)),
        ("Thay đổi chưa gửi về", number_words(whole.changes_outstanding)),
        ("Mục đang chờ xét", number_words(whole.waiting)),
        ("Người chưa được hỏi", number_words(whole.not_asked)),
        ("Xuất lúc", now().astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")),
        ("Người xuất", by),
    )  # fmt: skip


def _filter_words(filters: Filters) -> str:
    words = [
        f"nhóm {filters.group}" if filters.group else "",
        "trẻ dưới 6 tuổi" if filters.under_6 else "",
        "dân tộc thiểu số" if filters.minority else "",
        "hộ nông nghiệp mức sống trung bình" if filters.farm else "",
        f"BHXH: {SOCIAL_INSURANCE[filters.social]}" if filters.social else "",
        f"lý do: {UNINSURED_REASON[filters.reason]}" if filters.reason else "",
    ]
    return "; ".join(word for word in words if word)


def log_detail(filters: Filters) -> dict[str, Any]:
    """The filters as the log keeps them: codes only."""
    return {
        name: value
        for name, value in asdict(filters).items()
        if value and name not in ("area", "page", "sort")
    }
