"""The start page's to-dos: each a number, and a list that opens behind it."""

from collections import defaultdict
from typing import Any

from flask_login import current_user
from sqlalchemy import func, or_, select

from schemas.kinds import Indicator, Role, Status, WaitingState
from server.desk.finding import never_visited
from server.desk.procedures import (
    card_lists,
    enrolments,
    farm_overdue,
    insurance_left,
    returned_rows,
)
from server.desk.todo import Todo, counted_todo
from server.domain.partial import add_days
from server.domain.reports.kinds import Level
from server.pages.plurals import said as _
from server.pages.words import word
from server.store.counts import counts_by_village
from server.store.db import db, now
from server.store.devices import SILENT_AFTER
from server.store.emptied import may_have_lost
from server.store.losing import losing
from server.store.managing import managed_users
from server.store.people import Device
from server.store.plans import ImportRun, Target
from server.store.records import Household
from server.store.reports import owed
from server.store.review.queue import NO_VILLAGE, Overseer, counts, queue_of
from server.store.roll import fit
from server.store.scope import Village, areas_of, communes_of
from server.store.search import holds
from server.store.unreadable import has_unreadable

REPORT_SOON = 7
"""Days before its due day from which a report stands on the start page."""


def todos(villages: dict[str, Village], day: str) -> list[Todo]:
    """What this person has to look at, most urgent first."""
    office = current_user.role in (Role.OFFICER, Role.ADMIN)
    found = _of_office(villages, day) if office else []
    reports = _reports(day) if office or current_user.role == Role.BHXH else []
    more = [*_losing(villages, day), _behind(villages, day), _never_visited(villages, day)]
    return [*found, *reports, *more]


def _of_office(villages: dict[str, Village], day: str) -> list[Todo]:
    decided = [*_to_review(villages), *farm_overdue(villages, day), *enrolments(villages)]
    sent = [*card_lists(), *insurance_left(villages), *returned_rows(villages)]
    return [*decided, *sent, *_phones(), *_imports(day)]


def _reports(day: str) -> list[Todo]:
    """Reports that one owes soon and has not frozen yet; the overdue ones are told in the hint."""
    if current_user.role == Role.BHXH:
        places = {current_user.bhxh_unit_id: Level.UNIT} if current_user.bhxh_unit_id else {}
    else:
        communes = communes_of(current_user.id, current_user, day)
        places = dict.fromkeys(communes, Level.COMMUNE)
    soon = add_days(day, REPORT_SOON)
    due = [it for it in owed(day, places) if it.made is None and it.period.due <= soon]
    overdue = sum(it.overdue for it in due)
    hint = _("%(n)s báo cáo quá hạn", n=overdue) if overdue else _("hạn trong 7 ngày tới")
    return [Todo(_("Báo cáo phải nộp"), len(due), "/reports", hint, overdue=overdue > 0)]


def _losing(villages: dict[str, Village], day: str) -> list[Todo]:
    """Who must hear in time that a free or supported card ends. Not told for a whole province: the
    start page would wait for it; the list itself is there."""
    if not fit(counts_by_village(day, list(villages))):
        return []
    counts = {village: len(people) for village, people in losing(day, list(villages)).items()}
    label, hint = _("Sắp hết hỗ trợ"), _("trong 90 ngày tới")
    return [counted_todo(label, hint, counts, villages, "/lists/losing?days=90", "area")]


def _to_review(villages: dict[str, Village]) -> list[Todo]:
    """Everything that waits for a decision, by village and by kind: each opens the queue there."""
    overseer = Overseer(current_user, villages)
    waiting = counts(queue_of(overseer))
    returned = counts(queue_of(overseer, WaitingState.RETURNED))
    by_village: dict[str | None, int] = defaultdict(int)
    by_kind: dict[str, int] = defaultdict(int)
    for (kind, village), count in waiting.items():
        by_village[village] += count
        by_kind[kind] += count
    kinds = [
        (word("review_kind", kind), count, f"/review?kind={kind}")
        for kind, count in by_kind.items()
    ]
    return [
        Todo(
            _("Chờ xét"),
            sum(waiting.values()),
            "/review",
            _("việc cần người quyết định"),
            sorted(
                (
                    _village_name(villages, village),
                    count,
                    f"/review?village={village or NO_VILLAGE}",
                )
                for village, count in by_village.items()
            ),
            sorted(kinds, key=lambda kind: (-kind[1], kind[0])),
        ),
        Todo(
            _("Đã trả lại thôn"),
            sum(returned.values()),
            "/review?state=returned",
            _("chờ người rà soát trả lời"),
        ),
    ]


def _village_name(villages: dict[str, Village], village: str | None) -> str:
    return villages[village].name if village in villages else _("chưa rõ thôn")


def _phones() -> list[Todo]:
    """Of the very phones that the page behind shows: those of the people one manages."""
    live = (
        select(func.count())
        .select_from(Device)
        .where(
            Device.user_id.in_([user.id for user in managed_users(current_user)]),
            Device.revoked_at.is_(None),
            Device.signed_out_at.is_(None),
        )
    )
    heard = func.coalesce(Device.last_sync_at, Device.created_at)
    silent = live.where(heard < now() - SILENT_AFTER)
    asks = live.where(or_(may_have_lost(), has_unreadable()))
    return [
        Todo(_("Máy cần hỏi lại"), _number(asks), "/devices?only=ask", _("có thể thiếu dữ liệu")),
        Todo(_("Máy lâu chưa đồng bộ"), _number(silent), "/devices?only=silent", _("quá 7 ngày")),
    ]


def _imports(day: str) -> list[Todo]:
    """Files some of whose rows were left out, until a later file of that kind has none wrong."""
    areas = areas_of(current_user.id, current_user, day)
    about = (ImportRun.area_id, ImportRun.kind)
    latest = func.row_number().over(partition_by=about, order_by=ImportRun.at.desc())
    runs = (
        select(ImportRun.report, latest.label("place"))
        .where(or_(ImportRun.area_id.in_(areas), ImportRun.user_id == current_user.id))
        .subquery()
    )
    wrong = select(func.count()).where(runs.c.place == 1, ~holds(runs.c.report, '"bad_rows":0,'))
    return [Todo(_("Tệp nhập còn lỗi"), _number(wrong), "/imports", _("có dòng chưa ghi"))]


def _behind(villages: dict[str, Village], day: str) -> Todo:
    """Villages with fewer insured people than their latest yearly target plans."""
    covered = {
        row.village_id: row.people
        for row in counts_by_village(day, list(villages))
        if row.status == Status.COVERED
    }
    planned = _planned(villages, int(day[:4]))
    behind = [village for village, goal in planned.items() if covered.get(village, 0) < goal]
    return Todo(
        _("Thôn chưa đạt chỉ tiêu"),
        len(behind),
        "/coverage",
        _("trên %(n)s thôn có chỉ tiêu", n=len(planned)),
    )


def _planned(villages: dict[str, Village], year: int) -> dict[str, int]:
    rows = db.session.execute(
        select(Target.area_id, Target.planned)
        .where(
            Target.area_id.in_(list(villages)),
            Target.indicator == Indicator.BHYT_COVERAGE,
            Target.month.is_(None),
            Target.year <= year,
            Target.planned.is_not(None),
        )
        .order_by(Target.year)
    )
    return {area: planned for area, planned in rows if planned is not None}


def _never_visited(villages: dict[str, Village], day: str) -> Todo:
    counts = (
        select(Household.village_id, func.count())
        .where(
            Household.village_id.in_(list(villages)),
            Household.merged_into.is_(None),
            or_(Household.last_day.is_(None), Household.last_day >= day),
            never_visited(),
        )
        .group_by(Household.village_id)
    )
    found = dict(db.session.execute(counts).all())
    path = "/households?only=never_visited"
    return counted_todo(_("Hộ chưa ai đến"), _("chưa có lượt đến nào"), found, villages, path)


def _number(query: Any) -> int:
    return db.session.scalar(query) or 0
