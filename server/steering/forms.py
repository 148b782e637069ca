"""The forms of this room."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from server.store.db import today

MOST = 1_000_000


class CountForm(FlaskForm):
    """What a signed paper says of a village's population."""

    on = DateField(_l("Tính đến ngày"), [DataRequired(_l("Chọn ngày của số liệu."))])
    police = IntegerField(
        _l("Công an quản lý"),
        [Optional(), NumberRange(0, MOST, _l("Gõ số người, từ 0 đến một triệu."))],
    )
    agreed = IntegerField(
        _l("Dân số đã thống nhất"),
        [Optional(), NumberRange(0, MOST, _l("Gõ số người, từ 0 đến một triệu."))],
    )
    source = StringField(
        _l("Theo văn bản"), [DataRequired(_l("Ghi số và ngày của văn bản.")), Length(max=300)]
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """One of the two figures is needed, and no day to come."""
        fine = bool(super().validate(extra_validators))
        if self.police.data is None and self.agreed.data is None and not self.police.errors:
            self.agreed.errors = (_("Gõ ít nhất một trong hai số."),)
            fine = False
        if self.on.data and self.on.data.isoformat() > today():
            self.on.errors = (_("Ngày này chưa đến."),)
            fine = False
        return fine
