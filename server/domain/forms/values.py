"""What a layout may ask of a row, by name: a mapping file picks from these and nothing else."""

from collections.abc import Callable
from decimal import Decimal

from server.domain.codes import ethnic_groups
from server.domain.forms.head import FormHead, Row
from server.domain.forms.layouts import groups
from server.domain.forms.sheet import Value
from server.domain.numbers import day_words
from server.domain.words import RELATION, SEX

Give = Callable[[FormHead, Row, int], Value]

DECREASE = {"deceased": "Chết", "moved_away": "Chuyển đi nơi khác", "other": "Lý do khác"}
"""'Chết' is the word of the form; screens say 'đã mất'."""
COUNTRIES = {"VN": "Việt Nam"}


def joined(*parts: str | None) -> str:
    """The parts in one line, none twice: 'Số 5, Thôn Hưng Long, Xã Thường Xuân'."""
    found: list[str] = []
    for part in parts:
        if part and not any(part.casefold() in one.casefold() for one in found):
            found.append(part)
    return ", ".join(found)


def whole_address(head: FormHead, row: Row) -> str:
    """House, village, commune and province."""
    return joined(row.get("address"), row.get("village"), head.commune, head.province)


def _told(name: str) -> Give:
    return lambda _head, row, _number: row.get(name)


def _day(name: str) -> Give:
    return lambda _head, row, _number: day_words(row.get(name))


def _money(name: str) -> Give:
    """Money stands where a card is asked for; a row that takes one away costs nobody anything."""
    return lambda _head, row, _number: row.get(name) if row["kind"] == "increase" else None


def _clinic(_head: FormHead, row: Row, _number: int) -> Value:
    return " – ".join(filter(None, (row.get("clinic_name"), row.get("clinic_code"))))


def _note(_head: FormHead, row: Row, _number: int) -> Value:
    reason = DECREASE.get(row.get("decrease_reason") or "") if row["kind"] == "decrease" else None
    return "; ".join(filter(None, (reason, row.get("note"))))


def _ethnic(_head: FormHead, row: Row, _number: int) -> Value:
    group = ethnic_groups().get(row.get("ethnic_group") or "")
    return group.name if group else ""


def _month(_head: FormHead, row: Row, _number: int) -> Value:
    return day_words((row.get("card_from") or "")[:7])


def _nationality(_head: FormHead, row: Row, _number: int) -> Value:
    code = row.get("nationality") or "VN"
    return COUNTRIES.get(code, code)


def _local_percent(_head: FormHead, row: Row, _number: int) -> Value:
    """The province's share of the whole contribution, in percent, as far as two decimals tell."""
    part, whole = row.get("local_support"), row.get("total")
    if not part or not whole or row["kind"] != "increase":
        return None
    share = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01")).normalize()
    return f"{share:f}".replace(".", ",")


def _is(name: str, value: str, mark: Value, other: Value = None) -> Give:
    return lambda _head, row, _number: mark if row.get(name) == value else other


VALUES: dict[str, Give] = {
    "row_number": lambda _head, _row, number: number,
    "bhxh_or_personal_id": lambda _head, row, _n: row.get("bhxh_number") or row.get("personal_id"),
    "identity_paper": lambda _head, row, _n: row.get("personal_id") or row.get("old_id_number"),
    "birth_date": _day("birth_date"),
    "birth_year_only": lambda _head, row, _n: int(len(row.get("birth_date") or "") == 4),
    "sex": lambda _head, row, _n: SEX.get(row.get("sex") or "", ""),
    "sex_1_0": lambda _head, row, _n: {"male": 1, "female": 0}.get(row.get("sex") or ""),
    "ethnic_name": _ethnic,
    "nationality_name": _nationality,
    "nationality_code": lambda _head, row, _n: row.get("nationality") or "VN",
    "relation": lambda _head, row, _n: RELATION.get(row.get("relation") or "", ""),
    "whole_address": lambda head, row, _n: whole_address(head, row),
    "house_address": lambda _head, row, _n: joined(row.get("address"), row.get("village")),
    "clinic": _clinic,
    "clinic_province_code": lambda _head, row, _n: (row.get("clinic_code") or "")[:2],
    "receipt_on": _day("receipt_on"),
    "pension_base": _money("pension_base"),
    "local_support": _money("local_support"),
    "other_support": _money("other_support"),
    "own_share": _money("own_share"),
    "local_percent": _local_percent,
    "from_month": _month,
    "card_from": _day("card_from"),
    "d03_note": _note,
    "benefit_digit": lambda head, _row, _n: groups()[head.group].benefit_digit,
    "commune": lambda head, _row, _n: head.commune,
    "commune_code": lambda head, _row, _n: head.commune_code,
    "province": lambda head, _row, _n: head.province,
    "province_code": lambda head, _row, _n: head.province_code,
    "unit_code": lambda head, _row, _n: head.unit_code,
    **{
        name: _told(name)
        for name in (
            "full_name",
            "personal_id",
            "bhxh_number",
            "old_id_number",
            "phone",
            "receipt_number",
            "months",
            "ladder_place",
            "collector_code",
            "living_area",
            "bhxh_household_code",
            "method",
            "clinic_name",
            "clinic_code",
        )
    },
}
