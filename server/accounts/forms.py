"""The room's HTML forms."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

NEEDED = InputRequired(_l("Mục này cần có."))


class SignInForm(FlaskForm):
    username = StringField(
        _l("Tên đăng nhập"),
        [NEEDED, Length(max=100)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Mật khẩu"),
        [NEEDED, Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )


class PasswordForm(FlaskForm):
    current = PasswordField(
        _l("Mật khẩu đang dùng"),
        [NEEDED, Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        _l("Mật khẩu mới"),
        [NEEDED, Length(max=200)],
        render_kw={"autocomplete": "new-password", "minlength": 8},
    )


class NewUserForm(FlaskForm):
    name = StringField(_l("Họ và tên"), [NEEDED, Length(max=200)])
    username = StringField(
        _l("Tên đăng nhập"),
        [NEEDED, Length(max=40)],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    phone = StringField(
        _l("Số điện thoại"), [Optional(), Length(max=30)], render_kw={"type": "tel"}
    )
    role = SelectField(_l("Vai trò"))
    bhxh_unit = SelectField(_l("Cơ quan BHXH"), [Optional()])
    farm_room = BooleanField(_l("Phòng hộ nông nghiệp mức sống trung bình"))
    lists_room = BooleanField(_l("Phòng danh sách"))


class AssignForm(FlaskForm):
    valid_from = DateField(_l("Từ ngày"), [InputRequired(_l("Chọn một ngày."))])


class EndForm(FlaskForm):
    last_day = DateField(_l("Đến hết ngày"), [InputRequired(_l("Chọn một ngày."))])


class NameForm(FlaskForm):
    name = StringField(_l("Tên máy"), [NEEDED, Length(max=100)])
