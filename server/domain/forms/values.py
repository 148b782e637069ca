"""What a layout may ask of a row, by name: a mapping file picks from these and nothing else."""

from collections.abc import Callable
from decimal import Decimal
from functools import cache

from server.domain.codes import ethnic_groups
from server.domain.forms.head import FormHead, Row
from server.domain.forms.layouts import OPEN, groups, layout
from server.domain.forms.sheet import Value
from server.domain.numbers import day_words, number_words
from server.domain.partial import age_on, last_day
from server.domain.words import SEX

Give = Callable[[FormHead, Row, int], Value]

DECREASE = {"deceased": "Chết", "moved_away": "Chuyển đi nơi khác", "other": "Lý do khác"}
"""'Chết' is the word of the form; screens say 'đã mất'."""
NEW = "TM"
GUARDED = 6
"""Years: below, TK1-TS names who stands for the child."""
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
    """From which month the card runs; for who leaves, the month in which it ended."""
    day = row.get("card_from") if row["kind"] == "increase" else row.get("card_to")
    return day_words((day or "")[:7])


def _died_on(_head: FormHead, row: Row, _number: int) -> Value:
    dead = row["kind"] == "decrease" and row.get("decrease_reason") == "deceased"
    return day_words(row.get("card_to")) if dead else None


def _base_amount(head: FormHead, row: Row, _number: int) -> Value:
    """The base salary, by the person's place in the household's ladder where there is one."""
    place = row.get("ladder_place")
    if head.base_salary is None or row["kind"] != "increase":
        return None
    if not place:
        return head.base_salary
    if not head.ladder:
        return None
    return head.base_salary * head.ladder[min(place, len(head.ladder)) - 1] // 100


def _clinic_province(head: FormHead, row: Row, _number: int) -> Value:
    """Named where the clinic lies in the list's own province: its code's first two digits."""
    code = (row.get("clinic_code") or "")[:2]
    return head.province if code and code == head.province_code else None


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


def _method(_head: FormHead, row: Row, _number: int) -> Value:
    """Phương án, where its meaning is known: no code for leaving is."""
    return row.get("method") if row.get("method") in _methods() else None


def _benefit_digit(head: FormHead, _row: Row, _number: int) -> Value:
    group = groups().get(head.group)
    return group.benefit_digit if group else None


def _tk1_mark(_head: FormHead, row: Row, _number: int) -> Value:
    """Whoever is new brings a TK1-TS along."""
    return "x" if row.get("method") == NEW else None


def _guardian(head: FormHead, row: Row, _number: int) -> Value:
    """Of a child under six on the day of the list, as far as its birth date tells."""
    born = row.get("birth_date")
    child = born and age_on(head.day or last_day(head.month), born) < GUARDED
    return row.get("guardian_name") if child else None


def _base_words(head: FormHead, row: Row, number: int) -> Value:
    """Of who pays, or is paid for by months; a child's card has no amount of its own."""
    amount = _base_amount(head, row, number) if row.get("total") else None
    return f"{number_words(amount)} đồng" if isinstance(amount, int) else None


def _months_words(_head: FormHead, row: Row, _number: int) -> Value:
    return f"{row['months']} tháng" if row.get("months") else None


def _request(head: FormHead, row: Row, _number: int) -> Value:
    wish = "Đăng ký" if row.get("method") == NEW else "Tiếp tục"
    code = f", mã đối tượng {head.card_code}" if head.card_code else ""
    return f"{wish} tham gia bảo hiểm y tế{code}"


@cache
def _methods() -> frozenset[str]:
    return frozenset(row["method"] for row in layout("methods") if row["meaning_vi"] != OPEN)


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
    "relation": lambda _head, row, _n: row.get("relation"),
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
    "died_on": _died_on,
    "base_amount": _base_amount,
    "clinic_province": _clinic_province,
    "method": _method,
    "tk1_mark": _tk1_mark,
    "name_in_capitals": lambda _head, row, _n: (row.get("full_name") or "").upper(),
    "guardian_of_child": _guardian,
    "base_amount_words": _base_words,
    "months_words": _months_words,
    "request_words": _request,
    "benefit_digit": _benefit_digit,
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
            "clinic_name",
            "clinic_code",
            "evidence",
            "household_head",
        )
    },
}
