"""What lists and groups are called, and why a step was not taken."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from server.domain.card_lists.reasons import REASONS
from server.store.db import today
from server.store.legal import legal_tables

STEP_WORDS = {
    "card_list_make": _l("Lập danh sách"),
    "card_list_add": _l("Thêm người"),
    "card_list_remove": _l("Để lại cho đợt sau"),
    "card_list_confirm": _l("Xác nhận vẫn gửi"),
    "card_list_head": _l("Sửa phần đầu"),
    "card_list_submit": _l("Trình duyệt"),
    "card_list_send_back": _l("Trả lại để sửa"),
    "card_list_approve": _l("Duyệt"),
    "card_list_seal": _l("Chốt và gửi BHXH"),
    "card_list_drop": _l("Bỏ danh sách"),
}

REFUSALS = {
    "empty": _l("Danh sách chưa có ai."),
    "memo": _l("Ghi số và ngày của tờ trình."),
    "memo_on": _l("Ngày của tờ trình không thể sau hôm nay."),
    "faults": _l("Còn dòng sẽ bị trả lại: xác nhận từng dòng, hoặc để lại cho đợt sau."),
    "faults_fresh": _l(
        "Từ khi trình duyệt có dòng sẽ bị trả lại: để lại cho đợt sau, hoặc đánh dấu vẫn gửi."
    ),
    "faults_stop": _l(
        "Từ khi trình duyệt có dòng không gửi được nữa: để lại cho đợt sau, hoặc trả lại để sửa."
    ),
    "empty_at_seal": _l("Không còn dòng nào gửi được: trả lại để sửa."),
    "gone": _l("Có hồ sơ tham gia không còn chờ danh sách. Để lại các dòng ấy rồi trình."),
    "unit": _l(
        "Có người do đơn vị lực lượng vũ trang, công an, cơ yếu lập danh sách. Bỏ người này."
    ),
    "note": _l("Ghi lý do trả lại để người lập biết."),
    "paper": _l("Ghi số, ngày, người ký và chức vụ."),
    "sealed_on": _l("Ngày của danh sách không thể sau hôm nay hay trước ngày tờ trình."),
    "no_unit": _l("Xã chưa thuộc BHXH cơ sở nào nên chưa gửi được. Báo quản trị viên."),
}


def group_name(group: str) -> str:
    """What the law calls a group on this day."""
    row = legal_tables().in_force(today(), "groups", group)
    return row.name_vi if row else group


def support_words(support: str | None) -> str:
    return _("chưa rõ mức hỗ trợ") if support is None else f"{support.replace('.', ',')} %"


def list_title(group: str, support: str | None) -> str:
    """As the head of the paper says it, in Vietnamese always."""
    rate = f", Nhà nước hỗ trợ {support.replace('.', ',')} %" if support not in (None, "0") else ""
    return f"{group_name(group)}{rate}"


def reason_words(reason: str) -> str:
    return _(REASONS[reason].what)
