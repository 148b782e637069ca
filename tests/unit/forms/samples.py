"""Lists as the desk hands them to the forms: one row, forty-five rows, both sections, nobody."""

from typing import Any

from server.domain.card_lists.digest import digest_of
from server.domain.forms.head import FormHead, head_of
from server.pages.forms.school_letter import Pupil

LONG_NAME = "Hơ Bia Niê Kđăm Mlô Ƀuôn Yă Kpă Rah Lan"


def row(place: int, **more: Any) -> dict[str, Any]:
    """One person, complete; `more` says what is different."""
    return {
        "id": f"row-{place}",
        "place": place,
        "kind": "increase",
        "method": "TM",
        "member": f"member-{place}",
        "household": "household-1",
        "enrolment": f"enrolment-{place}",
        "full_name": f"Lê Văn Tám {place}",
        "birth_date": "1980-05-17",
        "sex": "male",
        "nationality": "VN",
        "ethnic_group": "01",
        "personal_id": "038080000001",
        "bhxh_number": "0123456789",
        "old_id_number": None,
        "phone": "0901234567",
        "village": "Thôn Hưng Long",
        "address": "Số 5",
        "household_head": "Lê Văn Tám",
        "bhxh_household_code": "3801234567",
        "relation": "Chủ hộ",
        "guardian_name": None,
        "birth_registration": "registered",
        "living_area": None,
        "clinic_code": "38154",
        "clinic_name": "Trạm y tế xã Thường Xuân",
        "receipt_on": "2026-11-20",
        "receipt_number": "AA/26 0000123",
        "pension_base": None,
        "total": 1_366_200,
        "state_support": 409_860,
        "local_support": 136_620,
        "other_support": None,
        "own_share": 819_720,
        "ladder_place": None,
        "months": 12,
        "card_from": "2026-12-01",
        "card_to": "2027-11-30",
        "collector_code": "NV0012",
        "decrease_reason": None,
        "evidence": None,
        "note": None,
    } | more


def leaving(place: int, **more: Any) -> dict[str, Any]:
    """One who leaves the list."""
    told: dict[str, Any] = {
        "kind": "decrease",
        "method": None,
        "decrease_reason": "deceased",
        "months": None,
    }
    told |= {"card_from": None, "card_to": "2026-10-08"}
    return row(place, **(told | {"receipt_on": None, "receipt_number": None} | more))


ONE = [row(1)]
NOBODY: list[dict[str, Any]] = []
BOTH = [
    row(1, full_name=LONG_NAME, birth_date="1948", sex="female", ethnic_group="12"),
    row(2, full_name="Y Phiên", birth_date="2021-03", personal_id=None, bhxh_number=None),
    row(3, full_name="=1+1", note="@gọi lại", personal_id="001180000009", other_support=100_000),
    row(4, pension_base=3_500_000, local_support=None, clinic_name=None),
    leaving(5, note="trích lục khai tử số 12"),
    leaving(6, decrease_reason="moved_away", full_name="A Thút", birth_date="1999"),
]
MANY = [
    row(place, local_support=place * 1_000, birth_date=f"{1950 + place}") for place in range(1, 46)
]


def head(rows: list[dict[str, Any]], **more: Any) -> FormHead:
    """A sealed list of hộ nông nghiệp; `more` changes what the list says of itself."""
    told = {
        "number": "TX-2026-0007",
        "document_number": "07/DS-UBND",
        "commune_code": "15646",
        "commune_name": "Xã Thường Xuân",
        "insurance_group": "GB",
        "support_percent": "30",
        "maker_name": None,
        "maker_code": "2345678GB",
        "supplements": None,
        "sealed_on": "2026-11-23",
        "signer": "Nguyễn Thị Hồng Ánh",
        "signer_title": "Chủ tịch",
        "digest": digest_of(rows),
    } | more
    return head_of(
        told,
        day="2026-11-22",
        base_salary=2_530_000,
        ladder=(100, 70, 60, 50, 40),
        province="Tỉnh Thanh Hóa",
        province_code="38",
        maker="Lê Thị Mai",
    )


LISTS = {"one": ONE, "nobody": NOBODY, "both": BOTH, "many": MANY}

NO_CODE: dict[str, Any] = {"bhxh_household_code": None, "bhxh_number": None}
FAMILY = [
    row(1, full_name=LONG_NAME, sex="female", birth_date="1948", ethnic_group="12", **NO_CODE),
    row(2, full_name="Y Thu Niê", birth_date="2024-02-29", guardian_name="H'Bia Niê", **NO_CODE)
    | {"relation": "Cháu (ông bà)", "months": None, "personal_id": None},
]
REST = [
    row(90, full_name="Y Khăm Mlô", birth_date="1971", relation="Con", member="soldier"),
    row(91, full_name="H'Bia Niê", birth_date="1999-07", relation="Dâu/rể"),
]
"""Others of the family, who are not on the list."""

PUPILS = [
    Pupil(f"Lò Thị Hạnh {at}", f"{2010 + at % 6}-09-{at % 28 + 1:02}", "female", "7A", village, was)
    for at, (village, was) in enumerate(
        [("Thôn Hưng Long", "expired"), ("Thôn Xuân Thành", "none")] * 23, 1
    )
] + [
    Pupil(LONG_NAME, "2012", None, None, "Thôn Xuân Thành", "none"),
    Pupil("Đã Có Thẻ", "2012", "male", "7B", "Thôn Xuân Thành", "covered"),
    Pupil("Con Bộ Đội", "2012", "male", "7B", "Thôn Xuân Thành", "elsewhere"),
]
