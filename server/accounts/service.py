"""Making a user from a form: what the form says, checked against what its sender may give."""

from flask_babel import gettext as _

from schemas.kinds import Role
from server.accounts.forms import NewUserForm
from server.accounts.managing import AreaChoice, chosen_areas
from server.accounts.signing_in import typed_username
from server.accounts.users import LEVELS, NewUser, create_user, username_fault
from server.accounts.words import fault_words
from server.store.people import User
from server.store.places import Area


def user_from_form(
    form: NewUserForm, area_texts: list[str], choices: list[AreaChoice], by: str
) -> tuple[User, str] | None:
    """The new user and their password; None when the form now carries errors."""
    areas = _areas(form, area_texts, choices)
    if fault := username_fault(typed_username(form.username.data or "")):
        form.username.errors = [fault_words(fault)]
    bhxh = form.role.data == Role.BHXH
    if bhxh and not form.bhxh_unit.data:
        form.bhxh_unit.errors = [fault_words("unit_needed")]
    if form.errors:
        return None
    new = NewUser(
        username=form.username.data or "",
        name=form.name.data or "",
        role=form.role.data,
        phone=form.phone.data,
        farm_room=form.farm_room.data,
        lists_room=form.lists_room.data,
        bhxh_unit_id=form.bhxh_unit.data if bhxh else None,
    )
    return create_user(new, areas, by=by)


def _areas(form: NewUserForm, texts: list[str], choices: list[AreaChoice]) -> list[Area]:
    if form.role.data == Role.BHXH:
        return []
    areas, unclear = chosen_areas(texts, choices)
    if unclear:
        form.form_errors.append(area_fault(unclear))
    elif not areas:
        form.form_errors.append(fault_words("area_needed"))
    elif any(area.level not in LEVELS[form.role.data] for area in areas):
        form.form_errors.append(fault_words("wrong_level"))
    return areas


def area_fault(unclear: list[str]) -> str:
    names = ", ".join(unclear)
    return _("Không rõ địa bàn nào: %(names)s. Hãy chọn trong danh sách.", names=names)
