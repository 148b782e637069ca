"""The words people read for the fields of records, for roles, phones and what was done. Vietnamese,
and the message ids under which other languages find their own."""

from server.domain import words
from server.domain.card_lists.reasons import REASONS
from server.domain.card_lists.words import WORDS as CARD_LIST_WORDS
from server.domain.legal.words import LEGAL_LISTS

FIELD: dict[str, str] = {
    "village": "Thôn, tổ dân phố",
    "code": "Mã hộ",
    "address": "Địa chỉ",
    "hamlet": "Xóm, cụm",
    "directions": "Chỉ đường",
    "phone": "Số điện thoại",
    "note": "Ghi chú",
    "living_class": "Mức sống",
    "living_class_source": "Mức sống theo",
    "living_class_from": "Mức sống từ ngày",
    "living_class_to": "Mức sống đến ngày",
    "average_farm": "Hộ nông nghiệp mức sống trung bình",
    "average_farm_from": "Công nhận hộ nông nghiệp từ ngày",
    "average_farm_to": "Công nhận hộ nông nghiệp đến ngày",
    "hardship": "Khó khăn, đề nghị được tặng thẻ",
    "latitude": "Vĩ độ",
    "longitude": "Kinh độ",
    "accuracy_m": "Sai số vị trí (m)",
    "bhxh_household_code": "Mã số hộ gia đình (BHXH)",
    "best_time": "Giờ dễ gặp",
    "notice_version": "Bản thông báo dữ liệu",
    "notice_on": "Ngày đọc thông báo dữ liệu",
    "confirmed_on": "Ngày xác nhận đúng như cũ",
    "ended_on": "Ngày thôi tính",
    "end_reason": "Lý do thôi tính",
    "merged_into": "Gộp vào",
    "household": "Hộ",
    "full_name": "Họ và tên",
    "known_as": "Tên thường gọi",
    "name_is_provisional": "Tên tạm, chưa khai sinh",
    "birth_date": "Ngày sinh",
    "birth_is_estimate": "Ngày sinh ước theo tuổi",
    "sex": "Giới tính",
    "personal_id": "Số định danh cá nhân",
    "personal_id_state": "Giấy tờ định danh",
    "old_id_number": "Số CMND cũ",
    "bhxh_number": "Mã số BHXH cũ",
    "ethnic_group": "Dân tộc",
    "nationality": "Quốc tịch",
    "relation": "Quan hệ với chủ hộ",
    "registration": "Đăng ký cư trú",
    "presence": "Hiện ở đâu",
    "away_since": "Đi vắng từ",
    "away_place": "Nơi đang ở",
    "work": "Việc làm",
    "school": "Trường",
    "school_other": "Trường khác",
    "school_class": "Lớp",
    "boards": "Ở nội trú",
    "insurance_answer": "Trả lời về thẻ BHYT",
    "insurance_asked_on": "Ngày hỏi về thẻ",
    "uninsured_reason": "Lý do chưa có thẻ",
    "intends_to_join": "Dự định tham gia",
    "join_on": "Ngày dự định tham gia",
    "social_insurance": "Bảo hiểm xã hội",
    "voluntary_paid_to": "BHXH tự nguyện đóng đến",
    "voluntary_interest": "Quan tâm BHXH tự nguyện",
    "unemployment_insurance": "Bảo hiểm thất nghiệp",
    "unemployment_benefit_to": "Hưởng trợ cấp thất nghiệp đến",
    "clinic_wanted": "Nơi muốn khám chữa bệnh ban đầu",
    "living_area": "Mã vùng (K1, K2, K3)",
    "mother": "Mẹ",
    "guardian": "Người giám hộ",
    "guardian_name": "Tên người giám hộ",
    "birth_registration": "Khai sinh",
    "birth_registered_at": "Nơi khai sinh",
    "since": "Ở đây từ",
    "since_reason": "Vì sao có tên",
    "end_evidence": "Căn cứ thôi tính",
    "moved_to": "Chuyển đến",
    "member": "Người",
    "evidence": "Căn cứ",
    "number": "Số",
    "insurance_group": "Mã nhóm BHYT",
    "benefit_level": "Mức hưởng",
    "valid_from": "Từ ngày",
    "valid_to": "Đến ngày",
    "first_clinic": "Nơi khám chữa bệnh ban đầu",
    "five_year_on": "Đủ 5 năm liên tục từ",
    "void_reason": "Lý do bỏ (ghi nhầm)",
    "kind": "Loại",
    "on": "Ngày",
    "outcome": "Kết quả",
    "respondent": "Người trả lời",
    "respondent_kind": "Ai trả lời",
    "absence_reason": "Lý do vắng",
    "come_back_on": "Hẹn quay lại",
    "suggested_village": "Thôn đề nghị",
    "months_to": "Mười hai tháng đến hết",
    "lines": "Các khoản thu nhập",
    "people": "Số người",
    "farm_workers": "Số người làm nông nghiệp",
    "main_activity": "Việc chính",
    "requested_on": "Ngày đề nghị",
    "assessment": "Phiếu thu nhập",
    "applicant": "Người đề nghị",
    "reason": "Lý do đề nghị",
    "procedure_version": "Bản quy trình",
    "checked_on": "Ngày kiểm tra, tra cứu",
    "in_sector": "Làm nông, lâm, ngư, diêm nghiệp",
    "open_lines": "Khoản xã quyết định tính hay không",
    "per_person_month": "Thu nhập một người một tháng (đồng)",
    "band": "Mức thu nhập",
    "verdict": "Kết luận",
    "posted_on": "Ngày niêm yết",
    "posting_ends_on": "Niêm yết đến hết ngày",
    "objected_on": "Ngày có ý kiến",
    "objection": "Ý kiến, khiếu nại",
    "rechecked_on": "Ngày phúc tra",
    "objection_answer": "Kết quả phúc tra",
    "decision_number": "Số văn bản",
    "decided_on": "Ngày văn bản",
    "refusal_reason": "Lý do không công nhận",
    "ladder_place": "Người thứ mấy trong hộ",
    "months": "Số tháng",
    "paid_on": "Ngày thu tiền",
    "total": "Tổng mức đóng",
    "state_support": "Nhà nước hỗ trợ",
    "local_support": "Tỉnh hỗ trợ",
    "other_support": "Nguồn khác hỗ trợ",
    "own_share": "Người dân đóng",
    "override_reason": "Lý do số tiền khác quy định",
    "payment": "Cách trả tiền",
    "receipt": "Biên lai",
    "receipt_book": "Quyển biên lai",
    "receipt_number": "Số biên lai",
    "collected_by": "Người thu",
    "collector_code": "Mã nhân viên thu",
    "mobilised_by": "Người vận động",
    "card_from": "Thẻ từ ngày",
    "card_to": "Thẻ đến ngày",
    "phone_consent": "Đồng ý cho người thu biết số điện thoại",
    "state_on": "Ngày chuyển trạng thái",
    "list_number": "Danh sách số",
    "state_by": "Người chuyển trạng thái",
    "return_reason": "Lý do trả lại",
    "cancelled_reason": "Lý do hủy",
    "sponsorship": "Suất tài trợ",
    "sponsor": "Nhà tài trợ",
    "sponsor_name": "Tên nhà tài trợ",
    "amount": "Số tiền tài trợ",
    "agreed_on": "Ngày nhận tài trợ",
    "ends_on": "Dùng đến hết ngày",
    "withdrawn_on": "Ngày rút lại",
    "withdrawn_reason": "Lý do rút lại",
    "source": "Nguồn",
    "benefit_to": "Hưởng trợ cấp thất nghiệp đến",
    "paid_to": "Đã đóng đến",
    "assigned_to": "Giao cho",
    "asked_on": "Ngày giao",
    "outcome_on": "Ngày có kết quả",
    "call_on": "Hẹn gặp lại ngày",
    "about": "Về",
    "text": "Nội dung",
    "state": "Trạng thái",
    "answer": "Trả lời",
}

ENTITY = {
    "household": "Hộ",
    "member": "Người",
    "card": "Thẻ BHYT",
    "entitlement": "Quyền lợi, diện",
    "visit": "Lượt đến",
    "farm_assessment": "Phiếu thu nhập",
    "farm_request": "Đề nghị công nhận",
    "enrolment": "Hồ sơ tham gia BHYT",
    "sponsorship": "Suất thẻ được tài trợ",
    "lead": "Việc vận động BHXH tự nguyện",
    "listing": "Chỗ trong danh sách gửi BHXH",
    "field_note": "Ghi chú từ thôn",
}

ROLE = {
    "surveyor": "Người rà soát",
    "officer": "Cán bộ xã",
    "bhxh": "Cán bộ BHXH",
    "viewer": "Ban Chỉ đạo (chỉ xem)",
    "admin": "Quản trị",
}

DEVICE_STATE = {
    "active": "Đang dùng",
    "revoked": "Đã khóa",
    "stolen": "Báo mất, sẽ xóa",
    "signed_out": "Đã đăng xuất",
}

CHANGE_STATUS = {
    "applied": "Đã ghi",
    "merged": "Ghi một phần",
    "held": "Chờ xét",
    "malformed": "Không đọc được",
}

WAITING_STATE = {
    "open": "Chờ xét",
    "applied": "Đã ghi",
    "rejected": "Không nhận",
    "superseded": "Đã có bản sau",
    "returned": "Trả lại thôn",
    "answered": "Đã trả lời",
}

REVIEW_KIND = {
    "conflict": "Hai nơi ghi khác nhau",
    "held": "Sai quy tắc",
    "duplicate": "Có thể trùng",
    "note": "Lời nhắn từ thôn",
    "wrong_village": "Thuộc thôn khác",
    "officer": "Chỉ xã được ghi",
    "late": "Người gửi không còn quyền",
    "ended": "Hồ sơ đã thôi hoặc đã gộp",
    "reused": "Gửi lại với nội dung khác",
    "missing": "Thiếu hộ hoặc người",
    "rescue": "Cứu về sau khôi phục",
    "error": "Máy chủ chưa xử lý được",
    "sent_back": "Xã nhờ hỏi lại",
}

DECISION_KIND = {
    "accepted": "Đã nhận",
    "rejected": "Không nhận",
    "returned": "Trả lại thôn",
    "sent_back": "Nhờ thôn hỏi lại",
    "answered": "Đã trả lời",
    "closed": "Đã khép lại",
    "moved": "Chuyển hộ",
    "merged": "Gộp hồ sơ",
    "stays": "Giữ ở thôn cũ",
}

PAIR_STATE = {
    "open": "Chờ xét",
    "merged": "Đã gộp",
    "not_same": "Không phải một",
    "gone": "Không còn giống nhau",
}

DUPLICATE_WHY = {
    "same_personal_id": "cùng số định danh",
    "same_bhxh_number": "cùng mã số BHXH",
    "same_old_id": "cùng số CMND cũ",
    "name_unnamed": "một bên chưa có tên khai sinh",
    "name_same": "cùng họ tên",
    "name_accents": "cùng họ tên, khác dấu",
    "name_called": "tên này là tên thường gọi của bản kia",
    "name_shortened": "họ tên viết thiếu chữ đệm",
    "name_slip": "họ tên lệch một chữ cái",
    "birth_same": "cùng ngày sinh",
    "birth_swapped": "ngày và tháng sinh đảo nhau",
    "birth_part": "ngày sinh lệch một chỗ",
    "birth_year": "cùng năm sinh",
    "birth_near": "năm sinh gần nhau",
    "same_phone": "cùng số điện thoại",
    "same_household": "ghi trong cùng một hộ",
    "same_mates": "người cùng hộ trùng tên",
    "same_village": "cùng thôn",
    "same_bhxh_code": "cùng mã số hộ gia đình (BHXH)",
    "same_code": "cùng mã hộ",
    "same_people": "phần lớn người trong hộ trùng nhau",
    "same_address": "cùng địa chỉ",
}

CHANNEL = {
    "phone": "Điện thoại",
    "desk": "Máy tính",
    "import": "Tệp nhập vào",
    "command": "Dòng lệnh",
    "bhxh": "BHXH trả lời",
}

EVIDENCE = {
    "app": "Tra trên ứng dụng",
    "bhxh_list": "Danh sách của BHXH",
    "bhxh_issued": "BHXH đã cấp",
    "receipt": "Biên lai",
    "card_seen": "Đã xem thẻ",
    "school": "Nhà trường",
    "employer": "Nơi làm việc",
    "unit": "Đơn vị",
    "told": "Nghe nói",
    "decision_seen": "Đã xem quyết định",
    "list": "Danh sách",
    "decision": "Quyết định",
}

ENTITLEMENT = {
    "merit": "Người có công",
    "merit_relative": "Thân nhân người có công",
    "martyr_relative": "Thân nhân liệt sĩ",
    "veteran": "Cựu chiến binh",
    "resistance": "Tham gia kháng chiến",
    "social_allowance": "Hưởng trợ cấp xã hội",
    "social_pension": "Hưởng trợ cấp hưu trí xã hội",
    "survivor_allowance": "Hưởng tiền tuất",
    "armed_forces": "Quân đội",
    "armed_forces_family": "Thân nhân quân nhân",
    "police": "Công an",
    "police_family": "Thân nhân công an",
    "cipher": "Cơ yếu",
    "cipher_family": "Thân nhân cơ yếu",
    "village_officer": "Người hoạt động không chuyên trách",
    "village_health_worker": "Nhân viên y tế thôn",
    "grassroots_security": "Lực lượng an ninh cơ sở",
    "artisan": "Nghệ nhân",
    "left_poverty": "Mới thoát nghèo",
    "left_region": "Xã vừa ra khỏi khu vực II, III",
    "organ_donor": "Người hiến tạng",
    "other": "Khác",
}

VISIT_OUTCOME = {
    "met": "Đã gặp",
    "partly": "Gặp, chưa hỏi hết",
    "unchanged": "Đúng như cũ",
    "absent": "Đi vắng",
    "declined": "Chưa muốn cung cấp",
    "moved": "Đã chuyển đi",
    "not_found": "Không tìm thấy nhà",
    "wrong_village": "Thuộc thôn khác",
}

END_REASON = {
    "deceased": "Đã mất",
    "moved_away": "Chuyển đi",
    "dissolved": "Hộ giải thể",
    "duplicate": "Ghi trùng",
    "other": "Khác",
}

PERSONAL_ID_STATE = {
    "seen": "Đã xem",
    "told": "Nghe đọc",
    "not_shown": "Chưa cho xem",
    "not_issued": "Chưa được cấp",
}

FIELD_NOTE_KIND = {
    "difficulty": "Khó khăn",
    "complaint": "Kiến nghị",
    "wrong_card": "Thẻ sai",
    "question": "Câu hỏi",
}

ENROLMENT_STATE = {
    "draft": "Nháp, chưa thu",
    "submitted": "Đã nộp",
    "checked": "Xã đã kiểm tra",
    "on_list": "Đã vào danh sách",
    "issued": "Đã cấp thẻ",
    "returned": "Trả lại để sửa",
    "cancelled": "Đã hủy",
}

DUTY_KIND = {
    "committee_member": "Thành viên Ban Chỉ đạo",
    "village_head": "Trưởng thôn",
    "party_secretary": "Bí thư chi bộ",
    "collector": "Nhân viên thu",
    "survey_team": "Tổ rà soát",
    "respected_person": "Người có uy tín",
}

PLAN_STATE = {
    "draft": "Dự thảo",
    "in_force": "Đang áp dụng",
    "replaced": "Đã thay",
}

TARGET_HOLDER = {
    "area": "Địa bàn",
    "person": "Người phụ trách",
    "school": "Trường",
    "agency": "Tổ chức thu",
}

PLAN_BASIS = {
    "population": "Dân số",
    "working_age": "Dân số trong độ tuổi lao động",
    "labour_force": "Lực lượng lao động trong độ tuổi",
}

SPONSOR_KIND = {
    "business": "Doanh nghiệp",
    "person": "Cá nhân",
    "fund": "Quỹ",
    "school": "Trường học",
    "commune_budget": "Ngân sách xã",
}

SPONSORSHIP_STATE = {
    "open": "Chưa dùng",
    "used": "Đã dùng",
    "withdrawn": "Đã rút lại",
    "lapsed": "Quá hạn dùng",
}

LEAD_KIND = {
    "survey": "Qua rà soát",
    "paused": "Đang bảo lưu",
    "jobless": "Hưởng trợ cấp thất nghiệp",
    "lapsed": "Ngừng đóng tự nguyện",
}

LISTING_STATE = {
    "submitted": "Đã trình duyệt ở xã",
    "sealed": "Đã gửi BHXH",
    "pulled": "BHXH đã lấy về",
    "received": "BHXH đã nhận đủ",
    "issued": "BHXH đã cấp thẻ",
    "returned": "BHXH trả lại",
    "off": "Không còn trong danh sách",
}

LEAD_OUTCOME = {
    "joined": "Đã tham gia",
    "call_later": "Hẹn gặp lại",
    "no": "Không tham gia",
    "not_found": "Không gặp được",
}

FARM_REQUEST_STATE = {
    "draft": "Đang soạn",
    "submitted": "Đã đề nghị",
    "checked": "Đã kiểm tra",
    "posted": "Đang niêm yết",
    "objected": "Có ý kiến, đang phúc tra",
    "rechecked": "Đã phúc tra",
    "approved": "Đã công nhận",
    "refused": "Không công nhận",
    "cancelled": "Hộ rút đề nghị",
}

FARM_BAND = {
    "poor": "Nghèo",
    "near_poor": "Cận nghèo",
    "poor_or_near_poor": "Nghèo hoặc cận nghèo",
    "average": "Trung bình",
    "above": "Trên trung bình",
}

OTHER_VALUES: dict[str, dict[str, str]] = {
    "best_time": {
        "morning": "Sáng",
        "noon": "Trưa",
        "evening": "Tối",
        "weekend": "Cuối tuần",
        "after_harvest": "Sau mùa vụ",
    },
    "intends_to_join": {"yes": "Có", "no": "Không", "undecided": "Chưa quyết"},
    "voluntary_interest": {"yes": "Có", "later": "Để sau", "no": "Không"},
    "birth_registration": {
        "registered": "Đã khai sinh",
        "birth_paper": "Có giấy chứng sinh",
        "none": "Chưa có",
    },
    "since_reason": {"born": "Mới sinh", "moved_in": "Chuyển đến", "found": "Rà soát thấy"},
    "end_evidence": {
        "certificate": "Giấy chứng tử, giấy chuyển",
        "police": "Công an xã",
        "family": "Gia đình báo",
        "village_head": "Trưởng thôn báo",
    },
    "respondent_kind": {
        "member": "Người trong hộ",
        "relative": "Họ hàng",
        "neighbour": "Hàng xóm",
        "village_head": "Trưởng thôn",
    },
    "absence_reason": {
        "in_the_fields": "Đi làm đồng",
        "working_far": "Đi làm xa",
        "hospital": "Đi viện",
        "away": "Đi vắng",
        "locked": "Nhà khóa cửa",
    },
    "living_area": {"K1": "K1", "K2": "K2", "K3": "K3"},
    "state": {"open": "Chờ trả lời", "answered": "Đã trả lời", "closed": "Đã xong"},
}

FACT = {
    "settlement": "Nông thôn hay thành thị",
    "region": "Khu vực (vùng DTTS và miền núi)",
    "special_difficulty": "Thôn đặc biệt khó khăn",
    "island": "Xã đảo, huyện đảo",
    "atk": "Xã an toàn khu (ATK)",
    "new_rural": "Nông thôn mới",
    "poor_commune": "Xã nghèo (danh sách của Thủ tướng)",
    "left_region": "Đã ra khỏi khu vực II, III",
}

FACT_VALUE = {
    "rural": "Nông thôn",
    "urban": "Thành thị",
    "I": "Khu vực I",
    "II": "Khu vực II",
    "III": "Khu vực III",
    "yes": "Có",
    "no": "Không",
    "reached": "Đạt chuẩn",
    "advanced": "Nâng cao",
    "model": "Kiểu mẫu",
    "not_reached": "Chưa đạt",
}

LISTS: dict[str, dict[str, str]] = {
    "status": {str(key): text for key, text in words.STATUS.items()},
    "area_level": {str(key): text for key, text in words.AREA_LEVEL.items()},
    "sex": words.SEX,
    "relation": words.RELATION,
    "living_class": words.LIVING_CLASS,
    "registration": words.REGISTRATION,
    "presence": words.PRESENCE,
    "work": words.WORK,
    "uninsured_reason": words.UNINSURED_REASON,
    "social_insurance": words.SOCIAL_INSURANCE,
    "insurance_answer": words.INSURANCE_ANSWER,
    "field": FIELD,
    "entity": ENTITY,
    "role": ROLE,
    "device_state": DEVICE_STATE,
    "change_status": CHANGE_STATUS,
    "waiting_state": WAITING_STATE,
    "review_kind": REVIEW_KIND,
    "decision_kind": DECISION_KIND,
    "pair_state": PAIR_STATE,
    "duplicate_why": DUPLICATE_WHY,
    "channel": CHANNEL,
    "evidence": EVIDENCE,
    "living_class_source": EVIDENCE,
    "kind": ENTITLEMENT,
    "outcome": VISIT_OUTCOME,
    "end_reason": END_REASON,
    "personal_id_state": PERSONAL_ID_STATE,
    "fact": FACT,
    "fact_value": FACT_VALUE,
    "field_note_kind": FIELD_NOTE_KIND,
    "enrolment_state": ENROLMENT_STATE,
    "payment": {"cash": "Tiền mặt", "transfer": "Chuyển khoản"},
    "sponsor_kind": SPONSOR_KIND,
    "duty_kind": DUTY_KIND,
    "plan_state": PLAN_STATE,
    "target_holder": TARGET_HOLDER,
    "plan_basis": PLAN_BASIS,
    "sponsorship_state": SPONSORSHIP_STATE,
    "lead_kind": LEAD_KIND,
    "lead_outcome": LEAD_OUTCOME,
    "listing_state": LISTING_STATE,
    "farm_request_state": FARM_REQUEST_STATE,
    "band": FARM_BAND,
    "verdict": {"qualifies": "Đủ điều kiện", "does_not": "Không đủ điều kiện"},
    "bhxh_reason": {str(code): reason.what for code, reason in REASONS.items()},
    "bhxh_todo": {str(code): reason.todo for code, reason in REASONS.items()},
    "bhxh_row_state": {
        "open": "Chưa trả lời",
        "issued": "Đã cấp thẻ",
        "confirmed": "Đã ghi giảm",
        "returned": "Trả lại",
    },
    "bhxh_row_kind": {"increase": "Tăng", "decrease": "Giảm"},
    **OTHER_VALUES,
    **LEGAL_LISTS,
    **CARD_LIST_WORDS,
}


def word_of(kind: str, value: object) -> str:
    """The Vietnamese word for a value of a list. A value without a word is its own."""
    text = str(value)
    return LISTS.get(kind, {}).get(text, text)
