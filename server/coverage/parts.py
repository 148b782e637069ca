"""The words of coverage by group, and the list behind each number."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from schemas.kinds import LivingClass, Status
from server.domain.coverage.bands import AGE_WORDS
from server.domain.legal.groups import group_names
from server.domain.words import LIVING_CLASS, UNINSURED_REASON
from server.store.action_lists import NO_SCHOOL
from server.store.bulk import among
from server.store.coverage.breakdown import (
    MAJORITY,
    MINORITY,
    NOT_TOLD,
    PUPILS,
    Breakdown,
    By,
    Part,
)
from server.store.db import db
from server.store.legal import legal_tables
from server.store.places import School

TITLES = {
    By.GROUP: _l("Nhóm của thẻ"),
    By.AGE: _l("Tuổi"),
    By.MINORITY: _l("Dân tộc"),
    By.LIVING: _l("Mức sống"),
    By.SCHOOL: _l("Trường học"),
    By.REASON: _l("Lý do chưa có"),
}
DENOMINATORS = {
    By.GROUP: _l("Mẫu số: người mà thẻ hết hạn muộn nhất thuộc nhóm đó, còn hạn hay đã hết hạn."),
    By.AGE: _l("Mẫu số: người trong độ tuổi đó, đã ghi và đang tính ở đây."),
    By.MINORITY: _l("Mẫu số: người thuộc dân tộc thiểu số, hay dân tộc Kinh, đã ghi ở đây."),
    By.LIVING: _l("Mẫu số: người của hộ thuộc diện đó vào ngày này, đã ghi ở đây."),
    By.SCHOOL: _l("Mẫu số: học sinh, sinh viên của trường đó, đã ghi ở đây."),
    By.REASON: _l("Mẫu số: người chưa có BHYT, tức hết hạn và chưa có thẻ."),
}
RATES = {by: _l("Tỷ lệ có thẻ") for by in By} | {By.REASON: _l("Phần của người chưa có")}


def part_names(told: Breakdown, day: str) -> dict[str, str]:
    """What each part is called, by its key."""
    keys = [part.key for part in told.parts]
    names = _names(told.by, day, keys)
    return {key: names.get(key) or key for key in keys} | {NOT_TOLD: _unknown(told.by)}


def _names(by: By, day: str, keys: list[str]) -> dict[str, str]:
    if by is By.GROUP:
        return _groups(day)
    if by is By.SCHOOL:
        return _schools(keys)
    if by is By.MINORITY:
        return {MINORITY: _("Dân tộc thiểu số"), MAJORITY: _("Dân tộc Kinh")}
    words = {By.AGE: AGE_WORDS, By.LIVING: LIVING_CLASS, By.REASON: UNINSURED_REASON}[by]
    return {key: _(text) for key, text in words.items()}


def _unknown(by: By) -> str:
    return _("Chưa biết thẻ thuộc nhóm nào") if by is By.GROUP else _("Chưa ghi")


def _groups(day: str) -> dict[str, str]:
    names: Mapping[str, str] = group_names(legal_tables(), day)
    return {group: f"{group} · {name}" for group, name in names.items()}


def _schools(marks: list[str]) -> dict[str, str]:
    """A school's name, or as it was typed."""
    found = db.session.execute(select(School.id, School.name).where(among(School.id, marks)))
    return {NO_SCHOOL: _("Chưa ghi trường"), **dict(found.all())}


def list_behind(by: By, part: Part, status: str, area: str, on: str) -> str | None:
    """The list of exactly these people; None where no list is about them alone."""
    told = _list_of(by, part.key, status)
    if told is None:
        return None
    key, filters = told
    query = {**filters, "area": area, "on": on}
    return f"/lists/{key}?{urlencode({name: value for name, value in query.items() if value})}"


def _list_of(by: By, key: str, status: str) -> tuple[str, dict[str, str]] | None:
    if key in (NOT_TOLD, MAJORITY):
        return None
    if by is By.MINORITY:
        return status, {"minority": "1"}
    if by is By.SCHOOL:
        return PUPILS, {"mark": key, "status": status}
    if by is By.LIVING:
        known = key in (LivingClass.POOR, LivingClass.NEAR_POOR)
        return (key, {"status": status}) if known else None
    return status, {by.value: key}


def shown_statuses(by: By) -> list[str]:
    """Those that somebody in a part can have."""
    if by is By.REASON:
        return [Status.EXPIRED.value, Status.NONE.value]
    order = (Status.COVERED, Status.EXPIRED, Status.NONE, Status.STARTING, Status.UNCONFIRMED,
             Status.NOT_ASKED, Status.ELSEWHERE)  # fmt: skip
    return [status.value for status in order]
