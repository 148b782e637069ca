"""The columns of a clean roster: one row a person, households told apart by their code."""

from schemas.kinds import LivingClassSource
from server.domain.codes import ethnic_code
from server.domain.field_words import ENTITLEMENT, EVIDENCE
from server.domain.words import (
    INSURANCE_ANSWER,
    LIVING_CLASS,
    PRESENCE,
    REGISTRATION,
    RELATION,
    SEX,
    SOCIAL_INSURANCE,
    WORK,
)
from server.roster.layout import Column, Layout
from server.roster.sexed import SEXED
from server.tables.called import (
    BHXH_NUMBER_CALLED,
    BIRTH_CALLED,
    CARD_CALLED,
    CLINIC_CALLED,
    FROM_CALLED,
    HOUSEHOLD_CALLED,
    NAME_CALLED,
    PERSONAL_ID_CALLED,
    SEX_CALLED,
    SEX_SAID,
    TO_CALLED,
    VILLAGE_CALLED,
)
from server.tables.values import (
    Wrong,
    bhxh_number,
    one_of,
    partial_date,
    pattern,
    personal_id,
    text,
    whole_date,
    yes_no,
)

CARD_EVIDENCE = (
    "app", "bhxh_list", "bhxh_issued", "receipt", "card_seen", "school", "employer", "unit", "told",
)  # fmt: skip


def ethnic(value: str) -> str:
    code = ethnic_code(value)
    if code is None:
        raise Wrong("not_in_list", choices="Kinh, Thái, Mường, … theo danh mục 54 dân tộc")
    return code


RELATIONS = one_of(
    RELATION,
    {
        "chủ": "head", "vợ": "spouse", "chồng": "spouse", "con trai": "child", "con gái": "child",
        "con đẻ": "child", "con dâu": "child_in_law", "con rể": "child_in_law",
        "dâu": "child_in_law", "rể": "child_in_law", "bố": "parent", "mẹ": "parent",
        "cha": "parent", "bố đẻ": "parent",
        "mẹ đẻ": "parent", "bố vợ": "parent_in_law", "mẹ vợ": "parent_in_law",
        "bố chồng": "parent_in_law", "mẹ chồng": "parent_in_law", "ông": "grandparent",
        "bà": "grandparent", "ông nội": "grandparent", "bà nội": "grandparent",
        "ông ngoại": "grandparent", "bà ngoại": "grandparent", "cháu": "grandchild",
        "cháu nội": "grandchild", "cháu ngoại": "grandchild", "anh": "sibling", "chị": "sibling",
        "em": "sibling", "anh trai": "sibling", "chị gái": "sibling", "em trai": "sibling",
        "em gái": "sibling", "anh rể": "sibling_in_law", "em rể": "sibling_in_law",
        "chị dâu": "sibling_in_law", "em dâu": "sibling_in_law", "cháu gọi bằng cô": "niece_nephew",
        "cháu gọi bằng chú": "niece_nephew", "cháu gọi bằng bác": "niece_nephew",
        "họ hàng": "other_relative", "con nuôi": "ward", "ở nhờ": "not_related",
        "khác": "other_relative",
    },
)  # fmt: skip
LIVING_CLASSES = one_of(
    LIVING_CLASS,
    {"nghèo": "poor", "cận nghèo": "near_poor", "trung bình": "average", "HN": "poor",
     "HCN": "near_poor", "không nghèo": "other", "bình thường": "other"},
)  # fmt: skip
REGISTRATIONS = one_of(REGISTRATION, {"TT": "permanent", "KT3": "temporary", "chưa": "none"})
PRESENCES = one_of(
    PRESENCE,
    {"tại nhà": "here", "có mặt": "here", "đi học": "studying", "đi làm": "working_away",
     "đi làm ăn xa": "working_away", "nước ngoài": "abroad", "XKLĐ": "abroad",
     "đi nghĩa vụ": "military", "bộ đội": "military", "đi viện": "treatment",
     "đi tù": "detained", "vắng": "other", "đi vắng": "other"},
)  # fmt: skip
WORKS = one_of(
    WORK,
    {"làm ruộng": "farm", "nông nghiệp": "farm", "nông dân": "farm", "làm nông": "farm",
     "công nhân": "wage_contract", "công chức": "wage_contract", "viên chức": "wage_contract",
     "giáo viên": "wage_contract", "làm thuê": "wage_no_contract",
     "lao động tự do": "wage_no_contract", "buôn bán": "own_business", "kinh doanh": "own_business",
     "HS": "pupil", "SV": "student", "hưu trí": "retired", "hưu": "retired",
     "mất sức": "unable", "già yếu": "unable", "thất nghiệp": "unemployed", "còn nhỏ": "none"},
)  # fmt: skip
ANSWERS = one_of(
    INSURANCE_ANSWER,
    {"hết hạn": "had_card", "chưa có thẻ": "never_had", "chưa có": "never_had",
     "còn thẻ": "has_card", "không rõ": "does_not_know"},
)  # fmt: skip
EVIDENCES = one_of(
    {value: EVIDENCE[value] for value in CARD_EVIDENCE},
    {
        "VssID": "app",
        "VNeID": "app",
        "tra cứu": "app",
        "BHXH": "bhxh_list",
        "thẻ giấy": "card_seen",
    },
)

CLASS_SOURCES = one_of(
    {each.value: EVIDENCE[each.value] for each in LivingClassSource},
    {"QĐ": "decision", "DS": "list", "hộ tự khai": "told", "tự khai": "told"},
)
SOCIAL_INSURANCES = one_of(
    SOCIAL_INSURANCE,
    {"BHXH bắt buộc": "compulsory", "BHXH tự nguyện": "voluntary", "bảo lưu": "paused",
     "hưu trí": "pension", "không tham gia": "none"},
)  # fmt: skip
RIGHT = one_of(
    ENTITLEMENT,
    {"NCC": "merit", "thân nhân NCC": "merit_relative", "CCB": "veteran",
     "bảo trợ xã hội": "social_allowance", "BTXH": "social_allowance",
     "trợ cấp xã hội": "social_allowance", "hưu trí xã hội": "social_pension",
     "trợ cấp hưu trí xã hội": "social_pension", "tiền tuất": "survivor_allowance",
     "thoát nghèo": "left_poverty", "hiến tạng": "organ_donor",
     "y tế thôn": "village_health_worker", "y tế thôn bản": "village_health_worker"},
)  # fmt: skip


def rights(value: str) -> list[str]:
    """Several rights of one person, parted by a semicolon."""
    return [RIGHT(part) for part in value.split(";") if part.strip()]


MOBILE = pattern(r"\+?\d{6,15}", "Ghi như 0912345678.", r"[\s.\-]")

HOUSEHOLD_KEYS = (
    "code", "address", "hamlet", "directions", "phone", "bhxh_household_code", "living_class",
    "living_class_source", "living_class_from", "living_class_to", "average_farm",
    "average_farm_from", "average_farm_to", "hardship",
)  # fmt: skip
MEMBER_KEYS = (
    "full_name", "known_as", "relation", "birth_date", "sex", "personal_id", "ethnic_group",
    "registration", "presence", "work", "bhxh_number", "insurance_answer", "insurance_asked_on",
    "old_id_number", "school_class", "social_insurance",
)  # fmt: skip
CARD_KEYS = (
    "number", "insurance_group", "valid_from", "valid_to", "evidence", "first_clinic",
    "five_year_on",
)  # fmt: skip
OWN_PHONE = "member_phone"
"""A person's own number: `phone` is the household's."""
RIGHT_DAYS = {"right_from": "valid_from", "right_to": "valid_to"}
"""Columns with the days of what somebody is entitled to, and the fields they fill."""

LAYOUT = Layout(
    "households",
    "Danh sách hộ và người",
    named="full_name",
    columns=(
        Column("commune", "Xã", text(), hint="Mã hoặc tên xã. Để trống khi cả tệp của một xã.",
               examples=("15646", "15646", "15646"), aliases=("Mã xã", "Xã, phường"), width=10),
        Column("village", "Thôn", text(), needed=True, examples=("Thôn Hưng Long",) * 3,
               aliases=VILLAGE_CALLED, width=18),
        Column("code", "Mã hộ", text(), needed=True, examples=("HL-001", "HL-001", "HL-002"),
               hint="Mỗi hộ một mã trong thôn; người cùng hộ ghi cùng mã.",
               aliases=HOUSEHOLD_CALLED),
        Column("address", "Địa chỉ", text(), examples=("Số 5, ngõ 2", "", ""), width=20),
        Column("hamlet", "Xóm, khu", text(), aliases=("Xóm", "Khu"), examples=("Xóm 1",)),
        Column("phone", "Điện thoại hộ", MOBILE,
               aliases=("Điện thoại", "Số điện thoại"), examples=("0912345678",)),
        Column("living_class", "Hạng hộ", LIVING_CLASSES, aliases=("Mức sống", "Loại hộ"),
               examples=("Hộ cận nghèo", "", "Mức sống trung bình"), width=18),
        Column("full_name", "Họ và tên", text(), needed=True, width=24,
               examples=("Cầm Bá Thức", "Vi Thị Hoa", "Lê Thị Mơ"), aliases=NAME_CALLED),
        Column("known_as", "Tên thường gọi", text()),
        Column("relation", "Quan hệ", RELATIONS,
               aliases=("Quan hệ với chủ hộ", "QH với chủ hộ", "Quan hệ chủ hộ"),
               examples=("Chủ hộ", "Vợ", "Chủ hộ")),
        Column("birth_date", "Ngày sinh", partial_date, hint="Ngày, tháng/năm hoặc chỉ năm.",
               examples=("17/05/1980", "1983", "03/1955"), width=12,
               aliases=BIRTH_CALLED),
        *SEXED,
        Column("sex", "Giới tính", one_of(SEX, SEX_SAID), aliases=SEX_CALLED,
               examples=("Nam", "Nữ", "Nữ"), width=10),
        Column("personal_id", "Số định danh", personal_id, width=16,
               examples=("038080001234", "", "038155000077"), aliases=PERSONAL_ID_CALLED),
        Column("ethnic_group", "Dân tộc", ethnic, examples=("Thái", "Thái", "Kinh"), width=12),
        Column("registration", "Đăng ký cư trú", REGISTRATIONS, aliases=("Cư trú",),
               examples=("Thường trú",) * 3),
        Column("presence", "Nơi ở", PRESENCES, aliases=("Hiện ở đâu",),
               examples=("Ở nhà", "Đi làm xa", "Ở nhà"), width=18),
        Column("work", "Nghề", WORKS, aliases=("Nghề nghiệp", "Việc làm"),
               examples=("Làm ruộng", "Công nhân", "Già yếu"), width=18),
        Column("bhxh_number", "Mã số BHXH", bhxh_number, aliases=BHXH_NUMBER_CALLED,
               examples=("", "3812345678", "")),
        Column("number", "Số thẻ", pattern(r"[A-Z]{2}[1-5]\d{2}\d{10}|\d{10}",
               "Số thẻ có 15 ký tự hoặc 10 chữ số."), aliases=CARD_CALLED, width=18,
               examples=("GD4383812345678", "", "")),
        Column("insurance_group", "Nhóm", pattern(r"[A-Z]{2}", "Hai chữ cái như GD, HN, TE."),
               aliases=("Mã nhóm",), width=8, examples=("GD", "DN", "")),
        Column("valid_from", "Thẻ từ", partial_date, aliases=FROM_CALLED,
               examples=("01/01/2026", "01/01/2026", ""), width=12),
        Column("valid_to", "Thẻ đến", partial_date, aliases=TO_CALLED,
               examples=("31/12/2026", "31/12/2026", ""), width=12),
        Column("evidence", "Căn cứ thẻ", EVIDENCES, width=18,
               hint="Để trống: theo danh sách của BHXH.", examples=("Danh sách của BHXH", "", "")),
        Column("insurance_answer", "Trả lời về thẻ", ANSWERS, width=16,
               hint="Chỉ ghi khi đã hỏi; để trống là chưa hỏi.", examples=("", "", "Chưa từng có")),
        Column("insurance_asked_on", "Ngày hỏi", whole_date, examples=("", "", "15/09/2026")),
        Column("average_farm", "Hộ nông nghiệp mức sống trung bình", yes_no, width=20,
               hint="Có quyết định công nhận thì ghi có.", examples=("", "", "có")),
        Column("average_farm_from", "Công nhận từ ngày", whole_date, width=12,
               hint="Ngày đầu của quyết định công nhận hộ nông nghiệp mức sống trung bình.",
               examples=("", "", "01/01/2026")),
        Column("average_farm_to", "Công nhận đến ngày", whole_date, width=12,
               hint="Để trống khi quyết định không ghi.", examples=("", "", "31/12/2026")),
        Column("living_class_source", "Mức sống theo", CLASS_SOURCES,
               hint="Quyết định, danh sách hoặc lời khai; để trống: theo danh sách.",
               examples=("Quyết định",)),
        Column("living_class_from", "Mức sống từ ngày", whole_date, width=12,
               hint="Ngày đầu của quyết định, danh sách hộ nghèo, cận nghèo.",
               examples=("01/01/2026",)),
        Column("living_class_to", "Mức sống đến ngày", whole_date, width=12,
               examples=("31/12/2026",)),
        Column("hardship", "Hộ khó khăn", yes_no, width=12,
               hint="Ghi có để đề nghị nhà tài trợ tặng thẻ.", examples=("có",)),
        Column("bhxh_household_code", "Mã hộ BHXH", text(), hint="Mã hộ gia đình của cơ quan BHXH.",
               aliases=("Mã hộ gia đình", "Mã HGĐ")),
        Column("directions", "Chỉ đường", text(), width=20),
        Column(OWN_PHONE, "Điện thoại người", MOBILE, aliases=("Điện thoại cá nhân",)),
        Column("old_id_number", "Số CMND cũ", pattern(r"\d{9}", "Số chứng minh cũ có 9 chữ số."),
               aliases=("CMND", "Số CMND")),
        Column("school_class", "Lớp", text(40), width=8),
        Column("social_insurance", "Tham gia BHXH", SOCIAL_INSURANCES,
               examples=("", "Bắt buộc", "")),
        Column("right_kind", "Chế độ đang hưởng", rights, width=20,
               hint="Như Người có công, Cựu chiến binh; nhiều chế độ thì cách nhau bằng dấu ;",
               aliases=("Chế độ", "Diện chính sách"), examples=("", "", "Hưởng trợ cấp xã hội")),
        Column("right_from", "Chế độ từ ngày", partial_date, width=12,
               examples=("", "", "03/2025")),
        Column("right_to", "Chế độ đến ngày", partial_date, width=12),
        Column("first_clinic", "Nơi KCB ban đầu", text(), width=18,
               aliases=CLINIC_CALLED),
        Column("five_year_on", "Đủ 5 năm liên tục từ ngày", whole_date, width=12),
    ),
)  # fmt: skip
