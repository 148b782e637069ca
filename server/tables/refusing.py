"""Why a file as a whole cannot be read, each in one sentence that says what to do instead."""

from typing import Any

WORDS: dict[str, str] = {
    "file_empty": "Tệp không có dòng nào dưới dòng tiêu đề.",
    "file_too_large": "Tệp sau khi mở ra quá lớn. Hãy chia thành nhiều tệp.",
    "file_unreadable": "Không đọc được tệp. Hãy lưu lại dưới dạng XLSX hoặc CSV (UTF-8) theo mẫu.",
    "file_encrypted": "Tệp có mật khẩu. Hãy mở tệp, bỏ mật khẩu rồi lưu lại.",
    "file_with_macros": "Tệp có macro nên không được nhận. Hãy lưu lại dưới dạng .xlsx (không "
    "macro).",
    "file_with_links": "Tệp có liên kết đến tệp khác nên không được nhận. Trong Excel hãy ngắt "
    "liên kết (Data, Edit Links, Break Link) rồi lưu lại.",
    "encoding_unsure": "Không chắc tệp dùng bảng mã nào. Hãy xem các cách đọc và chọn cách có chữ "
    "đúng.",
    "too_many_rows": "Tệp có hơn {limit} dòng. Hãy chia thành nhiều tệp, mỗi tệp không quá "
    "{limit} dòng.",
    "sheet_unknown": "Tệp không có trang tính “{value}”.",
}


class Unreadable(Exception):
    """The file as a whole cannot be read; `code` is a key of `WORDS`."""

    def __init__(self, code: str, row: int = 0, column: str = "", **more: Any) -> None:
        super().__init__(code)
        self.row, self.column, self.code, self.more = row, column, code, more
