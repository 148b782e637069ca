"""Whose list it is, what it says about itself, and the note of every export."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Select, or_, select

from schemas.kinds import AreaLevel, Status
from server.domain.coverage.bands import AGE_WORDS
from server.domain.numbers import day_words, number_words
from server.domain.words import (
    LIVING_CLASS,
    PRESENCE,
    SEX,
    SOCIAL_INSURANCE,
    STATUS,
    UNINSURED_REASON,
)
from server.errors import Problem
from server.lists.catalogue import ENDING, LOSING, PEOPLE
from server.lists.columns import mark_words, school_names
from server.lists.filters import Filters
from server.lists.kinds import PeopleList, TableList
from server.lists.query import Found
from server.pages.plurals import said as _
from server.store.bulk import among
from server.store.completeness import UNSYNCED_DAYS, Completeness, completeness
from server.store.db import VIETNAM, db, now, timestamp, today
from server.store.feeds import Instance
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


def ground_of(asked: str, user: User) -> Ground:
    """The villages a person asks for, by the rights of today, whatever day the list is of.
    Problems: not_found, not_allowed."""
    seen = areas_of(user.id, user, today())
    if not asked:
        own = select(Area.id).where(Area.id.in_(seen))
        return Ground(_villages(own), own, _("Địa bàn của bạn"), None, seen)
    area = db.session.get(Area, asked)
    if area is None:
        raise Problem("not_found")
    if area.id not in seen:
        raise Problem("not_allowed")
    ids = below(select(Area.id).where(Area.id == area.id))
    return Ground(_villages(ids), ids, area.name, area, seen)


def _villages(ids: Select[Any]) -> dict[str, str]:
    query = select(Area.id, Area.name).where(Area.id.in_(ids), Area.level == AreaLevel.VILLAGE)
    return dict(db.session.execute(query.order_by(Area.name, Area.id)).all())


def choices(area: str, seen: set[str]) -> list[tuple[Area, list[Area]]]:
    """Communes with their villages to choose from; of very many villages only the chosen ones'."""
    living = or_(Area.valid_to.is_(None), Area.valid_to >= today())
    mine = select(Area).where(Area.id.in_(seen), living).order_by(Area.name)
    villages = list(db.session.scalars(mine.where(Area.level == AreaLevel.VILLAGE)))
    if len(villages) > MANY_VILLAGES:
        chosen = db.session.get(Area, area) if area else None
        keep = {area, chosen.parent_id if chosen else None}
        villages = [village for village in villages if village.parent_id in keep]
    parents = {village.parent_id for village in villages}
    communes = select(Area).where(
        or_(Area.id.in_(parents), Area.id.in_(seen)), Area.level == AreaLevel.COMMUNE
    )
    return [
        (commune, [village for village in villages if village.parent_id == commune.id])
        for commune in db.session.scalars(communes.order_by(Area.name))
    ]


def completeness_of(ground: Ground, by_status: Mapping[str, int]) -> Completeness:
    return completeness(ground.areas, list(ground.villages), by_status[Status.NOT_ASKED])


def heading(which: PeopleList | TableList, filters: Filters | None = None) -> str:
    """What the list holds, in words; with its window where it has one."""
    if filters is not None and filters.key == ENDING:
        return _("Người có thẻ hết hạn trong %(n)s ngày", n=filters.days)
    if filters is not None and filters.key == LOSING:
        return _("Người hết hỗ trợ trong %(n)s ngày", n=filters.days)
    return str(which.title)


PRIVATE = "Có dữ liệu cá nhân: chỉ dùng cho việc rà soát BHYT, không niêm yết công khai."


def about(
    which: PeopleList,
    filters: Filters,
    ground: Ground,
    found: Found,
    whole: Completeness,
    by: str,
) -> tuple[tuple[str, str], ...]:
    """What a copy of the list must say about itself once it has left the server."""
    return (
        ("Để làm gì", str(which.about)),
        ("Gửi cho", str(which.taker)),
        *standing(filters, ground, found, whole, by),
        ("Lưu ý", PRIVATE),
    )


def standing(
    filters: Filters, ground: Ground, found: Found, whole: Completeness, by: str
) -> tuple[tuple[str, str], ...]:
    """Of what and whom, from when, what is missing, who took it: for every file of this room."""
    return (
        ("Địa bàn", ground.name),
        ("Tính đến ngày", day_words(filters.day)),
        ("Điều kiện lọc", filter_words(filters) or "không"),
        ("Số người", number_words(found.total)),
        ("Số hộ", number_words(found.homes)),
        *((f"Cả địa bàn: {STATUS[s]}", number_words(found.by_status[s])) for s in Status),
        *missing(whole),
        *taken(by),
    )


def missing(whole: Completeness) -> tuple[tuple[str, str], ...]:
    """The completeness line as a file says it."""
    return (
        (f"Điện thoại chưa đồng bộ quá {UNSYNCED_DAYS} ngày hoặc còn giữ thay đổi",
         number_words(whole.phones_not_synced)),
        ("Thay đổi chưa gửi về", number_words(whole.changes_outstanding)),
        ("Mục đang chờ xét", number_words(whole.waiting)),
        ("Người chưa được hỏi", number_words(whole.not_asked)),
    )  # fmt: skip


def missing_sentence(whole: Completeness) -> str:
    """The same on paper, in one sentence."""
    told = "; ".join(f"{label.lower()}: {number}" for label, number in missing(whole))
    return f"Số liệu còn thiếu: {told}."


FILL_IN = (
    "Sửa ngay trong tệp này",
    "Sửa ô nào sai ở trang Danh sách, người mới ghi thành dòng mới, lưu dạng .xlsx rồi gửi lại xã. "
    "Xã xem từng dòng rồi mới ghi vào sổ. Không sửa được cột do máy tính ra.",
)
"""To whoever fills a list in, on its sheet of notes."""


def carried(
    which: PeopleList, title: str, filters: Filters, ground: Ground, by: User
) -> dict[str, Any]:
    """What a workbook says of itself when it comes back."""
    place = ground.area.name if ground.area else commune_of(ground) or ground.name
    return {
        "database": db.session.scalar(select(Instance.database)),
        "list": which.key,
        "title": f"{title}: {place}",
        "filters": filter_words(filters),
        "day": filters.day,
        "made_at": timestamp(),
        "by": by.id,
        "name": by.name,
    }


def commune_of(ground: Ground) -> str:
    """The one commune that all these villages belong to; empty where there are several."""
    ids = list(ground.villages)
    above = select(Area.parent_id).where(among(Area.id, ids)).distinct()
    names = list(db.session.scalars(select(Area.name).where(Area.id.in_(above))))
    return names[0] if len(names) == 1 else ""


def taken(by: str) -> tuple[tuple[str, str], ...]:
    return (
        ("Xuất lúc", now().astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")),
        ("Người xuất", by),
    )


CHOSEN = {
    "status": ("Tình trạng thẻ", STATUS),
    "sex": ("Giới tính", SEX),
    "living": ("Mức sống", LIVING_CLASS),
    "presence": ("Nơi ở", PRESENCE),
    "social": ("BHXH", SOCIAL_INSURANCE),
    "reason": ("Lý do", UNINSURED_REASON),
    "age": ("Tuổi", AGE_WORDS),
}


def filter_words(filters: Filters) -> str:
    """What the list was narrowed by, in Vietnamese, for a file."""
    words = []
    for name, value in filters.narrowing.items():
        if name in CHOSEN:
            label, known = CHOSEN[name]
            words.append(f"{label}: {known[str(value)]}")
    if filters.group:
        words.append(f"nhóm {filters.group}")
    if filters.mark:
        words.append(f"chỉ: {mark_name(filters.mark, PEOPLE[filters.key])}")
    if filters.minority:
        words.append("dân tộc thiểu số")
    if filters.farm:
        words.append("hộ nông nghiệp mức sống trung bình")
    return "; ".join(words)


def mark_name(mark: str, which: PeopleList) -> str:
    """The word for what puts people on the list."""
    return school_names([mark])[mark] if which.by_mark else mark_words(mark, which.marks) or "–"


def log_detail(filters: Filters) -> dict[str, Any]:
    """The filters as the log keeps them: codes only."""
    return {
        name: value
        for name, value in asdict(filters).items()
        if value and name not in ("area", "page", "sort")
    }
