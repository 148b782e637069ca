"""What lists, their rows and those who must act are called: Vietnamese, and the message ids under
which other languages find their own."""

CARD_LIST_STATE = {
    "draft": "Đang lập",
    "submitted": "Đã trình",
    "sent_back": "Bị trả lại để sửa",
    "approved": "Đã duyệt",
    "sealed": "Đã chốt",
    "dropped": "Đã bỏ",
}

CARD_LIST_ROW = {"increase": "Tăng", "decrease": "Giảm"}

CARD_LIST_ROW_STATE = {
    "open": "Chưa có trả lời",
    "issued": "BHXH đã làm",
    "confirmed": "BHXH đã ghi giảm",
    "returned": "BHXH trả lại",
}

CARD_STAGE = {
    "enrolled": "Đã nộp hồ sơ",
    "on_list": "Trong danh sách chưa chốt",
    "sealed": "Đã chốt, BHXH chưa lấy",
    "pulled": "BHXH đã lấy",
    "received": "BHXH đã nhận",
    "issued": "Đã cấp thẻ",
    "confirmed": "Đã ghi giảm",
    "returned": "Bị trả lại",
}

MUST_ACT = {
    "surveyor": "Người rà soát",
    "officer": "Cán bộ xã",
    "collector": "Người thu",
    "police": "Công an xã",
    "school": "Nhà trường",
}

WORDS = {
    "card_list_state": CARD_LIST_STATE,
    "card_list_row": CARD_LIST_ROW,
    "card_list_row_state": CARD_LIST_ROW_STATE,
    "card_stage": CARD_STAGE,
    "must_act": MUST_ACT,
}
