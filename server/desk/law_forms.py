"""The form for a new row of law; whether it makes sense, the rules say."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField

from server.desk.law_words import choices_of, fault_words
from server.domain.legal.adding import LONGEST_TEXT
from server.domain.legal.slots import Slot

DAY = {"type": "date"}


def _text(label: Any, name: str, **more: Any) -> StringField:
    return StringField(label, render_kw={"maxlength": LONGEST_TEXT[name], **more})


class LawForm(FlaskForm):
    where = SelectField(_l("Nơi áp dụng"), validate_choice=False)
    value = StringField(_l("Giá trị"), render_kw={"autocomplete": "off"})
    unknown = BooleanField(_l("Từ ngày này chưa biết giá trị"))
    name = _text(_l("Tên ngày nghỉ"), "name")
    valid_from = StringField(_l("Từ ngày"), render_kw=DAY)
    valid_to = StringField(_l("Đến hết ngày (nếu có)"), render_kw=DAY)
    number = _text(_l("Số, ký hiệu văn bản"), "number")
    issuer = _text(_l("Cơ quan ban hành"), "issuer")
    issued_on = StringField(_l("Ngày ban hành"), render_kw=DAY)
    article = _text(_l("Điều, khoản (nếu có)"), "article")
    link = _text(_l("Địa chỉ trang đăng văn bản (nếu có)"), "link", type="url")


class ChoiceForm(LawForm):
    value = SelectField(_l("Giá trị"), validate_choice=False)


FIELDS = (
    "where",
    "value",
    "unknown",
    "name",
    "valid_from",
    "valid_to",
    "number",
    "issuer",
    "issued_on",
    "article",
    "link",
)


def form_for(slot: Slot, places: list[tuple[str, str]]) -> LawForm:
    """The form with the places and values that the item allows."""
    choices = choices_of(slot)
    form = ChoiceForm() if choices else LawForm()
    if choices:
        form.value.choices = [("", _("Chọn…")), *choices]
    form.where.choices = [("", _("Chọn…")), *places]
    return form


def typed_in(form: LawForm) -> dict[str, str]:
    """What was typed, as text."""
    told = {name: form[name].data for name in FIELDS}
    return {name: "y" if value is True else value or "" for name, value in told.items()}


def tell(form: LawForm, faults: dict[str, str], slot: Slot) -> None:
    """Put each mistake at its field."""
    for name, code in faults.items():
        form[name].errors = [fault_words(code, slot)]
