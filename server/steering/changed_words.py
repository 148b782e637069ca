"""What people read for why a figure changed."""

from typing import Any

from flask_babel import lazy_gettext as _l

from server.domain.steering.changed import Cause, Part

PART: dict[Part, Any] = {
    Part.LATE: _l("Số liệu về muộn: đã ghi từ trước, sau này điện thoại mới gửi về"),
    Part.CORRECTED: _l("Sau này mới biết hoặc sửa lại"),
    Part.HAPPENED: _l("Xảy ra giữa hai ngày"),
}

CAUSE: dict[Cause, Any] = {
    Cause.JOINED: _l("Mới có thẻ"),
    Cause.ENDED: _l("Thẻ hết hạn"),
    Cause.BORN: _l("Mới sinh"),
    Cause.MOVED_IN: _l("Chuyển đến"),
    Cause.CAME: _l("Đến ở, chưa rõ từ đâu"),
    Cause.DIED: _l("Đã mất"),
    Cause.MOVED_AWAY: _l("Chuyển đi"),
    Cause.LEFT: _l("Không còn ở hộ"),
    Cause.FOUND: _l("Tìm thấy thêm"),
    Cause.DOUBLE: _l("Ghi trùng, đã gộp"),
    Cause.CORRECTED: _l("Tình trạng thẻ được sửa"),
    Cause.OTHER_VILLAGE: _l("Sang thôn khác trong xã"),
}
