"""What people did and looked at, as the log keeps it: who, what, when, where, how many."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import ColumnElement, and_, func, or_, select

from schemas.kinds import Entity, Role
from server.desk.act_names import names_of_subjects
from server.domain.change import is_id
from server.domain.numbers import number_words
from server.pages.list_names import list_name
from server.pages.paging import Page, asked_page
from server.pages.plurals import said as _
from server.pages.words import word
from server.store.audit import LOOK
from server.store.db import VIETNAM, db, today
from server.store.legal_rows import AddedRow
from server.store.managing import managed_users
from server.store.people import Audit, User
from server.store.places import Area
from server.store.scope import areas_of

DAYS_SHOWN = 7

LISTS = {
    "people_list": _l("danh sách người"),
    "funding_need": _l("nhu cầu kinh phí của danh sách"),
    "people": _l("trang Người"),
    "households": _l("trang Hộ"),
    "duplicates": _l("trang Có thể trùng"),
    "reconcile": _l("trang Đối chiếu"),
    "review": _l("trang Chờ xét"),
    "enrolments": _l("trang Hồ sơ tham gia"),
    "cash": _l("trang Sổ thu tiền"),
    "move": _l("Chuyển hộ sang thôn khác"),
    "farm": _l("bảng Hộ nông nghiệp"),
    "farm_register": _l("sổ hộ nông nghiệp đã công nhận"),
    "farm_campaign": _l("danh sách vận động hộ nông nghiệp"),
    "farm_papers": _l("giấy tờ hộ nông nghiệp"),
    "school_letter": _l("công văn gửi trường học"),
    "hardship": _l("danh sách hộ khó khăn cần thẻ"),
    "tracking": _l("trang Thẻ đi đến đâu"),
    "bhxh_answers": _l("trang Trả lời của BHXH"),
    "imported_list": _l("danh sách đã nhập"),
    "import_report": _l("báo cáo nhập tệp"),
    "leads": _l("danh sách vận động BHXH tự nguyện"),
    "lead_file": _l("tệp vận động của BHXH"),
    "returned_list": _l("danh sách thôn gửi lại"),
    "lead_candidates": _l("người có thể vận động BHXH tự nguyện"),
    "heads": _l("trang Còn thiếu ai"),
    "coverage_over_time": _l("diễn biến bao phủ"),
    "coverage_groups": _l("bao phủ theo nhóm"),
    "full_cover": _l("bảng Nhóm phải đủ 100 %"),
    "changed": _l("trang Có gì đổi"),
    "recount": _l("trang Dân số của thôn"),
    "card_list_people": _l("người chờ vào danh sách gửi BHXH"),
}
ACTS = {
    LOOK: _l("Xem tên người"),
    "export": _l("Tải danh sách"),
    "population_counted": _l("Ghi số dân đã đếm"),
    "report_frozen": _l("Chốt số liệu báo cáo"),
    "report_written": _l("Ghi số, ngày ký, kiến nghị của báo cáo"),
    "import": _l("Nhập dữ liệu"),
    "review_decide": _l("Quyết định mục chờ xét"),
    "review_rejected": _l("Không nhận thay đổi chờ xét"),
    "review_return": _l("Trả lại thôn"),
    "review_returned": _l("Trả lại thôn"),
    "review_together": _l("Quyết định nhiều mục một lượt"),
    "review_rescues": _l("Xét bản còn giữ trên máy"),
    "review_undo": _l("Hoàn tác quyết định"),
    "note_answer": _l("Trả lời ghi chú từ thôn"),
    "note_close": _l("Đóng ghi chú từ thôn"),
    "household_stays": _l("Giữ hộ ở nguyên thôn"),
    "move_household": _l("Chuyển hộ"),
    "move_households": _l("Chuyển nhiều hộ"),
    "move_village": _l("Chuyển cả thôn"),
    "merge_household": _l("Gộp hộ"),
    "merge_member": _l("Gộp người"),
    "duplicates_find": _l("Tìm bản ghi trùng"),
    "reconcile_run": _l("Đối chiếu danh sách"),
    "reconcile_pair": _l("Trả lời khi đối chiếu"),
    "reconcile_confirm": _l("Xác nhận các cặp chắc chắn"),
    "returned_list": _l("Nhận danh sách thôn gửi lại"),
    "returned_row": _l("Quyết định một dòng thôn gửi lại"),
    "returned_all": _l("Nhận nhiều dòng thôn gửi lại"),
    "reconcile_schools": _l("Lấy trường, lớp theo danh sách của trường"),
    "duplicate_apart": _l("Ghi hai bản là hai nơi, hai người"),
    "duplicate_undo": _l("Hoàn tác việc xét trùng"),
    "farm_ask": _l("Ghi đề nghị công nhận hộ nông nghiệp"),
    "farm_check": _l("Kiểm tra đề nghị của hộ nông nghiệp"),
    "farm_post": _l("Niêm yết hộ nông nghiệp"),
    "farm_object": _l("Ghi ý kiến về hộ nông nghiệp"),
    "farm_recheck": _l("Phúc tra hộ nông nghiệp"),
    "farm_approve": _l("Công nhận hộ nông nghiệp"),
    "farm_refuse": _l("Không công nhận hộ nông nghiệp"),
    "farm_cancel": _l("Ghi hộ nông nghiệp rút đề nghị"),
    "farm_back": _l("Lùi một bước hồ sơ hộ nông nghiệp"),
    "user_create": _l("Tạo người dùng"),
    "user_assign": _l("Giao địa bàn"),
    "user_unassign": _l("Thôi giao địa bàn"),
    "user_password": _l("Đặt lại mật khẩu"),
    "user_end": _l("Ngừng người dùng"),
    "user_reopen": _l("Mở lại tài khoản"),
    "device_sign_in": _l("Đăng nhập trên máy"),
    "device_sign_out": _l("Đăng xuất khỏi máy"),
    "device_revoke": _l("Thu hồi máy"),
    "device_rename": _l("Đổi tên máy"),
    "device_settled": _l("Xét máy trở lại trống"),
    "area_add": _l("Thêm địa bàn"),
    "area_alias": _l("Thêm tên khác của địa bàn"),
    "area_fact": _l("Ghi đặc điểm địa bàn"),
    "area_fact_end": _l("Kết thúc đặc điểm địa bàn"),
    "area_end": _l("Kết thúc địa bàn"),
    "areas_load": _l("Nạp danh mục địa bàn"),
    "talking_own": _l("Sửa lời vận động của xã"),
    "talking_usual": _l("Dùng lại lời vận động có sẵn"),
    "law_add": _l("Thêm dòng luật"),
    "law_withdraw": _l("Rút dòng luật"),
    "enrolment_state": _l("Xét hồ sơ tham gia"),
    "card_list_make": _l("Lập danh sách gửi BHXH"),
    "card_list_add": _l("Thêm người vào danh sách gửi BHXH"),
    "card_list_remove": _l("Để người lại cho đợt sau"),
    "card_list_confirm": _l("Xác nhận vẫn gửi một dòng"),
    "card_list_head": _l("Sửa phần đầu danh sách gửi BHXH"),
    "card_list_submit": _l("Trình duyệt danh sách gửi BHXH"),
    "card_list_send_back": _l("Trả lại danh sách để sửa"),
    "card_list_approve": _l("Duyệt danh sách gửi BHXH"),
    "card_list_seal": _l("Chốt danh sách gửi BHXH"),
    "card_list_drop": _l("Bỏ danh sách gửi BHXH"),
    "receipt_book_add": _l("Thêm quyển biên lai"),
    "receipt_book_hand": _l("Giao biên lai cho người thu"),
    "receipt_book_back": _l("Nhận lại biên lai"),
    "cash_take": _l("Nhận tiền của người thu"),
    "cash_cancel": _l("Hủy lần nhận tiền"),
    "duty_add": _l("Ghi người phụ trách"),
    "duty_change": _l("Sửa người phụ trách"),
    "duty_end": _l("Thôi phụ trách"),
    "plan_add": _l("Lập kế hoạch"),
    "plan_change": _l("Sửa kế hoạch"),
    "plan_force": _l("Cho áp dụng kế hoạch"),
    "plan_version": _l("Lập bản mới của kế hoạch"),
    "plan_choose": _l("Chọn kế hoạch để tính"),
    "plan_line": _l("Ghi dòng chỉ tiêu"),
    "plan_line_drop": _l("Bỏ dòng chỉ tiêu"),
    "sponsor_add": _l("Thêm nhà tài trợ"),
    "sponsor_change": _l("Sửa nhà tài trợ"),
    "sponsor_promised": _l("Ghi tiền hứa tài trợ"),
    "sponsor_received": _l("Ghi tiền tài trợ đã nhận"),
    "sponsor_money_cancel": _l("Hủy dòng tiền tài trợ"),
    "lead_give": _l("Giao người đi vận động BHXH tự nguyện"),
    "lead_file": _l("Nhận tệp vận động của BHXH"),
    "lead_hand": _l("Giao lại việc vận động BHXH tự nguyện"),
    "sponsor_give": _l("Tặng thẻ bằng tiền tài trợ"),
    "bhxh_key_make": _l("Tạo khóa cho phần mềm BHXH"),
    "bhxh_key_revoke": _l("Thu hồi khóa của phần mềm BHXH"),
    "bhxh_pull": _l("BHXH lấy danh sách"),
    "bhxh_receipt": _l("BHXH xác nhận đã nhận danh sách"),
    "bhxh_receipt_refused": _l("BHXH xác nhận sai số dòng hoặc mã kiểm tra"),
    "bhxh_answers": _l("BHXH trả lời danh sách"),
    "bhxh_settle": _l("Xử lý câu trả lời của BHXH"),
    "bhxh_take": _l("Lấy câu trả lời của BHXH thay câu trước"),
    "sponsor_withdraw": _l("Rút lại suất tài trợ"),
    "view_save": _l("Lưu mẫu danh sách"),
    "view_rename": _l("Đổi tên mẫu danh sách"),
    "view_delete": _l("Xóa mẫu danh sách"),
    "sealed_taken": _l("Nhận tệp mang từ máy"),
    "backup": _l("Sao lưu"),
    "restore": _l("Phục hồi bản sao lưu"),
    "epoch_renewed": _l("Nhận ra bản sao cũ được chép lại bằng tay"),
    "demo_seed": _l("Tạo dữ liệu mẫu"),
}
PAGES = {
    "household": "/households/",
    "member": "/people/",
    "legal_row": "/law/rows/",
    "farm_request": "/farm/requests/",
    "sponsor": "/sponsors/",
    "card_list": "/card-lists/",
}


NAMING = ("list", "file")
"""Details that name by its id which list or file it was."""


@dataclass(frozen=True, slots=True)
class Asked:
    """`since`, `until`: days, both included. `user`, `kind`: empty for all."""

    since: str
    until: str
    user: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ActLine:
    at: datetime
    who: str
    what: str
    about: str
    path: str | None
    area: str | None
    count: int | None


def act_words(kind: str) -> str:
    """What was done, in words; the bare code of what has no words yet."""
    return str(ACTS.get(kind, kind))


def acts(asked: Asked) -> tuple[list[ActLine], Page, list[tuple[str, str]]]:
    """A page of the log, the newest first, and the people there are to choose from."""
    seen = and_(_visible(), *_between(asked))
    chosen = [seen]
    chosen += [Audit.user_id == asked.user] if asked.user else []
    chosen += [Audit.kind == asked.kind] if asked.kind else []
    page = asked_page(db.session.scalar(select(func.count()).where(*chosen)) or 0)
    rows = db.session.execute(
        select(Audit, User.name, Area.name)
        .outerjoin(User, User.id == Audit.user_id)
        .outerjoin(Area, Area.id == Audit.area_id)
        .where(*chosen)
        .order_by(Audit.at.desc(), Audit.id.desc())
        .limit(page.per_page)
        .offset(page.offset)
    ).all()
    # Asked user by user: each stops at the first line, where a distinct would read them all.
    did = select(Audit.id).where(Audit.user_id == User.id, seen).exists()
    people = select(User.id, User.name).where(did).order_by(User.name)
    users = [(id_, name) for id_, name in db.session.execute(people)]
    return _lines(rows), page, users


def _visible() -> ColumnElement[bool]:
    """What was done in one's own areas, by oneself, or by whom one manages; an administrator also
    sees what the command line did without naming an area."""
    areas = areas_of(current_user.id, current_user, today())
    people = [current_user.id, *(user.id for user in managed_users(current_user))]
    seen: list[ColumnElement[bool]] = [Audit.area_id.in_(areas), Audit.user_id.in_(people)]
    if current_user.role == Role.ADMIN:
        seen.append(and_(Audit.area_id.is_(None), Audit.user_id.is_(None)))
    return or_(*seen)


def _between(asked: Asked) -> Sequence[ColumnElement[bool]]:
    return Audit.at >= _start(asked.since), Audit.at < _start(asked.until) + timedelta(days=1)


def _start(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), VIETNAM)


def _lines(rows: Sequence[Any]) -> list[ActLine]:
    details = {row.id: json.loads(row.detail) if row.detail else {} for row, _who, _area in rows}
    told = [row.subject for row, _who, _area in rows]
    told += [detail.get(name) for detail in details.values() for name in NAMING]
    subjects = {id_ for id_ in told if id_ and is_id(id_)}
    names = names_of_subjects(subjects)
    users = select(User.id, User.name).where(User.id.in_(subjects))
    laws = select(AddedRow.id, AddedRow.name_vi).where(AddedRow.id.in_(subjects))
    named = names | dict(db.session.execute(users).all()) | dict(db.session.execute(laws).all())
    return [
        ActLine(
            row.at,
            who or _("dòng lệnh"),
            act_words(row.kind),
            *_about(row, named, details[row.id]),
            area,
            row.count,
        )
        for row, who, area in rows
    ]


def _about(row: Audit, names: dict[str, str], detail: dict[str, Any]) -> tuple[str, str | None]:
    """Whom or what it was about, and the page behind it."""
    subject = row.subject or ""
    path = PAGES.get(detail.get("of", ""))
    kind = word("entity", detail["of"]) if detail.get("of") in set(Entity) else ""
    if subject == "people_list" and (called := list_name(detail.get("key", ""))):
        return ", ".join([called, *_more(row, detail)]), f"/lists/{detail['key']}"
    words = [str(LISTS.get(subject) or names.get(subject) or kind)]
    words += [names[id_] for name in NAMING if (id_ := detail.get(name)) in names]
    about = ", ".join(word for word in [*words, *_more(row, detail)] if word)
    return about, f"{path}{subject}" if path else None


def _more(row: Audit, detail: dict[str, Any]) -> list[str]:
    """Which part of it, and how it was taken."""
    words = []
    if detail.get("searched"):
        words.append(_("có tìm theo tên hoặc số"))
    if detail.get("page", 1) > 1:
        words.append(_("trang %(n)s", n=detail["page"]))
    if detail.get("total") is not None:
        words.append(_("trong %(n)s người hoặc hộ", n=number_words(detail["total"])))
    if row.kind == "export":
        words.append(str(detail.get("format", "")).upper())
    return words
