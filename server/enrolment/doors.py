"""The room's blueprint, and who passes: enrolments and money are the commune office's."""

from flask import Blueprint

from schemas.kinds import Role

OFFICE = (Role.OFFICER, Role.ADMIN)

blueprint = Blueprint("enrolment", __name__, template_folder="templates")
