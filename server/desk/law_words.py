"""The law's tables in words: what each says, its values with their units, places and mistakes."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from schemas.kinds import AreaLevel
from server.domain.codes import rows_of
from server.domain.legal.adding import CHOICES, CODE, LEAST_MOST, MONTH_DAY
from server.domain.legal.slots import MONEY, PERCENT, UNLIMITED, Slot, kind_of_unit
from server.domain.legal.tables import OPEN, LegalRow
from server.domain.numbers import day_words, number_words, percent_words
from server.pages.words import word
from server.store.db import db
from server.store.places import Area

ABOUT = {
    "ages": _l("Đủ bao nhiêu tuổi thì được thẻ trẻ em, trợ cấp tuất, trợ cấp hưu trí xã hội."),
    "base_salary": _l("Lương cơ sở (mức tham chiếu) mỗi tháng: gốc của mọi mức đóng."),
    "benefit": _l("Thẻ của từng nhóm được trả bao nhiêu phần trăm chi phí khám chữa bệnh."),
    "card_start": _l("Thẻ bắt đầu và hết hạn ngày nào, khi nào phải chờ."),
    "contribution": _l("Tỷ lệ đóng, bậc giảm dần của hộ gia đình, số tháng đóng một lần."),
    "days_off": _l("Ngày nghỉ, ngày làm bù: để tính hạn theo ngày làm việc."),
    "farm_lines": _l("Khoản nào tính vào thu nhập của hộ nông nghiệp, và các hạn của thủ tục."),
    "five_years": _l("Tham gia đủ năm năm liên tục tính thế nào."),
    "group_order": _l("Thuộc nhiều nhóm thì lấy nhóm nào trước."),
    "groups": _l("Hai chữ đầu trên thẻ của từng nhóm."),
    "household_choice": _l("Nhóm nào được chọn tham gia theo hộ gia đình."),
    "law_group": _l("Ai đóng cho từng nhóm, theo năm khoản của Điều 12 Luật BHYT."),
    "local_support": _l("Tỉnh hỗ trợ thêm bao nhiêu phần trăm, theo nghị quyết của tỉnh."),
    "poverty": _l("Thu nhập mỗi người một tháng để là hộ nghèo, cận nghèo, mức sống trung bình."),
    "state_support": _l("Ngân sách nhà nước hỗ trợ ít nhất bao nhiêu phần trăm mức đóng."),
    "support_months": _l("Được hỗ trợ trong bao nhiêu tháng."),
    "voluntary": _l("BHXH tự nguyện: đóng bao nhiêu, nhà nước hỗ trợ bao nhiêu."),
    "working_age": _l("Tuổi lao động: từ đủ mấy tuổi đến tuổi nghỉ hưu của năm."),
}
DATED_ITEMS = {
    "day": _l("Một ngày nghỉ hoặc ngày làm bù"),
    "calendar": _l("Lịch nghỉ của cả năm đã ghi đủ"),
}
CHOSEN = {
    "yes": _l("Có"),
    "no": _l("Không"),
    "known": _l("đã ghi đủ"),
    "holiday": _l("ngày lễ, được nghỉ"),
    "swap_off": _l("nghỉ hoán đổi"),
    "compensation": _l("nghỉ bù"),
    "working_saturday": _l("đi làm bù"),
    "possible": _l("có thể nghỉ, chưa chắc"),
    "1": _l("khoản 1: người lao động và người sử dụng lao động đóng"),
    "2": _l("khoản 2: cơ quan BHXH đóng"),
    "3": _l("khoản 3: ngân sách nhà nước đóng"),
    "4": _l("khoản 4: ngân sách nhà nước hỗ trợ một phần"),
    "5": _l("khoản 5: tự đóng"),
}
COUNTED: dict[str, Callable[..., str]] = {
    "VND/month": lambda n: _("%(n)s đồng mỗi tháng", n=n),
    "VND/person/month": lambda n: _("%(n)s đồng mỗi người một tháng", n=n),
    "VND/child": lambda n: _("%(n)s đồng mỗi con", n=n),
    "days": lambda n: _("%(n)s ngày", n=n),
    "working days": lambda n: _("%(n)s ngày làm việc", n=n),
    "day of the month": lambda n: _("ngày %(n)s hằng tháng", n=n),
    "months": lambda n: _("%(n)s tháng", n=n),
    "years": lambda n: _("%(n)s năm", n=n),
    "x base salary": lambda n: _("%(n)s lần lương cơ sở", n=n),
    "parts of 3": lambda n: _("%(n)s phần trong 3 phần", n=n),
    "indicators": lambda n: _("%(n)s chỉ số", n=n),
}
AGED = ("ages", "working_age")
AGED_ITEMS = (("voluntary", "min_age"),)
FAULTS = {
    "needed": _l("Mục này cần có."),
    "negative": _l("Số âm: giá trị của luật không bao giờ âm."),
    "not_a_number": _l("Chưa đọc được số này. Chỉ ghi chữ số."),
    "too_many_decimals": _l("Nhiều nhất hai chữ số sau dấu phẩy."),
    "not_a_month_day": _l("Ghi ngày và tháng, ví dụ 30/9."),
    "not_a_code": _l("Ghi đúng hai chữ cái in hoa trên thẻ, ví dụ GB."),
    "not_a_choice": _l("Chọn một trong các mục."),
    "no_such_place": _l("Chọn nơi áp dụng."),
    "day_needed": _l("Chọn một ngày."),
    "not_a_day": _l("Ngày này không có trên lịch. Ghi đủ ngày, tháng, năm."),
    "day_absurd": _l("Năm này không hợp lý. Xem lại năm."),
    "ends_before_start": _l("Ngày cuối ở trước ngày bắt đầu. Xem lại hai ngày này."),
    "too_long": _l("Khoảng này quá dài. Mỗi đợt nghỉ ghi một dòng, lịch nghỉ ghi từng năm."),
    "source_needed": _l("Dòng luật nào cũng phải có văn bản. Ghi theo văn bản đã ban hành."),
    "not_issued_yet": _l("Văn bản chưa ban hành: ngày này ở sau hôm nay."),
    "not_a_link": _l("Ghi địa chỉ trang bắt đầu bằng https://, hoặc để trống."),
    "text_too_long": _l("Dài quá. Ghi ngắn lại."),
}


def row_value(row: LegalRow, names: Mapping[str, str]) -> str:
    """A row's value as people read it, empty when it is not known. `names`: of the groups."""
    if row.value == OPEN:
        return ""
    kind = kind_of_unit(row.unit)
    if row.value == UNLIMITED:
        return _("không giới hạn")
    if kind == PERCENT:
        return percent_words(row.value)
    if row.unit == MONTH_DAY:
        return day_words(row.value)
    if row.unit in CHOICES:
        return str(CHOSEN[row.value])
    if row.unit == "law groups":
        return _("khoản %(list)s", list=", ".join(row.value.split()))
    if row.unit in ("group", "groups"):
        return "; ".join(names.get(group, group) for group in row.value.split())
    return row.value if row.unit == CODE else _counted(row)


def _counted(row: LegalRow) -> str:
    number = int(row.value)
    if row.table in AGED or (row.table, row.item) in AGED_ITEMS:
        if row.unit == "years":
            return _("%(n)s tuổi", n=number)
        if row.table == "working_age" and row.unit == "months":
            return _age(*divmod(number, 12))
    return COUNTED[row.unit](number_words(number))


def _age(years: int, months: int) -> str:
    if not months:
        return _("%(n)s tuổi", n=years)
    return _("%(years)s tuổi %(months)s tháng", years=years, months=months)


def place_names() -> dict[str, str]:
    """What the places of rows are called: town and land, provinces of today, those of before."""
    query = select(Area.code, Area.name).where(Area.level == AreaLevel.PROVINCE)
    now = {code: name for code, name in db.session.execute(query.order_by(Area.search)) if code}
    before = {code: _("%(name)s trước 01/07/2025", name=name) for code, name in _former().items()}
    land = {place: word("fact_value", place) for place in ("rural", "urban")}
    return {"": _("Cả nước"), **land, **now, **before}


@cache
def _former() -> dict[str, str]:
    rows = rows_of("province_codes_old63.csv")
    return {f"former {row['gso_code_old']}": row["name_before_2025"] for row in rows}


def place_word(where: str, names: Mapping[str, str]) -> str:
    """A place in words; a province whose area nobody has loaded is named by its code."""
    return names.get(where) or _("tỉnh mã %(code)s", code=where)


def item_word(table: str, item: str, name: str) -> str:
    """An item in words, told apart from others of the same name."""
    if table == "days_off":
        return str(DATED_ITEMS.get(item, name))
    if item.startswith("sector_"):
        return _("%(name)s: là ngành nông, lâm, ngư, diêm nghiệp", name=name)
    stem, _line, number = item.rpartition("_")
    if stem == "months" and number.isdecimal():
        return _("%(name)s, cách thứ %(n)s", name=name, n=number)
    return name


def fault_words(code: str, slot: Slot) -> str:
    """A mistake of the form, in words."""
    if code != "out_of_range":
        return str(FAULTS[code])
    least, most = LEAST_MOST[slot.kind]
    return _("Ghi từ %(least)s đến %(most)s.", least=number_words(least), most=number_words(most))


def value_hint(slot: Slot) -> str:
    """How a value of this unit is typed."""
    if slot.kind == MONEY:
        return _("Ghi đủ số đồng, ví dụ 2.530.000.")
    if slot.kind == PERCENT:
        return _("Phần trăm, từ 0 đến 100, ví dụ 4,5.")
    if slot.unit == MONTH_DAY:
        return str(FAULTS["not_a_month_day"])
    if slot.unit == CODE:
        return str(FAULTS["not_a_code"])
    if slot.unit in CHOICES:
        return ""
    unlimited = _("Không có hạn thì ghi: không giới hạn.") if slot.may_be_unlimited else ""
    return " ".join(filter(None, (_("Đơn vị: %(unit)s.", unit=_unit_word(slot)), unlimited)))


def _unit_word(slot: Slot) -> str:
    aged = slot.table == "ages" or (slot.table, slot.item) in AGED_ITEMS
    if slot.unit == "years" and (aged or slot.table in AGED):
        return _("%(n)s tuổi", n="").strip()
    return COUNTED[slot.unit]("").replace("  ", " ").strip()


def choices_of(slot: Slot) -> list[tuple[str, Any]]:
    """What may be chosen as a value; empty where it is typed."""
    return [(value, CHOSEN[value]) for value in CHOICES.get(slot.unit, ())]
