"""The room's blueprint, and who passes: the commune gives leads, the insurance reads them."""

from flask import Blueprint

from schemas.kinds import Role

OFFICE = (Role.OFFICER, Role.ADMIN)
READERS = (*OFFICE, Role.BHXH)

blueprint = Blueprint("leads", __name__, template_folder="templates")
