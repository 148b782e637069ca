"""The room's blueprint, and who passes: sponsors and their money are the commune office's."""

from flask import Blueprint

from schemas.kinds import Role

OFFICE = (Role.OFFICER, Role.ADMIN)
MONTHS = (3, 6, 12)

blueprint = Blueprint("sponsors", __name__, template_folder="templates")
