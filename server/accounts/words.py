"""The words a person reads for a fault found in this room."""

from flask_babel import gettext as _


def fault_words(code: str) -> str:
    words = {
        "too_short": _("Mật khẩu cần ít nhất 8 ký tự."),
        "same_as_username": _("Mật khẩu không được trùng tên đăng nhập."),
        "username_shape": _("Dùng 3 đến 40 chữ không dấu, chữ số, dấu chấm, gạch nối, gạch dưới."),
        "username_taken": _("Tên đăng nhập này đã có người dùng."),
        "wrong_level": _("Vai trò này không được giao cấp địa bàn đó."),
        "needed": _("Mục này cần có."),
        "area_needed": _("Hãy giao ít nhất một địa bàn."),
        "unit_needed": _("Hãy chọn cơ quan BHXH."),
    }
    return words.get(code, code)
