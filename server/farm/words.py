"""What the room says of its steps."""

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "farm_wrong_step": _l("Bước này không còn làm được: hồ sơ đã ở bước khác. Xem lại hồ sơ."),
    "farm_text_needed": _l("Hãy ghi nội dung hoặc lý do."),
    "farm_number_needed": _l("Hãy ghi số quyết định."),
    "farm_verdict_needed": _l("Hãy chọn kết luận sau phúc tra."),
    "farm_day_wrong": _l("Ngày này ở sau hôm nay, hoặc ở trước bước liền trước. Xem lại ngày."),
    "farm_still_posted": _l("Còn trong thời gian niêm yết: chỉ quyết định sau ngày niêm yết cuối."),
    "farm_validity_wrong": _l(
        "Thời gian công nhận không hợp lý: bắt đầu từ ngày quyết định trở đi, kết thúc sau đó."
    ),
    "farm_no_conclusion": _l("Chưa kết luận được. Trả lời hết các câu hỏi, hoặc bổ sung phiếu."),
    "farm_no_calendar": _l(
        "Chưa biết lịch nghỉ của thời gian này nên chưa tính được hạn niêm yết."
    ),
}
VERBS = {
    "check": _l("Ghi kết quả kiểm tra"),
    "post": _l("Niêm yết"),
    "object": _l("Ghi ý kiến, khiếu nại"),
    "recheck": _l("Ghi kết quả phúc tra"),
    "approve": _l("Công nhận"),
    "refuse": _l("Không công nhận"),
    "back": _l("Lùi một bước"),
    "cancel": _l("Hộ rút đề nghị"),
}
DONE = {
    "check": _l("Đã ghi kết quả kiểm tra."),
    "post": _l("Đã niêm yết."),
    "object": _l("Đã ghi ý kiến. Cần phúc tra."),
    "recheck": _l("Đã ghi kết quả phúc tra."),
    "approve": _l("Đã công nhận."),
    "refuse": _l("Đã ghi không công nhận."),
    "back": _l("Đã lùi một bước."),
    "cancel": _l("Đã ghi hộ rút đề nghị."),
}
NEXT = {
    "opens": _l("Bắt đầu rà soát"),
    "check": _l("Kiểm tra, kết quả trước hết ngày"),
    "post": _l("Niêm yết, kết quả trước hết ngày"),
    "posting": _l("Đang niêm yết đến hết ngày"),
    "decide": _l("Quyết định trước hết ngày"),
    "recheck": _l("Phúc tra trước hết ngày"),
}
REASONS = {
    "band_average": _l("Thu nhập ở mức trung bình."),
    "in_sector": _l("Hộ làm nông, lâm, ngư hoặc diêm nghiệp."),
    "not_in_sector": _l("Hộ không làm nông, lâm, ngư hoặc diêm nghiệp."),
    "sector_undecided": _l("Chưa kết luận hộ có làm nông, lâm, ngư, diêm nghiệp hay không."),
    "lines_undecided": _l(
        "Còn khoản thu xã chưa quyết định tính hay không, và kết quả tùy vào đó."
    ),
    "band_poor": _l("Thu nhập ở mức hộ nghèo."),
    "band_near_poor": _l("Thu nhập ở mức hộ cận nghèo."),
    "band_poor_or_near_poor": _l(
        "Thu nhập từ mức nghèo, cận nghèo trở xuống: xét theo quy trình khác."
    ),
    "band_above": _l("Thu nhập trên mức trung bình."),
    "band_not_known": _l("Chưa biết mức trung bình cho ngày này."),
}
