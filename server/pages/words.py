"""Words for codes and moments, in the reader's language."""

from datetime import datetime

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from server.domain.field_words import FIELD, word_of
from server.domain.messages import message
from server.store.db import VIETNAM
from server.store.devices import utc


def word(kind: str, value: object) -> str:
    """The word for a value of a list in the reader's language. A field that this server does not
    know, from a newer phone, has no word: its technical name says nothing to anybody."""
    if kind == "field" and value and str(value) not in FIELD:
        return _("Mục mới, phần mềm chưa có tên")
    return _(word_of(kind, value)) if value not in (None, "") else "–"


def sentence(code: object) -> str:
    """What a code of a finding or of a reason to wait says to people at a desk."""
    words = _AT_DESK.get(str(code))
    return str(words) if words else message(str(code), str(get_locale()))


_AT_DESK = {
    "conflict": _l("Khi sửa, người gửi chưa thấy giá trị đang ghi."),
    "not_allowed": _l("Hồ sơ ở ngoài thôn mà người gửi phụ trách."),
    "desk_only": _l("Chỉ cán bộ xã hoặc BHXH được ghi ô này."),
    "officer_only": _l("Chỉ cán bộ xã được chuyển hộ sang thôn khác."),
    "server_error": _l("Máy chủ chưa xử lý được thay đổi này nhưng giữ nguyên vẹn."),
    "same_id_other_content": _l("Thay đổi này đã gửi một lần với nội dung khác."),
    "record_unknown": _l("Không tìm thấy hồ sơ, hoặc người gửi không phụ trách."),
    "ended_parent": _l(
        "Hộ hoặc người này đã được ghi là không còn ở đây, nhưng vẫn có dữ liệu mới gửi về."
    ),
    "revoked_device": _l("Điện thoại gửi đã bị ngừng quyền. Dữ liệu chưa được ghi."),
    "unproven_author": _l("Đến trong một tệp, chưa chắc do đúng người này ghi."),
    "merged_record": _l("Hồ sơ này đã được gộp vào hồ sơ khác."),
    "village_ended": _l("Thôn này đã sáp nhập hoặc đổi."),
    "rescue": _l("Điện thoại còn giữ dữ liệu mà máy chủ đã mất khi khôi phục."),
}
"""Reasons whose common words speak to whoever holds the phone ('the officer will look at it')."""


def moment_words(moment: datetime | None) -> str:
    """A moment in Vietnam: 17/05/2026 08:30."""
    return utc(moment).astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M") if moment else "–"


def iso_moment_words(text: str | None) -> str:
    """A moment as a phone told it; what cannot be read is shown as it came."""
    try:
        return moment_words(datetime.fromisoformat(text)) if text else "–"
    except ValueError:
        return text or "–"
