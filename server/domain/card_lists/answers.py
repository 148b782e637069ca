"""What the insurance says of one row: whether it can be read, and whether it may stand beside what
was said before. Nothing that stands is ever overwritten; what does not fit is held for a person."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from schemas.kinds import AnswerOutcome, AnswerStatus, CardListRowKind, ReturnReason
from schemas.records import CARD_NUMBER
from server.domain.card_lists.digest import canonical
from server.domain.text import clean_text

ISSUED, CONFIRMED, RETURNED = (outcome.value for outcome in AnswerOutcome)
APPLIED, HELD, DISMISSED, REFUSED = (status.value for status in AnswerStatus)
NOTE_LENGTH = 2000

WORDS: dict[str, tuple[str, str]] = {
    "outcome_unknown": (
        "Kết quả phải là issued, confirmed hoặc returned.",
        "The outcome must be issued, confirmed or returned.",
    ),
    "row_needed": ("Thiếu mã dòng hoặc số thứ tự.", "Name the row by its id or its place."),
    "card_number_shape": (
        "Số thẻ phải có 15 ký tự hoặc 10 chữ số.",
        "A card number has 15 characters or 10 digits.",
    ),
    "days_needed": (
        "Cần ngày bắt đầu và ngày hết hạn của thẻ.",
        "Both days of the card are needed, as YYYY-MM-DD.",
    ),
    "ends_before_start": (
        "Thẻ hết hạn trước ngày bắt đầu.",
        "The card ends before it begins.",
    ),
    "reason_unknown": ("Lý do trả lại không có trong bảng.", "This is none of the reasons."),
    "row_not_on_list": (
        "Dòng này không có trong danh sách. Đã giữ lại để người xem.",
        "This row is not on the list. Kept for a person to look at.",
    ),
    "row_and_place_differ": (
        "Mã dòng và số thứ tự chỉ hai dòng khác nhau. Đã giữ lại để người xem.",
        "The row's id and its place name two rows. Kept for a person to look at.",
    ),
    "other_name": (
        "Họ tên ở dòng này không phải của mã dòng: có thể chỉ một số cột được sắp xếp lại.",
        "The name is not that of the row's id: some columns may have been sorted alone.",
    ),
    "outcome_of_other_kind": (
        "Cấp thẻ chỉ cho dòng tăng, xác nhận chỉ cho dòng giảm. Đã giữ lại để người xem.",
        "Cards are for increases, confirmations for decreases. Kept for a person to look at.",
    ),
    "contradicts": (
        "Trái với câu trả lời trước. Câu trước vẫn giữ; câu này chờ người xem.",
        "This contradicts an earlier answer, which stands. Kept for a person to look at.",
    ),
    "same_id_other_content": (
        "Mã câu trả lời này đã dùng với nội dung khác. Câu này chờ người xem.",
        "This answer id came with other content before. Kept for a person to look at.",
    ),
    "already_issued": (
        "Người này đã được cấp thẻ trong thời gian ấy. Câu này chờ người xem.",
        "This person has a card for that time already. Kept for a person to look at.",
    ),
    "card_over": (
        "Thẻ này hết hạn trước khi danh sách được chốt. Câu này chờ người xem.",
        "This card ends before the list was sealed. Kept for a person to look at.",
    ),
    "card_of_another": (
        "Số thẻ này đã cấp cho người khác. Câu này chờ người xem.",
        "This card number was issued to somebody else. Kept for a person to look at.",
    ),
    "record_blocked": (
        "Hồ sơ chưa nhận được câu trả lời này. Câu này chờ người xem.",
        "The record does not take this answer now. Kept for a person to look at.",
    ),
    "said_before": ("Đã trả lời như vậy từ trước.", "Answered like this before."),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One answer that can be read. `row`, `place`: how the row was named."""

    id: str
    row: str | None
    place: int | None
    outcome: str
    card_number: str | None
    valid_from: str | None
    valid_to: str | None
    reason: str | None
    note: str | None

    @property
    def told_row(self) -> str:
        return self.row or str(self.place)

    @property
    def content(self) -> str:
        """Two answers with one content say the same, of the same row."""
        told = asdict(self)
        del told["id"]
        return sha256(canonical(told).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Standing:
    """A row as it stands: its kind, and the answer that it has, if it has one."""

    kind: str
    outcome: str | None = None
    card_number: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    reason: str | None = None


def read_answer(raw: Mapping[str, Any]) -> Said | str:
    """The answer, or why it cannot be read, as a code. What does not belong to its outcome is left
    out; a card number loses its spaces."""
    outcome, id_ = raw.get("outcome"), str(raw["id"])
    row, place, note = raw.get("row"), raw.get("place"), _note(raw.get("note"))
    if outcome not in (ISSUED, CONFIRMED, RETURNED):
        return "outcome_unknown"
    if not row and place is None:
        return "row_needed"
    if outcome == CONFIRMED:
        return Said(id_, row, place, outcome, None, None, None, None, note)
    if outcome == RETURNED:
        reason = raw.get("reason")
        if reason not in set(ReturnReason):
            return "reason_unknown"
        return Said(id_, row, place, outcome, None, None, None, str(reason), note)
    number = re.sub(r"[\s.-]", "", str(raw.get("card_number") or "")).upper()
    if not re.fullmatch(CARD_NUMBER, number):
        return "card_number_shape"
    days = [_day(raw.get(name)) for name in ("valid_from", "valid_to")]
    if days[0] is None or days[1] is None:
        return "days_needed"
    if days[1] < days[0]:
        return "ends_before_start"
    return Said(id_, row, place, outcome, number, days[0], days[1], None, note)


def judge(said: Said, row: Standing | None) -> tuple[str, str | None]:
    """Whether the answer applies or is held, and a code: `said_before` where it changes nothing."""
    if row is None:
        return HELD, "row_not_on_list"
    if said.outcome != RETURNED:
        wanted = CardListRowKind.INCREASE if said.outcome == ISSUED else CardListRowKind.DECREASE
        if row.kind != wanted:
            return HELD, "outcome_of_other_kind"
    if row.outcome is None:
        return APPLIED, None
    before = (row.outcome, row.card_number, row.valid_from, row.valid_to, row.reason)
    now = (said.outcome, said.card_number, said.valid_from, said.valid_to, said.reason)
    return (APPLIED, "said_before") if before == now else (HELD, "contradicts")


def _note(value: Any) -> str | None:
    return (clean_text(str(value)) or "")[:NOTE_LENGTH] or None if value else None


def _day(value: Any) -> str | None:
    try:
        return date.fromisoformat(str(value)).isoformat() if len(str(value)) == 10 else None
    except ValueError:
        return None
