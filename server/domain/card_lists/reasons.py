"""Why the insurance sends a row back, in words, and who must act on it: the surveyor who can ask
the family, or the officer who keeps the list."""

from dataclasses import dataclass
from enum import StrEnum

from schemas.kinds import ReturnReason


class MustAct(StrEnum):
    """Who can mend a row. The police keep personal ids, schools the rolls of pupils."""

    SURVEYOR = "surveyor"
    OFFICER = "officer"
    COLLECTOR = "collector"
    POLICE = "police"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Reason:
    """`what` is said of the row, `todo` to who must act; `field` of the person that it is about."""

    what: str
    who: MustAct
    todo: str
    field: str | None = None


REASONS: dict[str, Reason] = {
    ReturnReason.ID_MISSING: Reason(
        "Chưa có số định danh",
        MustAct.SURVEYOR,
        "Xin xem căn cước hoặc giấy khai sinh rồi ghi số định danh 12 số.",
        "personal_id",
    ),
    ReturnReason.ID_MISMATCH: Reason(
        "Số định danh không khớp",
        MustAct.SURVEYOR,
        "Xin xem lại căn cước và sửa số định danh cho đúng.",
        "personal_id",
    ),
    ReturnReason.NAME_MISMATCH: Reason(
        "Họ tên không khớp",
        MustAct.SURVEYOR,
        "Xin xem giấy tờ và ghi họ tên đúng như trên căn cước hoặc giấy khai sinh.",
        "full_name",
    ),
    ReturnReason.BIRTH_DATE_MISMATCH: Reason(
        "Ngày sinh không khớp",
        MustAct.SURVEYOR,
        "Xin xem giấy tờ và ghi ngày sinh đúng như trên giấy.",
        "birth_date",
    ),
    ReturnReason.SEX_MISMATCH: Reason(
        "Giới tính không khớp", MustAct.SURVEYOR, "Xin xem giấy tờ và sửa giới tính.", "sex"
    ),
    ReturnReason.ALREADY_INSURED: Reason(
        "Đã có thẻ bảo hiểm y tế khác",
        MustAct.SURVEYOR,
        "Xin hỏi gia đình về thẻ đang dùng và ghi số thẻ, hạn thẻ.",
        "insurance_answer",
    ),
    ReturnReason.DUPLICATE_ON_LIST: Reason(
        "Trùng với người khác trong danh sách",
        MustAct.OFFICER,
        "Xem hai dòng có phải một người không.",
    ),
    ReturnReason.NOT_ON_APPROVED_LIST: Reason(
        "Không có trong danh sách được phê duyệt",
        MustAct.OFFICER,
        "Đối chiếu quyết định công nhận, gửi kèm hoặc bỏ khỏi danh sách.",
    ),
    ReturnReason.WRONG_GROUP: Reason(
        "Sai nhóm tham gia",
        MustAct.OFFICER,
        "Xem lại nhóm của người này rồi lập danh sách bổ sung.",
    ),
    ReturnReason.WRONG_SUPPORT: Reason(
        "Sai mức hỗ trợ", MustAct.OFFICER, "Xem lại mức hỗ trợ rồi lập danh sách bổ sung."
    ),
    ReturnReason.RECEIPT_MISSING: Reason(
        "Thiếu biên lai", MustAct.SURVEYOR, "Xin ghi số biên lai đã giao cho gia đình."
    ),
    ReturnReason.AMOUNT_MISMATCH: Reason(
        "Số tiền không khớp", MustAct.OFFICER, "Đối chiếu số tiền trên biên lai với danh sách."
    ),
    ReturnReason.CLINIC_MISSING: Reason(
        "Chưa có nơi khám ban đầu",
        MustAct.SURVEYOR,
        "Xin hỏi gia đình muốn đăng ký khám ban đầu ở đâu.",
        "clinic_wanted",
    ),
    ReturnReason.CLINIC_CLOSED: Reason(
        "Nơi khám ban đầu không còn nhận",
        MustAct.SURVEYOR,
        "Xin hỏi gia đình chọn nơi khám ban đầu khác.",
        "clinic_wanted",
    ),
    ReturnReason.BIRTH_NOT_REGISTERED: Reason(
        "Trẻ chưa đăng ký khai sinh",
        MustAct.SURVEYOR,
        "Xin nhắc gia đình đăng ký khai sinh rồi ghi lại.",
        "birth_registration",
    ),
    ReturnReason.DECEASED: Reason(
        "BHXH ghi là đã mất", MustAct.SURVEYOR, "Xin hỏi lại gia đình và ghi cho đúng."
    ),
    ReturnReason.MOVED_AWAY: Reason(
        "BHXH ghi là đã chuyển đi", MustAct.SURVEYOR, "Xin hỏi lại gia đình và ghi cho đúng."
    ),
    ReturnReason.OTHER: Reason(
        "Lý do khác", MustAct.OFFICER, "Đọc ghi chú của BHXH và xử lý theo đó."
    ),
}


def who_acts(reason: str) -> MustAct:
    """Whose to-do a returned row becomes."""
    return REASONS[reason].who


def words_to_field(reason: str, number: str, note: str | None) -> str:
    """What the surveyor reads: which list, why, and what to do."""
    told = REASONS[reason]
    said = f" BHXH ghi: {note.rstrip('. ')}." if note else ""
    return f"BHXH trả lại ở danh sách số {number}: {told.what}.{said} {told.todo}"


def return_words(reason: str, note: str | None) -> str:
    """Why it came back, as an enrolment keeps it."""
    what = REASONS[reason].what
    return f"{what}. {note}" if note else what
