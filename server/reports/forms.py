"""What may be typed on the paper of a report."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import Length, Optional

NOTE = 2_000


class PaperForm(FlaskForm):
    """Number, day, signer, and what no figure says."""

    number = StringField(_l("Số, ký hiệu"), [Optional(), Length(max=50)])
    signed_on = DateField(_l("Ngày ký"), [Optional()])
    signer = StringField(_l("Người ký"), [Optional(), Length(max=200)])
    difficulties = TextAreaField(_l("Khó khăn"), [Optional(), Length(max=NOTE)])
    proposals = TextAreaField(_l("Kiến nghị"), [Optional(), Length(max=NOTE)])
