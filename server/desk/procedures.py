"""What waits in the rooms where requests are decided and money is taken."""

from collections import Counter
from collections.abc import Mapping

import orjson
from flask_login import current_user
from sqlalchemy import func, select

from schemas.kinds import EnrolmentState, Role
from server.desk.todo import Todo, counted_todo
from server.domain.card_lists.states import APPROVED, SUBMITTED
from server.domain.farm.due import DUE_BY, due_of
from server.domain.farm.procedure import UNDER_WAY
from server.pages.plurals import said as _
from server.pages.scope import own_communes
from server.store.bulk import among
from server.store.card_list_left import left_for_office
from server.store.card_lists import CardList
from server.store.db import db
from server.store.legal import legal_tables
from server.store.records import Enrolment, FarmRequest
from server.store.returned_lists import open_rows
from server.store.scope import Village, may_take_lists

CHECK, RETURNED = EnrolmentState.SUBMITTED.value, EnrolmentState.RETURNED.value
CHECKED = EnrolmentState.CHECKED.value


def enrolments(villages: Mapping[str, Village]) -> list[Todo]:
    """Enrolments to check, those that went back to whoever took the money, and those that wait for
    a list, told to who makes lists."""
    asked = (
        select(Enrolment.state, Enrolment.village_id, func.count())
        .where(
            among(Enrolment.village_id, villages), Enrolment.state.in_((CHECK, RETURNED, CHECKED))
        )
        .group_by(Enrolment.state, Enrolment.village_id)
    )
    counts: dict[str, dict[str, int]] = {CHECK: {}, RETURNED: {}, CHECKED: {}}
    for state, village, count in db.session.execute(asked):
        counts[state][village] = count
    to_check, back = _("Hồ sơ tham gia chờ kiểm tra"), _("Hồ sơ tham gia đã trả lại")
    path = "/enrolments?state="
    found = [
        counted_todo(to_check, _("đã thu tiền"), counts[CHECK], villages, path + CHECK),
        counted_todo(back, _("chờ người thu sửa"), counts[RETURNED], villages, path + RETURNED),
    ]
    if not may_take_lists(current_user):
        return found
    label, waiting = _("Hồ sơ chờ vào danh sách"), sum(counts[CHECKED].values())
    return [*found, Todo(label, waiting, "/card-lists/new", _("để gửi BHXH cấp thẻ"))]


def card_lists() -> list[Todo]:
    """Lists that wait for their approver, and approved ones that nobody has sealed yet."""
    if not may_take_lists(current_user):
        return []
    asked = (
        select(CardList.state, func.count())
        .where(
            among(CardList.commune_id, {area.id for area in own_communes()}),
            CardList.state.in_((SUBMITTED, APPROVED)),
        )
        .group_by(CardList.state)
    )
    counts: dict[str, int] = dict(db.session.execute(asked).all())
    path, hint = "/card-lists?state=", _("danh sách gửi BHXH")
    return [
        Todo(_("Chờ duyệt"), counts.get(SUBMITTED, 0), path + SUBMITTED, hint),
        Todo(_("Chờ chốt"), counts.get(APPROVED, 0), path + APPROVED, hint),
    ]


def insurance_left(villages: Mapping[str, Village]) -> list[Todo]:
    """What the insurance sent back for the office, and what it said that does not fit."""
    label, hint = _("BHXH trả lại, cần xử lý"), _("và câu trả lời giữ lại chờ xem")
    return [Todo(label, left_for_office(villages), "/bhxh-answers", hint)]


def returned_rows(villages: Mapping[str, Village]) -> list[Todo]:
    """Rows of lists that villages filled in and sent back; told to who may take lists."""
    if not may_take_lists(current_user):
        return []
    count = open_rows(villages, current_user.id)
    return [Todo(_("Danh sách gửi lại"), count, "/returned", _("dòng thôn đã sửa, chờ xem"))]


def farm_overdue(villages: Mapping[str, Village], day: str) -> list[Todo]:
    """Requests whose next step should have been taken; told to who may take it."""
    if current_user.role == Role.OFFICER and not current_user.farm_room:
        return []
    query = select(FarmRequest.village_id, FarmRequest.data).where(
        among(FarmRequest.village_id, villages), FarmRequest.state.in_(UNDER_WAY)
    )
    tables, known = legal_tables(), dict[tuple[str | None, ...], bool]()
    late: Counter[str] = Counter()
    for village, text in db.session.execute(query):
        data = orjson.loads(text)
        key = tuple(data.get(name) for name in DUE_BY)
        if key not in known:
            due = due_of(tables, data, day)
            known[key] = due is not None and due.overdue
        late[village] += known[key]
    hint = _("đề nghị hộ nông nghiệp")
    return [counted_todo(_("Hồ sơ quá hạn"), hint, late, villages, "/farm?due=overdue")]
