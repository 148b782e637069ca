"""The words of the room's codes."""

from flask_babel import lazy_gettext as _l

from server.domain.legal.tables import NotKnown
from server.pages.not_known import table_words

WHY_NOT = {
    "free": _l("Thẻ miễn phí, không cần tài trợ"),
    "sponsored": _l("Đã có người tài trợ"),
    "others": _l("Đóng theo lương hoặc do nơi khác đóng"),
    "nothing": _l("Không phải đóng tiền"),
    "not_known": _l("Chưa biết giá cho ngày này"),
    "not_allowed": _l("Nhóm này không được đóng số tháng đó"),
    "other_commune": _l("Nhà tài trợ của xã khác"),
    "has_card": _l("Đã có thẻ, đang chờ thẻ hoặc chưa hỏi"),
    "not_hard_up": _l("Hộ không thuộc diện khó khăn"),
}
FAULTS = {
    "name": _l("Ghi tên nhà tài trợ."),
    "kind": _l("Chọn loại nhà tài trợ."),
    "money_kind": _l("Chọn hứa tài trợ hoặc đã nhận."),
    "amount": _l("Ghi số tiền lớn hơn 0, bằng đồng."),
    "day": _l("Chọn ngày."),
    "ahead": _l("Ngày nhận tiền không thể ở sau hôm nay."),
    "nobody": _l("Chọn ít nhất một người."),
    "too_many": _l("Mỗi lần gán không quá 500 người."),
    "sponsor": _l("Chọn nhà tài trợ."),
    "ended": _l("Nhà tài trợ này đã thôi tài trợ."),
    "each": _l("Ghi số tiền cho mỗi người, lớn hơn 0."),
    "ends_on": _l("Ngày dùng đến hết không thể ở trước hôm nay."),
}
CARD_LOOK = {"open": "warn", "used": "accent", "withdrawn": "grey", "lapsed": "grey"}


def why_not_words(code: str, lacks: NotKnown | None = None) -> str:
    """Why nobody can give a person a card; empty when somebody can. Where the law's tables are
    silent, their name stands behind it."""
    if lacks is not None:
        return f"{WHY_NOT['not_known']}: {table_words(lacks)}"
    return str(WHY_NOT.get(code, ""))
