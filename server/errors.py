"""The problem catalogue: every expected failure has a stable code, and words chosen from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ProblemKind:
    status: int
    vi: str
    en: str


CATALOGUE: dict[str, ProblemKind] = {
    "not_found": ProblemKind(404, "Không tìm thấy.", "Not found."),
    "not_allowed": ProblemKind(
        403, "Bạn không có quyền xem hoặc làm việc này.", "You may not see or do this."
    ),
    "not_signed_in": ProblemKind(401, "Hãy đăng nhập lại.", "Please sign in again."),
    "method_not_allowed": ProblemKind(
        405, "Địa chỉ này không nhận cách gọi đó.", "This address does not take that method."
    ),
    "wrong_credentials": ProblemKind(
        401, "Tên đăng nhập hoặc mật khẩu không đúng.", "Wrong user name or password."
    ),
    "too_many_attempts": ProblemKind(
        429,
        "Bạn đã thử nhiều lần. Hãy đợi một lát rồi thử lại.",
        "Too many attempts. Wait a moment, then try again.",
    ),
    "not_json": ProblemKind(400, "Nội dung gửi lên không phải JSON.", "The body is not JSON."),
    "malformed": ProblemKind(
        400, "Nội dung gửi lên không đúng mẫu.", "The body has the wrong shape."
    ),
    "too_deep": ProblemKind(
        400, "Nội dung gửi lên lồng nhau quá sâu.", "The body is nested too deeply."
    ),
    "too_large": ProblemKind(413, "Nội dung gửi lên quá lớn.", "The body is too large."),
    "too_many_changes": ProblemKind(
        413, "Mỗi lần chỉ gửi được 2.000 thay đổi.", "At most 2,000 changes a trip."
    ),
    "protocol_unknown": ProblemKind(
        400, "Ứng dụng trên máy quá cũ. Hãy cập nhật.", "This app is too old. Please update."
    ),
    "database_unknown": ProblemKind(
        409, "Máy này đã đăng nhập vào một máy chủ khác.", "This phone belongs to another server."
    ),
    "sync_in_flight": ProblemKind(
        429, "Máy này đang đồng bộ. Hãy đợi xong đã.", "This phone is already syncing."
    ),
    "database_busy": ProblemKind(
        429,
        "Máy chủ đang bận hoặc hết chỗ. Dữ liệu vẫn còn trên máy, lát nữa sẽ gửi lại.",
        "The server is busy or out of room. Everything stays on the phone and is sent again later.",
    ),
    "database_unavailable": ProblemKind(
        503, "Máy chủ chưa mở được cơ sở dữ liệu.", "The database cannot be reached."
    ),
    "forces_on_list": ProblemKind(
        409,
        "Trên danh sách có người do đơn vị lực lượng vũ trang, công an, cơ yếu lập danh sách. "
        "Bỏ người này rồi tải lại.",
        "The list names somebody whom a unit of the armed forces, police or cipher lists. "
        "Take them off, then download again.",
    ),
    "no_pdf": ProblemKind(
        503,
        "Máy chủ thiếu thư viện vẽ PDF (Pango). Hãy tải bản Word.",
        "The server lacks the library that draws PDF (Pango). Take the Word file.",
    ),
    "village_not_empty": ProblemKind(
        409,
        "Thôn này còn hộ. Chọn đúng một thôn thay thế để chuyển các hộ sang đó.",
        "Households lie in this village. Choose exactly one village that takes them over.",
    ),
    "village_ends_later": ProblemKind(
        409,
        "Thôn còn hộ thì chỉ ghi ngày cuối khi đã đến ngày đó.",
        "A village with households can only be ended once its last day has come.",
    ),
    "user_ended": ProblemKind(
        409,
        "Người dùng này đã thôi, không còn đăng nhập được.",
        "This user has ended and signs in no more.",
    ),
    "form_expired": ProblemKind(
        400,
        "Trang đã mở quá lâu. Hãy tải lại rồi gửi lại.",
        "The page was open too long. Reload it.",
    ),
    "file_unreadable": ProblemKind(
        400,
        "Không đọc được tệp. Hãy dùng tệp CSV (UTF-8) hoặc XLSX theo mẫu.",
        "The file cannot be read. Use CSV (UTF-8) or XLSX as in the template.",
    ),
    "backup_exists": ProblemKind(
        409, "Tệp này đã có. Hãy đặt tên khác.", "This file exists. Choose another name."
    ),
    "backup_folder": ProblemKind(
        400, "Không ghi được vào thư mục này.", "This folder cannot be written to."
    ),
    "backup_disk_full": ProblemKind(
        500,
        "Đĩa đầy hoặc hỏng, không ghi tiếp được. Mọi thứ vẫn như trước.",
        "The disk is full or damaged. Everything is as it was.",
    ),
    "backup_not_whole": ProblemKind(
        500,
        "Bản sao lưu đọc lại không khớp nên đã bỏ. Hãy thử lại ở ổ đĩa khác.",
        "The backup did not read back as written and was removed. Try another disk.",
    ),
    "backup_is_live": ProblemKind(
        409,
        "Tệp này là chính cơ sở dữ liệu đang dùng, không phải bản sao lưu. Không có gì thay đổi.",
        "This file is the database in use, not a backup. Nothing was changed.",
    ),
    "backup_unreadable": ProblemKind(
        400,
        "Tệp này không phải bản sao lưu Bao Phủ còn nguyên vẹn.",
        "This file is no backup of Bao Phủ, or it is damaged.",
    ),
    "backup_other_engine": ProblemKind(
        409,
        "Bản sao lưu này của loại cơ sở dữ liệu khác (SQLite hay PostgreSQL).",
        "This backup comes from the other kind of database (SQLite or PostgreSQL).",
    ),
    "backup_newer": ProblemKind(
        409,
        "Bản sao lưu này của phiên bản phần mềm mới hơn. Hãy cập nhật rồi khôi phục.",
        "This backup comes from a newer version. Update first, then restore.",
    ),
    "backup_other_database": ProblemKind(
        409,
        "Bản sao lưu này của một nơi khác. Chỉ khôi phục được vào cơ sở dữ liệu trống.",
        "This backup belongs to another place. It can only go into an empty database.",
    ),
    "restore_needs_yes": ProblemKind(
        409,
        "Cơ sở dữ liệu đang có dữ liệu. Thêm --yes để thay; dữ liệu cũ được giữ bên cạnh.",
        "The database holds data. Add --yes to replace it; the old data is kept beside.",
    ),
    "restore_busy": ProblemKind(
        409,
        "Có nơi khác đang ghi vào cơ sở dữ liệu. Hãy dừng máy chủ rồi thử lại.",
        "Somebody is writing to the database. Stop the server and try again.",
    ),
    "sealed_unreadable": ProblemKind(
        400,
        "Đây không phải tệp gửi giữa các máy của Bao Phủ. Hãy chọn tệp có đuôi .bpx.",
        "This is no file from a phone of Bao Phủ. Choose one that ends in .bpx.",
    ),
    "sealed_too_new": ProblemKind(
        400,
        "Tệp này do bản ứng dụng mới hơn máy chủ tạo ra. Hãy cập nhật máy chủ rồi nhận lại.",
        "A newer app than this server made the file. Update the server, then try again.",
    ),
    "sealed_damaged": ProblemKind(
        400,
        "Tệp bị thiếu hoặc đã bị sửa nên không mở được. Hãy xuất lại từ máy gốc.",
        "The file is cut short or was changed and cannot be opened. Export it again.",
    ),
    "sealed_other_database": ProblemKind(
        409,
        "Tệp này thuộc về một máy chủ khác. Hãy gửi nó đến đúng máy chủ ấy.",
        "This file belongs to another server. Take it there.",
    ),
    "sealed_key_unknown": ProblemKind(
        409,
        "Máy chủ không còn chìa khóa mở tệp này. Cho máy gốc đồng bộ một lần rồi xuất lại.",
        "The server has no key for this file any more. Sync the phone once, then export again.",
    ),
    "already_decided": ProblemKind(
        409, "Việc này đã có người xử lý.", "Somebody has already decided this."
    ),
    "list_sealed": ProblemKind(
        409,
        "Danh sách này đã chốt nên không sửa được nữa. Muốn sửa thì lập danh sách bổ sung.",
        "This list is sealed and never changes. Make a supplementary list instead.",
    ),
    "list_state": ProblemKind(
        409,
        "Danh sách không còn ở bước này: có người vừa làm bước khác. Hãy mở lại trang.",
        "The list has moved on: somebody took another step. Open the page again.",
    ),
    "cannot_undo": ProblemKind(
        409,
        "Không hoàn tác được nữa: hồ sơ đã thay đổi tiếp sau đó.",
        "This can no longer be undone: the record has changed since.",
    ),
    "nothing_to_move": ProblemKind(
        409,
        "Các hộ đã chọn đều đang ở thôn này.",
        "All the chosen households already lie in this village.",
    ),
    "receipt_differs": ProblemKind(
        409,
        "Số dòng, tổng hoặc mã kiểm tra không khớp danh sách đã chốt. Hãy tải lại các dòng.",
        "Count, totals or digest differ from the sealed list. Pull its rows again.",
    ),
    "conflict": ProblemKind(
        409,
        "Dữ liệu vừa được người khác sửa. Hãy tải lại.",
        "Somebody changed this just now. Reload.",
    ),
    "server_error": ProblemKind(
        500,
        "Máy chủ gặp lỗi. Dữ liệu của bạn chưa bị thay đổi. Hãy thử lại.",
        "The server failed. Nothing was changed. Please try again.",
    ),
}


class Problem(Exception):
    """An expected failure. `keep`: what the request wrote is kept (a counted failed sign-in)."""

    def __init__(
        self, code: str, details: Mapping[str, Any] | None = None, *, keep: bool = False
    ) -> None:
        super().__init__(code)
        self.kind = CATALOGUE[code]
        self.code = code
        self.details = dict(details or {})
        self.keep = keep

    def body(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "message": self.kind.vi,
            "message_en": self.kind.en,
            "details": self.details,
        }
