"""The shell around every desk page: navigation, and how numbers, days and values are written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app, request
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from schemas.kinds import Role
from server.domain.numbers import day_words, number_words
from server.pages.plurals import said as _
from server.pages.words import iso_moment_words, moment_words, sentence, word
from server.store.db import db, new_id
from server.store.feeds import Instance

EVERYONE = frozenset(role.value for role in Role)
PEOPLE = EVERYONE - {Role.VIEWER.value}
FARM = frozenset({Role.OFFICER.value, Role.BHXH.value, Role.ADMIN.value})
UNIT = frozenset({Role.BHXH.value})
OFFICE = frozenset({Role.OFFICER.value, Role.ADMIN.value})

NAVIGATION = (
    (
        None,
        (
            ("/", _l("Việc cần làm"), EVERYONE),
            ("/households", _l("Hộ"), PEOPLE),
            ("/people", _l("Người"), PEOPLE),
            ("/review", _l("Chờ xét"), OFFICE),
            ("/farm", _l("Hộ nông nghiệp"), FARM),
        ),
    ),
    (
        _l("Tham gia"),
        (
            ("/enrolments", _l("Hồ sơ tham gia"), OFFICE),
            ("/receipt-books", _l("Quyển biên lai"), OFFICE),
            ("/cash", _l("Sổ thu tiền"), OFFICE),
            ("/hardship", _l("Hộ khó khăn cần thẻ"), OFFICE),
            ("/sponsors", _l("Nhà tài trợ"), OFFICE),
            ("/leads", _l("BHXH tự nguyện"), FARM),
        ),
    ),
    (
        _l("Cấp thẻ"),
        (
            ("/card-lists", _l("Danh sách gửi BHXH"), OFFICE),
            ("/bhxh", _l("Danh sách từ các xã"), UNIT),
            ("/tracking", _l("Thẻ đi đến đâu"), FARM),
            ("/bhxh-answers", _l("Trả lời của BHXH"), FARM),
            ("/bhxh-keys", _l("Khóa cho phần mềm BHXH"), UNIT | {Role.ADMIN.value}),
        ),
    ),
    (
        _l("Chỉ đạo"),
        (
            ("/coverage", _l("Bao phủ"), EVERYONE),
            ("/heads", _l("Còn thiếu ai"), EVERYONE),
            ("/full-cover", _l("Nhóm phải đủ 100 %"), EVERYONE),
            ("/changed", _l("Có gì đổi"), EVERYONE),
            ("/reports", _l("Báo cáo"), EVERYONE),
            ("/plans", _l("Kế hoạch, chỉ tiêu"), EVERYONE),
            ("/duties", _l("Ai phụ trách"), EVERYONE),
            ("/recount", _l("Dân số"), EVERYONE),
        ),
    ),
    (
        _l("Danh sách, dữ liệu"),
        (
            ("/lists", _l("Danh sách"), PEOPLE),
            ("/imports", _l("Nhập dữ liệu"), OFFICE),
            ("/reconcile", _l("Đối chiếu"), OFFICE),
        ),
    ),
    (
        _l("Tổ chức"),
        (
            ("/users", _l("Người dùng"), OFFICE),
            ("/devices", _l("Máy"), OFFICE),
            ("/areas", _l("Địa bàn"), EVERYONE),
            ("/talking", _l("Lời nói khi vận động"), OFFICE),
            ("/law", _l("Bảng luật"), EVERYONE),
            ("/audit", _l("Nhật ký"), OFFICE),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Link:
    path: str
    label: Any
    here: bool


def desk_navigation() -> list[tuple[Any, list[Link]]]:
    """The pages this person may open, in groups; a page that is not installed is not offered."""
    groups = []
    for head, entries in NAVIGATION:
        links = [
            Link(path, label, _here(path))
            for path, label, roles in entries
            if current_user.role in roles and _served(path)
        ]
        if links:
            groups.append((head, links))
    return groups


def holds_samples() -> bool:
    """True in a database that the demo seed made: every page says so."""
    return bool(db.session.scalar(select(Instance.demo)))


def _here(path: str) -> bool:
    return request.path == path or (path != "/" and request.path.startswith(f"{path}/"))


def _served(path: str) -> bool:
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return False
    return True


def clock_words(seconds: int | None) -> str:
    """How far a phone's clock is off, in the largest unit that says enough."""
    if seconds is None:
        return "–"
    size = abs(seconds)
    if size < 60:
        return _("đúng giờ")
    if size < 7200:
        words = _("%(n)s phút", n=number_words(size // 60))
    elif size < 172800:
        words = _("%(n)s giờ", n=number_words(size // 3600))
    else:
        words = _("%(n)s ngày", n=number_words(size // 86400))
    return _("nhanh %(much)s", much=words) if seconds > 0 else _("chậm %(much)s", much=words)


FILTERS: dict[str, Callable[..., Any]] = {
    "number": number_words,
    "day": day_words,
    "moment": moment_words,
    "iso_moment": iso_moment_words,
    "sentence": sentence,
    "clock": clock_words,
}
GLOBALS: dict[str, Callable[..., Any]] = {
    "desk_navigation": desk_navigation,
    "holds_samples": holds_samples,
    "word": word,
    "get_locale": get_locale,
    "new_id": new_id,
}
