"""What the room says."""

from typing import Any

from flask_babel import lazy_gettext as _l

from server.leads.giving import Given
from server.pages.plurals import said as _
from server.store.people import User

FAULTS = {
    "nobody": _l("Chọn ít nhất một người."),
    "too_many": _l("Chọn nhiều nhất 500 người một lượt."),
}
FAULTS |= {
    "no_file": _l("Chọn tệp trước đã."),
    "no_names": _l("Không thấy cột Họ và tên: tệp này không phải danh sách người cần vận động."),
    "no_proof": _l("Tệp cần ít nhất một cột Ngày sinh, Số định danh hoặc Mã số BHXH."),
    "no_kind": _l("Chọn diện của cả tệp, hoặc thêm cột Diện cho từng dòng."),
    "no_rows": _l("Tệp không có dòng nào ghi tên người."),
    "too_long": _l("Tệp có hơn 5.000 người. Hãy chia thành nhiều tệp."),
}
MATCHES: dict[str, Any] = {
    "sure": _l("Đúng số định danh hoặc mã số"),
    "likely": _l("Có lẽ là người này, cần xem lại"),
    "none": _l("Chưa thấy trong sổ"),
}
DOUBTS: dict[str, Any] = {
    "other_name": _l("Cùng số nhưng khác tên."),
    "several": _l("Nhiều người trùng tên và năm sinh."),
    "": "",
}
STANDING: dict[str, Any] = {
    "benefit": _l("Sắp hết trợ cấp"),
    "today": _l("Đến hẹn"),
    "new": _l("Chưa gặp"),
    "later": _l("Hẹn sau"),
    "done": _l("Đã có kết quả"),
}
INTEREST: dict[str | None, Any] = {
    "yes": _l("Muốn tham gia"),
    "later": _l("Để sau"),
    None: _l("Chưa hỏi ý"),
}


def given_words(given: Given, to: User | None) -> tuple[str, str]:
    """What became of it, and the look of the message."""
    if to is None:
        words = [_("Đã để %(n)s người cho bất cứ ai phụ trách thôn.", n=given.count)]
    else:
        words = [_("Đã giao %(n)s người cho %(name)s.", n=given.count, name=to.name)]
    if given.over:
        words.append(_("%(n)s người không còn trong danh sách.", n=given.over))
    if given.elsewhere:
        words.append(_("%(n)s người ở thôn mà người này không phụ trách.", n=given.elsewhere))
    words.append(_("Điện thoại thấy sau lần đồng bộ kế tiếp."))
    return " ".join(words), "warn" if given.over or given.elsewhere else "success"
