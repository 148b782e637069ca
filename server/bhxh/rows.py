"""The rows of a list as the unit's officer reads them, and as a workbook with columns to answer."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from server.domain.card_lists.answers import APPLIED
from server.domain.field_words import LISTS
from server.domain.numbers import day_words
from server.domain.words import SEX
from server.errors import Problem
from server.pages.sheets import Cell, Notes, Sheet, workbook
from server.store.bhxh import CardListAnswer
from server.store.bulk import among
from server.store.card_lists import CardList, CardListRow
from server.store.db import db

ROW_ID, NUMBER = "Mã dòng", "Số danh sách"
OUTCOME, CARD, FROM, TO = "Kết quả", "Số thẻ được cấp", "Thẻ từ ngày", "Thẻ đến ngày"
REASON, NOTE = "Lý do trả lại", "Ghi chú của BHXH"
NAME = "Họ và tên"
READ_ONLY = (
    ("STT", 6),
    ("Tăng/giảm", 10),
    (NAME, 26),
    ("Ngày sinh", 12),
    ("Giới tính", 9),
    ("Số định danh", 15),
    ("Mã số BHXH", 13),
    ("Chủ hộ", 22),
    ("Thôn", 18),
    ("Nơi khám ban đầu", 24),
    ("Từ ngày", 12),
    ("Đến ngày", 12),
    ("Tiền (đồng)", 13),
)
ANSWERED = ((OUTCOME, 14), (CARD, 20), (FROM, 14), (TO, 14), (REASON, 24), (NOTE, 30))
OUTCOMES = {"issued": "Cấp thẻ", "confirmed": "Ghi giảm", "returned": "Trả lại"}


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row with what it said when it was sealed, and the answer it has."""

    row: CardListRow
    said: dict[str, Any]
    answer: CardListAnswer | None


def row_lines(list_id: str, offset: int, limit: int, state: str = "") -> list[RowLine]:
    """Rows of a list in their order, some of them, with their answers."""
    query = select(CardListRow).where(CardListRow.list_id == list_id)
    if state:
        query = query.where(CardListRow.state == state)
    page = query.order_by(CardListRow.place).offset(offset).limit(limit)
    return _with_answers(list(db.session.scalars(page)))


def row_line(list_: CardList, row_id: str) -> RowLine:
    """One row of a list. Problem: `not_found`."""
    row = db.session.get(CardListRow, row_id)
    if row is None or row.list_id != list_.id:
        raise Problem("not_found")
    return _with_answers([row])[0]


def names_on(list_id: str) -> dict[str, str]:
    """Whom each row of a list names, by the row's id."""
    query = select(CardListRow.id, CardListRow.data).where(CardListRow.list_id == list_id)
    return {
        id_: json.loads(data or "{}").get("full_name", "")
        for id_, data in db.session.execute(query)
    }


def _with_answers(rows: Sequence[CardListRow]) -> list[RowLine]:
    query = select(CardListAnswer).where(
        among(CardListAnswer.row_id, {row.id for row in rows}),
        CardListAnswer.status == APPLIED,
        CardListAnswer.code.is_(None),
    )
    answers = {str(one.row_id): one for one in db.session.scalars(query)}
    return [RowLine(row, json.loads(row.data or "{}"), answers.get(row.id)) for row in rows]


def rows_book(list_: CardList) -> bytes:
    """The list as a workbook; the last columns are for the answers, and it may be uploaded again
    as it is."""
    columns = ((ROW_ID, 38), (NUMBER, 20), *READ_ONLY, *ANSWERED)
    sheet = Sheet("Danh sách", columns, _cells(list_))
    about = [
        (NUMBER, str(list_.number)),
        ("Ngày chốt", day_words(list_.sealed_on)),
        ("Người ký", list_.signer or ""),
        ("Số dòng", str(list_.row_count)),
        ("Mã kiểm tra", list_.digest or ""),
        (OUTCOME, " hoặc ".join(OUTCOMES.values()) + "; để trống là chưa trả lời"),
        (REASON, "một trong các lý do dưới đây, ghi bằng chữ hoặc bằng mã"),
        *((code, words) for code, words in LISTS["bhxh_reason"].items()),
    ]
    return workbook([sheet], Notes(f"Danh sách số {list_.number}", about))


def _cells(list_: CardList) -> Iterator[list[Cell]]:
    for line in row_lines(list_.id, 0, list_.row_count or 0):
        said, answer = line.said, line.answer
        yield [
            line.row.id,
            list_.number,
            line.row.place,
            LISTS["bhxh_row_kind"].get(line.row.kind),
            said.get("full_name"),
            day_words(said.get("birth_date")),
            SEX.get(said.get("sex") or ""),
            said.get("personal_id"),
            said.get("bhxh_number"),
            said.get("household_head"),
            said.get("village"),
            said.get("clinic_name") or said.get("clinic_code"),
            day_words(said.get("card_from")),
            day_words(said.get("card_to")),
            said.get("total"),
            *(_answer_cells(answer) if answer else [None] * len(ANSWERED)),
        ]


def _answer_cells(answer: CardListAnswer) -> list[Cell]:
    return [
        OUTCOMES[answer.outcome],
        answer.card_number,
        day_words(answer.valid_from),
        day_words(answer.valid_to),
        LISTS["bhxh_reason"].get(answer.reason or ""),
        answer.note,
    ]
