"""The words people read for the values of the wire: Vietnamese, as on the phone. They are also the
message ids under which other languages find their own."""

from schemas.kinds import AreaLevel, Status

STATUS: dict[str, str] = {
    Status.COVERED: "còn hạn",
    Status.ELSEWHERE: "có thẻ nơi khác",
    Status.STARTING: "chờ hiệu lực",
    Status.UNCONFIRMED: "chưa rõ hạn",
    Status.EXPIRED: "hết hạn",
    Status.NONE: "chưa có thẻ",
    Status.NOT_ASKED: "chưa hỏi",
}

SEX = {"male": "Nam", "female": "Nữ"}

RELATION = {
    "head": "Chủ hộ",
    "spouse": "Vợ/chồng",
    "child": "Con",
    "child_in_law": "Dâu/rể",
    "parent": "Cha/mẹ",
    "parent_in_law": "Cha/mẹ vợ, chồng",
    "grandparent": "Ông/bà",
    "grandchild": "Cháu (ông bà)",
    "great_grandchild": "Chắt",
    "sibling": "Anh/chị/em",
    "sibling_in_law": "Anh/chị/em dâu, rể",
    "niece_nephew": "Cháu (cô, chú)",
    "other_relative": "Họ hàng khác",
    "ward": "Con nuôi, được giám hộ",
    "not_related": "Không họ hàng",
}

LIVING_CLASS = {
    "poor": "Hộ nghèo",
    "near_poor": "Hộ cận nghèo",
    "average": "Mức sống trung bình",
    "other": "Khác",
}

REGISTRATION = {
    "permanent": "Thường trú",
    "temporary": "Tạm trú",
    "none": "Chưa đăng ký",
    "not_known": "Không rõ",
}

PRESENCE = {
    "here": "Ở nhà",
    "studying": "Đi học xa",
    "working_away": "Đi làm xa",
    "abroad": "Ở nước ngoài",
    "military": "Trong quân đội, công an",
    "treatment": "Đi chữa bệnh",
    "detained": "Đang bị giam giữ",
    "other": "Đi vắng khác",
}

WORK = {
    "farm": "Làm nông, lâm, ngư, muối",
    "wage_contract": "Làm công có hợp đồng",
    "wage_no_contract": "Làm công không hợp đồng",
    "own_business": "Buôn bán, làm nghề",
    "pupil": "Học sinh",
    "student": "Sinh viên",
    "homemaker": "Nội trợ",
    "retired": "Nghỉ hưu",
    "unable": "Không làm được",
    "unemployed": "Đang thất nghiệp",
    "none": "Không làm gì",
}

UNINSURED_REASON = {
    "cannot_afford": "Không đủ tiền",
    "healthy_no_need": "Khỏe, chưa cần",
    "away": "Đi vắng",
    "not_informed": "Chưa được biết",
    "bad_experience": "Từng không hài lòng",
    "lost_support": "Hết được hỗ trợ",
    "waiting_for_state": "Chờ nhà nước cấp",
    "employer_should_pay": "Chờ nơi làm đóng",
    "school_will_collect": "Chờ trường thu",
    "no_papers": "Thiếu giấy tờ",
    "lapsed": "Quên gia hạn",
    "other": "Khác",
}

SOCIAL_INSURANCE = {
    "none": "Không",
    "compulsory": "Bắt buộc",
    "voluntary": "Tự nguyện",
    "paused": "Tạm dừng",
    "pension": "Lương hưu",
    "monthly_allowance": "Trợ cấp hằng tháng",
    "lump_sum_taken": "Đã rút một lần",
}

INSURANCE_ANSWER = {
    "has_card": "Có thẻ",
    "had_card": "Từng có, hết hạn",
    "never_had": "Chưa từng có",
    "does_not_know": "Không biết",
    "refused_to_say": "Chưa muốn nói",
}

AREA_LEVEL = {
    AreaLevel.PROVINCE: "tỉnh, thành phố",
    AreaLevel.FORMER_DISTRICT: "huyện (cũ)",
    AreaLevel.COMMUNE: "xã, phường",
    AreaLevel.VILLAGE: "thôn, tổ dân phố",
}

INDICATOR = {
    "bhyt_coverage": "Bao phủ BHYT",
    "children_under_6": "Trẻ em dưới 6 tuổi có thẻ",
    "pupils": "Học sinh, sinh viên có thẻ",
    "budget_groups": "Người được ngân sách đóng có thẻ",
    "farm_households": "Hộ nông nghiệp mức sống trung bình có thẻ",
    "social_insurance": "Bảo hiểm xã hội",
    "voluntary_social_insurance": "Bảo hiểm xã hội tự nguyện",
    "unemployment_insurance": "Bảo hiểm thất nghiệp",
}
