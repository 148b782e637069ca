"""Words of the room: why a file or a cell is not taken, what kinds of rows and states there are."""

from flask_babel import lazy_gettext as _l

from server.domain.returned.comparing import Kind
from server.store.returned_lists import RowState

REFUSALS = {
    "no_file": _l("Hãy chọn tệp thôn gửi lại."),
    "csv": _l(
        "Tệp đã lưu thành CSV nên mất phần dấu để biết ô nào đã sửa. Hãy mở lại tệp Excel đã tải "
        "từ đây, chép phần đã sửa vào, lưu dạng .xlsx rồi gửi lại."
    ),
    "no_marks": _l(
        "Tệp không còn phần dấu của danh sách đã tải từ đây (thường do chép sang tệp mới). Hãy mở "
        "lại tệp Excel đã tải, chép phần đã sửa vào đúng dòng, lưu dạng .xlsx rồi gửi lại."
    ),
    "not_ours": _l(
        "Phần dấu của tệp đã bị sửa, hoặc tệp tải từ một máy chủ khác. Hãy tải lại danh sách ở đây "
        "và chép phần đã sửa vào."
    ),
    "no_table": _l(
        "Không tìm thấy bảng danh sách trong tệp: dòng tiêu đề (Họ và tên, Ngày sinh…) phải còn "
        "nguyên."
    ),
    "no_ids": _l(
        "Cột Mã bản ghi (cột ẩn đầu tiên) đã bị xóa nên không biết dòng nào là của ai. Hãy mở lại "
        "tệp đã tải, chép phần đã sửa vào đúng dòng rồi gửi lại."
    ),
    "too_long": _l("Tệp có quá nhiều dòng. Hãy gửi lại đúng danh sách đã tải từ đây."),
}
FAULTS = {
    "unread": _l("Không đọc được ô này."),
    "shuffled": _l(
        "Giá trị của người khác trong cùng cột: có thể cột này bị sắp xếp riêng. Không nhận được."
    ),
    "not_a_date": _l("Không phải ngày: ghi như 17/05/1980, 05/1980 hoặc 1980."),
    "not_a_whole_date": _l("Phải đủ ngày, tháng, năm: ghi như 17/05/1980."),
    "wrong_shape": _l("Số này không đủ chữ số, hoặc có ký tự lạ."),
    "rounded_number": _l("Số đã bị làm tròn khi mở bằng bảng tính: hãy xem lại số trên giấy tờ."),
    "not_in_list": _l("Không phải một từ mà cột này dùng."),
    "too_long": _l("Dài quá 200 ký tự."),
}
KINDS = {
    Kind.CHANGE: _l("Ô đã sửa"),
    Kind.NEW: _l("Người mới, chưa có trong danh sách"),
    Kind.TWICE: _l("Một người hai dòng khác nhau"),
    Kind.UNKNOWN: _l("Mã bản ghi lạ"),
    Kind.SHIFTED: _l("Dòng mang mã của người khác"),
    Kind.NOTE: _l("Lời ghi thêm"),
}
LEADS = {
    Kind.NEW: _l(
        "Dòng này thôn ghi thêm, không có mã bản ghi: chưa phải người trong sổ. Cần người đến nhà "
        "hỏi rồi mới ghi."
    ),
    Kind.TWICE: _l(
        "Mã của người này đứng ở nhiều dòng khác nhau, thường do chép dòng để ghi người mới. Xem "
        "kỹ trước khi nhận."
    ),
    Kind.UNKNOWN: _l(
        "Mã ở dòng này không có trong danh sách đã gửi, nên không biết là ai. Không ghi được vào "
        "sổ."
    ),
    Kind.SHIFTED: _l(
        "Tên và ngày sinh ở dòng này là của người khác trong danh sách: có thể bảng bị sắp xếp "
        "lệch cột. Không ghi được vào sổ."
    ),
    Kind.NOTE: _l("Không ô nào đổi, nhưng thôn có ghi thêm ngoài các cột của danh sách."),
}
STATES = {
    RowState.OPEN: _l("chờ quyết định"),
    RowState.ACCEPTED: _l("đã nhận"),
    RowState.REFUSED: _l("không nhận"),
    RowState.ASKED: _l("đã hỏi lại thôn"),
    RowState.KNOWN: _l("sổ đã ghi như vậy"),
    RowState.REPLACED: _l("tệp sau đã gửi lại"),
}
