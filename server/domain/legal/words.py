"""The words people read for the codes of the legal rules: Vietnamese, and the message ids under
which other languages find their own."""

STEP = {
    "wage_contract": "Có hợp đồng lao động",
    "compulsory_insurance": "Đang đóng BHXH bắt buộc",
    "registered_business": "Chủ hộ kinh doanh đóng BHXH bắt buộc",
    "pension": "Đang hưởng lương hưu",
    "monthly_allowance": "Đang hưởng trợ cấp BHXH hằng tháng",
    "unemployment_benefit": "Đang hưởng trợ cấp thất nghiệp",
    "pupil": "Là học sinh",
    "student": "Là sinh viên",
    "under_six": "Trẻ em dưới 6 tuổi, hoặc thẻ trẻ em còn hạn",
    "survivor_allowance": "Hưởng trợ cấp tuất hằng tháng và đủ tuổi",
    "survivor_allowance_near_poor": "Hưởng trợ cấp tuất hằng tháng, hộ cận nghèo và đủ tuổi",
    "poor_household": "Thuộc hộ nghèo",
    "near_poor_household": "Thuộc hộ cận nghèo",
    "near_poor_minority_in_mountains": "Người dân tộc thiểu số, hộ cận nghèo, ở vùng dân tộc"
    " thiểu số và miền núi",
    "average_farm_household": "Hộ nông, lâm, ngư, diêm nghiệp có mức sống trung bình đã được"
    " công nhận",
    "special_difficulty": "Sống ở nơi đặc biệt khó khăn",
    "minority_in_hard_area": "Người dân tộc thiểu số sống ở nơi khó khăn, đặc biệt khó khăn",
    "island": "Sống ở xã đảo",
    "atk": "Thường trú ở xã an toàn khu",
    "commune_left_region": "Người dân tộc thiểu số ở xã vừa ra khỏi vùng khó khăn",
    "household": "Không thuộc nhóm nào khác: tham gia theo hộ gia đình",
    "no_residence": "Chưa đăng ký cư trú: tự tham gia",
    "trafficking_victim": "Nạn nhân theo Luật Phòng, chống mua bán người",
    "order_a": "Thuộc nhiều nhóm: lấy nhóm đứng trước theo thứ tự của Điều 12",
    "order_c": "Người hoạt động không chuyên trách cấp xã: lấy nhóm theo thứ tự riêng",
    "order_d": "Lương hưu, cán bộ xã nghỉ việc: cơ quan BHXH đóng",
    "order_đ": "Trợ cấp tuất, hưu trí xã hội: ngân sách nhà nước đóng",
    "order_g": "Nhiều nhóm được hỗ trợ: lấy nhóm có mức hỗ trợ cao nhất",
    "may_choose_household": "Được chọn tham gia theo hộ gia đình",
    "may_not_choose_household": "Không được chọn tham gia theo hộ gia đình",
    "may_join_as_household": "Được tham gia theo hộ gia đình",
}

NEED = {
    "birth_date": "ngày sinh đầy đủ (xem giấy khai sinh)",
    "registration": "nơi đăng ký cư trú",
    "ethnic_group": "dân tộc",
    "poor_commune": "xã có thuộc danh sách xã nghèo hay không",
}

HINT = {
    "social_pension_age": "Đủ tuổi hưởng trợ cấp hưu trí xã hội: nếu được hưởng thì có thẻ"
    " miễn phí, chưa thấy ai ghi.",
    "social_pension_poor_age": "Hộ nghèo, cận nghèo và đủ tuổi hưởng trợ cấp hưu trí xã hội:"
    " nếu được hưởng thì có thẻ miễn phí, chưa thấy ai ghi.",
}

CARD_RULE = {
    "first": "lần đầu, phải chờ",
    "gap_long": "gián đoạn lâu, phải chờ",
    "gap_short": "gián đoạn ngắn, có hiệu lực ngay ngày đóng",
    "continuous": "nối tiếp thẻ cũ",
    "grade_1": "học sinh lớp 1, theo năm học",
    "child_to_cut": "thẻ trẻ em",
    "child_after_cut": "thẻ trẻ em",
}

SUPPORT_END = {
    "region": "Xã ra khỏi khu vực II, III",
    "region_months": "Hết thời hạn hỗ trợ sau khi xã ra khỏi khu vực II, III",
    "area": "Nơi ở thôi là nơi khó khăn, xã đảo, xã an toàn khu hoặc xã nghèo",
    "living_class": "Hết hạn trong danh sách hộ nghèo, cận nghèo",
    "farm": "Hết hạn công nhận hộ nông nghiệp mức sống trung bình",
    "child": "Trẻ hết tuổi hưởng thẻ miễn phí",
    "school": "Học xong lớp 12",
    "entitlement": "Hết thời gian hưởng chế độ",
    "unemployment": "Hết trợ cấp thất nghiệp",
}

TABLE = {
    "ages": "Các mốc tuổi",
    "base_salary": "Lương cơ sở",
    "benefit": "Mức hưởng",
    "card_start": "Ngày bắt đầu của thẻ",
    "contribution": "Mức đóng",
    "days_off": "Ngày nghỉ",
    "farm_lines": "Phiếu thu nhập",
    "five_years": "Năm năm liên tục",
    "group_order": "Thứ tự các nhóm",
    "groups": "Mã nhóm trên thẻ",
    "household_choice": "Quyền chọn nhóm hộ gia đình",
    "law_group": "Nhóm theo Điều 12",
    "local_support": "Hỗ trợ của tỉnh",
    "poverty": "Chuẩn nghèo, mức sống",
    "state_support": "Hỗ trợ của nhà nước",
    "support_months": "Thời hạn hỗ trợ",
    "voluntary": "BHXH tự nguyện",
    "working_age": "Tuổi lao động",
}

CONFIDENCE = {
    "seen": "đã đọc văn bản",
    "memory": "chưa đối chiếu văn bản",
    "derived": "suy ra",
    "open": "chưa biết",
}

PAID_BY = {
    "employer": "Đóng theo tiền lương: người sử dụng lao động hai phần, người lao động một phần.",
    "social_insurance": "Cơ quan BHXH đóng, người dân không phải đóng.",
    "budget": "Ngân sách nhà nước đóng, người dân không phải đóng.",
}

VOLUNTARY_REASON = {
    "too_young": "Chưa đủ tuổi tham gia.",
    "under_compulsory": "Đang đóng BHXH bắt buộc.",
    "has_pension": "Đang hưởng lương hưu.",
    "has_monthly_allowance": "Đang hưởng trợ cấp BHXH hằng tháng.",
    "village_officer": "Cán bộ thôn đóng BHXH bắt buộc từ 01/07/2025.",
    "employee": "Có hợp đồng lao động: nơi làm việc phải đóng BHXH bắt buộc.",
    "birth_date": "Cần ngày sinh đầy đủ để biết đã đủ tuổi tham gia hay chưa.",
    "sex": "Chưa ghi nam hay nữ, nên chưa biết đã qua tuổi nghỉ hưu hay chưa.",
    "past_retirement": "Đã qua tuổi nghỉ hưu: vẫn được đóng tiếp nếu còn thiếu năm.",
    "not_known": "Chưa biết tuổi nghỉ hưu của ngày này: bảng 'Tuổi lao động'.",
}

VOLUNTARY_AS = {
    "poor": "mức hộ nghèo, xã đảo, đặc khu",
    "near_poor": "mức hộ cận nghèo",
    "ethnic_minority": "mức người dân tộc thiểu số",
    "other": "mức chung",
}

LEGAL_LISTS: dict[str, dict[str, str]] = {
    "legal_step": STEP,
    "legal_need": NEED,
    "legal_hint": HINT,
    "support_end": SUPPORT_END,
    "card_rule": CARD_RULE,
    "legal_table": TABLE,
    "legal_confidence": CONFIDENCE,
    "paid_by": PAID_BY,
    "voluntary_reason": VOLUNTARY_REASON,
    "voluntary_as": VOLUNTARY_AS,
}
