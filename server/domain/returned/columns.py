"""The columns of a list that are one field of one record, by their heading. Whoever has the file
may change these; all others are counted by us, and a change there is only told."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from enum import StrEnum
from typing import Any

from schemas.kinds import Entity, LivingClassSource
from server.domain.codes import ethnic_groups
from server.domain.field_words import EVIDENCE, OTHER_VALUES
from server.domain.numbers import day_words
from server.domain.text import clean_text
from server.domain.words import (
    PRESENCE,
    REGISTRATION,
    RELATION,
    SEX,
    SOCIAL_INSURANCE,
    UNINSURED_REASON,
)

ID_LABEL = "Mã bản ghi"
NUMBER_LABEL = "STT"
NAME, BIRTH = "full_name", "birth_date"


class Reads(StrEnum):
    """How the text of a cell becomes a value."""

    TEXT = "text"
    PARTIAL = "partial"
    DAY = "day"
    PERSONAL_ID = "personal_id"
    BHXH_NUMBER = "bhxh_number"
    PHONE = "phone"
    ETHNIC = "ethnic"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Column:
    """`words`: of a closed list. `nothing`: what an empty field is called on the list."""

    label: str
    entity: Entity
    field: str
    reads: Reads = Reads.TEXT
    words: Mapping[str, str] = made(default_factory=dict)
    nothing: str = ""

    def shown(self, value: Any) -> str:
        """The value as the list shows it."""
        if value is None:
            return self.nothing
        if self.reads in (Reads.PARTIAL, Reads.DAY):
            return day_words(value)
        if self.reads is Reads.ETHNIC:
            group = ethnic_groups().get(value)
            return group.name if group else ""
        return self.words.get(value, "") if self.words else str(value)


def _home(label: str, name: str, reads: Reads = Reads.TEXT, **more: Any) -> Column:
    return Column(label, Entity.HOUSEHOLD, name, reads, **more)


def _own(label: str, name: str, reads: Reads = Reads.TEXT, **more: Any) -> Column:
    return Column(label, Entity.MEMBER, name, reads, **more)


def _chosen(label: str, name: str, words: Mapping[str, str], nothing: str = "") -> Column:
    return _own(label, name, Reads.WORD, words=words, nothing=nothing)


NOT_WRITTEN = "chưa ghi"
PHONE = _own("Điện thoại", "phone", Reads.PHONE)
"""A person's own number, or that of the household where they have none: an edit goes to whichever
was shown."""
HOME_PHONE = _home("Điện thoại", "phone", Reads.PHONE)

COLUMNS = (
    _home("Xóm, khu", "hamlet"),
    _home("Địa chỉ", "address"),
    _own("Họ và tên", NAME),
    _own("Tên thường gọi", "known_as"),
    _chosen("Quan hệ", "relation", RELATION),
    _own("Ngày sinh", BIRTH, Reads.PARTIAL),
    _chosen("Giới tính", "sex", SEX),
    _own("Số định danh", "personal_id", Reads.PERSONAL_ID),
    _own("Mã số BHXH", "bhxh_number", Reads.BHXH_NUMBER),
    _own("Dân tộc", "ethnic_group", Reads.ETHNIC),
    _chosen("Đăng ký cư trú", "registration", REGISTRATION),
    _chosen("Nơi ở", "presence", PRESENCE),
    PHONE,
    _chosen("Lý do chưa có", "uninsured_reason", UNINSURED_REASON),
    _chosen("Tham gia BHXH", "social_insurance", SOCIAL_INSURANCE),
    _chosen("Khai sinh", "birth_registration", OTHER_VALUES["birth_registration"], NOT_WRITTEN),
    _own("Lớp", "school_class"),
    _home(
        "Mức sống theo",
        "living_class_source",
        Reads.WORD,
        words={str(source): EVIDENCE[source] for source in LivingClassSource},
        nothing=NOT_WRITTEN,
    ),
    _home("Từ ngày", "living_class_from", Reads.DAY),
    _home("Đến ngày", "living_class_to", Reads.DAY),
)
BY_LABEL = {column.label: column for column in COLUMNS}
BY_FIELD = {(column.entity.value, column.field): column for column in (*COLUMNS, HOME_PHONE)}


def column_of(entity: str, name: str) -> Column:
    return BY_FIELD[entity, name]


def originals(labels: list[str], member: Mapping[str, Any], home: Mapping[str, Any]) -> list[Any]:
    """What these columns said of a person when the list was made: the value of each; of the phone
    the number and whose it is."""
    return [_original(BY_LABEL[label], member, home) for label in labels]


def _original(column: Column, member: Mapping[str, Any], home: Mapping[str, Any]) -> Any:
    if column is PHONE and not member.get("phone") and home.get("phone"):
        return [Entity.HOUSEHOLD.value, home["phone"]]
    return (home if column.entity is Entity.HOUSEHOLD else member).get(column.field)


def meant(label: str, original: Any) -> tuple[Column, Any]:
    """The column and the value that an entry of `originals` stands for."""
    if isinstance(original, list):
        return HOME_PHONE, original[1]
    return BY_LABEL[label], original


def plain(text: str) -> str:
    """A cell as it is compared: Unicode composed, blanks and new lines made one space."""
    return " ".join((clean_text(text) or "").split())
