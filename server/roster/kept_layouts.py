"""The columns of lists that BHXH and schools send. What a heading is called there differs from
office to office; the names are data, and an officer may say what a column is."""

from dataclasses import replace

from server.domain.words import SEX
from server.roster.layout import Column, Layout
from server.roster.sexed import SEXED
from server.tables.called import (
    BHXH_NUMBER_CALLED,
    BIRTH_CALLED,
    CARD_CALLED,
    CLINIC_CALLED,
    FROM_CALLED,
    NAME_CALLED,
    PERSONAL_ID_CALLED,
    SEX_CALLED,
    SEX_SAID,
    TO_CALLED,
    VILLAGE_CALLED,
)
from server.tables.values import bhxh_number, one_of, partial_date, pattern, personal_id, text

NAME = Column("full_name", "Họ và tên", text(), needed=True, width=24, aliases=NAME_CALLED,
              examples=("Cầm Bá Thức", "Vi Thị Hoa"))  # fmt: skip
BIRTH = Column("birth_date", "Ngày sinh", partial_date, width=12, aliases=BIRTH_CALLED,
               hint="Ngày, tháng/năm hoặc chỉ năm.", examples=("17/05/1980", "1983"))  # fmt: skip
PERSON = (
    BIRTH,
    *SEXED,
    Column("sex", "Giới tính", one_of(SEX, SEX_SAID), width=10, aliases=SEX_CALLED,
           examples=("Nam", "Nữ")),
    Column("personal_id", "Số định danh", personal_id, width=16, aliases=PERSONAL_ID_CALLED,
           examples=("038080001234", "")),
    Column("bhxh_number", "Mã số BHXH", bhxh_number, width=14, aliases=BHXH_NUMBER_CALLED,
           examples=("3812345678", "3812345679")),
)  # fmt: skip
CARD = (
    Column("card_number", "Số thẻ", pattern(r"[A-Z]{2}[1-5]\d{2}\d{10}|\d{10}",
           "Số thẻ có 15 ký tự hoặc 10 chữ số."), width=18, aliases=CARD_CALLED,
           examples=("GD4383812345678", "")),
    Column("insurance_group", "Nhóm", pattern(r"[A-Z]{2}", "Hai chữ cái như GD, HN, TE."), width=8,
           aliases=("Mã nhóm", "Mã đối tượng", "Đối tượng", "Nhóm đối tượng"),
           examples=("GD", "HN")),
    Column("valid_from", "Thẻ từ", partial_date, width=12, aliases=FROM_CALLED,
           examples=("01/01/2026", "01/01/2026")),
    Column("valid_to", "Thẻ đến", partial_date, width=12, aliases=TO_CALLED,
           examples=("31/12/2026", "31/12/2026")),
)  # fmt: skip
PLACE = (
    Column("first_clinic", "Nơi KCB ban đầu", text(), width=18, aliases=CLINIC_CALLED,
           examples=("Trạm y tế xã",)),
    Column("household_code", "Mã hộ", text(), aliases=("Mã hộ gia đình", "Mã hộ BHXH", "Mã HGĐ"),
           examples=("38000001234",)),
    Column("address", "Địa chỉ", text(300), width=30, examples=("Thôn Hưng Long",),
           aliases=("Nơi ở", "Địa chỉ thường trú", "Nơi cư trú", "Hộ khẩu thường trú", "Chỗ ở",
                    "Nơi thường trú", "Quê quán")),
    Column("village_text", "Thôn", text(), width=18, aliases=VILLAGE_CALLED,
           examples=("Hưng Long",)),
)  # fmt: skip
CLASS = Column("school_class", "Lớp", text(40), width=8, aliases=("Tên lớp", "Lớp học", "Khối lớp"),
               examples=("3A", "3A"))  # fmt: skip

BHXH_LIST = Layout(
    "bhxh_list",
    "Danh sách người tham gia BHYT (của BHXH)",
    named="full_name",
    tells=("bhxh_number", "card_number", "valid_from", "valid_to"),
    columns=(NAME, *PERSON, *CARD, *PLACE),
)
BHXH_DUE = Layout(
    "bhxh_due",
    "Danh sách thẻ sắp hết hạn, đã hết hạn (của BHXH)",
    named="full_name",
    columns=tuple(
        replace(column, needed=True) if column.key == "valid_to" else column
        for column in (NAME, *PERSON, *CARD, *PLACE)
    ),
)
SCHOOL_ROLL = Layout(
    "school_roll",
    "Danh sách học sinh (của trường)",
    named="full_name",
    tells=("school_class",),
    columns=(NAME, CLASS, *PERSON, *CARD, *PLACE),
)
