"""The words of the room."""

from flask_babel import lazy_gettext as _l

from server.reconcile.kinds import ListKind
from server.reconcile.tabs import Tab, Why

TAB = {
    Tab.SURE: _l("Chắc chắn là một người"),
    Tab.LIKELY: _l("Có thể là một người"),
    Tab.NOT_LISTED: _l("Có thẻ, không có trong danh sách"),
    Tab.NOT_FOUND: _l("Có trong danh sách, không thấy ở thôn"),
    Tab.EXPIRED: _l("Danh sách hết hạn, ngoài thôn còn hạn"),
    Tab.DIFFERENT: _l("Số hoặc ngày sinh khác"),
    Tab.CHILDREN: _l("Trẻ em đứng sai hộ"),
    Tab.SCHOOL: _l("Trường hoặc lớp khác"),
}
LEAD = {
    Tab.SURE: _l("Cùng số định danh hoặc mã số BHXH, và không có gì trái nhau."),
    Tab.LIKELY: _l("So từng cặp rồi trả lời: cùng một người, hay không phải."),
    Tab.NOT_LISTED: _l(
        "Hôm nay còn thẻ theo khảo sát, nhưng danh sách không có tên. Chỉ tính các thôn mà danh "
        "sách có ít nhất một phần mười số người."
    ),
    Tab.NOT_FOUND: _l(
        "Danh sách có tên, nhưng chưa ai khảo sát người này, hoặc người này không còn ở xã."
    ),
    Tab.EXPIRED: _l("Theo danh sách thì đã hết hạn, theo thẻ đã ghi thì còn."),
    Tab.DIFFERENT: _l(
        "Danh sách và khảo sát ghi khác nhau về số định danh, mã số BHXH, ngày sinh."
    ),
    Tab.CHILDREN: _l("Trẻ ở một hộ nhưng danh sách ghi vào hộ khác: gửi BHXH để sửa."),
    Tab.SCHOOL: _l("Nhà trường ghi trường, lớp khác với khảo sát: lấy theo danh sách hoặc giữ."),
}
WHY = {
    Why.ELSEWHERE: _l("Quân đội, công an, cơ yếu và thân nhân"),
    Why.ABROAD: _l("Ở nước ngoài"),
    Why.AWAY: _l("Đi làm, đi học nơi khác"),
    Why.OTHER: _l("Còn lại"),
}
KIND = {
    ListKind.INSURED: _l("Người tham gia BHYT"),
    ListKind.DUE: _l("Sắp hết hạn, đã hết hạn"),
    ListKind.SCHOOL_ROLL: _l("Danh sách học sinh"),
}
DIFFERENCE = {
    "full_name": _l("họ tên"),
    "birth_date": _l("ngày sinh"),
    "sex": _l("giới tính"),
    "personal_id": _l("số định danh"),
    "bhxh_number": _l("mã số BHXH"),
    "school": _l("trường"),
    "school_class": _l("lớp"),
}
